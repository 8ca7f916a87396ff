"""The tasks chosen as a Word document that an office would print: A4 across, one table, numbered pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from duties.files import printable
from duties.ledger import Ledger, Report
from duties.selection import Duty
from index.roles import by_role

if TYPE_CHECKING:
    from docx.document import Document as Sheet
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph

SONG, HEI = "宋体", "黑体"
_LATIN = "Times New Roman"
HEADERS = ("序号", "文件", "条目", "任务内容", "责任单位（本单位加粗）", "共同责任单位")
_WIDTHS = (1.2, 2.4, 2.9, 10.2, 4.7, 4.7)  # cm, 26.1 together: A4 across less its margins


def write_sheet(report: Report, ledger: Ledger, path: Path) -> None:
    """Write ``report`` to ``path`` as docx.

    Raises:
        OSError: ``path`` can't be written.
    """
    sheet = Document()
    sheet.core_properties.title = printable(report.title)
    sheet.core_properties.author = ""
    _page(sheet)
    _line(sheet, report.title, HEI, 20, centred=True)
    day = f"{report.day.year}年{report.day.month}月{report.day.day}日"
    _line(sheet, f"{day}　共 {len(report.duties)} 项", SONG, 12, centred=True)
    for line in (*report.conditions, f"来源：{'；'.join(report.sources)}" if report.sources else ""):
        if line:
            _line(sheet, line, SONG, 10.5)
    table = sheet.add_table(rows=1 + len(report.duties), cols=len(HEADERS), style="Table Grid")
    _shape(table)
    for cell, header in zip(table.rows[0].cells, HEADERS, strict=True):
        _write(cell, header, HEI, centred=True)
    for number, duty in enumerate(report.duties, 1):
        _fill(table.rows[number], number, duty, ledger)
    sheet.save(str(path))


def _fill(row: _Row, number: int, duty: Duty, ledger: Ledger) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    ordinal, document, place, text, bodies, shared = row.cells
    _write(ordinal, str(number), centred=True)
    _write(document, ledger.document(duty.unit), centred=True)
    _write(place, ledger.place(duty.unit), centred=True)
    _write(text, duty.unit.text)
    _bodies(bodies.paragraphs[0], duty)
    _write(shared, "、".join(duty.shared) or "—")


def _bodies(paragraph: Paragraph, duty: Duty) -> None:
    """All responsible bodies, those chosen in bold; by role where the document marks roles, and the deadline."""
    for place, (role, held) in enumerate(by_role(duty.unit)):
        _run(paragraph, ("；" if place else "") + (f"{role}：" if role else ""), SONG, 10.5)
        for position, printed in enumerate(held):
            _run(paragraph, "、" if position else "", SONG, 10.5)
            _run(paragraph, printed, SONG, 10.5, bold=printed in duty.own)
    if duty.unit.deadline:
        _run(paragraph, f"（完成时限：{duty.unit.deadline}）", SONG, 10.5)


def _page(sheet: Sheet) -> None:
    section = sheet.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin, section.bottom_margin = Cm(2), Cm(1.8)
    normal = sheet.styles["Normal"]
    normal.font.name, normal.font.size = _LATIN, Pt(10.5)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), SONG)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for before, field, after in (("第 ", "PAGE", " 页"), ("　共 ", "NUMPAGES", " 页")):
        _run(footer, before, SONG, 9)
        _field(footer, field)
        _run(footer, after, SONG, 9)


def _shape(table: Table) -> None:
    """Fixed widths, and a header row that is repeated on every page."""
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Cm(width)
    properties = table.rows[0]._tr.get_or_add_trPr()
    for name in ("w:cantSplit", "w:tblHeader"):
        properties.append(OxmlElement(name))


def _line(sheet: Sheet, text: str, font: str, size: float, *, centred: bool = False) -> None:
    paragraph = sheet.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(4)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(paragraph, text, font, size)


def _write(cell: _Cell, text: str, font: str = SONG, *, centred: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(paragraph, text, font, 10.5)


def _run(paragraph: Paragraph, text: str, font: str, size: float, *, bold: bool = False) -> None:
    """Text in a font of which Word asks twice: for Latin and for Chinese characters."""
    run = paragraph.add_run(printable(text))
    run.font.name, run.font.size = _LATIN, Pt(size)
    run.font.bold = bold or None
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _field(paragraph: Paragraph, name: str) -> None:
    """A field that Word fills in: PAGE, NUMPAGES."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    paragraph._p.append(field)
