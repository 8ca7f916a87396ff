"""Answers in words: every name and number from a record."""

from __future__ import annotations

import pytest

from answering.generation.draft import Sentence
from answering.question import Understanding
from answering.writing.writer import Writer, suffices
from index.records import Evidence, Findings, Intent, PolicyUnit, Refusal
from index.text import sentences
from tests.answering.samples import query

Units = dict[str, PolicyUnit]
PLAN_TITLE = "《天津市推动跨境电商高质量发展实施方案》"
TABLE_TITLE = "《天津市加快发展外贸新业态新模式若干措施》任务分工表"
FACTORING = "探索开展国际保理业务。"


class Say:
    """Writes the answer to a question that rests on given units, quoted whole."""

    def __init__(self, writer: Writer, understanding: Understanding, unit_of: Units) -> None:
        self._writer, self._understanding, self._unit_of = writer, understanding, unit_of

    def __call__(self, question: str, *unit_ids: str) -> str:
        evidence = tuple(Evidence(self._unit_of[each], sentences(self._unit_of[each].text)) for each in unit_ids)
        return self._writer.write(self._understanding.understand(question), Findings(evidence))

    def no(self, question: str, refusal: Refusal, unsaid: str = "") -> str:
        return self._writer.write(self._understanding.understand(question), Findings((), (), refusal, unsaid))


@pytest.fixture
def say(writer: Writer, understanding: Understanding, unit_of: Units) -> Say:
    return Say(writer, understanding, unit_of)


def test_a_fact_is_quoted_with_its_place_and_its_bodies(say: Say) -> None:
    text = say("国际保理怎么说", "task-table/36")
    assert f"> {FACTORING}" in text
    assert f"{TABLE_TITLE}第12条（序号36）" in text
    assert "市金融局、人民银行天津分行、国家外汇管理局天津市分局" in text


def test_who_is_answered_with_the_bodies_first(say: Say) -> None:
    lead = say("国际保理归谁管", "task-table/36").splitlines()[0]
    assert "市金融局、人民银行天津分行、国家外汇管理局天津市分局" in lead


@pytest.mark.parametrize("question", ["国际保理由谁牵头", "国际保理的主责单位是谁"])
def test_a_lead_body_is_never_named(question: str, say: Say) -> None:
    assert "没有标明哪一家牵头" in say(question, "task-table/36").splitlines()[0]


def test_a_list_led_by_somebody_says_that_no_lead_is_marked(say: Say) -> None:
    assert "没有标明哪一家牵头" in say("外办牵头哪些任务", "task-table/53", "task-table/54")


@pytest.mark.parametrize("question", ["工作专班归谁管", "工作专班怎么组建"])
def test_a_unit_without_bodies_says_so(question: str, say: Say) -> None:
    assert "没有为这一部分写明责任单位" in say(question, "plan/3.1")


def test_a_list_counts_its_rows_by_document(say: Say) -> None:
    text = say("人社局有哪些任务", "task-table/50", "plan/17")
    lead = text.splitlines()[0]
    assert "天津市人力资源和社会保障局" in lead
    assert "共 **2 项**（任务分工表 1 项，实施方案 1 项）" in lead
    assert text.index(TABLE_TITLE) < text.index("第15条（序号50）") < text.index(PLAN_TITLE) < text.index("第17项")


def test_a_list_of_one_is_still_a_list(say: Say) -> None:
    assert "共 **1 项**" in say("药监局有哪些任务", "task-table/3")


def test_partners_are_counted(say: Say) -> None:
    text = say("人社局跟谁一起做事", "task-table/50", "plan/17")
    assert "天津市商务局（2 项）、天津市教育委员会（2 项）" in text
    assert "天津市公安局（1 项）" in text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("海关和税务局共同负责哪些任务", "天津海关、天津市税务局共同负责的"),
        ("海关单独负责哪些任务", "天津海关单独负责的"),
        ("海关参与、商务局不参与的任务有哪些", "天津海关负责、没有天津市商务局的"),
        ("没有商务局参与的任务", "没有天津市商务局的"),
        ("没有写责任单位的有哪些", "没有写明责任单位的"),
    ],
)
def test_the_set_is_told_back(question: str, words: str, say: Say) -> None:
    assert words in say(question, "task-table/24", "task-table/44")


