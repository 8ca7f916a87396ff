"""A file's reader is told by what it holds."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from ingest.readers.files import read_source
from ingest.readers.source import ReadError
from tests.ingest.readers.papers import pdf, shown, source_of

ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")


def word() -> bytes:
    out = BytesIO()
    document = Document()
    document.add_paragraph("一、甲")
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "raw",
    [word(), pdf([[(108.0, 90.0, "一、甲甲甲甲甲")]]), b"<html><body><p>\xe4\xb8\x80\xe3\x80\x81\xe7\x94\xb2</p>"],
    ids=["docx", "pdf", "html"],
)
def test_the_content_counts_and_not_the_name(tmp_path: Path, raw: bytes) -> None:
    assert str(shown(source_of(tmp_path, "a.txt", raw))[0]).startswith("一、甲")


def packed(**members: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, content in members.items():
            file.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (ENCRYPTED, r"encrypted; open it in Word and save it as \.docx without a password"),
        (ENCRYPTED[:8], r"a Word file of the old kind \(\.doc\); open it in Word"),
        (packed(a="b"), "a packed file that is no Word document"),
        (b"PK\x03\x04damaged", "damaged or not what it says it is"),
        (b"{\\rtf1", "rich text; give a docx"),
        (b"", "holds no text"),
    ],
)
def test_what_is_not_read_is_named_with_the_remedy(tmp_path: Path, raw: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=rf"a\.docx: {message}"):
        source_of(tmp_path, "a.docx", raw)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"none\.txt: cannot be read .*check the path"):
        read_source(tmp_path / "none.txt")
