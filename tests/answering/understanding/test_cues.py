"""Wordings and the cues they give."""

from __future__ import annotations

import pytest

from answering.understanding.cues import EITHER, EXCLUSIVE, JOINT, cues_of, number_of_bodies
from index.records import Cue


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("高铁快运归谁管", Cue.WHO),
        ("这件事由哪个部门负责", Cue.WHO),
        ("责任单位是什么", Cue.WHO),
        ("who is in charge of it", Cue.WHO),
        ("税务局有哪些任务", Cue.LIST),
        ("一共几项", Cue.LIST),
        ("列出所有措施", Cue.LIST),
        ("how many tasks", Cue.LIST),
        ("税务局要做什么", Cue.TASKS),
        ("海关负责哪几条", Cue.TASKS),
        ("逐条列出来", Cue.EVERY),
        ("海关跟谁一起做", Cue.PARTNERS),
        ("还和哪些部门合作", Cue.PARTNERS),
        ("由谁牵头", Cue.LEAD),
        ("哪里提到区块链", Cue.MENTION),
        ("两个文件都怎么说海外仓", Cue.BOTH_DOCUMENTS),
        ("那第二个文件呢", Cue.OTHER_DOCUMENT),
        ("另一个文件怎么说", Cue.OTHER_DOCUMENT),
        ("那归谁管", Cue.BACKWARD),
        ("税务局呢？", Cue.BACKWARD),
        ("两处的目标有什么区别", Cue.DIFFERENCE),
        ("和2025年相比怎么变", Cue.DIFFERENCE),
        ("是市商务局吧", Cue.VERIFIES),
        ("面积是80万平方米，对吗", Cue.VERIFIES),
        ("其中哪些和税务局有关", Cue.WITHIN),
        ("海关在通关方面有什么任务", Cue.SCOPE),
        ("前后两份文件怎么变", Cue.EARLIER_AND_LATER),
        ("海外仓面积多大,另外归谁管", Cue.JOINED),
        ("海外仓和保税维修各由谁管", Cue.JOINED),
    ],
)
def test_a_wording_gives_its_cue(text: str, cue: Cue) -> None:
    assert cue in set(cues_of(text))


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("海外仓要建多少平方米", Cue.WHO),
        ("由哪些部门负责", Cue.LIST),  # asks for bodies, not for a list of tasks
        ("海外仓面积", Cue.TASKS),
        ("第三条讲什么", Cue.LEAD),
        ("第三条讲什么", Cue.BACKWARD),
        ("税务局有哪些任务", Cue.WITHIN),
        ("税务局有哪些任务", Cue.DIFFERENCE),
        ("税务局有哪些任务", Cue.VERIFIES),
        ("第二个问题", Cue.OTHER_DOCUMENT),
        ("海外仓面积", Cue.JOINED),
    ],
)
def test_a_wording_does_not_give_a_cue(text: str, cue: Cue) -> None:
    assert cue not in set(cues_of(text))


@pytest.mark.parametrize("text", ["海关和税务局共同负责", "两家都参与", "海关联合税务局", "jointly responsible"])
def test_together(text: str) -> None:
    assert JOINT.search(text)
    assert not EITHER.search(text)


@pytest.mark.parametrize("text", ["海关或税务局", "海关、税务局各自的", "customs or tax"])
def test_either(text: str) -> None:
    assert EITHER.search(text)


@pytest.mark.parametrize("text", ["市商务局单独负责", "由税务局独家承担", "只有市税务局一家", "没有其他单位"])
def test_alone(text: str) -> None:
    assert EXCLUSIVE.search(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("没有写明责任单位的是哪些", 0),
        ("哪些没写责任单位", 0),
        ("只有一家责任单位的有哪些", 1),
        ("责任单位只有一家的", 1),
        ("税务局有哪些任务", None),
        ("第一条", None),
    ],
)
def test_how_many_bodies_are_wanted(text: str, number: int | None) -> None:
    assert number_of_bodies(text) == number
