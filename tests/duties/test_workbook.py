from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from duties.ledger import Ledger
from duties.selection import Selection, chosen
from duties.workbook import write_workbook
from index.records import AgencyFilter
from tests.duties import samples

SAFE = Selection(AgencyFilter((("safe",),)))


def written(ledger: Ledger, selection: Selection, folder: Path) -> Any:
    path = folder / "任务.xlsx"
    write_workbook(ledger.report(selection, date(2026, 11, 22)), ledger, path)
    return load_workbook(path)


def rows(sheet: Any) -> list[tuple[Any, ...]]:
    return list(sheet.iter_rows(values_only=True))


def test_each_task_is_a_row_of_a_table_with_filters(ledger: Ledger, tmp_path: Path) -> None:
    book = written(ledger, SAFE, tmp_path)
    assert book.sheetnames == ["任务清单", "量化目标", "矩阵 任务分工表", "矩阵 实施方案", "共同负责", "说明"]
    sheet = book["任务清单"]
    header, *tasks = rows(sheet)
    assert header == ("序号", "文件", "章节", "条目", "任务内容", "责任单位", "所选单位", "共同责任单位", "责任单位数")
    assert len(tasks) == 9
    for number, (row, duty) in enumerate(zip(tasks, chosen(ledger.units.values(), SAFE), strict=True), 1):
        unit = duty.unit
        assert row == (
            number,
            ledger.document(unit),
            " › ".join(unit.section) or None,
            ledger.place(unit),
            unit.text,
            "、".join(unit.agencies),
            "国家外汇管理局天津市分局",
            "、".join(name for name in unit.agencies if name != "国家外汇管理局天津市分局") or None,
            len(unit.agencies),
        )
    table = sheet.tables["tasks"]
    assert (table.ref, table.autoFilter.ref, sheet.freeze_panes) == ("A1:I10", "A1:I10", "A2")
    assert sheet.column_dimensions["E"].width == 72
    assert sheet["E2"].alignment.wrap_text
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$1:$1")


def test_targets_and_matrices_are_numbers(ledger: Ledger, tmp_path: Path) -> None:
    book = written(ledger, Selection(), tmp_path)
    targets = rows(book["量化目标"])
    assert len(targets) == 1 + 12
    assert targets[6][:8] == (6, 2027, "未到", "跨境电商年交易额", "突破1000亿元", 1000 * 10**8, 1000 * 10**8, "元")
    assert targets[1][2] == "已过"
    header, *bodies = rows(book["矩阵 任务分工表"])
    assert header == ("责任单位", *(f"第{number}条" for number in range(1, 17)), "合计")
    assert bodies[0][:3] == ("天津市商务局", 5, 1)
    assert all(sum(count or 0 for count in row[1:-1]) == row[-1] for row in bodies)
    assert rows(book["共同负责"])[1][:3] == ("天津市商务局", "天津海关", 14)


def test_text_never_becomes_a_formula(tmp_path: Path) -> None:
    hostile = ['=HYPERLINK("http://other.example")', "+1+1", "-2", "@SUM(A1)", "#N/A", "甲\x00乙"]
    made = samples.ledger([samples.task(number, text, "a") for number, text in enumerate(hostile, 1)])
    sheet = written(made, Selection(), tmp_path)["任务清单"]
    cells = [row[4] for row in sheet.iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == [*hostile[:-1], "甲乙"]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [bool(cell.quotePrefix) for cell in cells] == [True, True, True, True, False, False]


@pytest.mark.parametrize("keyword", ["没有这样的词", "=没有"])
def test_no_task_makes_no_table(ledger: Ledger, tmp_path: Path, keyword: str) -> None:
    book = written(ledger, Selection(keyword=keyword), tmp_path)
    assert len(rows(book["任务清单"])) == 1
    assert not book["任务清单"].tables
    assert rows(book["说明"])[1:3] == [("条件", f"关键词：{keyword}"), ("项数", "共 0 项")]
