"""Numbers that paragraphs begin with, and what only looks like one."""

from __future__ import annotations

import pytest

from ingest.structure.marks import Style, inline_marks, read_mark


@pytest.mark.parametrize(
    ("text", "style", "number", "printed"),
    [
        ("第一章　总则", Style.CHAPTER, 1, "第一章"),
        ("第 1 0 条　加强", Style.ARTICLE, 10, "第10条"),
        ("第二十一条 本办法", Style.ARTICLE, 21, "第二十一条"),
        ("十一、推行", Style.CHINESE, 11, "十一、"),
        ("（十二）推行", Style.CHINESE_BRACKETED, 12, "（十二）"),
        ("(一)推行", Style.CHINESE_BRACKETED, 1, "(一)"),
        ("㈢推行", Style.CHINESE_BRACKETED, 3, "㈢"),
        ("任务2：优化", Style.TASK, 2, "任务2："),
        ("1﹒发展", Style.ARABIC, 1, "1﹒"),
        ("１．发展", Style.ARABIC, 1, "１．"),
        ("⒉发展", Style.ARABIC, 2, "⒉"),
        ("2.1打造", Style.DOTTED, 1, "2.1"),
        ("1.2.3 发展", Style.DOUBLY_DOTTED, 3, "1.2.3"),
        ("（1）发展", Style.ARABIC_BRACKETED, 1, "（1）"),
        ("⑵发展", Style.ARABIC_BRACKETED, 2, "⑵"),
        ("③发展", Style.CIRCLED, 3, "③"),
    ],
)
def test_a_number_is_read(text: str, style: Style, number: int, printed: str) -> None:
    mark = read_mark(text)
    assert mark
    assert (mark.style, mark.number, mark.printed) == (style, number, printed)


@pytest.mark.parametrize(
    "text",
    ["第五条规定的职责", "第三条、第四条", "1.5亿元资金", "2023 年底前", "一、二、三产业融合", "三、四线城市", "发展"],
)
def test_what_only_looks_like_a_number_is_none(text: str) -> None:
    assert read_mark(text) is None


def test_all_numbers_of_a_dotted_one() -> None:
    mark = read_mark("1.2.3 发展")
    assert mark and mark.numbers == (1, 2, 3)


def test_numbers_inside_a_paragraph_count_from_one() -> None:
    text = "完善制度，（1）甲。（2）乙。（5）丙。"
    assert [(place, mark.number) for place, mark in inline_marks(text, 0)] == [(5, 1), (10, 2)]
