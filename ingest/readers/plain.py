"""Plain text: a paragraph a line, and table rows as runs of lines that begin with a tab, one cell a line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from ingest.readers.source import Line, ReadError, Row, Source


def read_plain(path: Path, raw: bytes) -> Source:
    """A UTF-8 text; its positions are those of the file.

    Raises:
        ReadError: it is empty or not UTF-8.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadError(f"{path}: not UTF-8 at byte {error.start}; convert the file to UTF-8") from error
    if not text.strip():
        raise ReadError(f"{path}: holds no text; put the document's text into it")
    return Source(path, text, tuple(_blocks(text)), hashlib.sha256(raw).hexdigest())


def _blocks(text: str) -> Iterator[Line | Row]:
    start, lines = 0, list[Line]()
    for line in text.splitlines(keepends=True):
        lines.append(Line(line.rstrip("\r\n"), start, start + len(line)))
        start += len(line)
    table = 0
    for is_cell, run in groupby(lines, key=lambda line: line.text.startswith("\t") and bool(line.text.strip())):
        found = list(run)
        if is_cell and len(found) > 1:
            yield Row(table, tuple(found), found[0].start, found[-1].end)
            continue
        yield from found
        table += any(line.text.strip() for line in found)
