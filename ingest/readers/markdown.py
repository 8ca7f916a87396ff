"""Markdown: headings, paragraphs, lists with their printed numbers, and tables; what marks them up is dropped."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.readers.encoding import decode
from ingest.readers.html import pieces_of
from ingest.readers.limits import MAX_CHARACTERS, damage_named
from ingest.readers.source import Cells, Line, ReadError, Source, Text, laid_out
from ingest.readers.wrapping import unwrapped

if TYPE_CHECKING:
    from markdown_it.token import Token

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


def read_markdown(path: Path, raw: bytes) -> Source:
    """A Markdown text.

    Raises:
        ReadError: it is binary, too long, or holds no text.
    """
    from markdown_it import MarkdownIt

    text = _MATTER.sub("", decode(path, raw).replace("\r\n", "\n"))
    if len(text) > MAX_CHARACTERS:
        raise ReadError(f"{path}: {len(text):,} characters, and {MAX_CHARACTERS:,} are read at most; split the file")
    with damage_named(path, "save it as a text file"):
        tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
        pieces = list(_pieces(tokens))
        return laid_out(path, hashlib.sha256(raw).hexdigest(), _unwrapped(pieces))


def _pieces(tokens: Sequence[Token]) -> Iterator[Text | Cells]:
    """Each printed line of a paragraph with a blank one after the last, and each table row."""
    numbered: list[bool] = []  # of the lists that are open
    number = ""
    table, begin = 0, None
    for place, token in enumerate(tokens):
        if token.type == "table_open":
            table, begin = table + 1, place
        elif token.type == "table_close" and begin is not None:
            yield from _rows(tokens[begin:place], table)
            begin = None
        elif begin is not None:
            continue
        elif token.type in ("ordered_list_open", "bullet_list_open"):
            numbered.append(token.type == "ordered_list_open")
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            numbered.pop()
        elif token.type == "list_item_open" and numbered[-1]:
            number = f"{token.info}{token.markup} "
        elif token.type in ("inline", "code_block", "fence"):
            words = _words(token) if token.type == "inline" else token.content
            for line in words.split("\n"):
                yield Text(number + line)
                number = ""
            yield Text("")
        elif token.type == "html_block":
            yield from pieces_of(token.content)


def _rows(tokens: Sequence[Token], table: int) -> Iterator[Cells]:
    row: list[str] = []
    for token in tokens:
        if token.type == "tr_open":
            row = []
        elif token.type == "inline":
            row.append(_words(token).strip())
        elif token.type == "tr_close":
            yield Cells(tuple(row), table)


def _words(token: Token) -> str:
    """An inline token's characters."""
    out = ""
    for child in token.children or ():
        if child.type in ("text", "code_inline"):
            out += child.content
        elif child.type in ("softbreak", "hardbreak") or (child.type == "html_inline" and _BREAK.match(child.content)):
            out += "\n"
        elif child.type == "image":
            out += child.content
    return out


def _unwrapped(pieces: Sequence[Text | Cells]) -> Iterator[Text | Cells]:
    """Paragraphs of printed lines: those that a program wrapped are put together."""
    lines: list[Line] = []  # blank ones between paragraphs
    for place, piece in enumerate(pieces):
        if isinstance(piece, Text):
            lines.append(Line(piece.text, place, place + 1))
            continue
        yield from (Text(line.text) for line in unwrapped(lines) if line.text)
        lines = []
        yield piece
    yield from (Text(line.text) for line in unwrapped(lines) if line.text)
