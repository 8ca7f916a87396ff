from __future__ import annotations

from datetime import date

import pytest

from answering.writing.figures import Bound
from duties.targets import side_by_side, targets, years
from index.records import PolicyUnit
from tests.samples import unit

# Read off the two documents: unit, year, value as printed, what it is of.
PRINTED = [
    ("task-table/6", 2025, "5家以上", "要素集聚、主体多元、服务专业、特色鲜明、交易规模居全市前列的跨境电商示范园区"),
    ("task-table/7", 2025, "3至5家", "国家级优秀海外仓企业"),
    ("task-table/11", 2025, "12家", "超亿美元的综服企业"),
    ("task-table/11", 2025, "2家", "超五亿美元的龙头综服企业"),
    ("plan/1.2", 2027, "10%", "跨境电商年交易额占全市外贸进出口总额比重"),
    ("plan/1.2", 2027, "突破1000亿元", "跨境电商年交易额"),
    ("plan/1.2", 2027, "6个以上", "跨境电商特色产业带"),
    ("plan/1.2", 2027, "8个以上", "市级跨境电商产业园区"),
    ("plan/1.2", 2027, "超过5500家", "跨境电商经营主体"),
    ("plan/1.2", 2027, "50个以上", "具有一定国际影响力的跨境电商出口品牌"),
    ("plan/14", 2027, "70家", "本市海外仓企业"),
    ("plan/14", 2027, "60万平方米", "海外仓面积"),
]


def test_every_target_of_the_documents(units: tuple[PolicyUnit, ...]) -> None:
    found = targets(units)
    assert [(t.unit.unit_id, t.year, t.figure.phrase, t.subject) for t in found] == PRINTED
    assert [t.counted for t in found] == ["家", "家", "家", "家", "%", "元", "个", "个", "家", "个", "家", "平方米"]
    assert found[5].figure.low == 1000 * 10**8
    assert (found[1].figure.low, found[1].figure.high) == (3, 5)
    assert found[0].figure.bound is Bound.AT_LEAST
    assert all(t.figure.phrase in t.sentence and t.sentence in t.unit.text for t in found)
    assert years(found) == (2025, 2027)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("力争培育3家园区。", [(None, "3家", "园区")]),
        ("到2026年，建成2个园区，到2028年底达到4个。", [(2026, "2个", "园区"), (2028, "4个", "园区")]),
        ("重点围绕5大场景。推广5G。累计金额低于等值20万美元（不含）的企业。", []),
        ("到2026年，开展5大场景建设。", []),
        ("2023年已有9家企业。", []),  # a fact, not an aim
    ],
)
def test_what_is_a_target(text: str, expected: list[tuple[int | None, str, str]]) -> None:
    assert [(t.year, t.figure.phrase, t.subject) for t in targets([unit(1, text)])] == expected


def test_whether_a_year_has_passed_is_a_matter_of_the_day(units: tuple[PolicyUnit, ...]) -> None:
    early, *_, late = targets(units)
    assert [early.state(day) for day in (date(2025, 12, 31), date(2026, 1, 1))] == ["未到", "已过"]
    assert late.state(date(2026, 1, 1)) == "未到"
    undated = targets([unit(1, "力争培育3家园区。")])[0]
    assert undated.state(date(2099, 1, 1)) == "未写年份"


def test_like_things_of_two_years_stand_side_by_side(units: tuple[PolicyUnit, ...]) -> None:
    lines = side_by_side(targets(units))
    both = [tuple(line[year].figure.phrase for year in (2025, 2027)) for line in lines if len(line) > 1]
    assert both == [("5家以上", "8个以上"), ("3至5家", "70家")]  # …园区, …海外仓企业
    assert sum(map(len, lines)) == len(PRINTED)
    assert side_by_side(()) == ()
