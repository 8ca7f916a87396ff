"""What the page needs to take documents in and out: small records, and the library that does it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from index.published import Remark, Severity
from index.records import Document, PolicyUnit


@dataclass(frozen=True, slots=True)
class Checked:
    """How a file would be taken in.

    Attributes:
        document: as it would stand in the library.
        units, bodies, characters: how many measures, named responsible bodies and characters were read.
        remarks: what checking found, gravest first.
        sample: the first measures.
        known: slug of the document that it seems to be an edition of; empty when it is new.
        held: it is the very edition that the library has.
    """

    document: Document
    units: int
    bodies: int
    characters: int
    remarks: tuple[Remark, ...]
    sample: tuple[PolicyUnit, ...]
    known: str = ""
    held: bool = False

    @property
    def errors(self) -> int:
        """How many signs there are that the file was not read whole; with one it is not taken in."""
        return sum(remark.severity is Severity.ERROR for remark in self.remarks)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What taking a document in or out changed.

    Attributes:
        document: as it stands now, or as it stood before it was taken out.
        added, changed, removed: labels of its measures.
        kept: how many measures are as before.
    """

    document: Document
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    kept: int


class Intake(Protocol):
    """The library behind the page; what goes wrong is raised as it comes, see :mod:`web.intake_failure`.

    A ``region`` of ``None`` is read from the text, an empty one is the whole country.
    """

    def check(self, file: Path, region: str | None = None) -> Checked:
        """How a file would be taken in; nothing is changed."""

    def add(self, file: Path, region: str | None = None) -> Outcome:
        """Take a document in and make the index right for it."""

    def update(self, slug: str, file: Path, region: str | None = None) -> Outcome:
        """Replace a document by a newer edition and make the index right for it."""

    def remove(self, slug: str) -> Outcome:
        """Take a document out and make the index right without it."""