@pytest.mark.parametrize(
    ("unit_id", "place"),
    [
        ("task-table/7", "第3条（序号7）"),
        ("plan/14", "第14项"),
        ("plan/3.1", "三、保障措施（一）"),
        ("plan/1.2", "一、总体要求"),
    ],
)
def test_the_place_is_the_label_without_the_title(unit_id: str, place: str, writer: Writer, unit_of: Units) -> None:
    assert writer.place(unit_of[unit_id]).startswith(place)


@pytest.mark.parametrize(
    ("question", "refusal", "words"),
    [
        ("第十七条", Refusal.NONEXISTENT, "没有“第十七条”"),
        ("国资委有哪些任务", Refusal.NONEXISTENT, "“国资委”的任务"),
        ("海关和公安局共同负责的任务", Refusal.NONEXISTENT, "天津海关、天津市公安局共同负责的任务"),
        ("海外仓补贴多少钱", Refusal.NOT_STATED, "没有写明您问的内容：补贴或奖励的金额"),
        ("公积金怎么提取", Refusal.OUT_OF_SCOPE, "不在所收文件的范围内"),
    ],
)
def test_a_refusal_says_why_and_what_was_searched(
    question: str, refusal: Refusal, words: str, say: Say, unit_of: Units
) -> None:
    text = say.no(question, refusal, "补贴或奖励的金额" if refusal is Refusal.NOT_STATED else "")
    assert words in text
    assert TABLE_TITLE in text
    assert PLAN_TITLE in text
    assert "77" in text
    assert not any(unit.label in text for unit in unit_of.values())


def test_a_missing_number_is_told_how_far_the_numbers_go(say: Say) -> None:
    text = say.no("第十七条", Refusal.NONEXISTENT)
    assert "任务分工表最后一项是第16条（序号54）" in text
    assert "实施方案最后一项是第18项" in text


@pytest.mark.parametrize(
    ("question", "unit_id", "first"),
    [
        ("海外仓面积是80万平方米吧", "plan/14", "文件写的是“60万平方米”，不是“80万平方米”。"),
        ("海外仓面积是60万平方米吧", "plan/14", "文件写的正是“60万平方米”。"),
        ("国际保理能不能做", "task-table/36", "文件提出“探索开展国际保理业务”，没有写已经可以办理。"),
        ("津心融是税务局负责的吧", "task-table/27", "文件写的责任单位是市金融局，不是“税务局”。"),
    ],
)
def test_what_is_taken_for_granted_is_answered_first(question: str, unit_id: str, first: str, say: Say) -> None:
    lines = say(question, unit_id).splitlines()
    assert lines[0] == first
    assert lines[2].endswith("写道：") or lines[2].startswith("> ")


def test_a_remark_leaves_the_bodies_in_the_first_line(say: Say) -> None:
    first = say("国际保理能做吗，归谁管", "task-table/36").splitlines()[0]
    assert first.startswith("文件提出“探索开展国际保理业务”")
    assert "市金融局、人民银行天津分行、国家外汇管理局天津市分局" in first


def test_a_list_begins_with_the_correction(say: Say) -> None:
    first = say("海外仓面积是80万平方米吧", "task-table/7", "plan/14").splitlines()[0]
    assert first.startswith("文件写的是“60万平方米”，不是“80万平方米”。相关规定共 **2 项**")


@pytest.mark.parametrize(
    ("scores", "cited", "answers"),
    [
        ((10.0, 5.0), (1,), True),
        ((10.0, 5.0), (2,), False),
        ((5.0, 10.0), (2,), True),
        ((10.0, 9.5), (2,), True),  # alike: neither is the one
        ((9.5, 10.0), (1,), True),
        ((10.0, 8.9), (2,), False),
        ((10.0, 10.0), (2,), True),
        ((0.0, 0.0), (2,), True),
        ((-10.0, -10.5), (2,), True),
        ((-10.0, -11.5), (2,), False),
        ((10.0, 10.0), (), False),
    ],
)
def test_sentences_answer_when_they_rest_on_a_best_unit(
    scores: tuple[float, float], cited: tuple[int, ...], answers: bool, unit_of: Units
) -> None:
    given = [Evidence(unit_of[f"plan/{place}"], (), score) for place, score in enumerate(scores, 1)]
    told = [Sentence("。", cited, tuple(() for _ in cited), first=True, opens=True)]
    assert suffices(query(), given, told) is answers
    assert suffices(query(Intent.COMPARISON), given, told) is False
    both = [Sentence("。", (2, 1), ((), ()), first=True, opens=True)]
    assert suffices(query(Intent.COMPARISON), given, both)
