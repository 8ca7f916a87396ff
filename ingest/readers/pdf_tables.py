"""Ruled tables on pages: their cells' text, and rows that go on over a page break."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from ingest.readers.printed import Printed
from ingest.readers.source import ABOVE, Cells, row_of
from ingest.readers.wrapping import cells, ends_sentence, first_word, glue

Box = tuple[float, float, float, float]
_SLACK = 0.6  # letters that a full line may leave free besides: rules are thick, and a scan's boxes inexact
_PADDING = 0.6  # letters at most between a cell's rule and its text
_SERIAL = re.compile(r"序号?|编号|项次|No\.?", re.IGNORECASE)
_SAME = 3.0  # points by which two rules may differ and be one


@dataclass(frozen=True, slots=True)
class Ruled:
    """A table's box and its rows of cell boxes (x0, top, x1, bottom); ``None`` where a cell goes on from elsewhere."""

    box: Box
    rows: tuple[tuple[Box | None, ...], ...]

    @property
    def rows_and_columns(self) -> bool:
        """False for a frame around paragraphs."""
        return len(self.rows) > 0 and max(map(len, self.rows)) > 1

    def holds(self, place: tuple[float, float]) -> bool:
        """True for a place inside the table's box."""
        return self.box[0] <= place[0] <= self.box[2] and self.box[1] <= place[1] <= self.box[3]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as read from one page: where it begins and ends, and its rows of text; a row of one cell spans all."""

    top: float
    bottom: float
    width: int
    rows: tuple[tuple[str, ...], ...]


def ends(upright: Sequence[Any]) -> list[float]:
    """Heights at which the upright rules of a page begin and end: a row that a page break cuts has no rule there."""
    return [min(edge["top"] for edge in upright), max(edge["bottom"] for edge in upright)] if upright else []


def ruled(table: Ruled, chars: Sequence[Any], lines_of: Callable[[Sequence[Any]], list[Printed]]) -> Grid:
    """The text of a table's cells; ``chars`` have ``x0``, ``x1``, ``top`` and ``bottom``."""
    inside: dict[Box, list[Any]] = {box: [] for row in table.rows for box in row if box is not None}
    for char in chars:
        x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        for box, found in inside.items():
            if box[0] <= x <= box[2] and box[1] <= y <= box[3]:
                found.append(char)
                break
    lines = {box: lines_of(found) for box, found in inside.items()}
    texts = {box: _text(found, box, lines) for box, found in lines.items()}
    width = max(map(len, table.rows))
    rows: list[tuple[str, ...]] = []
    last: dict[int, Box] = {}
    for row in table.rows:
        boxes = [box for box in row if box is not None]
        spans = len(boxes) == 1 and boxes[0][2] - boxes[0][0] > table.box[2] - table.box[0] - _SAME
        rows.append((texts[boxes[0]],) if spans else _texts(row, texts, last))
        last.update((place, box) for place, box in enumerate(row) if box is not None)
    return Grid(table.box[1], table.box[3], width, tuple(row for row in rows if any(row) and set(row) != {ABOVE}))


def _texts(row: Sequence[Box | None], texts: Mapping[Box, str], last: Mapping[int, Box]) -> tuple[str, ...]:
    """A row's texts; ``ABOVE`` for a cell that goes on from the row above, whose boxes are ``last``'s."""
    top = max((box[1] for box in row if box is not None), default=0.0)
    over = {place for place, box in last.items() if box[3] > top + _SAME}
    return tuple(texts[box] if box is not None else ABOVE if place in over else "" for place, box in enumerate(row))


def _text(lines: Sequence[Printed], box: Box, table: dict[Box, list[Printed]]) -> str:
    """A cell's text: a line that is full runs on, one that ends short ends a line of the text."""
    if not lines:
        return ""
    size = lines[0].size
    gaps = [line.x0 - other[0] for other, found in table.items() for line in found if line.x0 >= other[0]]
    inner = box[2] - box[0] - 2 * min(min(gaps, default=0.0), _PADDING * size)
    text = lines[0].text
    for before, line in pairwise(lines):
        full = before.width + (cells(first_word(line.text)) / 2 + _SLACK) * size > inner
        text = glue(text, line.text) if full else f"{text}\n{line.text}"
    return text


def with_tables(pages: Sequence[Sequence[Printed]], grids: Sequence[Sequence[Grid]]) -> list[list[Printed | Cells]]:
    """The lines of each page with the rows of its tables at their places; a table may go on over pages."""
    found: list[list[Printed | Cells]] = []
    number, before = 0, None  # the table that the last page ended with
    for page, (lines, tables) in enumerate(zip(pages, grids, strict=True), 1):
        items: list[tuple[float, Sequence[Printed | Cells]]] = [(line.top, [line]) for line in lines]
        first = min((line.top for line in lines), default=float("inf"))
        for grid in sorted(tables, key=lambda grid: grid.top):
            rows = list(grid.rows)
            if before is not None and grid.top < first and before.width == grid.width:
                head = next((row for row in before.rows if len(row) > 1), ())
                rows = _gone_on(found, number, rows, head)
                before = Grid(grid.top, grid.bottom, grid.width, (head, *rows))
            else:
                number += 2
                before = grid
            items.append((grid.top, [replace(row_of(row, number), page=page) for row in rows]))
            first = min(first, grid.top)
        found.append([item for _, some in sorted(items, key=lambda pair: pair[0]) for item in some])
        if not found[-1] or isinstance(found[-1][-1], Printed):
            before = None if found[-1] else before
    return found


def _gone_on(
    pages: list[list[Printed | Cells]], number: int, rows: list[tuple[str, ...]], head: tuple[str, ...]
) -> list[tuple[str, ...]]:
    """The rows of a table's next page: a repeated head dropped, and what belongs to the last row put there."""
    if rows and [_bare(cell) for cell in rows[0]] == [_bare(cell) for cell in head]:
        rows = rows[1:]
    page = next((page for page in reversed(pages) if page), None)
    last = page[-1] if page else None
    if not rows or not isinstance(last, Cells) or len(rows[0]) != len(last.cells) or len(rows[0]) < 2:
        return rows
    first = rows[0]
    serial = bool(head) and _SERIAL.fullmatch(_bare(head[0])) is not None
    open_cell = any(a and b and not ends_sentence(a) and cells(a) > 24 for a, b in zip(last.cells, first, strict=True))
    if first[0] or not (serial or open_cell) or page is None:
        return rows
    joined = (glue(a, b) if a and b else a or b for a, b in zip(last.cells, first, strict=True))
    page[-1] = Cells(tuple(joined), number, last.page)
    return rows[1:]


def _bare(text: str) -> str:
    return "".join(text.split())
