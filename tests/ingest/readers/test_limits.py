"""What no file may be."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import pytest

from ingest.readers import limits
from ingest.readers.source import ReadError

FILE = Path("a.docx")
RELATION = '<Relationship Id="a" Type="http://x/relationships/{}" Target="http://x" TargetMode="External"/>'


def package(**members: str | bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"word/vbaProject.bin": b""}, "holds macros .*save it as .docx"),
        ({"word/document.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"}, "word/document.xml declares entities"),
        ({"word/document.xml": "<!DOCTYPE a><a/>".encode("utf-16")}, "declares entities"),
        ({"word/_rels/document.xml.rels": RELATION.format("image")}, "links to a picture or object outside the file"),
        ({"word/document.xml": b" " * (limits.MAX_XML + 1)}, "40,000,001 bytes, and 40,000,000 are read at most"),
        ({f"{place}.png": b" " * 50_000_001 for place in range(4)}, "4 parts of 200,000,004 bytes"),
    ],
)
def test_a_package_that_may_do_harm_is_named(members: dict[str, str | bytes], message: str) -> None:
    with pytest.raises(ReadError, match=rf"a\.docx: .*{message}"):
        limits.require_harmless_package(FILE, package(**members))


def test_links_that_nothing_follows_are_fine() -> None:
    limits.require_harmless_package(FILE, package(**{"word/_rels/document.xml.rels": RELATION.format("hyperlink")}))


def test_a_stream_that_unpacks_to_too_much_is_named() -> None:
    bomb = zlib.compress(bytes(limits.MAX_UNPACKED + 1), 9)
    with pytest.raises(ReadError, match=r"a\.pdf: a stream at byte 13 unpacks to more than 200,000,000 bytes"):
        limits.require_harmless_streams(Path("a.pdf"), b"%PDF-1\nstream\n" + bomb + b"\nendstream")


def test_sizes_are_limited() -> None:
    limits.require_size(FILE, limits.MAX_BYTES)
    with pytest.raises(
        ReadError, match=r"a\.docx: 100,000,001 bytes, and 100,000,000 are read at most; split the file"
    ):
        limits.require_size(FILE, limits.MAX_BYTES + 1)
    with pytest.raises(ReadError, match=r"a\.docx: 10,000 pages, and 1,000 are read at most; split the file"):
        limits.require_pages(FILE, 10_000)
    with pytest.raises(ReadError, match=r"a\.docx: page 2: a picture of 10,000 × 10,000 pixels"):
        limits.require_pixels(FILE, 2, 10_000, 10_000)


def test_damage_is_named_with_the_remedy() -> None:
    with (
        pytest.raises(ReadError, match=r"a\.docx: damaged or not what it says it is \(no such part\); save it again"),
        limits.damage_named(FILE, "save it again"),
    ):
        raise ValueError("no such part")
