"""Task tables by their column heads."""

from __future__ import annotations

from pathlib import Path

from ingest.readers.source import Cells, laid_out
from ingest.units import parse
from tests.ingest.structure.reading import parsed, told, units

HEADS = ("序号", "重点任务", "具体措施", "牵头单位", "配合单位", "完成时限")


def test_columns_are_told_by_their_heads() -> None:
    first, second = units(
        HEADS,
        ("一、扩大投资",),
        ("1", "推进项目", "开工100个。", "市发改委", "市住建局、市交通局", "2024年12月"),
        ("2", "保障用地", "盘活存量。", "市资源局", "/", "全年"),
    )
    assert (told(first), first.serial, first.deadline) == (
        ("1", ["市发改委"], ["市住建局", "市交通局"]),
        1,
        "2024年12月",
    )
    assert (first.text, first.section) == ("推进项目\n开工100个。", ("一、扩大投资",))
    assert told(second) == ("2", ["市资源局"], [])


def test_merged_cells_head_the_rows_below() -> None:
    found = units(
        ("一级任务", "二级任务", "具体举措", "主办单位", "协办单位"),
        ("一、纾困", "（一）减税", "1.留抵退税。", "市税务局", "市财政局"),
        ("", "", "2.缓缴社保。", "市人社局", "市税务局"),
        ("", "（二）金融", "3.银企对接。", "市金融局", "各区县"),
    )
    assert [(unit.measure, unit.text) for unit in found] == [
        ("1", "留抵退税。"),
        ("2", "缓缴社保。"),
        ("3", "银企对接。"),
    ]
    assert found[1].section == ("一、纾困", "（一）减税")


def test_bodies_that_are_merged_hold_for_the_rows_below() -> None:
    found = units(("序号", "任务内容", "责任单位"), ("1", "甲。", "市商务局"), ("2", "乙。", ""), ("", "丙。", ""))
    assert [told(unit) for unit in found] == [("1", [], ["市商务局"]), ("2", [], ["市商务局"])]
    assert found[1].text == "乙。\n丙。"


def test_a_row_numbered_in_chinese_heads_those_below() -> None:
    found = units(
        ("序号", "政策措施", "牵头领导", "责任单位"), ("一", "财政政策"), ("1", "加快支出。", "张某", "市财政局")
    )
    assert [(unit.measure, unit.section, unit.agencies) for unit in found] == [("1", ("一、财政政策",), ("市财政局",))]


def test_heads_repeated_on_the_next_page_are_none_of_the_tasks() -> None:
    heads = ("编号", "事项名称", "责任部门")
    found = units(heads, ("1", "开办企业", "甲局"), heads, ("2", "注销企业", "乙局"))
    assert [unit.measure for unit in found] == ["1", "2"]


def test_a_table_without_heads_goes_on_with_the_one_before() -> None:
    found = units(("序号", "任务", "责任单位"), ("1", "甲。", "甲局"), "续表", ("2", "乙。", "乙局"))
    assert [told(unit) for unit in found] == [("1", [], ["甲局"]), ("2", [], ["乙局"])]


def test_a_table_that_names_no_bodies_is_no_list_of_tasks_beside_an_outline() -> None:
    found = parsed("一、推进。（责任单位：甲局）", ("序号", "指标名称", "目标"), ("1", "增速", "5%"))
    assert [unit.measure for unit in found.units] == ["一"]
    assert [part.name for part in found.parts] == ["column heads", "table"]


def test_a_rule_on_leads_holds_for_the_table() -> None:
    (unit,) = units("注：列在首位的为牵头单位。", ("序号", "任务", "责任单位"), ("1", "甲。", "甲局、乙局"))
    assert told(unit) == ("1", ["甲局"], ["乙局"])


def test_a_head_in_two_rows_under_a_title_row() -> None:
    (unit,) = units(
        ("任务台账",),
        ("序号", "任务", "责任分工", ""),
        ("", "", "牵头单位", "配合单位"),
        ("1", "甲。", "市商务局", "市税务局"),
    )
    assert (told(unit), unit.text) == (("1", ["市商务局"], ["市税务局"]), "甲。")


def test_bodies_merged_downwards_hold_for_the_rows_below() -> None:
    pieces = [
        Cells(("序号", "任务", "牵头单位", "配合单位"), 1),
        Cells(("1", "甲。", "市商务局", "各区政府"), 1),
        Cells(("2", "乙。", "市税务局", ""), 1, above=frozenset({3})),
        Cells(("3", "丙。", "市财政局", ""), 1),
    ]
    found = parse(laid_out(Path("a.docx"), "0" * 64, pieces)).units
    assert [told(unit) for unit in found] == [
        ("1", ["市商务局"], ["各区政府"]),
        ("2", ["市税务局"], ["各区政府"]),
        ("3", ["市财政局"], []),
    ]


def test_numbers_of_their_own_under_a_merged_number() -> None:
    found = units(
        ("序号", "任务", "措施", "责任单位"),
        ("1", "改革", "1.甲。", "市商务局"),
        ("", "", "2.乙。", "市税务局"),
        ("2", "审批", "1.丙。", "市住建局"),
    )
    assert [(unit.measure, unit.text, unit.section) for unit in found] == [
        ("1.1", "甲。", ("改革",)),
        ("1.2", "乙。", ("改革",)),
        ("2", "1.丙。", ("审批",)),
    ]


def test_a_table_of_other_things_does_not_go_on_with_the_tasks() -> None:
    found = parsed(
        ("序号", "任务", "责任单位"), ("1", "甲。", "甲局"), "附件2", ("指标", "单位", "目标"), ("增速", "%", "5")
    )
    assert [unit.measure for unit in found.units] == ["1"]
    assert len(found.apart) == 2


def test_a_rule_in_the_head_says_who_leads() -> None:
    (unit,) = units(("序号", "任务", "责任单位（列首位的为牵头单位）"), ("1", "甲。", "甲局、乙局"))
    assert told(unit) == ("1", ["甲局"], ["乙局"])


def test_a_column_of_bodies_and_persons_names_the_bodies() -> None:
    (unit,) = units(("序号", "任务", "责任部门及责任人"), ("1", "甲。", "市工信局\n王伟"))
    assert told(unit) == ("1", [], ["市工信局"])
