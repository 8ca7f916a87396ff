"""Cases scored at several values of one parameter, with a system whose answers follow from that value."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from answering.evidence import Thresholds
from answering.retrieval import Weights
from eval.grade import Grader
from eval.sweep import SWEPT, Point, SweepError, setting, sweep, sweep_table
from eval.system import System
from index.records import Document, PolicyUnit
from tests.eval.perfect import CASES, Perfect, refuse


def test_one_weight_or_threshold_changes() -> None:
    assert setting("coverage", 2.5) == (Weights(coverage=2.5), Thresholds())
    assert setting("floor", 0.0) == (Weights(), Thresholds(floor=0.0))


@pytest.mark.parametrize("name", SWEPT)
def test_every_parameter_can_be_set_and_no_name_is_in_both(name: str) -> None:
    weights, thresholds = setting(name, 12.5)
    assert (weights != Weights()) != (thresholds != Thresholds())


@pytest.mark.parametrize("name", ["", "answred", "most", "whole"])  # the last two are counts, no figures to sweep over
def test_another_parameter_is_an_error_that_lists_those_there_are(name: str) -> None:
    with pytest.raises(SweepError, match=f"no parameter '{name}'; there are lexical, .*answered, floor"):
        setting(name, 1.0)


def test_each_value_is_scored(grader: Grader, units: tuple[PolicyUnit, ...], documents: Mapping[str, Document]) -> None:
    """From a limit of 2 on the system refuses all: of six cases the one that is out of scope is right."""

    def make(weights: Weights, thresholds: Thresholds) -> System:
        return Perfect(CASES, units, documents, *([refuse] if thresholds.answered >= 2 else []))

    low, high = sweep("answered", (1, 2), CASES, make, grader)
    assert (low.value, high.value) == (1, 2)
    assert low.scores == {"right": 1, "citation_f1": 1, "false_refusal": 0, "false_answer": 0, "hit@1": 1}
    assert high.scores["right"] == 1 / 6
    assert (high.scores["citation_f1"], high.scores["false_refusal"], high.scores["false_answer"]) == (0, 1, 0)


def test_the_table_has_a_row_a_value() -> None:
    scores = {"right": 0.5, "citation_f1": 1 / 3, "false_refusal": 0.0, "false_answer": 1.0, "hit@1": 0.25}
    assert sweep_table("floor", [Point(0.2, scores), Point(1, {**scores, "right": 1.0})]).splitlines() == [
        "| floor | right | citation_f1 | false_refusal | false_answer | hit@1 |",
        "|---|---|---|---|---|---|",
        "| 0.2 | 50.0% | 33.3% | 0.0% | 100.0% | 25.0% |",
        "| 1 | 100.0% | 33.3% | 0.0% | 100.0% | 25.0% |",
    ]


def test_the_table_of_cases_that_all_have_an_answer(
    grader: Grader, units: tuple[PolicyUnit, ...], documents: Mapping[str, Document]
) -> None:
    points = sweep("floor", (0.2,), CASES[:2], lambda *_: Perfect(CASES, units, documents), grader)
    assert sweep_table("floor", points)
