"""Aims told from permissions and results."""

from __future__ import annotations

import pytest

from answering.question import Understanding
from answering.writing.modality import Asked, Aspiration, aspiration
from index.records import Evidence, PolicyUnit

Units = dict[str, PolicyUnit]
DEVICES = "争取率先开展医疗器械等保税维修再制造试点业务"
NETTING = "支持跨境电商企业将出口货物在境外发生的仓储、物流、税收等费用与出口货款轧差结算"


@pytest.mark.parametrize(
    ("question", "unit_id", "asked", "words"),
    [
        ("天津可以做数字人民币试点吗", "task-table/38", Asked.ALLOWED, "积极争取数字人民币试点"),
        ("国际保理能不能做", "task-table/36", Asked.ALLOWED, "探索开展国际保理业务"),
        ("卖猫粮的能走跨境零售进口吗", "task-table/3", Asked.ALLOWED, "积极争取宠物食品、进口药品跨境电商零售进口试点"),
        ("医疗器械保税维修，现在直接干行吗", "task-table/14", Asked.ALLOWED, DEVICES),
        ("境外仓储费能否跟货款相抵", "plan/13", Asked.ALLOWED, NETTING),
        ("综合评价体系已经建起来了吧", "plan/3.1", Asked.DONE, "探索建立跨境电商高质量发展综合评价体系"),
        ("国际邮件互换局已经建成了吗", "task-table/44", Asked.DONE, "推进天津国际邮件互换局建设"),
        ("跨境电商收款是强制要用人民币结算吗", "task-table/37", Asked.REQUIRED, "鼓励企业使用人民币结算"),
        ("企业并购国外品牌政府出钱吗", "plan/6", Asked.PAID, "支持有条件的企业跨国并购国外品牌"),
    ],
)  # fmt: skip
def test_an_aim_is_quoted_with_its_object(
    question: str, unit_id: str, asked: Asked, words: str, understanding: Understanding, unit_of: Units
) -> None:
    found = aspiration(understanding.understand(question), [Evidence(unit_of[unit_id], ())])
    assert found is not None
    assert (found.asked, found.words) == (asked, (words,))
    assert words in unit_of[unit_id].text
    assert words.startswith(found.verb)


@pytest.mark.parametrize(
    ("question", "unit_id"),
    [
        ("凭电子交易信息可以跨境结算吗", "task-table/37"),  # 允许
        ("个人外汇账户能办跨境电商结汇吗", "plan/13"),  # 可通过
        ("小微企业能免名录登记吗", "plan/13"),  # 可免于
        ("综试区企业能核定征收吗", "task-table/1"),  # 实行
        ("能不能给我讲讲国际保理", "task-table/36"),
        ("国际保理可以怎么做", "task-table/36"),
        ("数字人民币试点是不是在争取", "task-table/38"),
        ("数字人民币试点归谁负责", "task-table/38"),
        ("我们园区能评示范园区吗", "task-table/6"),  # a target
    ],
)
def test_rules_in_force_and_other_questions_are_left_alone(
    question: str, unit_id: str, understanding: Understanding, unit_of: Units
) -> None:
    assert aspiration(understanding.understand(question), [Evidence(unit_of[unit_id], ())]) is None


def test_a_unit_that_says_more_than_one_thing_must_share_words(understanding: Understanding, unit_of: Units) -> None:
    query = understanding.understand("我这个能办吗")
    assert aspiration(query, [Evidence(unit_of["plan/14"], ())]) is None
    assert aspiration(query, [Evidence(unit_of["task-table/36"], ())]) == Aspiration(
        Asked.ALLOWED, ("探索开展国际保理业务",), "探索"
    )


def test_nothing_is_found_without_evidence(understanding: Understanding) -> None:
    assert aspiration(understanding.understand("国际保理能不能做"), []) is None
