"""Heads of task tables: in one row or two, merged or not, and heads that are none."""

from __future__ import annotations

from ingest.readers.source import Row
from ingest.structure.heads import Column, columns_of, two_rows
from tests.ingest.structure.reading import source_of


def rows(*cells: tuple[str, ...]) -> list[Row]:
    return [block for block in source_of(*cells).blocks if isinstance(block, Row)]


def kinds(columns: tuple[tuple[Column, str], ...] | None) -> list[str] | None:
    return [column.value for column, _ in columns] if columns is not None else None


def test_a_head_says_what_its_column_holds() -> None:
    (head,) = rows(
        ("序号", "领域", "活动名称", "牵头单位", "责任县（市、区）", "责任部门及责任人", "牵头领导", "完成时限")
    )
    assert kinds(columns_of(head)) == [
        "serial", "section", "text", "bodies", "bodies", "bodies", "other", "deadline",
    ]  # fmt: skip


def test_a_blank_head_goes_on_with_the_one_on_its_left() -> None:
    (head,) = rows(("序号", "工作任务", "", "责任单位", ""))
    assert kinds(columns_of(head)) == ["serial", "text", "text", "bodies", "other"]


def test_a_unit_of_measure_is_no_body() -> None:
    (head,) = rows(("指标名称", "单位", "2023年实际"))
    assert columns_of(head) is None


def test_a_head_in_two_rows_is_one() -> None:
    upper, lower, below = rows(
        ("序号", "任务", "责任分工", "", "备注"), ("", "", "牵头单位", "配合单位", ""), ("1", "甲", "乙局", "丙局", "")
    )
    columns = two_rows(upper, lower, [below])
    assert kinds(columns) == ["serial", "text", "bodies", "bodies", "other"]
    assert columns is not None and [name for _, name in columns][2:4] == ["牵头单位", "配合单位"]


def test_names_below_a_merged_head_are_heads_whatever_they_are() -> None:
    upper, lower = rows(("工作任务", "", "责任处室"), ("大项", "小项", ""))
    assert kinds(two_rows(upper, lower, [])) == ["text", "text", "bodies"]


def test_a_lower_row_of_its_own_width_fills_the_head_of_bodies() -> None:
    upper, lower, below = rows(("序号", "任务", "责任分工"), ("牵头单位", "配合单位"), ("1", "甲", "乙局", "丙局"))
    assert kinds(two_rows(upper, lower, [below])) == ["serial", "text", "bodies", "bodies"]


def test_a_row_of_tasks_is_no_second_row_of_the_head() -> None:
    upper, lower = rows(("序号", "任务", "", "责任单位"), ("1", "推进", "开工", "市发改委"))
    assert two_rows(upper, lower, []) is None
