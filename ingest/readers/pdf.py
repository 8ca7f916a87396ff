"""Portable documents: the text layer as paragraphs and ruled tables, and pages without one as pictures."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from ingest.readers.limits import damage_named, require_harmless_streams, require_pages
from ingest.readers.pdf_lines import paragraphs
from ingest.readers.pdf_tables import Grid, Ruled, ends, ruled, with_tables
from ingest.readers.printed import Printed, without_furniture
from ingest.readers.source import ReadError, Source, laid_out

if TYPE_CHECKING:
    from pdfplumber.page import Page

REMEDY = "print the document to a new pdf, or give the Word file"
_FEWEST = 5  # characters that make a text layer
_UNREADABLE = 0.3  # share of characters without a meaning: the layer is of no use
_MOST_EDGES = 2_000  # upright rules of a page; a drawing has more
_SHORTEST = 8.0  # points of such a rule
_BLANK = 0.2  # letters between two that a Latin space takes
_GAP = 0.7  # letters between two Chinese ones that are set apart on purpose
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…]")
_MEANINGLESS = re.compile(r"\(cid:[0-9]+\)|[\ue000-\uf8ff\ufffd\x00-\x08]")


def read_pdf(path: Path, raw: bytes) -> Source:
    """A pdf.

    Raises:
        ReadError: it is damaged, encrypted or too long, holds no text, or has pages that are pictures and nothing
            that reads pictures is installed.
    """
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import PdfminerException

    require_harmless_streams(path, raw)
    require_pages(path, _pages(path, raw))
    with damage_named(path, REMEDY, PSException, PdfminerException):
        pages, grids = _read(path, raw)
        pieces = paragraphs(with_tables(without_furniture(pages), grids))
        return laid_out(path, hashlib.sha256(raw).hexdigest(), pieces)


def _pages(path: Path, raw: bytes) -> int:
    """Number of pages.

    Raises:
        ReadError: it is encrypted or damaged.
    """
    import pypdfium2

    with damage_named(path, REMEDY):
        try:
            with pypdfium2.PdfDocument(raw) as document:
                return len(document)
        except pypdfium2.PdfiumError as error:
            if "password" in str(error).lower():
                raise ReadError(f"{path}: encrypted; save it without a password") from error
            raise


def _read(path: Path, raw: bytes) -> tuple[list[list[Printed]], list[list[Grid]]]:
    """Lines and tables of each page."""
    import pdfplumber

    from ingest.readers.scan import read_pages

    pages: list[list[Printed]] = []
    grids: list[list[Grid]] = []
    pictures: list[int] = []
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it reports each font that lacks a box
    with pdfplumber.open(BytesIO(raw)) as document:
        for number, page in enumerate(document.pages, 1):
            lines, tables = _page(page)
            if lines is None:
                pictures.append(number)
            pages.append(lines or [])
            grids.append(tables)
            page.close()
    for number, (lines, tables) in read_pages(path, raw, pictures).items():
        pages[number - 1], grids[number - 1] = lines, tables
    return pages, grids


def _page(page: Page) -> tuple[list[Printed] | None, list[Grid]]:
    """A page's lines and tables; ``None`` for a page that has a picture and no text."""
    chars = [char for char in page.chars if char["upright"]]
    words = [char for char in chars if char["text"].strip()]
    meaningless = sum(bool(_MEANINGLESS.match(char["text"])) for char in words)
    if len(words) < _FEWEST or meaningless > _UNREADABLE * len(words):
        return (None if page.images or words else []), []
    chars = [char for char in page.dedupe_chars(tolerance=1).chars if char["upright"]] if _doubled(words) else chars
    upright = [edge for edge in page.edges if edge["orientation"] == "v" and edge["height"] > _SHORTEST]
    boxes = page.find_tables({"explicit_horizontal_lines": ends(upright)}) if 1 < len(upright) <= _MOST_EDGES else []
    tables = [Ruled(table.bbox, tuple(tuple(row.cells) for row in table.rows)) for table in boxes]
    tables = [table for table in tables if table.rows_and_columns]
    inside = [[char for char in chars if table.holds(_middle(char))] for table in tables]
    held = {id(char) for found in inside for char in found}
    grids = [ruled(table, found, lines_of) for table, found in zip(tables, inside, strict=True)]
    return lines_of([char for char in chars if id(char) not in held]), grids


def _doubled(words: Sequence[dict[str, Any]]) -> bool:
    """True when letters are printed twice to look bold."""
    places = {(char["text"], round(char["x0"]), round(char["top"])) for char in words}
    return len(places) < 0.97 * len(words)


def _middle(char: dict[str, Any]) -> tuple[float, float]:
    return (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2


def lines_of(chars: Sequence[dict[str, Any]]) -> list[Printed]:
    """Characters as lines from the top down; a line takes all whose middle is within half a letter of its own."""
    rows: list[list[dict[str, Any]]] = []
    for char in sorted(chars, key=lambda char: _middle(char)[1]):
        if not char["text"].strip():
            continue
        last = rows[-1] if rows else []
        if last and _middle(char)[1] < median(_middle(other)[1] for other in last[-5:]) + 0.5 * char["size"]:
            last.append(char)
        else:
            rows.append([char])
    return [_line(sorted(row, key=lambda char: char["x0"])) for row in rows]


def _line(row: Sequence[dict[str, Any]]) -> Printed:
    size = median(char["size"] for char in row)
    return Printed(
        "".join(_spaced(row, size)),
        row[0]["x0"],
        row[-1]["x1"],
        min(char["top"] for char in row),
        max(char["bottom"] for char in row),
        max(size, 1.0),
    )


def _spaced(row: Sequence[dict[str, Any]], size: float) -> Iterator[str]:
    """The letters of a line with the spaces that are seen: gaps between Chinese letters are mostly justification."""
    before: dict[str, Any] | None = None
    for char in row:
        if before is not None:
            gap = (char["x0"] - before["x1"]) / max(size, 1.0)
            both = _WIDE.match(char["text"]) and _WIDE.match(before["text"])
            either = _WIDE.match(char["text"]) or _WIDE.match(before["text"])
            if gap > (_GAP if both else _BLANK * 2 if either else _BLANK):
                yield " "
        yield char["text"]
        before = char
