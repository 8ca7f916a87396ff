"""Numbers as values with units, and whether units bear out the numbers of a sentence; every value redone by hand."""

from __future__ import annotations

import math

import pytest

from answering.generation.values import borne_out, find_values
from index.text import normalise


def read(text: str) -> list[tuple[float, float, str, str]]:
    return [(each.low, each.high, each.unit, each.bound.name) for each in find_values(normalise(text))]


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "bound"),
    [
        ("15万元", 15 * 10**4, 15 * 10**4, "元", "EXACT"),
        ("十五万元", 15 * 10**4, 15 * 10**4, "元", "EXACT"),
        ("1,000亿元", 1000 * 10**8, 1000 * 10**8, "元", "EXACT"),
        ("3亿5000万美元", 3 * 10**8 + 5000 * 10**4, 35 * 10**7, "美元", "EXACT"),
        ("三点五倍", 3.5, 3.5, "倍", "EXACT"),
        ("两百零三家", 203, 203, "个", "EXACT"),  # counters of things are one
        ("六十座", 60, 60, "个", "EXACT"),
        ("百分之十", 10, 10, "%", "EXACT"),
        ("三成", 30, 30, "%", "EXACT"),
        ("10%", 10, 10, "%", "EXACT"),
        ("5个百分点", 5, 5, "百分点", "EXACT"),
        ("3至5家", 3, 5, "个", "EXACT"),
        ("3—5万元", 3 * 10**4, 5 * 10**4, "元", "EXACT"),
        ("5家以上", 5, 5, "个", "AT_LEAST"),
        ("超过5家", 5, 5, "个", "AT_LEAST"),
        ("不超过5家", 5, 5, "个", "AT_MOST"),
        ("低于等值20万美元", 20 * 10**4, 20 * 10**4, "美元", "AT_MOST"),
        ("60余万平方米", 60 * 10**4, 60 * 10**4, "平方米", "ROUGHLY"),
        ("约70家", 70, 70, "个", "ROUGHLY"),
        ("2027年", 2027, 2027, "年", "EXACT"),
        ("7×24小时", 7, 7, "", "EXACT"),
    ],
)
def test_one_number(text: str, low: float, high: float, unit: str, bound: str) -> None:
    assert read(text)[0] == (low, high, unit, bound)


def test_every_number_is_found_in_order() -> None:
    found = read("到2027年培育企业70家，面积达到60万平方米，年均增长10%以上")
    assert [(low, unit) for low, _, unit, _ in found] == [
        (2027, "年"), (70, "个"), (600_000, "平方米"), (10, "%"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "idiom", ["进一步完善", "统一标准", "一批企业", "零售进口", "第三方平台", "十分重要", "逐一落实"]
)
def test_idioms_are_no_numbers(idiom: str) -> None:
    assert read(idiom) == []


def test_what_can_not_be_read_equals_nothing() -> None:
    (first,), (second,) = find_values("1,00元"), find_values("1,00元")
    assert math.isnan(first.low)
    assert not first.equals(second)


TARGET = "力争到2027年培育海外仓企业70家,海外仓面积达到60万平方米"
LIMIT = "年度累计金额低于等值20万美元的企业可免于登记"


@pytest.mark.parametrize(
    ("sentence", "true"),
    [
        ("力争到2027年培育海外仓企业70家", True),
        ("力争到2027年培育海外仓企业七十家", True),
        ("力争海外仓面积到2027年达到600000平方米", True),
        ("低于20万美元的可免于登记", True),
        ("没有数字的句子", True),
        ("力争到2027年培育海外仓企业71家", False),
        ("力争到2026年培育海外仓企业70家", False),
        ("力争培育海外仓企业70万家", False),
        ("力争培育海外仓企业70家以上", False),  # a floor is not the number
        ("海外仓企业70家", False),  # a target told as a fact
        ("力争到二〇二七年培育海外仓企业70家", False),  # a list of digits is read as no number
        ("20万美元以上的可免于登记", False),
        ("不超过20万元的可免于登记", False),
    ],
)
def test_borne_out(sentence: str, true: bool) -> None:
    units = [find_values(TARGET), find_values(LIMIT)]
    assert borne_out(sentence, units) is true


def test_of_two_numbers_with_one_unit_the_words_around_decide() -> None:
    stated = [find_values("培育海外仓企业70家,产业园区8家")]
    assert borne_out("产业园区8家", stated)
    assert not borne_out("产业园区70家", stated)


def test_of_two_numbers_that_fit_as_well_each_is_borne_out() -> None:
    stated = [find_values("和平区建设保税仓库3座,南开区建设保税仓库5座")]
    assert borne_out("建设保税仓库3座", stated)
    assert borne_out("建设保税仓库5座", stated)


def test_a_year_and_its_number_come_from_one_unit() -> None:
    units = [find_values("到2025年培育5家示范园区"), find_values("到2027年培育8家产业园区")]
    assert borne_out("到2025年培育5家示范园区,到2027年培育8家产业园区", units)
    assert not borne_out("到2027年培育5家示范园区", units)
    assert not borne_out("到2025年培育8家产业园区", units)
