"""The one way to a document file: its reader is told by what it holds, and by its name only where that says nothing."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

from ingest.readers.docx import read_docx
from ingest.readers.html import read_html
from ingest.readers.limits import damage_named, require_harmless_package, require_size
from ingest.readers.markdown import read_markdown
from ingest.readers.pdf import read_pdf
from ingest.readers.plain import read_plain
from ingest.readers.scan import read_picture
from ingest.readers.source import Reader, ReadError, Source

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"BM", b"GIF8")
_PACKED = (b"PK\x03\x04", b"PK\x05\x06")
_OTHERS = (
    (_PACKED[0], "a packed file that is no Word document"),
    (_PACKED[1], "an empty packed file"),
    (b"Rar!", "a packed file"),
    (b"7z\xbc\xaf", "a packed file"),
    (b"{\\rtf", "rich text"),
    (b"MZ", "a program"),
)
_BY_SUFFIX: dict[str, Reader] = {
    ".html": read_html,
    ".htm": read_html,
    ".shtml": read_html,
    ".xhtml": read_html,
    ".md": read_markdown,
    ".markdown": read_markdown,
}


def read_source(path: Path) -> Source:
    """Read a document file: docx, pdf, a picture of a page, html, md or plain text.

    Raises:
        ReadError: it is missing, empty, damaged, too big, or of no format that is read.
    """
    try:
        require_size(path, path.stat().st_size)
        raw = path.read_bytes()
    except OSError as error:
        raise ReadError(f"{path}: cannot be read ({error.strerror}); check the path") from error
    return _reader(path, raw)(path, raw)


def _reader(path: Path, raw: bytes) -> Reader:
    head = raw[:1024]
    if b"%PDF-" in head:
        return read_pdf
    if raw.startswith(_PACKED) and _is_word(path, raw):
        return read_docx
    if raw.startswith(_OLE):
        what = "encrypted" if "EncryptedPackage".encode("utf-16-le") in raw else "a Word file of the old kind (.doc)"
        raise ReadError(f"{path}: {what}; open it in Word and save it as .docx without a password")
    if raw.startswith(_PICTURES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return read_picture
    for start, what in _OTHERS:
        if raw.startswith(start):
            raise ReadError(f"{path}: {what}; give a docx, pdf, html, md or text file")
    if reader := _BY_SUFFIX.get(path.suffix.lower()):
        return reader
    opening = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return read_html if opening.startswith((b"<!doctype html", b"<html")) else read_plain


def _is_word(path: Path, raw: bytes) -> bool:
    with damage_named(path, "open it in Word and save it again as .docx"):
        names = set(zipfile.ZipFile(BytesIO(raw)).namelist())
    if "[Content_Types].xml" not in names:
        return False
    require_harmless_package(path, raw)
    return any(name.startswith("word/document") for name in names)
