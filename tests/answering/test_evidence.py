"""Which units an answer rests on, and the three kinds of no; hits are made by hand where search matters."""

from __future__ import annotations

from dataclasses import replace

import pytest

from answering.evidence import Thresholds, Weigher
from answering.extract import Extractor
from answering.question import Understanding
from index.agencies import Agency, AgencyRegistry
from index.records import Intent, PolicyUnit, Refusal
from index.text import normalise
from tests.answering.samples import found, hit, plan, query, table

Units = dict[str, PolicyUnit]
RIVAL, SECOND = Thresholds().rival, Thresholds().second


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
    findings = weigher.weigh(understanding.understand("第九条讲什么"), ())
    assert (found(findings.evidence), findings.related, findings.refusal) == (table(range(23, 28)), (), None)


def test_few_units_are_quoted_whole_and_many_by_their_opening(understanding: Understanding, weigher: Weigher) -> None:
    few = weigher.weigh(understanding.understand("第三条讲什么"), ()).evidence
    assert [len(item.sentences) for item in few] == [8]  # 第3条 has eight sentences
    many = weigher.weigh(understanding.understand("任务分工表有哪些任务"), ()).evidence
    assert {len(item.sentences) for item in many} == {1}


@pytest.mark.parametrize(
    ("coverage", "refusal"), [(1.0, None), (0.3, None), (0.1, Refusal.OUT_OF_SCOPE), (0.0, Refusal.OUT_OF_SCOPE)]
)
def test_a_hit_must_hold_enough_of_the_question(
    coverage: float, refusal: Refusal | None, weigher: Weigher, unit_of: Units
) -> None:
    """Five words asked: 0.56 · ln 6 = 1.003, so coverage must reach 1.17 - 1.003 = 0.167 and the floor of 0.2."""
    findings = weigher.weigh(query(topic=("海外仓",)), [hit(unit_of["plan/14"], coverage)])
    assert findings.refusal is refusal
    assert found(findings.evidence) == (() if refusal else plan(14))


def test_thresholds_are_given_not_hidden(
    units: tuple[PolicyUnit, ...], weigher: Weigher, extractor: Extractor, unit_of: Units
) -> None:
    strict = Weigher(units, extractor, frozenset(), Thresholds(floor=0.9))
    hits = [hit(unit_of["plan/14"], 0.8)]
    assert weigher.weigh(query(topic=("海外仓",)), hits).refusal is None
    assert strict.weigh(query(topic=("海外仓",)), hits).refusal is Refusal.OUT_OF_SCOPE


def test_the_best_is_cited_and_the_next_are_related(weigher: Weigher, unit_of: Units) -> None:
    near = ["plan/14", "task-table/7", "plan/11", "plan/12", "plan/4"]
    hits = [hit(unit_of[unit_id], 0.9 - place / 10, score=9 - 2 * place) for place, unit_id in enumerate(near)]
    findings = weigher.weigh(query(topic=("海外仓",)), hits)
    assert found(findings.evidence) == plan(14)
    assert found(findings.related) == (*table(7), *plan(11, 12))  # three, best first


@pytest.mark.parametrize(("score", "unit_ids"), [(RIVAL + 0.01, (*table(7), *plan(14))), (RIVAL - 0.01, plan(14))])
def test_a_second_that_is_nearly_as_good_is_cited_too(
    score: float, unit_ids: tuple[str, ...], weigher: Weigher, unit_of: Units
) -> None:
    """From a share of the best score on; in document order, and never a third."""
    near = {"plan/14": 1.0, "task-table/7": score, "plan/11": score}
    hits = [hit(unit_of[unit_id], 0.9, score=value) for unit_id, value in near.items()]
    assert found(weigher.weigh(query(topic=("海外仓",)), hits).evidence) == unit_ids


def test_a_comparison_rests_on_both_documents(weigher: Weigher, unit_of: Units) -> None:
    near = hit(unit_of["task-table/7"], SECOND * 0.9 + 0.01)
    hits = [hit(unit_of["plan/14"], 0.9), hit(unit_of["plan/4"], 0.9), near]
    findings = weigher.weigh(query(Intent.COMPARISON, topic=("海外仓",)), hits)
    assert found(findings.evidence) == (*table(7), *plan(14))


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
