"""Printed lines, and what belongs to the page."""

from __future__ import annotations

import pytest

from ingest.readers.printed import Printed, side_by_side, without_furniture


def line(text: str, top: float, x0: float = 80.0) -> Printed:
    return Printed(text, x0, x0 + 14 * len(text), top, top + 14, 14)


@pytest.mark.parametrize("number", ["— 3 —", "- 3 -", "3", "第3页 共9页", "3/9", "·3·", "Page 3 of 9", "一3一"])
def test_a_page_number_is_dropped(number: str) -> None:
    assert without_furniture([[line("正文一", 90), line("正文二", 120), line("正文三", 150), line(number, 790)]]) == [
        [line("正文一", 90), line("正文二", 120), line("正文三", 150)]
    ]


def test_a_year_or_a_serial_inside_the_page_stays() -> None:
    page = [line(text, 90 + 30 * place) for place, text in enumerate(["甲", "乙", "2027", "丙", "丁"])]
    assert without_furniture([page]) == [page]


def test_a_header_is_what_stands_in_one_place_on_most_pages() -> None:
    pages = [[line("公报", 40), line(f"第{page}段", 90)] for page in "一二三"]
    assert [[one.text for one in page] for page in without_furniture(pages)] == [["第一段"], ["第二段"], ["第三段"]]


def test_lines_at_one_height_are_one() -> None:
    assert [one.text for one in side_by_side([line("责任", 91, 200), line("序号", 90), line("下一行", 120)])] == [
        "序号 责任",
        "下一行",
    ]
