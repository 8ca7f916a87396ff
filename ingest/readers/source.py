"""A document file as read, whatever its format: its text, and the lines and table rows in it with their places."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ingest.readers.radicals import without_radicals


class ReadError(ValueError):
    """A document can't be read; the message names the file, the page where there is one, and the remedy."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: its characters without the line end, and its span in the source's text, line end included."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its cells in order, each with its own span, and the row's span in the source's text.

    Attributes:
        above: places of the cells that go on from the row above, which are empty; none where the format can't tell.
    """

    table: int
    cells: tuple[Line, ...]
    start: int
    end: int
    above: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Source:
    """A document file as read.

    Attributes:
        path: the file.
        text: all its text; every position in the project that belongs to a document is a place in it.
        blocks: lines and table rows in order; together they cover ``text``.
        sha256: of the file's bytes.
        pages: places where pages begin, the first always 0; empty for a format without pages.
    """

    path: Path
    text: str
    blocks: tuple[Line | Row, ...]
    sha256: str
    pages: tuple[int, ...] = ()

    def page_of(self, position: int) -> int | None:
        """Number of the page that ``position`` is on, from 1; ``None`` for a format without pages."""
        return bisect_right(self.pages, position) or None

    def line_of(self, position: int) -> int:
        """Number of the line of ``text`` that ``position`` is on, from 1."""
        return self.text.count("\n", 0, position) + 1


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph that a reader found, on one line, and its page from 1 (0 for a format without pages)."""

    text: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class Cells:
    """A table row that a reader found: cells in order, the number of its table, and its page as of :class:`Text`.

    A cell that is merged over several rows stands in the first and is empty in the others; one that is merged over
    the whole width is the row's only cell. Lines inside a cell are set off by line ends. ``above``: as of :class:`Row`.
    """

    cells: tuple[str, ...]
    table: int
    page: int = 0
    above: frozenset[int] = frozenset()


ABOVE = "\0"  # what readers note for a cell that goes on from above, until :func:`row_of`


def row_of(cells: Sequence[str | None], table: int) -> Cells:
    """A row of cells by columns, ``None`` where one goes on from the left and ``ABOVE`` where one does from above."""
    above = frozenset(place for place, cell in enumerate(cells) if cell == ABOVE)
    return Cells(tuple("" if cell in (None, ABOVE) else str(cell) for cell in cells), table, above=above)


class Reader(Protocol):
    """Reads one format."""

    def __call__(self, path: Path, raw: bytes) -> Source:
        """The file at ``path``, whose bytes are ``raw``.

        Raises:
            ReadError: it can't be read.
        """


def laid_out(path: Path, sha256: str, pieces: Iterable[Text | Cells]) -> Source:
    """A source of what a reader found: each paragraph on a line, each cell on a line that begins with a tab.

    Raises:
        ReadError: there is no text in it.
    """
    text, blocks, pages = "", list[Line | Row](), list[int]()
    for piece in pieces:
        while len(pages) < piece.page:
            pages.append(len(text))
        start = len(text)
        if isinstance(piece, Text):
            written = without_radicals(" ".join(piece.text.split("\n")))
            text += written + "\n"
            blocks.append(Line(written, start, len(text)))
            continue
        cells: list[Line] = []
        for cell in piece.cells:
            begin, written = len(text), without_radicals(f"\t{cell}")
            text += f"{written}\n"
            cells.append(Line(written, begin, len(text)))
        blocks.append(Row(piece.table, tuple(cells), start, len(text), piece.above))
    if not text.strip():
        raise ReadError(f"{path}: holds no text; put the document's text into it")
    return Source(path, text, tuple(blocks), sha256, tuple(pages))
