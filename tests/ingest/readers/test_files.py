"""Files as lines whose places in the file are kept."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from ingest.readers.files import read_source
from ingest.readers.source import Line, ReadError


def write(folder: Path, raw: bytes) -> Path:
    file = folder / "document.txt"
    file.write_bytes(raw)
    return file


def test_lines_keep_their_places(tmp_path: Path) -> None:
    raw = "一、总体要求\n\n\t序号\n末行".encode()
    source = read_source(write(tmp_path, raw))
    assert source.blocks == (Line("一、总体要求", 0, 7), Line("", 7, 8), Line("\t序号", 8, 12), Line("末行", 12, 14))
    assert "".join(source.text[line.start : line.end] for line in source.blocks) == source.text
    assert source.sha256 == hashlib.sha256(raw).hexdigest()


def test_windows_line_ends_are_no_text(tmp_path: Path) -> None:
    source = read_source(write(tmp_path, "甲\r\n乙\r\n".encode()))
    assert source.blocks == (Line("甲", 0, 3), Line("乙", 3, 6))


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    assert read_source(write(tmp_path, b"\xef\xbb\xbf" + "甲".encode())).text == "甲"


def test_a_missing_file_is_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"none\.txt: cannot be read .*check the path"):
        read_source(tmp_path / "none.txt")


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "holds no text"),
        (b" \n\t\n", "holds no text"),
        ("甲".encode() + "乙".encode("gb18030"), "not UTF-8 at byte 3; convert the file"),
    ],
)
def test_a_file_that_holds_no_text_is_named(tmp_path: Path, raw: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        read_source(write(tmp_path, raw))


def test_both_documents_are_as_published(tmp_path: Path) -> None:
    folder = Path(__file__).parents[3] / "corpus" / "documents"
    for file in folder.iterdir():
        source = read_source(file)
        assert "".join(source.text[block.start : block.end] for block in source.blocks) == source.text
