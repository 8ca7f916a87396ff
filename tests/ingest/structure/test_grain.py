"""Which numbers are units."""

from __future__ import annotations

from tests.ingest.structure.reading import told, units


def test_the_finest_level_with_a_responsibility() -> None:
    found = units("一、任务", "（一）甲", "1.子。（责任单位：甲局）", "2.丑：（1）寅；（2）卯。（责任单位：乙局）")
    assert [told(unit) for unit in found] == [("1", [], ["甲局"]), ("2", [], ["乙局"])]


def test_an_article_holds_its_items() -> None:
    first, second = units("第一章 总则", "第一条 原则：", "（一）依法；", "（二）公开。", "第二条 自印发之日起施行。")
    assert (first.measure, first.text) == ("第一条", "原则：\n（一）依法；\n（二）公开。")
    assert second.measure == "第二条"


def test_an_article_whose_items_have_their_own_is_a_heading() -> None:
    found = units("第一条 支持", "（一）甲。（责任单位：甲局）", "（二）乙。（责任单位：乙局）")
    assert [told(unit) for unit in found] == [("（一）", [], ["甲局"]), ("（二）", [], ["乙局"])]


def test_a_responsibility_behind_the_last_item_is_that_of_all() -> None:
    found = units(
        "一、鼓励。",
        "（一）甲；",
        "（二）乙。",
        "责任单位：甲局",
        "二、支持。",
        "（一）丙；",
        "（二）丁。",
        "责任单位：乙局",
    )
    assert [told(unit) for unit in found] == [("一", [], ["甲局"]), ("二", [], ["乙局"])]


def test_leads_on_a_heading_are_inherited() -> None:
    found = units(
        "（一）甲（牵头单位：甲局）", "1.子。", "2.丑。（责任单位：乙局）", "（二）乙（牵头单位：丙局）", "3.寅。"
    )
    assert [told(unit) for unit in found] == [("1", ["甲局"], []), ("2", ["甲局"], ["乙局"]), ("3", ["丙局"], [])]


def test_a_noted_heading_with_plain_paragraphs_is_one_unit() -> None:
    first, second = units("一、甲（市商务局牵头负责）", "说明。", "二、乙（市教育局牵头）", "再说明。")
    assert (first.text, first.heading, told(first)) == ("甲\n说明。", "甲", ("一", ["市商务局"], []))
    assert second.text == "乙\n再说明。"


def test_paragraphs_under_a_bare_heading_are_units_where_others_have_finer_numbers() -> None:
    found = units(
        "一、总体要求", "思想。", "目标。", "二、任务", "（一）甲。（责任单位：甲局）", "（二）乙。（责任单位：甲局）"
    )
    assert [(unit.measure, unit.ordinal, unit.text) for unit in found[:2]] == [
        ("一", (1, 1), "思想。"),
        ("一", (1, 2), "目标。"),
    ]


def test_a_heading_with_a_paragraph_is_one_unit_where_all_are() -> None:
    found = units("一、甲", "推进。", "二、乙", "完善。")
    assert [(unit.measure, unit.text) for unit in found] == [("一", "甲\n推进。"), ("二", "乙\n完善。")]


def test_items_under_a_noted_heading_are_units_where_those_of_its_siblings_are() -> None:
    found = units(
        "（一）甲（牵头单位：甲局；配合单位：乙局）",
        "1、子。",
        "2、丑。（责任单位：丙局）",
        "（二）乙（牵头单位：丁局；配合单位：戊局）",
        "1、寅。",
        "2、卯。",
    )
    assert [told(unit)[1:] for unit in found] == [
        (["甲局"], ["乙局"]),
        (["甲局"], ["丙局"]),
        (["丁局"], ["戊局"]),
        (["丁局"], ["戊局"]),
    ]


def test_lists_behind_headings_count_where_a_document_has_them_alone() -> None:
    habit = [f"{number}.推进。（市商务局）" for number in (1, 2, 3)]
    assert [told(unit)[2] for unit in units(*habit, "4.建立机制（市财政局、市税务局）")][3] == ["市财政局", "市税务局"]
