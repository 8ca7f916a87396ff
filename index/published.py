"""A document as it was published, in pieces and in order, and the proof that it was read whole."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

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


class Severity(StrEnum):
    """How grave a finding is."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that a reader of the document should know, in Chinese.

    Attributes:
        severity: an error means that the document was not read whole, a warning that it may not have been.
        place: 第2页第3行; empty for the whole document.
        words: what was found.
        excerpt: the beginning of what stands there; may be empty.
    """

    severity: Severity
    place: str
    words: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Published:
    """A document's passages and its balance.

    Attributes:
        text: of the source; units know their places in it.
        passages: in the order of the source, blank lines left out.
        characters: length of the source.
        in_units: characters of it that belong to units.
        parts: characters of everything else, by kind.
        remarks: what checking found, gravest first.
    """

    document: Document
    text: str
    passages: tuple[Passage, ...]
    characters: int
    in_units: int
    parts: tuple[tuple[str, int], ...]
    remarks: tuple[Remark, ...]

    @property
    def problems(self) -> tuple[Remark, ...]:
        """Errors and warnings; empty when every character is in one place and the numbers run through."""
        return tuple(remark for remark in self.remarks if remark.severity is not Severity.NOTE)
