"""Web pages: the main text as paragraphs and tables; menus, headers, footers and scripts are left out.

Nothing that a page points to is fetched.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.readers.docx_numbering import printed
from ingest.readers.encoding import decode
from ingest.readers.limits import MAX_CHARACTERS, damage_named
from ingest.readers.source import ABOVE, Cells, ReadError, Source, Text, laid_out, row_of
from ingest.structure.marks import read_mark

if TYPE_CHECKING:
    from lxml.etree import _Element


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


_DROPPED = _tags(
    "script style nav header footer aside form button select option iframe noscript template svg math head title "
    "input textarea object embed audio video canvas map"
)
_INLINE = _tags(
    "a abbr b bdi bdo big cite code data del dfn em font i ins kbd label mark q rp rt ruby s samp small span strike "
    "strong sub sup time tt u var wbr img o:p st1:chsdate"
)
_LEFT_OUT = _tags("del s strike rt rp")
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|footer|header|foot|breadcrumbs?|crumbs?|share|sidebar|sidenav|related|copyright|pager|"
    r"pagination|toolbar|search)(?:$|[\s_-])",
    re.IGNORECASE,
)
_LEAST = 0.3  # of the page's text: what holds more is no menu, whatever it is called
_MAIN = 0.5  # of the page's text that <article> or <main> must hold to be taken for it
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_UNNUMBERED = re.compile(r"list-style(?:-type)?\s*:[^;]*\b(?:none|disc|circle|square)", re.IGNORECASE)
_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_SPACES = re.compile(r"[ \t\r\n\f]+")
_META = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_WIDEST = 100  # columns or rows that a cell may span


def read_html(path: Path, raw: bytes) -> Source:
    """A web page.

    Raises:
        ReadError: it declares entities, is too long, or holds no text.
    """
    text = _decoded(path, raw)
    if len(text) > MAX_CHARACTERS * 4:
        raise ReadError(
            f"{path}: {len(text):,} characters, and {MAX_CHARACTERS * 4:,} are read at most; split the file"
        )
    if re.search("<!ENTITY", text, re.IGNORECASE):
        raise ReadError(f"{path}: declares entities; save the page again from a browser")
    with damage_named(path, "save the page again from a browser"):
        return laid_out(path, hashlib.sha256(raw).hexdigest(), pieces_of(text))


def pieces_of(page: str) -> list[Text | Cells]:
    """Paragraphs and table rows of a page or a part of one."""
    from lxml import html

    # A declaration of the encoding in a text that is decoded already is an error to lxml.
    bare = re.sub(r"^\s*<\?xml[^>]*\?>", "", page)
    if not bare.strip():
        return []
    tree = html.document_fromstring(
        bare, parser=html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True)
    )
    return _Reading().pieces(_main(tree))


def _decoded(path: Path, raw: bytes) -> str:
    """The page's text: by its byte order mark, else by what its bytes fit, else as its own <meta> says."""
    try:
        return decode(path, raw)
    except ReadError:
        declared = _META.search(raw[:4096])
        if declared is None or b"\0" in raw[:4096]:
            raise
        try:
            return raw.decode(declared[1].decode("ascii"), errors="strict")
        except (LookupError, UnicodeError) as error:
            name = declared[1].decode("ascii", "replace")
            raise ReadError(f"{path}: not in {name}, as it says it is; save it as UTF-8") from error


def _main(tree: _Element) -> _Element:
    """The element that holds the page's own text."""
    whole = _length(tree)
    for element in [*tree.iter("article"), *tree.iter("main")]:
        if _length(element) > _MAIN * whole:
            return element
    return tree


def _length(element: _Element) -> int:
    """Characters of the text in an element, scripts not counted."""
    parts = element.xpath("descendant-or-self::text()[not(ancestor::script or ancestor::style or ancestor::head)]")
    return sum(len(str(part).strip()) for part in parts) if isinstance(parts, list) else 0


