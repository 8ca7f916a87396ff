"""A document as it was published, in pieces and in order, and the proof that it was read whole."""

from __future__ import annotations

from dataclasses import dataclass

from index.records import Document

UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a document.

    Attributes:
        kind: :data:`UNIT`, or what else it is: ``title``, ``heading``, ``notice``, ``date`` …
        text: as printed, without white space around it; empty for a unit, whose text stands in its own record.
        unit_id: of a unit; empty for all others.
    """

    kind: str
    text: str = ""
    unit_id: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """A document's passages and its balance.

    Attributes:
        text: of the source; units know their places in it.
        passages: in the order of the source, blank lines left out.
        characters: length of the source.
        in_units: characters of it that belong to units.
        parts: characters of everything else, by kind.
        problems: what does not balance; empty when every character is in one place and the numbers run through.
    """

    document: Document
    text: str
    passages: tuple[Passage, ...]
    characters: int
    in_units: int
    parts: tuple[tuple[str, int], ...]
    problems: tuple[str, ...]
