"""What encoding a text is in, told by its bytes: UTF-8, GB18030 or UTF-16, with a byte order mark or without."""

from __future__ import annotations

import codecs
import unicodedata
from pathlib import Path

from ingest.readers.radicals import without_radicals
from ingest.readers.source import ReadError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 4_000  # characters that are looked at
_LIKELY = 0.7  # share of everyday characters; a text in the right encoding has over 0.9, in a wrong one under 0.3
_WHITE = frozenset("\t\n\r\f\v")


def decode(path: Path, raw: bytes) -> str:
    """The text of ``raw``.

    Raises:
        ReadError: it is binary, or in no encoding that is read.
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            try:
                return _checked(path, raw.decode(encoding))
            except UnicodeDecodeError as error:
                raise ReadError(
                    f"{path}: not {encoding.upper()} at byte {error.start}, although it begins so; save it as UTF-8"
                ) from error
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        if found := _guessed(raw):
            return _checked(path, found)
        raise ReadError(
            f"{path}: not UTF-8 at byte {error.start}; convert the file to UTF-8 (it is not GB18030 or UTF-16 either)"
        ) from error
    if "\0" in text and (found := _guessed(raw)):
        return _checked(path, found)
    return _checked(path, text)


def _guessed(raw: bytes) -> str | None:
    best, text = _LIKELY, None
    for encoding in ("gb18030", "utf-16-le", "utf-16-be"):
        try:
            found = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if (share := _share(found[:_SAMPLE])) > best:
            best, text = share, found
    return text


def _share(text: str) -> float:
    """Share of characters that a Chinese text is made of: ASCII, punctuation and the 3,755 of GB 2312's first level."""
    return sum(map(_everyday, text)) / max(len(text), 1)


def _everyday(character: str) -> bool:
    if character.isascii():
        return character.isprintable() or character in _WHITE
    try:
        return 0xA1 <= character.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        return "\u2010" <= character <= "\u206f" or "\uff00" <= character <= "\uffef"


def _checked(path: Path, text: str) -> str:
    """``text`` with characters for radicals, unless it holds what no text holds.

    Raises:
        ReadError: a control character.
    """
    controls = sum(unicodedata.category(character) == "Cc" and character not in _WHITE for character in text[:_SAMPLE])
    if "\0" in text or controls > 0.02 * min(len(text), _SAMPLE):
        raise ReadError(f"{path}: holds binary data; give a docx, pdf, html, md or text file")
    return without_radicals(text)
