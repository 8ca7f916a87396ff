"""Figures as values: scales, ranges, bounds and units."""

from __future__ import annotations

import pytest

from answering.writing.figures import Bound, find_figures


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("面积达到60万平方米", 600_000, 600_000, "平方米"),
        ("六十万平米", 600_000, 600_000, "平方米"),
        ("突破1000亿元", 1e11, 1e11, "元"),
        ("两千亿元", 2e11, 2e11, "元"),
        ("要冲1000亿了", 1e11, 1e11, ""),
        ("等值20万美元", 200_000, 200_000, "美元"),
        ("二十万刀", 200_000, 200_000, "美元"),
        ("占比20%", 20, 20, "%"),
        ("占比百分之二十", 20, 20, "%"),
        ("培育3至5家", 3, 5, "家"),
        ("8个以上园区", 8, 8, "家"),
        ("5,500家", 5500, 5500, "家"),
        ("八大场景", 8, 8, "大场景"),
        ("3到5万平方米", 30_000, 50_000, "平方米"),
    ],
)
def test_a_figure_is_a_value_with_a_unit(text: str, low: float, high: float, unit: str) -> None:
    (figure,) = find_figures(text)
    assert (figure.low, figure.high, figure.unit) == (low, high, unit)


@pytest.mark.parametrize(
    "text", ["2027年", "第14项", "序号27", "一家", "十几家", "20来万美元", "三个字", "两个部门", "一年"]
)
def test_years_ordinals_and_rough_numbers_are_none(text: str) -> None:
    assert list(find_figures(text)) == []


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("超过5500家", Bound.AT_LEAST),
        ("不低于5500家", Bound.AT_LEAST),
        ("5500家以上", Bound.AT_LEAST),
        ("控制在5500家以内", Bound.AT_MOST),
        ("不超过5500家", Bound.AT_MOST),
        ("低于等值20万美元", Bound.AT_MOST),
        ("5500家", Bound.EXACT),
    ],
)
def test_a_bound_is_a_floor_or_a_ceiling(text: str, bound: Bound) -> None:
    (figure,) = find_figures(text)
    assert figure.bound is bound
    assert figure.phrase == text


@pytest.mark.parametrize(
    ("asked", "stated", "agree"),
    [
        ("60万平方米", "60万平方米", True),
        ("80万平方米", "60万平方米", False),
        ("4家", "3至5家", True),
        ("10家", "3至5家", False),
        ("5500家", "超过5500家", True),
        ("5500家以内", "超过5500家", False),
    ],
)
def test_two_figures_agree(asked: str, stated: str, agree: bool) -> None:
    (first,), (second,) = find_figures(asked), find_figures(stated)
    assert first.agrees(second) is agree
