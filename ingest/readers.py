"""Source files as lines of text whose positions in the file are kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path


class ReadError(ValueError):
    """A document can't be read; the message names the file and the remedy."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its characters without the line end, and its span in the source, line end included."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """A document file as read: its text, its lines and the sha256 of its bytes."""

    path: Path
    text: str
    lines: tuple[Line, ...]
    sha256: str


def read_source(path: Path) -> Source:
    """Read a UTF-8 text document.

    Raises:
        ReadError: the file is missing, empty or not UTF-8.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ReadError(f"{path}: cannot be read ({error.strerror}); check the path in corpus/sources.jsonl") from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadError(f"{path}: not UTF-8 at byte {error.start}; convert the file to UTF-8") from error
    if not text.strip():
        raise ReadError(f"{path}: holds no text; put the document's text into it")
    lines: list[Line] = []
    start = 0
    for line in text.splitlines(keepends=True):
        lines.append(Line(line.rstrip("\r\n"), start, start + len(line)))
        start += len(line)
    return Source(path, text, tuple(lines), hashlib.sha256(raw).hexdigest())
