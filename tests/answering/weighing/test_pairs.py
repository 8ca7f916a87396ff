"""Pairs of units under one question: figures that a reader can count, and the shape of the question."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from answering.weighing.pairs import Pair, PairReader
from answering.words import UnitWords
from index.records import Cue, Hit, PartMatch
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
def reader() -> PairReader:
    return PairReader(UnitWords(UNITS, (), Segmenter(("海外仓",))))


def on(place: int, score: float, *parts: PartMatch) -> Hit:
    return hit(UNITS[place], 0.9, score=score, row=place, parts=parts)


def pairs(reader: PairReader, hits: list[Hit], **changes: object) -> dict[str, Pair]:
    """Pairs by the further unit; ``changes`` are of the query."""
    asked = replace(ASKED, **changes)  # type: ignore[arg-type]
    return {found.unit.unit_id: pair for found, pair in reader.pairs(asked, hits)}


def features(reader: PairReader, hits: list[Hit], **changes: object) -> dict[str, dict[str, float]]:
    """Their figures."""
    return {key: dict(pair.figures) for key, pair in pairs(reader, hits, **changes).items()}


@pytest.mark.parametrize("hits", [[], [on(0, 9.0)]])
def test_one_unit_has_no_companion(reader: PairReader, hits: list[Hit]) -> None:
    assert list(reader.pairs(ASKED, hits)) == []


def test_candidates_are_the_next_five_and_the_best_two_of_each_document(reader: PairReader) -> None:
    found = features(reader, [on(place, 9.0 - place) for place in range(10)])
    assert list(found) == [*(f"plan/{number}" for number in range(2, 7)), "table/1", "table/2"]


def test_candidates_are_the_best_two_of_each_part_too(reader: PairReader) -> None:
    """The seventh and the eighth unit are the best for a part that the other units say nothing of."""
    found = features(reader, [on(place, 9.0 - place, ALL if place in (6, 7) else NOTHING) for place in range(8)])
    assert list(found) == [f"plan/{number}" for number in range(2, 9)]


def test_scores_and_ranks(reader: PairReader) -> None:
    found = features(reader, [on(0, 10.0), on(1, 8.0), on(2, -1.0)])
    assert found["plan/2"] | {"score_ratio": 0.8, "score_gap": 2.0, "rank": 1 / 1} == found["plan/2"]
    assert found["plan/3"] | {"score_ratio": 0.0, "score_gap": 11.0, "rank": 1 / 2} == found["plan/3"]
    assert {values["words"] for values in found.values()} == {math.log(1 + 5)}
    assert features(reader, [on(0, -1.0), on(1, -2.0)])["plan/2"]["score_ratio"] == 0.0


def test_what_two_units_have_in_common(reader: PairReader) -> None:
    elsewhere = replace(UNITS[2], section=("三、保障措施",))
    hits = [on(0, 9.0), on(1, 8.0), replace(on(2, 7.0), unit=elsewhere)]
    found = features(reader, hits)
    assert found["plan/2"]["similarity"] > found["plan/3"]["similarity"] > 0  # the heading is shared by all
    assert (found["plan/2"]["same_section"], found["plan/3"]["same_section"]) == (1, 0)


def test_a_part_that_the_best_leaves_out(reader: PairReader) -> None:
    """The best unit covers the first part of the question, the third unit the second part."""
    hits = [on(0, 9.0, ALL, NOTHING), on(1, 8.0, NOTHING, NOTHING), on(2, 7.0, NOTHING, ALL)]
    found = features(reader, hits)
    assert found["plan/3"]["left_out"] == found["plan/3"]["each_first"] == 1
    assert found["plan/2"]["left_out"] == found["plan/2"]["each_first"] == 0
    assert found["plan/3"]["ahead"] == found["plan/3"]["each_ahead"] == pytest.approx(5.4 + 0.7)
    assert found["plan/3"]["printed_ahead"] == 0.5
    assert found["plan/3"]["parts"] == 2
    assert found["plan/3"]["left_out_joined"] == 0
    joined = features(reader, hits, cues=frozenset({Cue.JOINED}))
    assert (joined["plan/3"]["left_out_joined"], joined["plan/2"]["left_out_joined"]) == (1, 0)


@pytest.mark.parametrize(
    ("asking", "both", "left_out"), [((True, True), 1, 1.0), ((True, False), 0, 0.0), ((False, True), 0, 0.0)]
)
def test_parts_that_are_both_asked(asking: tuple[bool, bool], both: float, left_out: float, reader: PairReader) -> None:
    """The third unit covers the second part wholly, the best not at all."""
    hits = [on(0, 9.0, ALL, NOTHING), on(1, 8.0, NOTHING, NOTHING), on(2, 7.0, NOTHING, ALL)]
    found = features(reader, hits, asking=asking)
    assert (found["plan/3"]["both_asked"], found["plan/3"]["both_asked_left_out"]) == (both, left_out)
    assert (found["plan/2"]["both_asked"], found["plan/2"]["both_asked_left_out"]) == (0, 0)


def test_being_far_ahead_is_capped(reader: PairReader) -> None:
    far = PartMatch(score=30.0, coverage=1.0, printed=1.0)
    found = features(reader, [on(0, 9.0, far, NOTHING), on(1, 8.0, NOTHING, far)])
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
def test_the_first_of_the_other_document(reader: PairReader, changes: dict[str, object], across: int) -> None:
    found = features(reader, [on(0, 9.0), on(1, 8.0), on(8, 7.0), on(9, 6.0)], **changes)
    assert {key for key, values in found.items() if values["other_first"]} == {"table/1"}
    assert {values["across"] for values in found.values()} == {across}
    assert found["table/1"]["across_first"] == across


def test_the_shape_says_which_unit_holds_what(reader: PairReader) -> None:
    """海外仓 is the best unit's, 高校 the other's; the one told of first is A, whichever is the best."""
    asked = {"text": "海外仓归谁,高校归谁"}
    for hits in ([on(0, 9.0), on(2, 8.0)], [on(2, 9.0), on(0, 8.0)]):
        (pair,) = pairs(reader, hits, **asked).values()
        assert {"^ A", "B"} <= pair.tokens
        assert not {"^ B", "◆"} & pair.tokens
        assert (pair.figures["best_is_first"], pair.figures["block"]) == (float(hits[0].row == 0), 1.0)


def test_what_both_hold_is_neither_s_and_strange_words_are_kept(reader: PairReader) -> None:
    (pair,) = pairs(reader, [on(0, 9.0), on(1, 8.0)], text="海外仓 熊猫").values()
    assert {"◆", "?熊猫", "◆ ?熊猫"} <= pair.tokens
    assert pair.figures["each_only"] == pair.figures["block"] == 0.0
    assert 0 < pair.figures["neither"] < 1


def test_two_units_hold_more_together(reader: PairReader) -> None:
    """Each of the two words is in one unit, so each unit holds half and the two hold all."""
    hits = [replace(on(4, 9.0), coverage=0.5), on(2, 8.0)]
    (found,) = features(reader, hits, topic=("品牌", "高校")).values()
    assert (found["held_together"], found["held_gain"], found["printed_gain"]) == pytest.approx((1.0, 0.5, 0.5))
