from __future__ import annotations

from datetime import date
from pathlib import Path

from docx import Document
from docx.document import Document as Sheet
from docx.oxml.ns import qn

from duties.ledger import Ledger
from duties.selection import Selection, chosen
from duties.sheet import HEADERS, write_sheet
from index.records import AgencyFilter
from tests.duties import samples

SAFE = Selection(AgencyFilter((("safe",),)))


def written(ledger: Ledger, selection: Selection, folder: Path) -> Sheet:
    path = folder / "任务.docx"
    write_sheet(ledger.report(selection, date(2026, 11, 22)), ledger, path)
    return Document(str(path))


def test_head_and_sources(ledger: Ledger, tmp_path: Path) -> None:
    sheet = written(ledger, SAFE, tmp_path)
    assert [paragraph.text for paragraph in sheet.paragraphs] == [
        "国家外汇管理局天津市分局任务清单",
        "2026年11月22日　共 9 项",
        "责任单位：国家外汇管理局天津市分局",
        "来源：《天津市加快发展外贸新业态新模式若干措施》任务分工表；"
        "《天津市推动跨境电商高质量发展实施方案》（天津市人民政府办公厅，2024-11-06）",
    ]


def test_each_task_is_a_row_with_its_own_body_in_bold(ledger: Ledger, tmp_path: Path) -> None:
    header, *rows = written(ledger, SAFE, tmp_path).tables[0].rows
    assert tuple(cell.text for cell in header.cells) == HEADERS
    for number, (row, duty) in enumerate(zip(rows, chosen(ledger.units.values(), SAFE), strict=True), 1):
        assert [cell.text for cell in row.cells] == [
            str(number),
            ledger.document(duty.unit),
            ledger.place(duty.unit),
            duty.unit.text,
            "、".join(duty.unit.agencies),
            "、".join(duty.shared) or "—",
        ]
        assert [run.text for run in row.cells[4].paragraphs[0].runs if run.bold] == ["国家外汇管理局天津市分局"]


def test_it_prints_on_a4_across_with_a_repeated_header_and_page_numbers(ledger: Ledger, tmp_path: Path) -> None:
    sheet = written(ledger, SAFE, tmp_path)
    section, table = sheet.sections[0], sheet.tables[0]
    assert section.page_width and section.page_height
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (29.7, 21.0)
    properties = [row._tr.trPr for row in table.rows]
    assert [part is not None and part.find(qn("w:tblHeader")) is not None for part in properties] == [True] + [
        False
    ] * 9
    assert all(part is not None and part.find(qn("w:cantSplit")) is not None for part in properties)
    fields = section.footer.paragraphs[0]._p.findall(qn("w:fldSimple"))
    assert [field.get(qn("w:instr")) for field in fields] == ["PAGE", "NUMPAGES"]


def test_chinese_fonts_are_named_for_chinese_characters(ledger: Ledger, tmp_path: Path) -> None:
    sheet = written(ledger, SAFE, tmp_path)
    fonts = [paragraph.runs[0]._r.rPr.rFonts.get(qn("w:eastAsia")) for paragraph in sheet.paragraphs]  # type: ignore[union-attr]
    assert fonts == ["黑体", "宋体", "宋体", "宋体"]
    cells = [row.cells[3].paragraphs[0].runs[0]._r.rPr for row in sheet.tables[0].rows[:2]]
    assert [cell.rFonts.get(qn("w:eastAsia")) for cell in cells if cell is not None] == ["黑体", "宋体"]


def test_text_stays_text(tmp_path: Path) -> None:
    made = samples.ledger([samples.task(1, "<w:br/>&=1\x00", "a")])
    sheet = written(made, Selection(), tmp_path)
    assert sheet.tables[0].rows[1].cells[3].text == "<w:br/>&=1"


def test_no_task_leaves_the_header(ledger: Ledger, tmp_path: Path) -> None:
    assert len(written(ledger, Selection(keyword="没有这样的词"), tmp_path).tables[0].rows) == 1
