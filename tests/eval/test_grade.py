"""A perfect system is perfect, and every way to spoil it is caught by the metric that names it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from answering.citations import cite
from eval.grade import METRICS, Grade, Grader
from eval.system import Attempt
from index.records import Answer, Document, Evidence, PolicyUnit, Refusal
from index.text import sentences
from tests.eval.perfect import CASES, Perfect, Spoiler, attempted, case, graded, mean, refuse, text

Grades = dict[str, Grade]
GradeSpoiled = Callable[..., Grades]


@pytest.fixture
def spoiled(grader: Grader, units: tuple[PolicyUnit, ...], documents: dict[str, Document]) -> GradeSpoiled:
    def grade(spoil: Spoiler = lambda answer: answer) -> Grades:
        return graded(Perfect(CASES, units, documents, spoil), grader)

    return grade


def test_a_perfect_system_scores_full_marks_in_everything(spoiled: GradeSpoiled) -> None:
    grades = spoiled()
    assert {key: grade.problem for key, grade in grades.items()} == dict.fromkeys(grades, "")
    assert {key: grade.unsupported for key, grade in grades.items()} == dict.fromkeys(grades, ())
    low = {"false_refusal", "false_answer", "error"}
    scores = {name: mean(grades, name) for name in METRICS}
    # the ranking of a list's five units is full only from the fifth on: (3/5 + 1 + 1 + 1) / 4
    assert scores.pop("recall@3") == pytest.approx((3 / 5 + 3) / 4)
    assert scores == {name: 0 if name in low else 1 for name in scores}


def test_citing_a_neighbouring_row(
    spoiled: GradeSpoiled, units: tuple[PolicyUnit, ...], documents: dict[str, Document]
) -> None:
    after = {unit.unit_id: units[(row + 1) % len(units)] for row, unit in enumerate(units)}

    def neighbour(answer: Answer) -> Answer:
        shifted = [after[citation.unit_id] for citation in answer.citations]
        cited = tuple(cite(Evidence(unit, sentences(unit.text)), documents) for unit in shifted)
        return replace(answer, citations=cited, answer=text(shifted, documents)) if cited else answer

    grades = spoiled(neighbour)
    assert mean(grades, "citation_exact") == 0
    assert grades["list"].scores["measure_exact"] == 0  # 24–28 reaches into 第10条
    assert grades["bodies"].scores["measure_exact"] == 0
    assert grades["bodies"].problem == "missing_unit"
    assert mean(grades, "grounded") == 1  # what it says is true of what it cites: only the citation is wrong


def test_a_neighbour_of_the_same_measure_is_exact_by_measure_only(
    grader: Grader, units: tuple[PolicyUnit, ...], documents: dict[str, Document]
) -> None:
    item = case("row", "单一窗口？", ["task-table/23"])
    wrong = replace(item, gold=("task-table/24",))
    grade = grader.grade(item, attempted(Perfect([wrong], units, documents), wrong))
    assert grade.scores["citation_exact"] == 0
    assert grade.scores["measure_exact"] == 1


def test_a_neighbours_number_on_the_right_text(spoiled: GradeSpoiled) -> None:
    def renumber(answer: Answer) -> Answer:
        cited = tuple(
            replace(item, label=item.label.replace("序号17", "序号18"), serial=18) if item.serial == 17 else item
            for item in answer.citations
        )
        return replace(answer, citations=cited)

    grade = spoiled(renumber)["bodies"]
    assert grade.scores["labels_exact"] == 0
    assert any("serial" in reason for reason in grade.unsupported)


def test_dropping_an_agency(spoiled: GradeSpoiled) -> None:
    def drop(answer: Answer) -> Answer:
        return replace(answer, answer=answer.answer.replace("、国家外汇管理局天津市分局", ""))

    grade = spoiled(drop)["bodies"]
    assert grade.problem == "missing_agency"
    assert grade.missing_agencies == ("国家外汇管理局天津市分局",)
    assert grade.scores["agency_recall"] == 4 / 5
    assert grade.scores["bodies_complete"] == 4 / 5
    assert any("not the responsible bodies" in reason for reason in grade.unsupported)


def test_naming_a_body_too_many(spoiled: GradeSpoiled) -> None:
    grade = spoiled(lambda answer: replace(answer, answer=answer.answer + "\n\n天津海关也负责。"))["body"]
    assert grade.scores["agency_precision"] == 1 / 2
    assert any("customs" in reason for reason in grade.unsupported)


def test_a_body_in_a_negation_is_not_named(spoiled: GradeSpoiled) -> None:
    def deny(answer: Answer) -> Answer:
        return replace(answer, answer=re.sub("责任单位：市金融局", "不是由市金融局负责", answer.answer))

    assert spoiled(deny)["body"].problem == "missing_agency"


def test_answering_everything(grader: Grader, units: tuple[PolicyUnit, ...], documents: dict[str, Document]) -> None:
    willing = [
        item if item.answerable else replace(item, gold=("plan/1",), answerable=True, refusal=None) for item in CASES
    ]
    system = Perfect(willing, units, documents)
    grades = {item.id: grader.grade(item, attempted(system, item)) for item in CASES}
    assert mean(grades, "false_answer") == 1
    assert mean(grades, "refusal_kind") == 0
    assert mean(grades, "false_refusal") == 0
    assert grades["outside"].problem == "false_answer"


def test_refusing_everything(spoiled: GradeSpoiled) -> None:
    grades = spoiled(refuse)
    assert mean(grades, "false_refusal") == 1
    assert mean(grades, "false_answer") == 0
    assert mean(grades, "citation_f1") == 0  # refusals stay in the denominator
    assert grades["outside"].right
    assert grades["unstated"].problem == "wrong_refusal"
    assert mean(grades, "refusal_kind") == 1 / 2


def test_swapping_years(spoiled: GradeSpoiled) -> None:
    def swap(answer: Answer) -> Answer:
        return replace(answer, answer=answer.answer.replace("2027", "2025"))

    grade = spoiled(swap)["target"]
    assert grade.problem == "missing_fact"
    assert grade.missing_facts == ("2027",)
    assert grade.scores["facts"] == pytest.approx(2 / 3)
    assert any(reason.startswith("altered quotation of plan/14") for reason in grade.unsupported)


@pytest.mark.parametrize("in_text_only", [False, True])
def test_truncating_a_list(spoiled: GradeSpoiled, in_text_only: bool) -> None:
    def truncate(answer: Answer) -> Answer:
        if len(answer.citations) < 2:
            return answer
        kept = answer.citations if in_text_only else answer.citations[:-1]
        return replace(answer, citations=kept, answer=answer.answer[: answer.answer.rindex("\n\n5.")])

    grade = spoiled(truncate)["list"]
    assert grade.scores["list_completeness"] == 4 / 5
    assert grade.problem == ("" if in_text_only else "missing_unit")
    if not in_text_only:
        assert any("figure not in a cited unit (5项)" in reason for reason in grade.unsupported)


def test_a_quotation_that_is_not_in_the_unit(spoiled: GradeSpoiled) -> None:
    def alter(answer: Answer) -> Answer:
        cited = tuple(replace(item, quote=item.quote.replace("支持", "应当支持")) for item in answer.citations)
        return replace(answer, citations=cited)

    assert any("quoted but not in the unit" in reason for reason in spoiled(alter)["bodies"].unsupported)


def test_two_texts_under_each_others_number(
    grader: Grader, units: tuple[PolicyUnit, ...], documents: dict[str, Document]
) -> None:
    item = CASES[3]

    def cross(answer: Answer) -> Answer:
        one, two = "第9条（序号23）", "第9条（序号24）"
        swapped = answer.answer.replace(one, "\0").replace(two, one).replace("\0", two)
        return replace(answer, answer=swapped)

    grade = grader.grade(item, attempted(Perfect(CASES, units, documents, cross), item))
    assert grade.right
    assert grade.scores["grounded"] < 1


def test_an_exception_is_a_wrong_answer_and_a_column(grader: Grader) -> None:
    grades = {item.id: grader.grade(item, Attempt(None, "KeyError: 'x'")) for item in CASES}
    assert mean(grades, "error") == 1
    assert mean(grades, "right") == 0
    full = {name for item in CASES for name in grades[item.id].scores}
    assert full == set(METRICS)
    assert {name: mean(grades, name) for name in full if mean(grades, name)} == {"error": 1}


def test_a_refusal_that_cites_is_not_right(
    grader: Grader, units: tuple[PolicyUnit, ...], documents: dict[str, Document]
) -> None:
    item = CASES[4]
    cited = cite(Evidence(units[0], sentences(units[0].text)), documents)
    system = Perfect(CASES, units, documents, lambda answer: replace(answer, citations=(cited,)))
    assert grader.grade(item, attempted(system, item)).problem == "stray_unit"


def test_any_refusal_will_do_where_the_case_names_none(
    grader: Grader, units: tuple[PolicyUnit, ...], documents: dict[str, Document]
) -> None:
    item = replace(case("own", "公积金？", refusal=Refusal.NOT_STATED), refusal=None, answerable=False)
    system = Perfect([replace(item, refusal=Refusal.NONEXISTENT)], units, documents)
    assert grader.grade(item, attempted(system, item)).right


def test_a_case_without_known_units_is_scored_on_facts_and_bodies(
    grader: Grader, units: tuple[PolicyUnit, ...], documents: dict[str, Document]
) -> None:
    item = replace(CASES[0], gold=(), gold_known=False)
    grade = grader.grade(item, attempted(Perfect(CASES, units, documents), CASES[0]))
    assert grade.right
    assert "citation_f1" not in grade.scores
    assert grade.scores["facts"] == grade.scores["agency_f1"] == 1
