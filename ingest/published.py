"""Documents as they were published, for who wants to read them: the parts that are no units included."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from index.published import UNIT, Passage, Published
from index.records import PolicyUnit
from ingest.balance import Balance
from ingest.build import read_units
from ingest.corpus import read_corpus
from ingest.readers.files import read_source
from ingest.units import parse, strip_noise

_BLANK = "blank"


def published(corpus_dir: Path) -> tuple[Published, ...]:
    """Every document of a corpus, in its order.

    Raises:
        CorpusError, AgencyTableError, ReadError, UnitError: the corpus can't be used as it stands.
    """
    corpus = read_corpus(corpus_dir)
    balances, units = read_units(corpus)
    return tuple(_published(balance, corpus.folder / "documents", units) for balance in balances)


def _published(balance: Balance, folder: Path, units: tuple[PolicyUnit, ...]) -> Published:
    source = read_source(folder / balance.document.path)
    pieces = [
        (part.start, Passage(part.name, strip_noise(source.text[part.start : part.end])))
        for part in parse(source).parts
        if part.name != _BLANK
    ]
    pieces += [
        (unit.start, Passage(UNIT, unit_id=unit.unit_id)) for unit in units if unit.document == balance.document.slug
    ]
    passages = (passage for _, passage in sorted(pieces, key=lambda piece: piece[0]))
    return Published(
        document=balance.document,
        passages=tuple(_joined(passages)),
        characters=balance.characters,
        in_units=balance.in_units,
        parts=balance.parts,
        problems=balance.problems,
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
