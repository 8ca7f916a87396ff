"""Encodings told by bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.readers.encoding import decode
from ingest.readers.source import ReadError

TEXT = "一、支持企业开展跨境电商业务。（责任单位：市商务局）\r\n２．2027年"
FILE = Path("a.txt")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_text_is_read_in_any_encoding_that_offices_use(encoding: str) -> None:
    assert decode(FILE, TEXT.encode(encoding)) == TEXT


def test_utf_16_with_the_high_byte_first_is_told_by_its_mark() -> None:
    assert decode(FILE, b"\xfe\xff" + TEXT.encode("utf-16-be")) == TEXT


def test_a_mixture_is_no_encoding() -> None:
    with pytest.raises(ReadError, match=r"a\.txt: not UTF-8 at byte 3; convert the file to UTF-8"):
        decode(FILE, "甲".encode() + "乙".encode("gb18030"))


def test_a_broken_text_with_a_mark_is_named() -> None:
    with pytest.raises(ReadError, match=r"a\.txt: not UTF-16 at byte 4"):
        decode(FILE, "甲".encode("utf-16") + b"\x00")


def test_binary_data_is_no_text() -> None:
    with pytest.raises(ReadError, match=r"a\.txt: holds binary data; give a docx"):
        decode(FILE, bytes(range(128)))
