"""The tasks chosen as a spreadsheet: tasks, targets, a matrix a document, who works with whom, and how it was made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableStyleInfo

from duties.files import printable
from duties.ledger import Ledger, Report
from duties.matrix import Matrix
from index.roles import responsible

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | float | None

_FONT = "宋体"
_SHADES = ("E4F0EE", "BAD7D4", "8FBCB8", "5F9B97")  # one task, two, three, more
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
_LONGEST_SHEET_NAME = 31
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_workbook(report: Report, ledger: Ledger, path: Path) -> None:
    """Write ``report`` to ``path`` as xlsx.

    Raises:
        OSError: ``path`` can't be written.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    _tasks(book.create_sheet("任务清单"), report, ledger)
    _targets(book.create_sheet("量化目标"), report, ledger)
    for matrix in report.matrices:
        _matrix(book.create_sheet(_sheet_name(matrix, ledger)), matrix, ledger)
    _partners(book.create_sheet("共同负责"), report, ledger)
    _about(book.create_sheet("说明"), report)
    book.save(path)
    book.close()


def _tasks(sheet: Worksheet, report: Report, ledger: Ledger) -> None:
    headers: tuple[str, ...] = (
        "序号",
        "文件",
        "章节",
        "条目",
        "任务内容",
        "责任单位",
        "所选单位",
        "共同责任单位",
        "责任单位数",
    )
    dated = any(duty.unit.deadline for duty in report.duties)
    headers += ("完成时限",) if dated else ()
    rows = (
        (
            number,
            ledger.document(duty.unit),
            " › ".join(duty.unit.section),
            ledger.place(duty.unit),
            duty.unit.text,
            responsible(duty.unit),
            "、".join(duty.own),
            "、".join(duty.shared),
            len(duty.unit.agencies),
            *((duty.unit.deadline,) if dated else ()),
        )
        for number, duty in enumerate(report.duties, 1)
    )
    _fill(sheet, "tasks", headers, rows, (6, 13, 26, 16, 72, 34, 24, 34, 11, *((16,) if dated else ())))


def _targets(sheet: Worksheet, report: Report, ledger: Ledger) -> None:
    headers = (
        "序号",
        "年份",
        "是否已过",
        "目标内容",
        "目标值（原文）",
        "数值",
        "数值上限",
        "单位",
        "文件",
        "条目",
        "责任单位",
        "原文",
    )
    rows = (
        (
            number,
            target.year,
            target.state(report.day),
            target.subject,
            target.figure.phrase,
            target.figure.low,
            target.figure.high,
            target.counted,
            ledger.document(target.unit),
            ledger.place(target.unit),
            responsible(target.unit),
            target.sentence,
        )
        for number, target in enumerate(report.targets, 1)
    )
    _fill(sheet, "targets", headers, rows, (6, 8, 10, 34, 16, 18, 18, 8, 13, 16, 34, 60))


def _matrix(sheet: Worksheet, matrix: Matrix, ledger: Ledger) -> None:
    headers = ("责任单位", *(ledger.measures[key] for key in matrix.measures), "合计")
    rows = (
        (ledger.bodies[row.agency_id].name, *(len(cell) or None for cell in row.cells), row.total)
        for row in matrix.rows
    )
    widths = (40, *(max(7, 2 * len(header) + 2) for header in headers[1:]))
    _fill(sheet, re.sub(r"\W", "_", f"matrix_{matrix.document}"), headers, rows, widths, freeze="B2")
    for cells in sheet.iter_rows(min_row=2, min_col=2, max_col=len(headers) - 1):
        for cell in cells:
            cell.alignment = Alignment(horizontal="center", vertical="center")
            if isinstance(cell.value, int):
                cell.fill = PatternFill("solid", fgColor=_SHADES[min(cell.value, len(_SHADES)) - 1])


def _sheet_name(matrix: Matrix, ledger: Ledger) -> str:
    name = f"矩阵 {ledger.documents[matrix.document].short_title}"
    return _NOT_IN_SHEET_NAMES.sub("", name)[:_LONGEST_SHEET_NAME]


def _partners(sheet: Worksheet, report: Report, ledger: Ledger) -> None:
    headers = ("单位", "共同负责单位", "共同任务数", "条目")
    rows = (
        (
            ledger.bodies[tie.first].name,
            ledger.bodies[tie.second].name,
            len(tie.units),
            "、".join(
                f"{ledger.document(unit)}{ledger.place(unit)}" for unit in map(ledger.units.__getitem__, tie.units)
            ),
        )
        for tie in report.partners
    )
    _fill(sheet, "partners", headers, rows, (36, 36, 12, 80))


def _about(sheet: Worksheet, report: Report) -> None:
    lines = [
        ("标题", report.title),
        ("条件", "\n".join(report.conditions) or "全部任务"),
        ("项数", f"共 {len(report.duties)} 项"),
        ("生成日期", f"{report.day:%Y-%m-%d}"),
        ("来源", "\n".join(report.sources)),
    ]
    for row, line in enumerate(lines, 1):
        for column, value in enumerate(line, 1):
            _put(sheet, row, column, value)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 12, 90


def _fill(
    sheet: Worksheet,
    name: str,
    headers: Sequence[str],
    rows: Iterable[Sequence[Value]],
    widths: Sequence[float],
    freeze: str = "A2",
) -> None:
    """A table with filters and a header that stays in sight, on screen and on every printed page."""
    lines = (headers, *rows)
    for number, row in enumerate(lines, 1):
        for column, value in enumerate(row, 1):
            _put(sheet, number, column, value)
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    if len(lines) > 1:  # Excel repairs a table that has no row
        table = Table(displayName=name, ref=f"A1:{get_column_letter(len(headers))}{len(lines)}")
        table.tableStyleInfo = TableStyleInfo(name="TableStyleMedium4", showRowStripes=True)
        sheet.add_table(table)
    for cell in sheet[1]:
        cell.font = Font(name=_FONT, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="2B6663")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.freeze_panes = freeze
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _put(sheet: Worksheet, row: int, column: int, value: Value) -> None:
    """Set a cell; text stays text, also where it begins like a formula."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)  # the other kind is part of a merged cell, and nothing is merged
    cell.font = Font(name=_FONT)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    if isinstance(value, str):
        cell.value = printable(value) or None
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(_FORMULA_STARTS)
    else:
        cell.value = value
