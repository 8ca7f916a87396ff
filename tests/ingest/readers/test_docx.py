"""Word documents: order, merged cells, what is inserted, deleted, linked or framed, and files that are none."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ingest.readers.source import ReadError, Row
from tests.ingest.readers.papers import shown, source_of

if TYPE_CHECKING:
    from docx.document import Document as Paper


def saved(document: Paper) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def add(document: Paper, inner: str) -> None:
    """A paragraph of the given XML before the section's properties."""
    document.element.body.insert(len(document.element.body) - 1, parse_xml(f"<w:p {nsdecls('w')}>{inner}</w:p>"))


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def test_paragraphs_and_tables_are_in_order(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("一、主要任务")
    table = document.add_table(4, 3)
    rows = (("序号", "任务", "单位"), ("（一）壮大主体", "", ""), ("1", "甲", "市商务局"), ("2", "乙", ""))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(1, 2))
    table.cell(2, 2).merge(table.cell(3, 2))
    document.add_paragraph("二、保障措施")
    assert shown(source_of(tmp_path, "a.docx", saved(document))) == [
        "一、主要任务",
        ("序号", "任务", "单位"),
        ("（一）壮大主体",),
        ("1", "甲", "市商务局"),
        ("2", "乙", ""),
        "二、保障措施",
    ]


def test_inserted_and_framed_text_is_read_and_deleted_and_hidden_is_not(tmp_path: Path) -> None:
    document = Document()
    add(
        document,
        run("支持") + f"<w:ins>{run('企业')}</w:ins><w:del><w:r><w:delText>个人</w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>" + f"<w:hyperlink>{run('。')}</w:hyperlink>",
    )
    body = document.element.body
    content = f"<w:sdtContent><w:p>{run('控件')}</w:p></w:sdtContent>"
    body.insert(1, parse_xml(f"<w:sdt {nsdecls('w')}>{content}</w:sdt>"))
    assert shown(source_of(tmp_path, "a.docx", saved(document))) == ["支持企业。", "控件"]


def test_a_soft_break_parts_paragraphs_only_before_numbers_and_after_sentences(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("天津市人民政府\n通知")
    document.add_paragraph("1．支持企业。\n2．发展产业")
    assert shown(source_of(tmp_path, "a.docx", saved(document))) == [
        "天津市人民政府通知",
        "1．支持企业。",
        "2．发展产业",
    ]


def test_a_table_of_one_column_is_a_frame(tmp_path: Path) -> None:
    document = Document()
    document.add_table(1, 1).cell(0, 0).text = "一、甲\n二、乙"
    assert shown(source_of(tmp_path, "a.docx", saved(document))) == ["一、甲", "二、乙"]


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("甲")
    raw = saved(document)
    with pytest.raises(ReadError, match=r"a\.docx: damaged .*open it in Word and save it again as \.docx"):
        source_of(tmp_path, "a.docx", raw[: len(raw) // 2])
    with pytest.raises(ReadError, match=r"a\.docx: holds no text"):
        source_of(tmp_path, "a.docx", saved(Document()))


def test_cells_that_go_on_from_above_are_named_and_breaks_in_cells_are_kept(tmp_path: Path) -> None:
    document = Document()
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(1, 1).text = "1", "市税务局\n市财政局"
    table.cell(0, 0).merge(table.cell(1, 0))
    buffer = BytesIO()
    document.save(buffer)
    rows = [block for block in source_of(tmp_path, "a.docx", buffer.getvalue()).blocks if isinstance(block, Row)]
    assert sorted(rows[1].above) == [0]
    assert rows[1].cells[1].text.strip() == "市税务局\n市财政局"
