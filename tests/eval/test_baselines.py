"""Baselines over the real units, with an embedder whose vectors follow from the words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eval.baselines import baselines
from eval.material import Material
from eval.system import System
from index.records import PolicyUnit


@pytest.fixture(scope="module", params=sorted(baselines(None)))
def baseline(request: pytest.FixtureRequest, material: Material) -> System:
    made: System = baselines(None)[request.param](material)
    return made


def test_a_question_in_the_units_own_words_is_found(baseline: System, units: tuple[PolicyUnit, ...]) -> None:
    unit = units[16]
    answer = baseline.ask(unit.text, answer_id="7")
    assert answer.id == "7"
    assert answer.answered
    assert unit.unit_id in {citation.unit_id for citation in answer.citations}
    assert unit.text in answer.answer.replace("\n", "")
    assert replace(baseline.ask(unit.text, answer_id="7"), latency_ms=answer.latency_ms) == answer
