"""A document as it was published, for who wants to read it: the parts that are no units included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from index.published import UNIT, Passage, Published
from index.records import PolicyUnit
from ingest.balance import Balance
from ingest.readers.source import Source
from ingest.units import Parsed, strip_noise

_BLANK = "blank"


def published(source: Source, parsed: Parsed, units: Iterable[PolicyUnit], balance: Balance) -> Published:
    """A document in pieces.

    Args:
        source, parsed: the document as read and as cut.
        units: made of ``parsed``.
        balance: of the document.
    """
    pieces = [
        (part.start, Passage(part.name, strip_noise(source.text[part.start : part.end])))
        for part in parsed.parts
        if part.name != _BLANK
    ]
    pieces += [(unit.start, Passage(UNIT, unit_id=unit.unit_id)) for unit in units]
    passages = (passage for _, passage in sorted(pieces, key=lambda piece: piece[0]))
    return Published(
        document=balance.document,
        text=source.text,
        passages=tuple(_joined(passages)),
        characters=balance.characters,
        in_units=balance.in_units,
        parts=balance.parts,
        remarks=balance.remarks,
    )


def _joined(passages: Iterator[Passage]) -> Iterator[Passage]:
    """The passages, with a title that runs over several lines as one."""
    held: Passage | None = None
    for passage in passages:
        if held and passage.kind == held.kind == "title":
            held = Passage("title", held.text + passage.text)
            continue
        if held:
            yield held
        held = passage
    if held:
        yield held
