from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from ingest.library import LibraryError
from ingest.readers.files import read_source
from ingest.readers.limits import MAX_PAGES, MAX_SCANNED, require_pages, require_pixels, require_size
from ingest.readers.source import ReadError
from ingest.units import UnitError, parse
from web.intake_failure import declined


def packed(path: Path, **parts: bytes) -> None:
    with zipfile.ZipFile(path, "w") as package:
        for name, content in {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>", **parts}.items():
            package.writestr(name, content)


def why(path: Path) -> str:
    """What is said of a file that is really read."""
    with pytest.raises((ReadError, UnitError)) as caught:
        parse(read_source(path))
    words = declined(path.name, caught.value)
    assert words.startswith(f"“{path.name}”")
    assert not re.search(r"[a-z_]+Error|\(.*\)|/tmp", words)
    return words


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("通知.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "是旧版 Word 文件（.doc）"),
        ("密.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "加了密码"),
        ("坏.docx", b"PK\x03\x04 damaged", "文件已损坏"),
        ("坏.pdf", b"%PDF-1.7 damaged", "文件已损坏"),
        ("包.txt", b"Rar!\x1a\x07", "是压缩包"),
        ("程序.txt", b"MZ\x90", "是程序文件"),
        ("信.txt", b"{\\rtf1 }", "是 RTF 文件"),
        ("空.txt", b"  \n", "里面没有文字"),
        ("乱.txt", b"\0\1\2\3" * 100, ""),
        ("实体.html", b"<!DOCTYPE html [<!ENTITY a 'b'>]><p>&a;</p>", "含有不安全的内容"),
        ("散文.txt", "今天天气很好。".encode(), "没有找到带编号的措施"),
    ],
)
def test_a_file_that_cannot_be_read_is_declined_in_chinese(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(content)
    assert reason in why(tmp_path / name)


def test_a_package_that_may_do_harm_is_declined(tmp_path: Path) -> None:
    packed(tmp_path / "宏.docx", **{"word/vbaProject.bin": b"x"})
    assert "含有宏" in why(tmp_path / "宏.docx")
    packed(tmp_path / "实体.docx", **{"word/styles.xml": b"<!DOCTYPE x>"})
    assert "含有不安全的内容" in why(tmp_path / "实体.docx")


def test_limits_are_told_by_what_is_too_much() -> None:
    path = Path("大.pdf")
    for check, reason in (
        (lambda: require_size(path, 10**9), "文件太大"),
        (lambda: require_pages(path, MAX_PAGES + 1), "页数太多"),
        (lambda: require_pages(path, MAX_SCANNED + 1, MAX_SCANNED), "扫描的页数太多"),
        (lambda: require_pixels(path, 3, 10**5, 10**5), "第 3 页有一页图片太大"),
    ):
        with pytest.raises(ReadError) as caught:
            check()  # type: ignore[no-untyped-call]
        assert reason in declined("大.pdf", caught.value)


def test_the_name_of_a_file_gives_no_reason() -> None:
    error = ReadError("/x/encrypted pages, and.txt: holds no text; put the document's text into it")
    assert "里面没有文字" in declined("encrypted pages, and.txt", error)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (LibraryError("a.txt: is in the corpus already, as plan (…)"), "已经收录"),
        (LibraryError("plan: is the only document; add another before it is removed"), "是唯一的一份文件"),
        (LibraryError("something else"), "没能收录"),
        (KeyError("secret"), "没有预料到"),
    ],
)
def test_other_errors_have_words_too(error: Exception, reason: str) -> None:
    words = declined("甲.txt", error)
    assert reason in words
    assert "secret" not in words
