"""The rules are unsure of few questions, and say of what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from answering.found import Found
from answering.rewriting.doubt import Doubt, doubt, leading
from index.records import Evidence, Findings, Hit, Intent, PartMatch, Query, Refusal
from tests.answering.conftest import Units
from tests.answering.samples import query


def hit(units: Units, unit_id: str, row: int, coverage: float, parts: Sequence[float] = ()) -> Hit:
    matches = tuple(PartMatch(0.0, part, part) for part in parts)
    return Hit(units[unit_id], 9.0 - row, coverage, 0.0, 5, 0.5, "", row, matches)


def found(asked: Query, hits: Sequence[Hit], refusal: Refusal | None = None) -> Found:
    evidence = () if refusal else (Evidence(hits[0].unit, ("…",)),)
    return Found(asked, tuple(hits), Findings(evidence, (), refusal))


def unlikely(_: Query, __: Sequence[Hit]) -> float:
    return 0.1


@pytest.mark.parametrize(
    ("asked", "coverage", "refusal", "of"),
    [
        (query(), 0.4, None, None),
        (query(), 0.39, None, Doubt.VAGUE),
        (replace(query(), context_topic=("海外仓",)), 0.6, None, None),
        (replace(query(), context_topic=("海外仓",)), 0.59, None, Doubt.LEANING),
        (replace(query(), context_topic=("海外仓",)), 0.9, Refusal.NOT_STATED, Doubt.LEANING),
        (query(), 0.1, Refusal.NOT_STATED, None),
        (query(), 0.1, Refusal.OUT_OF_SCOPE, None),
        (replace(query(), region="上海"), 0.1, None, None),
        (query(intent=Intent.LOOKUP), 0.1, None, None),
        (query(intent=Intent.AGENCY_TASKS), 0.1, None, None),
        (query(intent=Intent.OVERVIEW), 0.1, None, None),
    ],
)
def test_what_the_rules_are_unsure_of(
    asked: Query, coverage: float, refusal: Refusal | None, of: Doubt | None, unit_of: Units
) -> None:
    assert doubt(found(asked, [hit(unit_of, "plan/14", 0, coverage)], refusal), unlikely) is of


def test_without_hits_there_is_nothing_to_doubt() -> None:
    assert doubt(Found(query(), (), Findings((), (), Refusal.OUT_OF_SCOPE)), unlikely) is None


def test_a_part_that_only_another_unit_speaks_of(unit_of: Units) -> None:
    asks_both, hits = replace(query(), asking=(True, True)), [hit(unit_of, "plan/14", 0, 0.8, (1.0, 0.4))]
    assert doubt(found(asks_both, hits), unlikely) is None
    hits = [*hits, hit(unit_of, "plan/13", 1, 0.5, (0.0, 0.5))]
    assert doubt(found(asks_both, hits), unlikely) is Doubt.SEVERAL
    assert doubt(found(replace(query(), asking=(True, False)), hits), unlikely) is None


def test_a_refusal_is_doubted_where_a_unit_near_would_answer(unit_of: Units) -> None:
    hits = [hit(unit_of, "plan/14", 0, 0.3), hit(unit_of, "plan/13", 1, 0.2)]
    refused = found(query(), hits, Refusal.OUT_OF_SCOPE)
    for probability, of in ((0.79, None), (0.8, Doubt.VAGUE)):
        led = {"plan/14": 0.0, "plan/13": probability}
        assert doubt(refused, lambda _, hits, led=led: led[hits[0].unit.unit_id]) is of  # type: ignore[misc]


def test_any_hit_can_lead(unit_of: Units) -> None:
    first, second = hit(unit_of, "plan/14", 0, 0.3), hit(unit_of, "plan/13", 1, 0.2)
    assert leading([first, second], second) == (second, first)
