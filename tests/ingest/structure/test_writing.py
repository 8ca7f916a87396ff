"""Numbers told apart, and where a document's last measure ends."""

from __future__ import annotations

from tests.ingest.structure.reading import parsed, units


def test_numbers_that_repeat_are_told_apart_by_those_above() -> None:
    found = units("一、甲", "（一）子。", "（二）丑。", "二、乙", "（一）寅。", "（二）卯。", "（三）辰。")
    assert [unit.measure for unit in found] == ["一（一）", "一（二）", "二（一）", "二（二）", "二（三）"]


def test_the_end_of_the_document_is_no_part_of_the_last_measure() -> None:
    found = parsed("一、推进。（责任单位：甲局）", "本措施自印发之日起施行。", "天津市人民政府办公厅", "2024年1月2日")
    assert found.units[0].text == "推进。"
    assert [part.name for part in found.parts] == ["closing", "signature", "date"]


def test_it_is_none_behind_items_either() -> None:
    found = parsed("一、推进。", "（1）甲；", "（2）乙。", "以上措施自印发之日起施行。", "甲市人民政府")
    assert found.units[0].text == "推进。\n（1）甲；\n（2）乙。"
    assert [part.name for part in found.parts] == ["closing", "signature"]


def test_an_attachment_that_explains_holds_no_units() -> None:
    found = parsed("一、推进。", "附件", "名词解释", "政务云：平台。")
    assert [unit.measure for unit in found.units] == ["一"]
    assert {part.name for part in found.parts} == {"attachment"}


def test_an_attachment_that_names_nobody_is_none_of_the_measures() -> None:
    found = parsed("一、推进。（责任单位：甲局）", "附件", "申报指南", "一、申报条件", "在本市注册。")
    assert [unit.measure for unit in found.units] == ["一"]
    assert {part.name for part in found.parts} == {"attachment"}


def test_a_boxed_number_is_cited_without_its_brackets() -> None:
    found = units("【措施1】甲。", "【责任单位】市商务局", "【措施2】乙。", "【责任单位】市税务局")
    assert [unit.measure for unit in found] == ["措施1", "措施2"]
