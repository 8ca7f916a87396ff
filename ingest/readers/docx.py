"""Word documents: paragraphs and tables in the order of the page, with the numbers that Word prints by itself.

Headers, footers, footnotes, comments, and what was deleted or hidden are left out; inserted text, content controls,
links and text boxes are read.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.readers.docx_numbering import Numbering, W, read_numbering
from ingest.readers.limits import MAX_CHARACTERS, damage_named
from ingest.readers.source import ABOVE, Cells, ReadError, Source, Text, laid_out, row_of
from ingest.readers.wrapping import broken

if TYPE_CHECKING:
    from lxml.etree import _Element

_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_SKIPPED = frozenset(
    f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "tblPr", "trPr", "tcPr", "sdtPr")
)
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_BARE_NUMBER = re.compile(r"\s*([0-9]{1,4})[.．、]?\s*")
_MOST_COLUMNS = 100


def read_docx(path: Path, raw: bytes) -> Source:
    """A Word document.

    Raises:
        ReadError: it is damaged, or holds no text.
    """
    from docx import Document
    from docx.opc.constants import RELATIONSHIP_TYPE

    with damage_named(path, "open it in Word and save it again as .docx"):
        document = Document(BytesIO(raw))
        parts = {relation.reltype: relation for relation in document.part.rels.values() if not relation.is_external}
        related = [
            getattr(parts[kind].target_part, "element", None) if kind in parts else None
            for kind in (RELATIONSHIP_TYPE.NUMBERING, RELATIONSHIP_TYPE.STYLES)
        ]
        pieces = list(_Reading(read_numbering(*related)).blocks(document.element.body))
    if sum(len(piece.text) for piece in pieces if isinstance(piece, Text)) > MAX_CHARACTERS:
        raise ReadError(f"{path}: more than {MAX_CHARACTERS:,} characters; split the file")
    return laid_out(path, hashlib.sha256(raw).hexdigest(), pieces)


class _Reading:
    """One document being read: how far its lists and tables have been counted."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._tables = 0

    def blocks(self, parent: _Element, *, cell: bool = False) -> Iterator[Text | Cells]:
        """Paragraphs and table rows below ``parent``, in order; every line of a cell is one."""
        for child in parent.iterchildren(f"{W}p", f"{W}tbl", f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
            if child.tag == f"{W}p":
                for text in self._paragraph(child, cell):
                    yield Text(text)
            elif child.tag == f"{W}tbl":
                yield from self._table(child)
            else:
                yield from self.blocks(child, cell=cell)

    def _paragraph(self, element: _Element, cell: bool) -> Iterator[str]:
        """A paragraph's text with its number; text boxes in it follow."""
        number, boxes = self._numbering.before(element), list["_Element"]()
        text = "".join(_words(element, boxes)).strip("\n")
        bare = text.strip()
        whole = number + text.lstrip() if number else text
        yield from (whole.split("\n") if cell else broken(whole)) if bare else [number.strip()]
        for box in boxes:
            for piece in self.blocks(box):
                if isinstance(piece, Text) and piece.text.strip():
                    yield piece.text

    def _table(self, table: _Element) -> Iterator[Text | Cells]:
        rows = [list(self._row(row)) for row in _rows(table)]
        width = max((len(row) for row in rows), default=0)
        if width < 2:  # a frame around paragraphs
            for row in rows:
                for cell in row:
                    yield from (Text(line) for line in (cell or "").replace(ABOVE, "").split("\n"))
            return
        self._tables += 1
        number = self._tables
        for row in rows:
            written = [cell for cell in row if cell is not None]
            if len(written) == 1 and len(row) >= width:
                yield Cells((written[0],), number)
            elif any(cell and cell != ABOVE for cell in row):
                yield row_of(row + [None] * (width - len(row)), number)
        self._tables += 1

    def _row(self, row: _Element) -> Iterator[str | None]:
        """The row's cells by columns; ``None`` where one goes on from the left, ``ABOVE`` from above."""
        yield from [""] * _columns(row.find(f"{W}trPr/{W}gridBefore"))
        for cell in _cells(row):
            properties = cell.find(f"{W}tcPr")
            merged = properties.find(f"{W}vMerge") if properties is not None else None
            goes_on = merged is not None and merged.get(f"{W}val", "continue") != "restart"
            yield ABOVE if goes_on else self._cell(cell)
            span = properties.find(f"{W}gridSpan") if properties is not None else None
            yield from [None] * (max(_columns(span), 1) - 1)
        yield from [""] * _columns(row.find(f"{W}trPr/{W}gridAfter"))

    def _cell(self, cell: _Element) -> str:
        """The cell's text; breaks in it are kept, for a cell wraps by itself."""
        lines = [
            piece.text.strip() if isinstance(piece, Text) else " ".join(filter(None, piece.cells)).replace("\n", " ")
            for piece in self.blocks(cell, cell=True)
        ]
        text = "\n".join(filter(None, lines))
        numbered = _BARE_NUMBER.fullmatch(text)
        return numbered[1] if numbered else text


def _words(element: _Element, boxes: list[_Element]) -> Iterator[str]:
    """The characters below ``element`` in order; text boxes are put into ``boxes``."""
    for child in element:
        if not isinstance(child.tag, str) or child.tag in _SKIPPED or _is_unseen(child):
            continue
        if child.tag == _ALTERNATE:
            choice = child.find(_CHOICE)
            yield from _words(choice if choice is not None else child, boxes)
        elif child.tag == f"{W}txbxContent":
            boxes.append(child)
        elif child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag == f"{W}sym":
            yield _symbol(child.get(f"{W}char", ""))
        elif child.tag.startswith(W) and (sign := _SIGNS.get(child.tag.removeprefix(W))):
            yield sign
        else:
            yield from _words(child, boxes)


def _is_unseen(element: _Element) -> bool:
    """True for a hidden run and for a page break."""
    hidden = element.tag == f"{W}r" and element.find(f"{W}rPr/{W}vanish") is not None
    return hidden or (element.tag == f"{W}br" and element.get(f"{W}type") in ("page", "column"))


def _symbol(code: str) -> str:
    """A character of a symbol font; those of the private use area have no meaning outside it."""
    value = int(code, 16) if re.fullmatch("[0-9A-Fa-f]{4}", code) else 0
    return chr(value) if 0x20 <= value < 0xD800 else ""


def _rows(table: _Element) -> Iterator[_Element]:
    for child in table.iterchildren(f"{W}tr", f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
        if child.tag != f"{W}tr":
            yield from _rows(child)
        elif child.find(f"{W}trPr/{W}del") is None:
            yield child


def _cells(row: _Element) -> Iterator[_Element]:
    for child in row.iterchildren(f"{W}tc", f"{W}sdt", f"{W}sdtContent", f"{W}customXml"):
        if child.tag == f"{W}tc":
            yield child
        else:
            yield from _cells(child)


def _columns(element: _Element | None) -> int:
    """Number of columns that an element names; 0 for none."""
    value = element.get(f"{W}val", "") if element is not None else ""
    return min(int(value), _MOST_COLUMNS) if value.isascii() and value.isdecimal() and len(value) < 6 else 0
