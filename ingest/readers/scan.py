"""Scanned pages and pictures of pages, read by RapidOCR where it is installed (``make ocr``); it needs no network."""

from __future__ import annotations

import hashlib
import math
import re
import warnings
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from ingest.readers.limits import MAX_SCANNED, damage_named, require_pages, require_pixels
from ingest.readers.pdf_lines import paragraphs
from ingest.readers.pdf_tables import Grid, ruled, with_tables
from ingest.readers.printed import Printed, side_by_side, without_furniture
from ingest.readers.source import ReadError, Source, laid_out
from ingest.readers.wrapping import cells

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_DPI = 200  # that pages are looked at with; 300 reads no better and takes twice as long
_A4 = 595.0  # points across: what a picture whose size is not known is taken for
_WIDEST = 2_480  # pixels across that a picture is made smaller to: A4 at 300 dpi
_SURE = 0.5  # score under which the engine reads shadows and stamps
_LONG = 8  # letters of a line whose letter size is told by its length
_NEAR = 0.25  # of the body's letter size: less is the engine's inaccuracy
_BRACKETS = {"(": "（", ")": "）", "[": "〔", "]": "〕"}
_BRACKET = re.compile(r"(?<=[^\x00-\x7f])[()\[\]]|[()\[\]](?=[^\x00-\x7f]|$)")

Page = tuple[list[Printed], list[Grid]]


def read_picture(path: Path, raw: bytes) -> Source:
    """A picture of a page, or a tif of several.

    Raises:
        ReadError: it is damaged or too big, holds no text, or nothing that reads pictures is installed.
    """
    from PIL import Image, ImageSequence

    found: list[Page] = []
    with damage_named(path, "scan it again, or give the Word file", Image.DecompressionBombError):
        with warnings.catch_warnings():  # the size is checked below, and named
            warnings.simplefilter("ignore")
            picture = Image.open(BytesIO(raw))
        require_pages(path, getattr(picture, "n_frames", 1), MAX_SCANNED)
        for number, frame in enumerate(ImageSequence.Iterator(picture), 1):
            require_pixels(path, number, *frame.size)
            _require_engine(path, number)
            page = frame.convert("RGB")
            page.thumbnail((_WIDEST, _WIDEST * 2))
            found.append(_read(page, page.width / _A4))
    pages = without_furniture([lines for lines, _ in found])
    pieces = paragraphs(with_tables(pages, [grids for _, grids in found]))
    return laid_out(path, hashlib.sha256(raw).hexdigest(), pieces)


def read_pages(path: Path, raw: bytes, numbers: Sequence[int]) -> dict[int, Page]:
    """Lines and tables of a pdf's pages that are pictures; ``numbers`` count from 1.

    Raises:
        ReadError: nothing that reads pictures is installed, or they are too many or too big.
    """
    if not numbers:
        return {}
    import pypdfium2

    _require_engine(path, numbers[0])
    require_pages(path, len(numbers), MAX_SCANNED)
    found: dict[int, Page] = {}
    with pypdfium2.PdfDocument(raw) as document:
        for number in numbers:
            page = document[number - 1]
            width, height = page.get_size()
            scale = _DPI / 72
            require_pixels(path, number, int(width * scale), int(height * scale))
            found[number] = _read(page.render(scale=scale).to_pil().convert("RGB"), scale)
            page.close()
    return found


def _require_engine(path: Path, page: int) -> None:
    """Refuse a picture where nothing reads it.

    Raises:
        ReadError: RapidOCR is not installed.
    """
    if find_spec("rapidocr") is None:
        raise ReadError(
            f"{path}: page {page}: a picture without text, and nothing that reads pictures is installed; "
            "run `make ocr`, or give the Word file"
        )


@cache
def _engine() -> Any:
    """RapidOCR with the models that its package brings."""
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "critical", "Global.text_score": _SURE, "Global.use_cls": False})


def _read(picture: Any, scale: float) -> Page:
    """Lines and tables of a picture, in points; ``scale`` is its pixels a point."""
    import numpy as np

    from ingest.readers.scan_rules import rules

    pixels = np.asarray(picture)
    result = _engine()(pixels)
    if result.boxes is None:
        return [], []
    boxes = np.asarray(result.boxes, dtype=float) / scale
    lines = _sized(list(_upright(boxes, result.txts)))
    tables = [table for table in rules(pixels, scale) if table.rows_and_columns]
    inside = [[line for line in lines if table.holds(_middle(line))] for table in tables]
    held = {id(line) for found in inside for line in found}
    grids = [
        ruled(table, [_as_dict(line) for line in found], lambda some: side_by_side(item["line"] for item in some))
        for table, found in zip(tables, inside, strict=True)
    ]
    return side_by_side(line for line in lines if id(line) not in held), grids


def _upright(boxes: NDArray[np.float64], texts: Sequence[str]) -> Iterator[Printed]:
    """Lines turned by the angle that most of the page's lines have; ``boxes`` (n, 4, 2) clockwise from the top left."""
    wide = sorted((box for box in boxes), key=lambda box: box[0][0] - box[1][0])[: max(1, len(boxes) // 2)]
    angle = median(math.atan2(box[1][1] - box[0][1], box[1][0] - box[0][0]) for box in wide)
    cos, sin = math.cos(-angle), math.sin(-angle)
    for box, text in zip(boxes, texts, strict=True):
        turned = [(x * cos - y * sin, x * sin + y * cos) for x, y in box]
        xs, ys = [x for x, _ in turned], [y for _, y in turned]
        yield Printed(_corrected(text.strip()), min(xs), max(xs), min(ys), max(ys), max(ys) - min(ys))


def _corrected(text: str) -> str:
    """``text`` with the brackets that Chinese texts have where the engine reads their half-width likenesses."""
    return _BRACKET.sub(lambda found: _BRACKETS[found.group()], text)


def _sized(lines: Sequence[Printed]) -> list[Printed]:
    """Lines with the letter size that their length tells; the body's for all that are near it or too short to tell."""
    told = [line.width / (cells(line.text) / 2) for line in lines if cells(line.text) >= 2 * _LONG]
    if not told:
        return list(lines)
    body, heights = median(told), median(line.size for line in lines if cells(line.text) >= 2 * _LONG)
    found: list[Printed] = []
    for line in lines:
        own = line.width / (cells(line.text) / 2) if cells(line.text) >= _LONG else line.size * body / heights
        near = _NEAR if cells(line.text) >= _LONG else 2 * _NEAR  # of a few letters even the height says little
        size = body if abs(own - body) < near * body else own
        found.append(Printed(line.text, line.x0, line.x1, line.top, line.bottom, max(size, 1.0)))
    return found


def _middle(line: Printed) -> tuple[float, float]:
    return (line.x0 + line.x1) / 2, (line.top + line.bottom) / 2


def _as_dict(line: Printed) -> dict[str, Any]:
    return {"x0": line.x0, "x1": line.x1, "top": line.top, "bottom": line.bottom, "line": line}
