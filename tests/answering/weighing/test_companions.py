"""Units beside the best one: features that a reader can count, and a model of one weight."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest

from answering.weighing.companions import MODEL, Companions, LinearModel
from answering.words import UnitWords
from index.records import Cue, Hit, PartMatch, PolicyUnit
from index.text import Segmenter
from tests.answering.samples import hit, query
from tests.samples import unit

TEXTS = ["海外仓", "海外仓补贴", "高校", "通关", "品牌", "班列", "退税", "保险"]
OWN = [unit(number, text) for number, text in enumerate(TEXTS, 1)]
OTHER = [unit(number, text, slug="table") for number, text in enumerate(["海外仓", "邮件"], 1)]
UNITS = [*OWN, *OTHER]
NOTHING = PartMatch(score=-0.7, coverage=0.0, printed=0.0)
ALL = PartMatch(score=5.4, coverage=1.0, printed=0.5)
ASKED = replace(query(topic=("海外仓", "高校")), asking=(True, True))


@pytest.fixture(scope="module")
def companions() -> Companions:
    words = UnitWords(UNITS, (), Segmenter(("海外仓",)))
    return Companions(words, LinearModel({"score_ratio": 10.0}, -5.0))


def on(place: int, score: float, *parts: PartMatch) -> Hit:
    return hit(UNITS[place], 0.9, score=score, row=place, parts=parts)


def features(companions: Companions, hits: list[Hit], **changes: object) -> dict[str, dict[str, float]]:
    """Features by unit; ``changes`` are of the query."""
    asked = replace(ASKED, **changes)  # type: ignore[arg-type]
    return {found.unit.unit_id: values for found, values in companions.features(asked, hits)}


def test_a_model_is_a_logistic_of_the_weighted_sum() -> None:
    model = LinearModel({"a": 2.0, "b": -1.0}, 0.5)
    assert model.probability({"a": 1.0, "b": 3.0}) == pytest.approx(1 / (1 + math.exp(-(0.5 + 2 - 3))))
    assert model.probability({"unheard of": 9.0}) == pytest.approx(1 / (1 + math.exp(-0.5)))
    assert (model.probability({"a": 1e9}), model.probability({"a": -1e9})) == pytest.approx((1, 0))


def test_a_model_is_read_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "model.json"
    path.write_text(json.dumps({"weights": {"rank": 1.5}, "bias": -2, "pairs": 9}), encoding="utf-8")
    assert LinearModel.read(path) == LinearModel({"rank": 1.5}, -2)


def test_the_bundled_model_weighs_the_features_that_there_are(companions: Companions) -> None:
    (found,) = features(companions, [on(0, 9.0), on(1, 8.0)]).values()
    assert set(LinearModel.read(MODEL).weights) == set(found)


def test_the_likely_come_first(companions: Companions) -> None:
    """Score ratios 0.4 and 0.8: 1 / (1 + exp(5 - 4)) and 1 / (1 + exp(5 - 8))."""
    hits = [on(0, 10.0), on(2, 4.0), on(1, 8.0)]
    likely = companions.likely(ASKED, hits)
    assert [found.unit_id for found, _ in likely] == ["plan/2", "plan/3"]
    assert [value for _, value in likely] == pytest.approx([1 / (1 + math.exp(-3)), 1 / (1 + math.exp(1))])


@pytest.mark.parametrize("hits", [[], [on(0, 9.0)]])
def test_one_unit_has_no_companion(companions: Companions, hits: list[Hit]) -> None:
    assert companions.likely(ASKED, hits) == []


def test_candidates_are_the_next_five_and_the_best_two_of_each_document(companions: Companions) -> None:
    found = features(companions, [on(place, 9.0 - place) for place in range(10)])
    assert list(found) == [*(f"plan/{number}" for number in range(2, 7)), "table/1", "table/2"]


def test_candidates_are_the_best_two_of_each_part_too(companions: Companions) -> None:
    """The seventh and the eighth unit are the best for a part that the other units say nothing of."""
    found = features(companions, [on(place, 9.0 - place, ALL if place in (6, 7) else NOTHING) for place in range(8)])
    assert list(found) == [f"plan/{number}" for number in range(2, 9)]


def test_scores_and_ranks(companions: Companions) -> None:
    found = features(companions, [on(0, 10.0), on(1, 8.0), on(2, -1.0)])
    assert found["plan/2"] | {"score_ratio": 0.8, "score_gap": 2.0, "rank": 1 / 1} == found["plan/2"]
    assert found["plan/3"] | {"score_ratio": 0.0, "score_gap": 11.0, "rank": 1 / 2} == found["plan/3"]
    assert {values["words"] for values in found.values()} == {math.log(1 + 5)}
    assert features(companions, [on(0, -1.0), on(1, -2.0)])["plan/2"]["score_ratio"] == 0.0


def test_what_two_units_have_in_common(companions: Companions) -> None:
    elsewhere = replace(UNITS[2], section=("三、保障措施",))
    hits = [on(0, 9.0), on(1, 8.0), replace(on(2, 7.0), unit=elsewhere)]
    found = features(companions, hits)
    assert found["plan/2"]["similarity"] > found["plan/3"]["similarity"] > 0  # the heading is shared by all
    assert (found["plan/2"]["same_section"], found["plan/3"]["same_section"]) == (1, 0)


def test_a_part_that_the_best_leaves_out(companions: Companions) -> None:
    """The best unit covers the first part of the question, the third unit the second part."""
    hits = [on(0, 9.0, ALL, NOTHING), on(1, 8.0, NOTHING, NOTHING), on(2, 7.0, NOTHING, ALL)]
    found = features(companions, hits)
    assert found["plan/3"]["left_out"] == found["plan/3"]["each_first"] == 1
    assert found["plan/2"]["left_out"] == found["plan/2"]["each_first"] == 0
    assert found["plan/3"]["ahead"] == found["plan/3"]["each_ahead"] == pytest.approx(5.4 + 0.7)
    assert found["plan/3"]["printed_ahead"] == 0.5
    assert found["plan/3"]["parts"] == 2
    assert found["plan/3"]["left_out_joined"] == 0
    joined = features(companions, hits, cues=frozenset({Cue.JOINED}))
    assert (joined["plan/3"]["left_out_joined"], joined["plan/2"]["left_out_joined"]) == (1, 0)


@pytest.mark.parametrize(
    ("asking", "both", "left_out"), [((True, True), 1, 1.0), ((True, False), 0, 0.0), ((False, True), 0, 0.0)]
)
def test_parts_that_are_both_asked(
    asking: tuple[bool, bool], both: float, left_out: float, companions: Companions
) -> None:
    """The third unit covers the second part wholly, the best not at all."""
    hits = [on(0, 9.0, ALL, NOTHING), on(1, 8.0, NOTHING, NOTHING), on(2, 7.0, NOTHING, ALL)]
    found = features(companions, hits, asking=asking)
    assert (found["plan/3"]["both_asked"], found["plan/3"]["both_asked_left_out"]) == (both, left_out)
    assert (found["plan/2"]["both_asked"], found["plan/2"]["both_asked_left_out"]) == (0, 0)


def test_being_far_ahead_is_capped(companions: Companions) -> None:
    far = PartMatch(score=30.0, coverage=1.0, printed=1.0)
    found = features(companions, [on(0, 9.0, far, NOTHING), on(1, 8.0, NOTHING, far)])
    assert found["plan/2"]["ahead"] == found["plan/2"]["each_ahead"] == 8.0


@pytest.mark.parametrize(
    ("changes", "across"),
    [
        ({}, 0),
        ({"cues": frozenset({Cue.BOTH_DOCUMENTS})}, 1),
        ({"cues": frozenset({Cue.EARLIER_AND_LATER})}, 1),
        ({"documents": ("plan", "table")}, 1),
        ({"documents": ("plan",)}, 0),
    ],
)
def test_the_first_of_the_other_document(companions: Companions, changes: dict[str, object], across: int) -> None:
    found = features(companions, [on(0, 9.0), on(1, 8.0), on(8, 7.0), on(9, 6.0)], **changes)
    assert {key for key, values in found.items() if values["other_first"]} == {"table/1"}
    assert {values["across"] for values in found.values()} == {across}
    assert found["table/1"]["across_first"] == across


def test_the_real_model_finds_a_companion(units: tuple[PolicyUnit, ...], segmenter: Segmenter) -> None:
    """The default model is read when none is given."""
    companions = Companions(UnitWords(units, (), segmenter))
    (pair,) = companions.likely(ASKED, [hit(units[0], 0.9, row=0), hit(units[1], 0.9, row=1)])
    assert pair[0] == units[1]
    assert 0 < pair[1] < 1
