"""What a question is understood to ask: intent, units, bodies, documents. No search is needed to say so."""

from __future__ import annotations

import pytest

from answering.question import Understanding
from answering.understanding.turn import Turn
from index.records import Combination, Intent
from tests.answering.samples import plan, table

LOOKUP, TASKS, OVERVIEW = Intent.LOOKUP, Intent.AGENCY_TASKS, Intent.OVERVIEW


@pytest.mark.parametrize(
    ("question", "unit_ids"),
    [
        ("第三条讲什么", table(7)),
        ("任务分工表第3条归谁管", table(7)),
        ("第九条讲什么", table(range(23, 28))),
        ("第十六条", table(52, 53, 54)),
        ("任务分工表序号27是谁负责", table(27)),
        ("任务分工表第二十七行", table(27)),
        ("第九条的第二行", table(24)),
        ("第12条最后一项", table(39)),
        ("第10至12条", table(range(28, 40))),
        ("第三条和第五条分别讲什么", table(7, 11)),
        ("序号15到17由谁负责", table(15, 16, 17)),
        ("最后一条讲什么", table(52, 53, 54)),
        ("前三条", table(range(1, 8))),
        ("实施方案第14项", plan(14)),
        ("实施方案第十四条", plan(14)),
        ("方案任务14归谁管", plan(14)),
        ("实施方案最后一项", plan(18)),
        ("实施方案第1、第2项", plan(1, 2)),
        ("任务分工表第3条讲什么？实施方案第3项呢", (*table(7), *plan(3))),
        ("实施方案第3项和任务分工表第3条", (*table(7), *plan(3))),
        ("保障措施第二条", plan("3.2")),
        ("三（二）讲什么", plan("3.2")),
        ("保障措施（三）", plan("3.3")),
        ("实施方案第三部分", plan("3.1", "3.2", "3.3")),
        ("序号40的下一行", table(41)),
        ("What does article 3 say", table(7)),
        ("which bodies are responsible for task 14", plan(14)),
        ("方案14项归谁管", plan(14)),
        ("保障措施一归谁管", plan("3.1")),
    ],
)
def test_numbers_are_looked_up(question: str, unit_ids: tuple[str, ...], understanding: Understanding) -> None:
    read = understanding.understand(question)
    assert (read.intent, read.unit_ids, read.unknown_numbers) == (LOOKUP, unit_ids, ())


@pytest.mark.parametrize(
    "question",
    [
        "第十七条讲什么",
        "第0条",
        "序号55归谁管",
        "第六十行",
        "实施方案第19项",
        "实施方案第十九条",
        "保障措施第四条",
        "第九条的第六行",
        "第9999条",
        "序号99999",
    ],
)
def test_numbers_that_no_document_has(question: str, understanding: Understanding) -> None:
    read = understanding.understand(question)
    assert (read.intent, read.unit_ids) == (LOOKUP, ())
    assert read.unknown_numbers == read.numbers != ()


@pytest.mark.parametrize(
    "question",
    [
        "任务分工表第3条讲什么，实施方案第20项呢",
        "任务分工表第3条、实施方案第20项讲什么",
    ],
)
def test_of_two_numbers_the_one_that_is_missing_is_told(question: str, understanding: Understanding) -> None:
    read = understanding.understand(question)
    assert (read.unit_ids, read.unknown_numbers) == (table(7), ("第20项",))


@pytest.mark.parametrize(
    ("question", "agencies", "documents"),
    [
        ("外管局有哪些任务", ("safe",), ()),
        ("药监局", ("drug",), ()),
        ("实施方案里海关有哪些任务", ("customs",), ("plan",)),
        ("任务分工表中市教委负责哪几项", ("education",), ("task-table",)),
        ("两个文件里市教委负责哪几项", ("education",), ()),
        ("天津港有哪些任务", ("port-group",), ()),
        ("商协会要做什么", ("business-associations",), ()),
        ("which tasks does tianjin customs have", ("customs",), ()),
        ("外匯管理局負責哪些任務", ("safe",), ()),
    ],
)
def test_bodies_are_looked_up(
    question: str, agencies: tuple[str, ...], documents: tuple[str, ...], understanding: Understanding
) -> None:
    read = understanding.understand(question)
    assert (read.intent, read.agencies.ids, read.documents, read.unit_ids) == (TASKS, agencies, documents, None)


def test_joint_tasks(understanding: Understanding) -> None:
    read = understanding.understand("人行、外管局、金融局三家共同负责的有哪些")
    assert read.agencies.ids == ("pboc", "safe", "finance-regulation")
    assert read.agencies.combination is Combination.ALL


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("杭州海关有哪些任务", "杭州海关"),
        ("北京市商务局负责什么任务", "北京市商务局"),
        ("市卫生健康委有哪些任务", "市卫生健康委"),
        ("国资委负责哪些任务", "国资委"),
    ],
)
def test_bodies_that_hold_no_task(question: str, name: str, understanding: Understanding) -> None:
    read = understanding.understand(question)
    assert (read.intent, read.unknown_agencies, read.agencies.ids) == (TASKS, (name,), ())


@pytest.mark.parametrize(
    ("question", "unit_ids"),
    [
        ("任务分工表有哪些任务", table(range(1, 55))),
        ("实施方案一共多少项任务", plan(*range(1, 19))),
        ("保障措施有哪些", plan("3.1", "3.2", "3.3")),
        ("总体要求讲了什么", plan("1.1", "1.2")),
        ("优化服务供给有哪些任务", plan(*range(10, 16))),
    ],
)
def test_sections_and_documents_are_listed(
    question: str, unit_ids: tuple[str, ...], understanding: Understanding
) -> None:
    read = understanding.understand(question)
    assert (read.intent, read.unit_ids) == (OVERVIEW, unit_ids)


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("海外仓要建多大面积", Intent.CONTENT),
        ("卖到国外被退回来的货怎么处理", Intent.CONTENT),
        ("高铁快运归谁管", Intent.RESPONSIBLE),
        ("AEO认证由哪个部门负责", Intent.RESPONSIBLE),
        ("哪些任务提到“独立站”", Intent.MENTIONS),
        ("涉及区块链的有哪些", Intent.MENTIONS),
        ("两个文件对海外仓怎么说", Intent.COMPARISON),
        ("天津港加密什么航线", Intent.CONTENT),  # the port as a place, not as a body
    ],
)
def test_other_kinds_of_answer(question: str, intent: Intent, understanding: Understanding) -> None:
    read = understanding.understand(question)
    assert (read.intent, read.unit_ids) == (intent, None)


@pytest.mark.parametrize("question", ["海外仓面积", " 第三条 "])
def test_a_question_alone_stands_as_it_is(question: str, understanding: Understanding) -> None:
    read = understanding.understand(question)
    assert (read.question, read.standalone) == (question, question.strip())


def test_a_full_question_takes_nothing_from_the_turn_before(understanding: Understanding) -> None:
    turn = Turn(understanding.understand("海关有哪些任务"), table(24))
    alone = understanding.understand("卖到国外被退回来的货怎么处理")
    assert understanding.understand("卖到国外被退回来的货怎么处理", turn) == alone


@pytest.mark.parametrize("question", ["第16条和第17条讲什么", "第15至20条", "第1至1000条"])
def test_a_list_that_goes_too_far_says_so(question: str, understanding: Understanding) -> None:
    assert understanding.understand(question).unknown_numbers
