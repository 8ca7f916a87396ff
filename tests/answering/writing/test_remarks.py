"""First sentences, in plain Chinese."""

from __future__ import annotations

import pytest

from answering.writing.modality import Asked, Aspiration
from answering.writing.premises import About, Premise
from answering.writing.remarks import confirmation, correction, no_more_than, quoted


def premise(about: About, asserted: str, stated: str, *, holds: bool = False, checked: bool = True) -> Premise:
    return Premise(about, asserted, stated, holds, checked)


def test_a_correction_names_both() -> None:
    area = premise(About.FIGURE, "80万平方米", "60万平方米")
    year = premise(About.YEAR, "2030年", "2027年")
    assert correction([area]) == "文件写的是“60万平方米”，不是“80万平方米”。"
    assert correction([area, year]) == "文件写的是“60万平方米”，不是“80万平方米”；是“2027年”，不是“2030年”。"


def test_bodies_and_numbers_are_corrected() -> None:
    assert correction([premise(About.BODIES, "税务局", "市金融局")]) == "文件写的责任单位是市金融局，不是“税务局”。"
    assert correction([premise(About.BODIES, "教委", "")]) == "文件没有写明这由“教委”负责。"
    number = premise(About.NUMBER, "第5条", "任务分工表第3条（序号7）")
    assert correction([number]) == "这项内容写在任务分工表第3条（序号7），不是“第5条”。"


def test_what_holds_is_no_correction() -> None:
    assert correction([premise(About.FIGURE, "70家", "70家", holds=True)]) == ""


def test_only_what_was_to_be_checked_is_confirmed() -> None:
    area = premise(About.FIGURE, "60万平方米", "60万平方米", holds=True)
    body = premise(About.BODIES, "商务局", "市商务局、天津海关", holds=True)
    granted = premise(About.FIGURE, "70家", "70家", holds=True, checked=False)
    assert confirmation([area]) == "文件写的正是“60万平方米”。"
    assert confirmation([body]) == "文件写的责任单位里有“商务局”。"
    assert confirmation([granted]) == ""


@pytest.mark.parametrize(
    ("asked", "verb", "tail"),
    [
        (Asked.ALLOWED, "积极争取", "没有写已经可以办理"),
        (Asked.ALLOWED, "支持", "“支持”不等于许可"),
        (Asked.DONE, "支持", "没有写已经实现"),
        (Asked.REQUIRED, "鼓励", "没有写成强制要求"),
    ],
)
def test_an_aim_is_no_more_than_that(asked: Asked, verb: str, tail: str) -> None:
    assert no_more_than(Aspiration(asked, (f"{verb}试点",), verb)) == f"文件提出“{verb}试点”，{tail}。"


def test_quotation_marks_inside_become_inner_ones() -> None:
    assert quoted("“两头在外”的业务") == "“‘两头在外’的业务”"
