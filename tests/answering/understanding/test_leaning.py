"""Which questions lean on the one before them."""

from __future__ import annotations

import pytest

from answering.understanding.leaning import leans, without_opening
from answering.understanding.reading import Reader


@pytest.mark.parametrize(
    "question",
    [
        "那归谁管？",
        "下一条呢",
        "税务局呢",
        "其中哪些和税务局有关",
        "第二个文件呢",
        "面积呢",
        "第五条",
        "税务局管不管",
        "区里要不要出力",
        "把人行换成外汇局",
        "有数吗",
    ],
)
def test_questions_that_lean_on_the_one_before(question: str, reader: Reader) -> None:
    assert leans(reader.read(question))


@pytest.mark.parametrize(
    "question",
    [
        "卖到国外被退回来的货怎么处理",
        "海关有哪些任务",
        "实施方案有哪些任务",
        "算了不问这个了。跨境电商退货，分工表里打算怎么优化？",
        "换个话题，企业想搞国际保理归哪几家管？",
        "那人才职业技能等级认定又是谁来搞？",
        "序号32的责任单位有哪些",
        "机场在两份文件中承担哪些任务",
        "明天天津会下雨吗",
        "谢谢",
    ],
)
def test_questions_that_stand_alone(question: str, reader: Reader) -> None:
    assert not leans(reader.read(question))


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("换个话题，国际保理归谁管", "国际保理归谁管"),
        ("算了不问这个了。高铁快运呢", "高铁快运呢"),
        ("另外那份呢", "另外那份呢"),
        ("高铁快运归谁", "高铁快运归谁"),
    ],
)
def test_the_opening_is_left_out(question: str, rest: str) -> None:
    assert without_opening(question) == rest
