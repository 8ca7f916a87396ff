"""Plain text: a paragraph a line; table rows as runs of lines that begin with a tab, or lines cut by tabs or bars."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from ingest.readers.encoding import decode
from ingest.readers.limits import MAX_CHARACTERS
from ingest.readers.source import Line, ReadError, Row, Source
from ingest.readers.wrapping import unwrapped

_MOST_CELLS = 15  # of a row; a longer run of lines that begin with a tab is paragraphs
_BARS = re.compile("[|｜]")
_RULE = re.compile(r"[|｜+:\s=─━-]+")  # the line under a table's head


def read_plain(path: Path, raw: bytes) -> Source:
    """A text; its positions are those of the decoded file.

    Raises:
        ReadError: it is empty, binary, too long, or in no encoding that is read.
    """
    text = decode(path, raw)
    if not text.strip():
        raise ReadError(f"{path}: holds no text; put the document's text into it")
    if len(text) > MAX_CHARACTERS:
        raise ReadError(f"{path}: {len(text):,} characters, and {MAX_CHARACTERS:,} are read at most; split the file")
    return Source(path, text, tuple(_blocks(text)), hashlib.sha256(raw).hexdigest())


def _blocks(text: str) -> Iterator[Line | Row]:
    start, lines = 0, list[Line]()
    for line in text.splitlines(keepends=True):
        lines.append(Line(line.rstrip("\r\n"), start, start + len(line)))
        start += len(line)
    table, paragraphs = 0, list[Line]()
    for kind, run in groupby(lines, key=_kind):
        found = list(run)
        rows = _rows_of(kind, found, table, after_text=any(line.text.strip() for line in paragraphs))
        if not rows:
            paragraphs.extend(found)
            continue
        yield from unwrapped(paragraphs)
        paragraphs = []
        yield from rows
        table = max(row.table for row in rows if isinstance(row, Row))
    yield from unwrapped(paragraphs)


def _rows_of(kind: str, lines: Sequence[Line], table: int, *, after_text: bool) -> list[Line | Row]:
    """Rows in a run of lines, of the table ``table`` or, after a paragraph, of the next; nothing when it holds none."""
    section = len(lines) == 1 and table > 0 and not after_text
    if kind == "cell" and (section or 1 < len(lines) <= _MOST_CELLS):
        return [Row(table + after_text, tuple(lines), lines[0].start, lines[-1].end)]
    return _rows(lines, kind, table + 1) if kind in ("\t", "|") else []


def _kind(line: Line) -> str:
    """What a line may be: a cell, a row cut by tabs or bars, or a paragraph."""
    bare = line.text.strip()
    if line.text.startswith("\t") and bare and "\t" not in bare:
        return "cell"
    if "\t" in bare:
        return "\t"
    return "|" if len(_BARS.findall(bare)) > 1 else ""


def _rows(lines: Sequence[Line], separator: str, table: int) -> list[Line | Row]:
    """Lines as rows of as many cells each; nothing when they are no table."""
    cut = _BARS if separator == "|" else re.compile("\t")
    found: list[Line | Row] = []
    counts: set[int] = set()
    for line in lines:
        if _RULE.fullmatch(line.text):
            found.append(Line("", line.start, line.end))
            continue
        cells = tuple(_cells(line, cut, bars=separator == "|"))
        counts.add(len(cells))
        found.append(Row(table, cells, line.start, line.end))
    rows = sum(isinstance(block, Row) for block in found)
    return found if rows > 1 and len(counts) == 1 and min(counts) > 2 else []


def _cells(line: Line, cut: re.Pattern[str], *, bars: bool) -> Iterator[Line]:
    """The cells of a line; bars at its ends, and tabs before it, are its frame."""
    indent = len(line.text) - len(line.text.lstrip(" \u3000|｜" if bars else " \u3000"))
    stop = len(line.text.rstrip(" \u3000|｜" if bars else " \u3000"))
    bounds = [found.start() for found in cut.finditer(line.text, indent, stop)]
    starts, ends = [indent, *(place + 1 for place in bounds)], [*bounds, stop]
    for place, (start, end) in enumerate(zip(starts, ends, strict=True)):
        low = line.start if place == 0 else line.start + start
        high = line.end if place == len(bounds) else line.start + end + 1
        yield Line(line.text[start:end].strip(), low, high)
