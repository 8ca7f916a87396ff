"""Values are compared as values."""

from __future__ import annotations

import pytest

from eval.cases import Fact, FactType
from eval.facts import Quantity, facts_in, find_values, numeral, states


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1000", 1000), ("5,500", 5500), ("1000亿", 1e11), ("六十万", 600_000), ("两千", 2000), ("十五", 15),
        ("一百零五", 105), ("二〇二七", 2027), ("三点五", 3.5), ("一万二千", 12_000), ("一亿零三百", 100_000_300),
        ("甲", None), ("", None),
    ],
)  # fmt: skip
def test_numeral(written: str, value: float | None) -> None:
    assert numeral(written) == value


def quantity(value: float, unit: str) -> Fact:
    return Fact(FactType.QUANTITY, value, unit)


@pytest.mark.parametrize(
    ("text", "fact", "stated"),
    [
        ("补助15万元", quantity(5, "万元"), False),
        ("补助5万元", quantity(5, "万元"), True),
        ("补助五万元", quantity(5, "万元"), True),
        ("补助50000元", quantity(5, "万元"), True),
        ("补助 **5** 万元", quantity(5, "万元"), True),
        ("补助5万美元", quantity(5, "万元"), False),
        ("力争突破1000亿元", quantity(1000, "亿元"), True),
        ("力争突破一千亿元", quantity(1000, "亿元"), True),
        ("培育3至5家企业", quantity(3, "家"), True),
        ("培育3至5家企业", quantity(5, "家"), True),
        ("培育3-5家企业", quantity(4, "家"), False),
        ("3到5万元", quantity(3, "万元"), True),
        ("面积达到60万平方米", quantity(60, "万平方米"), True),
        ("面积达到160万平方米", quantity(60, "万平方米"), False),
        ("培育50个以上品牌", quantity(50, "个"), True),
        ("实施方案第14项", quantity(14, "项"), False),
        ("比重达到10%", Fact(FactType.PERCENT, 10.0), True),
        ("比重达到百分之十", Fact(FactType.PERCENT, 10.0), True),
        ("比重达到１０％", Fact(FactType.PERCENT, 10.0), True),
        ("比重达到10%-20%", Fact(FactType.PERCENT, 20.0), True),
        ("比重达到110%", Fact(FactType.PERCENT, 10.0), False),
        ("到2027年底", Fact(FactType.DATE, "2027"), True),
        ("到二〇二七年底", Fact(FactType.DATE, "2027"), True),
        ("到2025年底", Fact(FactType.DATE, "2027"), False),
        ("by 2027.", Fact(FactType.DATE, "2027"), True),
        ("2027家企业", Fact(FactType.DATE, "2027"), False),
        ("2024年11月6日印发", Fact(FactType.DATE, "2024-11-06"), True),
        ("2024-11-06 印发", Fact(FactType.DATE, "2024-11-06"), True),
        ("2024年11月6日印发", Fact(FactType.DATE, "2024"), True),
        ("2024年印发", Fact(FactType.DATE, "2024-11-06"), False),
        ("2024年11月16日印发", Fact(FactType.DATE, "2024-11-06"), False),
        ("共 **9 项**（任务分工表 7 项，实施方案 2 项）", Fact(FactType.COUNT, 9.0), True),
        ("共 **9 项**（任务分工表 7 项，实施方案 2 项）", Fact(FactType.COUNT, 7.0), False),
        ("一共九项任务", Fact(FactType.COUNT, 9.0), True),
        ("它有9项任务", Fact(FactType.COUNT, 9.0), True),
        ("见第9项", Fact(FactType.COUNT, 9.0), False),
        ("依托“津心融”平台", Fact(FactType.NAME, "津心融"), True),
        ("推广“船边直提”、“抵港直装”", Fact(FactType.TERM, "船边直提"), True),
        ("千兆15G网络", Fact(FactType.TERM, "5G"), False),
        ("千兆5G网络", Fact(FactType.TERM, "5G"), True),
        ("推廣離岸貿易", Fact(FactType.TERM, "离岸贸易"), True),
    ],
)
def test_states(text: str, fact: Fact, stated: bool) -> None:
    assert states(text, fact) is stated


def test_a_reference_answer_gives_its_figures_and_not_its_ordinals() -> None:
    found = facts_in("依据第14项，到2027年培育70家，面积60万平方米，比重10%。")
    assert [(fact.type, fact.value, fact.unit) for fact in found] == [
        (FactType.QUANTITY, 70.0, "家"),
        (FactType.QUANTITY, 600_000.0, "平方米"),
        (FactType.PERCENT, 10.0, ""),
        (FactType.DATE, "2027", ""),
    ]


def test_neighbouring_quantities_are_both_found() -> None:
    assert find_values("六家三个").quantities[:2] == (Quantity(6, "家三个"), Quantity(3, "个"))
