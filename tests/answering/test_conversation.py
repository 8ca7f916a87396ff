"""What a question takes over from the turn before it."""

from __future__ import annotations

import pytest

from answering.conversation import Turn, leans
from answering.question import Understanding
from answering.reading import Reader
from index.records import Intent, Query
from tests.answering.samples import plan, table

CUSTOMS = (*table(1, 2, 5, 11, 12, 13, 14, 24, 25, 44, 47), *plan(8, 11, 12, 14, 16))


@pytest.mark.parametrize(
    ("question", "leaning"),
    [
        ("那归谁管？", True),
        ("下一条呢", True),
        ("税务局呢", True),
        ("其中哪些和税务局有关", True),
        ("第二个文件呢", True),
        ("面积呢", True),
        ("第五条", True),
        ("卖到国外被退回来的货怎么处理", False),
        ("海关有哪些任务", False),
        ("实施方案有哪些任务", True),  # too little to stand alone; what it names decides
    ],
)
def test_questions_that_lean_on_the_one_before(question: str, leaning: bool, reader: Reader) -> None:
    assert leans(reader.read(question)) is leaning


class Turns:
    """Reads a question after another one that cited certain units."""

    def __init__(self, understanding: Understanding) -> None:
        self._understanding = understanding

    def __call__(self, before: str, unit_ids: tuple[str, ...], question: str) -> Query:
        turn = Turn(self._understanding.understand(before), unit_ids)
        return self._understanding.understand(question, turn)


@pytest.fixture
def after(understanding: Understanding) -> Turns:
    return Turns(understanding)


@pytest.mark.parametrize("question", ["那归谁管？", "由哪个部门负责呢", "责任单位是谁"])
def test_who_is_asked_of_the_units_at_hand(question: str, after: Turns) -> None:
    read = after("第三条讲什么", table(7), question)
    assert (read.intent, read.unit_ids) == (Intent.LOOKUP, table(7))


@pytest.mark.parametrize(
    ("before", "cited", "question", "unit_ids"),
    [
        ("第三条讲什么", table(7), "下一条呢", table(8, 9, 10)),  # 第4条 has three rows
        ("第三条讲什么", table(7), "上一条", table(6)),
        ("第四条", table(8, 9, 10), "下一条", table(11)),
        ("第四条", table(8, 9, 10), "上一条", table(7)),
        ("序号7", table(7), "下一行", table(8)),
        ("实施方案第14项", plan(14), "下一项", plan(15)),
        ("实施方案第14项", plan(14), "上一项呢", plan(13)),
        ("保障措施第一条", plan("3.1"), "下一条", plan("3.2")),
    ],
)
def test_steps(before: str, cited: tuple[str, ...], question: str, unit_ids: tuple[str, ...], after: Turns) -> None:
    read = after(before, cited, question)
    assert (read.intent, read.unit_ids, read.unknown_numbers) == (Intent.LOOKUP, unit_ids, ())


@pytest.mark.parametrize(
    ("before", "cited", "question"),
    [
        ("第一条", table(range(1, 6)), "上一条"),
        ("第十六条", table(52, 53, 54), "下一条"),
        ("保障措施第三条", plan("3.3"), "下一条"),
    ],
)
def test_there_is_nothing_beyond_the_first_and_the_last(
    before: str, cited: tuple[str, ...], question: str, after: Turns
) -> None:
    read = after(before, cited, question)
    assert (read.unit_ids, read.unknown_numbers) == ((), (question,))


@pytest.mark.parametrize("question", ["其中哪些和税务局有关", "其中税务局参与的有哪些？", "里面有税务局的是哪几项"])
def test_the_last_list_is_filtered(question: str, after: Turns) -> None:
    read = after("海关有哪些任务", CUSTOMS, question)
    assert (read.intent, read.unit_ids, read.agencies.ids) == (Intent.AGENCY_TASKS, CUSTOMS, ("tax",))


def test_the_last_list_loses_a_body(after: Turns) -> None:
    read = after("海关有哪些任务", CUSTOMS, "去掉有商务局的")
    assert (read.intent, read.unit_ids, read.agencies.excluded) == (Intent.AGENCY_TASKS, CUSTOMS, ("commerce",))


@pytest.mark.parametrize("question", ["税务局呢？", "那税务局呢"])
def test_the_question_is_asked_again_of_another_body(question: str, after: Turns) -> None:
    read = after("任务分工表里海关有哪些任务", table(1), question)
    assert (read.intent, read.agencies.ids, read.unit_ids) == (Intent.AGENCY_TASKS, ("tax",), None)
    assert read.documents == ("task-table",)


@pytest.mark.parametrize("question", ["那第二个文件呢", "另一个文件呢", "实施方案呢"])
def test_the_question_is_asked_again_of_the_other_document(question: str, after: Turns) -> None:
    read = after("任务分工表里海关有哪些任务", table(1), question)
    assert (read.intent, read.agencies.ids, read.documents) == (Intent.AGENCY_TASKS, ("customs",), ("plan",))


def test_more_tasks_of_the_same_body(after: Turns) -> None:
    read = after("序号34归谁管", table(34), "还有别的任务吗")
    assert (read.intent, read.agencies.ids, read.unit_ids) == (Intent.AGENCY_TASKS, ("safe",), None)


def test_a_number_stays_in_the_document_at_hand(after: Turns) -> None:
    assert after("实施方案第1项", plan(1), "第二条呢").unit_ids == plan(2)
    assert after("第一条", table(1), "第二条呢").unit_ids == table(6)
    assert after("保障措施第一条", plan("3.1"), "第二条呢").unit_ids == plan("3.2")


def test_a_detail_is_searched_near_what_was_said(after: Turns) -> None:
    read = after("2027年海外仓企业要培育多少家", plan(14), "面积呢")
    assert (read.intent, read.context, read.topic) == (Intent.CONTENT, plan(14), ("面积",))
    assert "海外仓" in "".join(read.context_topic)


def test_the_reading_is_shown(after: Turns) -> None:
    read = after("第三条讲什么", table(7), "那归谁管？")
    assert read.question == "那归谁管？"
    assert "第三条讲什么" in read.standalone


@pytest.mark.parametrize(
    "question",
    [
        "谢谢",
        "好的，明白了",
    ],
)
def test_small_talk_asks_nothing(question: str, after: Turns) -> None:
    assert after("序号34归谁管", table(34), question).unit_ids is None