class _Reading:
    """One page being read: what has been found, and the paragraph that is being put together."""

    def __init__(self, tables: int = 0) -> None:
        self._found: list[Text | Cells] = []
        self._words: list[str] = []
        self._tables = tables
        self._whole = 0

    def pieces(self, root: _Element) -> list[Text | Cells]:
        self._whole = _length(root)
        self._element(root, keep=True)
        self._end()
        return self._found

    def _element(self, element: _Element, *, keep: bool = False) -> None:
        tag = element.tag.lower() if isinstance(element.tag, str) else ""
        if not tag or (not keep and self._is_furniture(element, tag)):
            return
        if tag == "br":
            self._end()
        elif tag == "table" and _is_data(element):
            self._end()
            self._table(element)
        elif tag == "pre":
            self._end()
            self._found.extend(Text(line) for line in _plain(element).splitlines() if line.strip())
        elif tag in _INLINE:
            self._children(element)
        else:
            self._end()
            if tag == "li":
                self._words.append(_number(element))
            self._children(element)
            self._end()

    def _children(self, element: _Element) -> None:
        self._words.append(_SPACES.sub(" ", element.text or ""))
        for child in element:
            self._element(child)
            self._words.append(_SPACES.sub(" ", child.tail or ""))

    def _is_furniture(self, element: _Element, tag: str) -> bool:
        if tag in _DROPPED or tag in _LEFT_OUT or "hidden" in element.attrib:
            return True
        if _HIDDEN.search(element.get("style", "")) or element.get("role") in ("navigation", "banner", "contentinfo"):
            return True
        named = _FURNITURE.search(f"{element.get('class', '')} {element.get('id', '')}")
        return bool(named) and _length(element) < _LEAST * self._whole

    def _end(self) -> None:
        """End the paragraph."""
        text = _SPACES.sub(" ", "".join(self._words)).strip(" ")
        self._words = []
        if text.strip():
            self._found.append(Text(text))

    def _table(self, table: _Element) -> None:
        rows = list(_grid(table))
        width = max((len(row) for row in rows), default=0)
        self._tables += 1
        for row in rows:
            written = [cell for cell in row if cell is not None]
            if len(written) == 1 and len(row) >= width:
                self._found.append(Cells((written[0],), self._tables))
            elif any(cell and cell != ABOVE for cell in row):
                padded = row + [None] * (width - len(row))
                self._found.append(row_of(padded, self._tables))
        self._tables += 1


def _is_data(table: _Element) -> bool:
    """True for a table of rows and columns, false for one that lays out the page."""
    rows = list(_rows(table))
    several = sum(len(list(row.iterchildren("td", "th"))) > 1 for row in rows)
    return several > 1 and table.find(".//table") is None


def _rows(table: _Element) -> Iterator[_Element]:
    for child in table.iterchildren("tr", "thead", "tbody", "tfoot"):
        if child.tag == "tr":
            yield child
        else:
            yield from child.iterchildren("tr")


def _grid(table: _Element) -> Iterator[list[str | None]]:
    """Rows by columns: ``None`` where a cell goes on from the left, ``ABOVE`` where one goes on from above."""
    above: dict[int, int] = {}
    for row in _rows(table):
        cells: list[str | None] = []

        def covered(cells: list[str | None] = cells) -> None:
            while above.get(len(cells), 0):
                above[len(cells)] -= 1
                cells.append(ABOVE)

        for cell in row.iterchildren("td", "th"):
            covered()
            down, across = _span(cell, "rowspan"), _span(cell, "colspan")
            for place in range(across):
                above[len(cells)] = down - 1
                cells.append(_cell(cell) if place == 0 else None)
        covered()
        yield cells


def _cell(cell: _Element) -> str:
    pieces = _Reading().pieces(cell)
    return "\n".join(piece.text if isinstance(piece, Text) else " ".join(piece.cells) for piece in pieces)


def _span(cell: _Element, name: str) -> int:
    value = cell.get(name, "1").strip()
    return max(1, min(int(value), _WIDEST)) if value.isascii() and value.isdecimal() and len(value) < 6 else 1


def _number(item: _Element) -> str:
    """What a browser prints before a list item; nothing where its text has a number of its own."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol" or read_mark(_plain(item).strip()):
        return ""
    if _UNNUMBERED.search(parent.get("style", "") + ";" + item.get("style", "")):
        return ""
    number = _whole(parent.get("start"), 1)
    for other in parent.iterchildren("li"):
        number = _whole(other.get("value"), number)
        if other is item:
            break
        number += 1
    return f"{printed(number, _FORMS.get(parent.get('type', '1'), 'decimal'))}. "


def _plain(element: _Element) -> str:
    return "".join(str(part) for part in element.itertext())


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 6 else otherwise
