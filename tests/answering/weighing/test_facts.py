"""Kinds of fact: asked for, and told or not told."""

from __future__ import annotations

import pytest

from answering.weighing.facts import KINDS, asks_deadline, holds_figure, missing_kind, seeks_figure
from index.records import PolicyUnit

YEARS = frozenset({"2024", "2025", "2027"})
SUPPORT = "支持海外仓企业不断完善服务功能。"


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("建海外仓能补贴多少钱", "补贴或奖励的金额"),
        ("示范园区的奖励标准是多少", "补贴或奖励的金额"),
        ("外经贸专项资金一共有多少", "资金规模或预算"),
        ("海外仓的租金是多少", "费用或价格"),
        ("市商务局的咨询电话是多少", "电话、地址或联系人"),
        ("退货中心仓的地址在哪", "电话、地址或联系人"),
        ("申报截止日期是哪天", "申报或办理的时间"),
        ("名录登记多久能办下来", "办理时长或有效期"),
        ("高新技术企业怎么申请", "办理流程"),
        ("申请要提交哪些材料", "申请材料"),
        ("核定征收的税率是多少", "税率、利率或比例"),
        ("工作专班的组长是谁", "具体人员"),
        ("示范园区名单有哪些", "名单"),
        ("到现在建成了多少个园区", "进展或结果"),
        ("武清区要建几个产业园", "各区的分解数"),
        ("不合规会罚多少", "处罚"),
    ],
)
def test_what_a_text_does_not_tell(question: str, kind: str) -> None:
    assert missing_kind(question, [SUPPORT], YEARS) == kind


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("海外仓的补贴标准是什么", "每个海外仓补贴20万元。"),
        pytest.param(
            "建海外仓能补贴多少钱",
            "每个海外仓补贴20万元。",
            marks=pytest.mark.xfail(strict=True, reason="补贴多少钱 is taken for a price as well, which is not told"),
        ),
        ("咨询电话是多少", "咨询电话：022-12345678。"),
        ("申请要提交哪些材料", "申请材料包括营业执照。"),
        ("核定征收的税率是多少", "税率为4%。"),
        ("海外仓企业要培育多少家", "培育本市海外仓企业70家。"),
        ("2027年的目标是什么", "力争突破1000亿元。"),
        ("海外仓有什么支持", SUPPORT),
    ],
)
def test_nothing_is_missing(question: str, text: str) -> None:
    assert missing_kind(question, [text], YEARS) is None


def test_any_of_several_texts_may_tell() -> None:
    assert missing_kind("税率是多少", [SUPPORT, "税率为4%。"], YEARS) is None
    assert missing_kind("税率是多少", [], YEARS) == "税率、利率或比例"


def test_a_number_that_no_text_states() -> None:
    assert missing_kind("要培育多少家", [SUPPORT], YEARS) == "具体数字"


def test_a_year_that_no_document_prints() -> None:
    assert missing_kind("2030年的海外仓支持", [SUPPORT], YEARS) == "2030年的数据"


@pytest.mark.parametrize(("question", "kind"), [("补贴多少钱归谁管", None), ("归谁管，电话是多少", KINDS[3].name)])
def test_a_question_for_the_body_misses_only_how_to_reach_it(question: str, kind: str | None) -> None:
    assert missing_kind(question, [SUPPORT], YEARS, asks_body=True) == kind


def test_kinds_have_names_of_their_own() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize("question", ["要培育多少家", "面积是多大", "2027年的目标", "how many warehouses"])
def test_questions_for_a_figure(question: str) -> None:
    assert seeks_figure(question)


@pytest.mark.parametrize("question", ["归谁管", "讲什么", "who is in charge"])
def test_questions_for_something_else(question: str) -> None:
    assert not seeks_figure(question)


@pytest.mark.parametrize(
    ("unit_id", "holds"),
    [("plan/1.2", True), ("plan/14", True), ("task-table/7", True), ("task-table/36", False), ("plan/18", False)],
)
def test_units_that_state_a_figure(unit_id: str, holds: bool, unit_of: dict[str, PolicyUnit]) -> None:
    assert holds_figure(unit_of[unit_id].text) is holds


@pytest.mark.parametrize("text", ["5g网络", "第三方平台"])
def test_what_looks_like_a_figure_and_is_none(text: str) -> None:
    assert not holds_figure(text)


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("远程踏勘什么时候完成", True),
        ("完成时限是哪天", True),
        ("哪一年之前办结", True),
        ("什么时候申报", False),
        ("谁负责完成", False),
    ],
)
def test_questions_until_when(question: str, asks: bool) -> None:
    assert asks_deadline(question) is asks
