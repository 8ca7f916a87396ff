"""Which units an answer rests on, and the three kinds of no; hits are made by hand where search matters."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from answering.evidence import Thresholds, Weigher
from answering.question import Understanding
from index.agencies import Agency, AgencyRegistry
from index.records import AgencyFilter, Cue, Hit, Intent, PolicyUnit, Refusal
from index.text import normalise
from tests.answering.conftest import Units, WeighWith
from tests.answering.samples import found, hit, plan, query, table

NARROWING, DESCRIBED, SECOND = Thresholds().narrowing, Thresholds().described, Thresholds().second
BESIDE, DOUBTFUL = Thresholds().beside, Thresholds().doubtful


def score_of(probability: float) -> float:
    """Score beside a best of 10 at which a unit is so likely: p = 1 / (1 + exp(18 - 20 · score / 10))."""
    return (18 + math.log(probability / (1 - probability))) / 2


def hits_on(units: tuple[PolicyUnit, ...], scores: dict[str, float], coverage: float = 0.9) -> list[Hit]:
    """Hits on units by id, of equal coverage."""
    rows = {unit.unit_id: row for row, unit in enumerate(units)}
    return [hit(units[rows[key]], coverage, score=score, row=rows[key]) for key, score in scores.items()]


def held_by(units: tuple[PolicyUnit, ...], bodies: list[Agency]) -> tuple[str, ...]:
    """Ids of the units whose printed note names one of ``bodies``."""
    printed = {spelling for body in bodies for spelling in body.printed}
    return tuple(unit.unit_id for unit in units if printed & set(unit.agencies))


def test_every_name_of_every_body_leads_to_all_its_units(
    registry: AgencyRegistry, units: tuple[PolicyUnit, ...], understanding: Understanding, weigher: Weigher
) -> None:
    """Canonical, printed and every alias. A name that two bodies share (区政府) leads to the units of both."""
    owners: dict[str, list[Agency]] = {}
    for body in registry.agencies:
        for name in (body.name, *body.printed, *body.aliases):
            owners.setdefault(normalise(name), []).append(body)
    wrong = {
        name: found(findings.evidence)
        for name, bodies in owners.items()
        if found((findings := weigher.weigh(understanding.understand(f"{name}有哪些任务"), ())).evidence)
        != held_by(units, list(dict.fromkeys(bodies)))
    }
    assert len(owners) > 400
    assert wrong == {}


# Read off the responsibility notes of the documents.
SMALL_SETS = {
    "人行和外管局一起负责哪些任务": (*table(15, 17, 36, 37), *plan(15)),
    "人行、外管局、金融局三家共同负责的有哪些": (*table(15, 17, 36), *plan(15)),
    "海关和税务局共同负责哪些任务": (*table(1, 11), *plan(12)),
    "海关、税务局、外管局共同负责哪些任务": table(1),
    "市商务局和市财政局共同负责哪些任务": table(28, 30),
    "既有人社局又有教委的任务": (*table(50), *plan(17)),
    "市药监局或者市外办负责哪些任务": table(3, 53, 54),
    "药监局、外办、证监局分别有哪些任务": table(3, 33, 53, 54),
    "海关参与、商务局不参与的任务有哪些": table(24, 44),
    "有税务局但没有商务局的任务": table(29),
    "商务局单独负责的任务有哪些": table(4, 23, 52),
    "只有市税务局一家负责的是哪几项": table(29),
    "没有写责任单位的有哪些": plan("1.1", "1.2", "3.1", "3.2", "3.3"),
    "实施方案里海关有哪些任务": plan(8, 11, 12, 14, 16),
    "任务分工表里海关有哪些任务": table(1, 2, 5, 11, 12, 13, 14, 24, 25, 44, 47),
    "滨海新区有哪些任务": (*table(12, 13, 14), *plan(14)),
    "有关区有哪些任务": table(6, 16, range(18, 23), 40, 41, 42, 44),
    "各区有哪些任务": (*table(45), *plan(*range(1, 10), 18)),
}


@pytest.mark.parametrize("question", SMALL_SETS)
def test_set_expressions(question: str, understanding: Understanding, weigher: Weigher) -> None:
    assert found(weigher.weigh(understanding.understand(question), ()).evidence) == SMALL_SETS[question]


def test_a_number_rests_on_its_units_and_nothing_is_related(understanding: Understanding, weigher: Weigher) -> None:
    findings = weigher.weigh(understanding.understand("任务分工表第九条讲什么"), ())
    assert (found(findings.evidence), findings.related, findings.refusal) == (table(range(23, 28)), (), None)


def test_a_number_of_no_document_in_particular_has_another_reading(
    understanding: Understanding, weigher: Weigher, unit_of: Units
) -> None:
    """第9条 of the table, and a 第9项 of the plan that is only offered."""
    findings = weigher.weigh(understanding.understand("第九条讲什么"), ())
    assert (found(findings.evidence), found(findings.related)) == (table(range(23, 28)), plan(9))
    assert findings.alternative == unit_of["plan/9"]


def test_few_units_are_quoted_whole_and_many_by_their_opening(understanding: Understanding, weigher: Weigher) -> None:
    few = weigher.weigh(understanding.understand("第三条讲什么"), ()).evidence
    assert [len(item.sentences) for item in few] == [8]  # 第3条 has eight sentences
    many = weigher.weigh(understanding.understand("任务分工表有哪些任务"), ()).evidence
    assert {len(item.sentences) for item in many} == {1}


@pytest.mark.parametrize(("more", "refusal"), [(0.01, None), (-0.01, Refusal.OUT_OF_SCOPE)])
def test_the_verdict_decides_whether_there_is_an_answer(
    more: float, refusal: Refusal | None, weigher: Weigher, unit_of: Units
) -> None:
    """Answered against out of scope is 10 · coverage - 3 against 0: a probability p at (3 + ln(p / (1 - p))) / 10."""
    enough = Thresholds().answered
    coverage = (3 + math.log(enough / (1 - enough))) / 10 + more
    findings = weigher.weigh(query(topic=("海外仓",)), [hit(unit_of["plan/14"], coverage)])
    assert findings.refusal is refusal
    assert found(findings.evidence) == (() if refusal else plan(14))


def test_without_words_or_hits_there_is_nothing_to_judge(weigher: Weigher, unit_of: Units) -> None:
    assert weigher.weigh(query(topic=("海外仓",)), ()).refusal is Refusal.OUT_OF_SCOPE
    assert weigher.weigh(query(), [hit(unit_of["plan/14"], 1.0)]).refusal is Refusal.OUT_OF_SCOPE


@pytest.mark.parametrize(
    ("question", "coverage", "cues", "refusal"),
    [
        ("海关的老楼是哪年盖的", 0.1, {Cue.LIST}, Refusal.OUT_OF_SCOPE),
        ("海关的老楼是哪年盖的", 0.9, {Cue.LIST}, None),
        ("海关的老楼是哪年盖的", 0.1, {Cue.TASKS}, None),  # it asks for tasks in so many words
        ("海关是谁", 0.1, set(), None),  # it says nothing beyond the name
    ],
)
def test_a_body_may_be_asked_of_something_else(
    question: str, coverage: float, cues: set[Cue], refusal: Refusal | None, weigher: Weigher, unit_of: Units
) -> None:
    body = AgencyFilter((unit_of["plan/14"].agency_ids[:1],))
    plain = query(Intent.AGENCY_TASKS, question=question, topic=("海关",))
    asked = replace(plain, agencies=body, cues=frozenset(cues), subject=())
    findings = weigher.weigh(asked, [hit(unit_of["plan/14"], coverage)])
    assert findings.refusal is refusal
    assert ("plan/14" in found(findings.evidence)) == (refusal is None)


def test_thresholds_are_given_not_hidden(weigh_with: WeighWith, weigher: Weigher, unit_of: Units) -> None:
    """Coverage 0.8: answered with 1 / (1 + exp(3 - 8)) = 0.993."""
    hits = [hit(unit_of["plan/14"], 0.8)]
    assert weigher.weigh(query(topic=("海外仓",)), hits).refusal is None
    strict = weigh_with(Thresholds(answered=0.995))
    assert strict.weigh(query(topic=("海外仓",)), hits).refusal is Refusal.OUT_OF_SCOPE


def test_the_best_is_cited_and_the_next_are_related(weigher: Weigher, units: tuple[PolicyUnit, ...]) -> None:
    hits = hits_on(units, {"plan/14": 9, "task-table/7": 7, "plan/11": 5, "plan/12": 3, "plan/4": 1})
    findings = weigher.weigh(query(topic=("海外仓",)), hits)
    assert found(findings.evidence) == plan(14)
    assert found(findings.related) == (*table(7), *plan(11, 12))  # three, best first


def test_what_holds_too_few_of_the_words_is_not_even_near(weigher: Weigher, unit_of: Units) -> None:
    hits = [hit(unit_of["plan/14"], 0.9, row=0), hit(unit_of["plan/11"], Thresholds().floor - 0.01, score=0.5, row=1)]
    assert weigher.weigh(query(topic=("海外仓",)), hits).related == ()


@pytest.mark.parametrize(("more", "unit_ids"), [(0.01, (*table(7), *plan(14))), (-0.01, plan(14))])
def test_what_the_answer_rests_on_besides_is_cited_in_document_order(
    more: float, unit_ids: tuple[str, ...], weigher: Weigher, units: tuple[PolicyUnit, ...]
) -> None:
    hits = hits_on(units, {"plan/14": 10, "task-table/7": score_of(BESIDE) + more, "plan/11": 5})
    assert found(weigher.weigh(query(topic=("海外仓",)), hits).evidence) == unit_ids


@pytest.mark.parametrize(("more", "offered"), [(0.01, True), (-0.01, False)])
def test_what_is_nearly_cited_too_is_offered_and_first_among_the_related(
    more: float, offered: bool, weigher: Weigher, units: tuple[PolicyUnit, ...], unit_of: Units
) -> None:
    score = score_of(DOUBTFUL) + more
    hits = hits_on(units, {"plan/14": 10, "plan/11": score, "task-table/7": score - 0.1})
    findings = weigher.weigh(query(topic=("海外仓",)), hits)
    assert found(findings.evidence) == plan(14)
    assert findings.alternative == (unit_of["plan/11"] if offered else None)
    assert found(findings.related) == (*plan(11), *table(7))


def test_no_more_than_so_many_are_cited(weigher: Weigher, weigh_with: WeighWith, units: tuple[PolicyUnit, ...]) -> None:
    equals = {f"plan/{number}": 10 - number / 100 for number in range(1, 8)}
    hits = hits_on(units, equals)
    assert found(weigher.weigh(query(topic=("海外仓",)), hits).evidence) == plan(1, 2, 3, 4)
    assert found(weigh_with(Thresholds(most=2)).weigh(query(topic=("海外仓",)), hits).evidence) == plan(1, 2)
    assert found(weigh_with(Thresholds(beside=1.1)).weigh(query(topic=("海外仓",)), hits).evidence) == plan(1)


def test_a_detail_of_what_the_conversation_is_about_rests_on_the_best_alone(
    weigher: Weigher, units: tuple[PolicyUnit, ...]
) -> None:
    asked = replace(query(topic=("海外仓",)), context=("plan/14",))
    hits = hits_on(units, {"plan/14": 10, "task-table/7": 9.9})
    assert found(weigher.weigh(asked, hits).evidence) == plan(14)


def test_a_pointing_question_that_finds_nothing_rests_on_what_it_points_at(weigher: Weigher, unit_of: Units) -> None:
    asked = replace(query(topic=("别的",)), context=("plan/14",), cues=frozenset({Cue.BACKWARD}))
    assert found(weigher.weigh(asked, [hit(unit_of["plan/4"], 0.0)]).evidence) == plan(14)
    assert weigher.weigh(replace(asked, cues=frozenset()), [hit(unit_of["plan/4"], 0.0)]).evidence == ()


@pytest.mark.parametrize(
    ("coverage", "unit_ids"), [(DESCRIBED + 0.01, plan(14)), (DESCRIBED - 0.01, table(range(23, 28)))]
)
def test_a_wrong_number_gives_way_to_what_the_question_describes(
    coverage: float, unit_ids: tuple[str, ...], weigher: Weigher, understanding: Understanding, unit_of: Units
) -> None:
    """第9条 says nothing of the area of overseas warehouses."""
    asked = understanding.understand("第9条说的海外仓面积")
    assert found(weigher.weigh(asked, [hit(unit_of["plan/14"], coverage)]).evidence) == unit_ids


@pytest.mark.parametrize(("coverage", "serials"), [(NARROWING + 0.01, [24]), (NARROWING - 0.01, range(23, 28))])
def test_a_number_of_several_units_is_narrowed_by_what_is_asked(
    coverage: float, serials: list[int], weigher: Weigher, understanding: Understanding, unit_of: Units
) -> None:
    asked = replace(understanding.understand("第九条"), subject=("码头通行",), topic=("码头通行",))
    hits = [hit(unit_of["task-table/24"], coverage)]
    assert found(weigher.weigh(asked, hits).evidence) == table(serials)


def test_a_comparison_rests_on_both_documents(weigher: Weigher, unit_of: Units) -> None:
    near = hit(unit_of["task-table/7"], SECOND * 0.9 + 0.01)
    hits = [hit(unit_of["plan/14"], 0.9), hit(unit_of["plan/4"], 0.9), near]
    findings = weigher.weigh(query(Intent.COMPARISON, topic=("海外仓",)), hits)
    assert found(findings.evidence) == (*table(7), *plan(14))


def test_a_word_asked_about_as_a_word_is_cited_wherever_it_is_printed(weigher: Weigher, unit_of: Units) -> None:
    """“区块链”一词 stands in two rows of the table and nowhere else."""
    asked = replace(query(Intent.COMPARISON, topic=("区块链",)), text="区块链一词,两份文件怎么用")
    hits = [hit(unit_of["task-table/25"], 0.9), hit(unit_of["plan/10"], 0.8)]
    assert found(weigher.weigh(asked, hits).evidence) == ("task-table/25", "task-table/47")


def test_a_comparison_leaves_out_a_document_that_says_nothing(weigher: Weigher, unit_of: Units) -> None:
    hits = [hit(unit_of["plan/14"], 0.9), hit(unit_of["task-table/7"], SECOND * 0.9 - 0.01)]
    assert found(weigher.weigh(query(Intent.COMPARISON, topic=("海外仓",)), hits).evidence) == plan(14)


@pytest.mark.parametrize("question", ["第十七条讲什么", "序号55", "实施方案第19项", "国资委负责哪些任务"])
def test_what_no_document_has_does_not_exist(question: str, understanding: Understanding, weigher: Weigher) -> None:
    findings = weigher.weigh(understanding.understand(question), ())
    assert (findings.evidence, findings.refusal) == ((), Refusal.NONEXISTENT)


def test_a_fact_that_the_best_unit_does_not_tell_is_not_stated(
    understanding: Understanding, weigher: Weigher, unit_of: Units
) -> None:
    findings = weigher.weigh(understanding.understand("海外仓补贴多少钱"), [hit(unit_of["plan/14"], 0.9)])
    assert (findings.evidence, findings.refusal) == ((), Refusal.NOT_STATED)
    assert findings.unsaid == "补贴或奖励的金额"
    assert found(findings.related) == plan(14)  # shown as near, not as the answer


def test_another_place_is_out_of_scope(understanding: Understanding, weigher: Weigher, unit_of: Units) -> None:
    findings = weigher.weigh(understanding.understand("深圳的海外仓政策"), [hit(unit_of["plan/14"], 0.9)])
    assert (findings.evidence, findings.refusal) == ((), Refusal.OUT_OF_SCOPE)


@pytest.mark.parametrize(
    ("question", "unit_ids"),
    [
        ("哪些任务提到“独立站”", (*table(21), *plan(2, 7))),
        ("涉及区块链的有哪些", table(25, 47)),
        ("哪些地方提到“大数据”", (*table(9, 11, 26), *plan(7))),
        ("哪些任务提到“自由贸易（FT）账户”", (*table(6), *plan(15))),
    ],
)
def test_mentions_are_every_unit_that_prints_the_words(
    question: str, unit_ids: tuple[str, ...], understanding: Understanding, weigher: Weigher
) -> None:
    assert found(weigher.weigh(understanding.understand(question), ()).evidence) == unit_ids


@pytest.mark.parametrize("intent", Intent)
def test_every_intent_has_a_rule(intent: Intent, weigher: Weigher) -> None:
    """Where no unit is named and none is found, every rule ends in a refusal."""
    findings = weigher.weigh(replace(query(intent), unit_ids=()), ())
    assert (findings.evidence, findings.refusal is None) == ((), False)
