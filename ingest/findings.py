"""What a check of a document found: how grave it is, where it stands, and what it says to a policy officer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from index.published import Remark, Severity
from ingest.readers.source import Source

_EXCERPT = 40  # characters


IN_CHINESE = {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.NOTE: "说明"}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a document that its reader should know.

    Attributes:
        severity: an error means that the document was not read whole, a warning that it may not have been.
        kind: what was checked: identity, numbering, coverage, cells, bracket, body, double.
        message: in English, for the build.
        chinese: the same for a policy officer.
        line: number of the line in the source's text, from 1; ``None`` for the whole document.
        page: number of the page, from 1; ``None`` for a format without pages.
        excerpt: the beginning of what stands there.
    """

    severity: Severity
    kind: str
    message: str
    chinese: str
    line: int | None = None
    page: int | None = None
    excerpt: str = ""

    def __str__(self) -> str:
        return self.message

    @property
    def place(self) -> str:
        """Where it is, in Chinese; empty for the whole document."""
        page = f"第{self.page}页" if self.page else ""
        return page + (f"第{self.line}行" if self.line else "")

    @property
    def remark(self) -> Remark:
        """The finding for who reads the document."""
        return Remark(self.severity, self.place, self.chinese, self.excerpt)

    def as_json(self) -> dict[str, Any]:
        """The finding as plain JSON values."""
        return {
            "severity": self.severity.value,
            "kind": self.kind,
            "message": self.message,
            "chinese": self.chinese,
            "line": self.line,
            "page": self.page,
            "excerpt": self.excerpt,
        }


def at(source: Source, start: int, severity: Severity, kind: str, message: str, chinese: str) -> Finding:
    """A finding about what begins at ``start`` of the source's text."""
    near = source.text[start : start + 4 * _EXCERPT]
    beginning = start + len(near) - len(near.lstrip())
    excerpt = " ".join(source.text[beginning : beginning + _EXCERPT].split())
    return Finding(severity, kind, message, chinese, source.line_of(beginning), source.page_of(beginning), excerpt)
