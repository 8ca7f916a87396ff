"""What no document file may be, so that none can stop the reader: too big, packed bombs, encrypted, damaged, active."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from ingest.readers.source import ReadError

MAX_BYTES = 100_000_000  # of a file
MAX_UNPACKED = 200_000_000  # of all that is packed in a file
MAX_XML = 40_000_000  # of one XML part: a document of 1,500 pages; lxml takes ten times that in memory
MAX_MEMBERS = 5_000  # of a packed file
MAX_PAGES = 1_000
MAX_SCANNED = 200  # pages that are pictures: a few seconds each
MAX_PIXELS = 60_000_000  # of one picture: an A3 page at 400 dpi
MAX_CHARACTERS = 5_000_000  # of a text

# What parsers of others raise on bytes that they did not expect; all of it means the same to who sent the file.
_DAMAGE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    SyntaxError,  # lxml's errors among them
    TypeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)
_LINKED = re.compile(
    rb"<Relationship\b(?=[^>]*TargetMode\s*=\s*[\"']External)(?=[^>]*Type\s*=\s*[\"'][^\"']*/(?:image|oleObject|subDocument|frame)[\"'])"
)
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)")


@contextmanager
def damage_named(path: Path, remedy: str, *others: type[Exception]) -> Iterator[None]:
    """Turn what a library raises on a damaged file, and ``others``, into an error that names the file and ``remedy``.

    Raises:
        ReadError: something was raised.
    """
    try:
        yield
    except ReadError:
        raise
    except _DAMAGE + others as error:
        why = " ".join(str(error).split())[:120] or type(error).__name__
        raise ReadError(f"{path}: damaged or not what it says it is ({why}); {remedy}") from error


def require_size(path: Path, size: int) -> None:
    """Refuse a file of too many bytes.

    Raises:
        ReadError: ``size`` is over :data:`MAX_BYTES`.
    """
    if size > MAX_BYTES:
        raise ReadError(
            f"{path}: {size:,} bytes, and {MAX_BYTES:,} are read at most; split the file or take its pictures out"
        )


def require_pages(path: Path, pages: int, most: int = MAX_PAGES) -> None:
    """Refuse a document of too many pages.

    Raises:
        ReadError: ``pages`` is over ``most``.
    """
    if pages > most:
        kind = "scanned pages" if most == MAX_SCANNED else "pages"
        raise ReadError(f"{path}: {pages:,} {kind}, and {most:,} are read at most; split the file")


def require_pixels(path: Path, page: int, width: int, height: int) -> None:
    """Refuse a picture of too many pixels.

    Raises:
        ReadError: ``width`` × ``height`` is over :data:`MAX_PIXELS`.
    """
    if width * height > MAX_PIXELS:
        raise ReadError(
            f"{path}: page {page}: a picture of {width:,} × {height:,} pixels, and {MAX_PIXELS:,} are read at most; "
            "scan it at 300 dpi"
        )


def require_harmless_package(path: Path, raw: bytes) -> None:
    """Refuse an office package that unpacks to too much, holds a program, or points outside itself.

    Raises:
        ReadError: it does, or it is damaged.
    """
    with damage_named(path, "open it in Word and save it again as .docx"), zipfile.ZipFile(BytesIO(raw)) as package:
        members = package.infolist()
        unpacked = sum(member.file_size for member in members)
        if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED:
            raise ReadError(
                f"{path}: unpacks to {len(members):,} parts of {unpacked:,} bytes, and {MAX_MEMBERS:,} of "
                f"{MAX_UNPACKED:,} are read at most; take its pictures out"
            )
        for member in members:
            name = member.filename
            if member.flag_bits & 1:
                raise ReadError(f"{path}: encrypted; save it without a password")
            if name.lower().endswith("vbaproject.bin"):
                raise ReadError(f"{path}: holds macros ({name}); save it as .docx, which has none")
            if not name.endswith((".xml", ".rels")):
                continue
            if member.file_size > MAX_XML:
                raise ReadError(
                    f"{path}: {name} unpacks to {member.file_size:,} bytes, and {MAX_XML:,} are read at most; "
                    "split the file"
                )
            part = package.read(member)
            if _DECLARED.search(part.replace(b"\0", b"")):
                raise ReadError(f"{path}: {name} declares entities; open it in Word and save it again as .docx")
            if name.endswith(".rels") and _LINKED.search(part):
                raise ReadError(
                    f"{path}: {name} links to a picture or object outside the file; insert it in Word, or delete it"
                )


def require_harmless_streams(path: Path, raw: bytes) -> None:
    """Refuse a pdf whose packed streams unpack to too much.

    Raises:
        ReadError: one unpacks to more than :data:`MAX_UNPACKED` bytes.
    """
    begin = 0
    while (begin := raw.find(b"stream", begin)) >= 0:
        begin += len(b"stream")
        data = raw[begin : begin + 4].lstrip(b"\r\n")
        start = begin + min(4, len(raw) - begin) - len(data)
        if raw[begin - 9 : begin - 6] == b"end" or raw[start : start + 1] not in (b"\x48", b"\x58", b"\x68", b"\x78"):
            continue
        end = raw.find(b"endstream", start)
        packed, unpacker, size = raw[start : end if end >= 0 else len(raw)], zlib.decompressobj(), 0
        try:
            while packed and not unpacker.eof:
                size += len(unpacker.decompress(packed, 1 << 20))
                packed = unpacker.unconsumed_tail
                if size > MAX_UNPACKED:
                    raise ReadError(
                        f"{path}: a stream at byte {begin:,} unpacks to more than {MAX_UNPACKED:,} bytes; "
                        "print the document to a new pdf"
                    )
        except zlib.error:
            continue
