"""Units beside the best one: a model of one weight, and the bundled one."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from answering.weighing.companions import MODEL, Companions, PairModel
from answering.weighing.pairs import Pair
from answering.words import UnitWords
from index.records import PolicyUnit
from index.text import Segmenter
from tests.answering.samples import by_pair_figures, hit, query
from tests.samples import unit
from train.companions import write_model

UNITS = [unit(number, text) for number, text in enumerate(["海外仓", "海外仓补贴", "高校"], 1)]
ASKED = query(topic=("海外仓",))


def test_a_network_of_plain_units_is_a_logistic_of_the_weighted_sum() -> None:
    model = by_pair_figures({"a": 2.0, "b": -1.0}, 0.5)
    seen = [Pair({"a": 1.0, "b": 3.0}, frozenset()), Pair({"a": 0.0, "b": 0.0}, frozenset({"unheard of"}))]
    assert model.probabilities(seen) == pytest.approx([1 / (1 + math.exp(-(0.5 + 2 - 3))), 1 / (1 + math.exp(-0.5))])
    assert model.probabilities([]) == []


def test_a_figure_beyond_all_seen_counts_as_the_farthest() -> None:
    """Four standard deviations, which are 1 here."""
    model = by_pair_figures({"a": 1.0}, 0.0)
    assert model.probabilities([Pair({"a": 1e9}, frozenset())]) == pytest.approx([1 / (1 + math.exp(-4))])


def test_a_model_is_read_from_its_file(tmp_path: Path) -> None:
    model = by_pair_figures({"rank": 1.5}, -2.0)
    write_model(model, tmp_path / "model.json", {"pairs": 9})
    pair = Pair({"rank": 1.0}, frozenset())
    assert PairModel.read(tmp_path / "model.json").probabilities([pair]) == model.probabilities([pair])


def test_the_bundled_model_weighs_the_figures_that_there_are(unit_words: UnitWords) -> None:
    hits = [hit(UNITS[0], 0.9, row=0), hit(UNITS[1], 0.8, row=1)]
    ((_, pair),) = Companions(unit_words).pairs(ASKED, hits)
    assert set(PairModel.read(MODEL).names) == set(pair.figures)


def test_the_likely_come_first() -> None:
    """Score ratios 0.4 and 0.8: 1 / (1 + exp(5 - 4)) and 1 / (1 + exp(5 - 8))."""
    companions = Companions(UnitWords(UNITS, (), Segmenter(("海外仓",))), by_pair_figures({"score_ratio": 10.0}, -5.0))
    places = ((0, 10.0), (2, 4.0), (1, 8.0))
    likely = companions.likely(ASKED, [hit(UNITS[row], 0.9, score=score, row=row) for row, score in places])
    assert [found.unit_id for found, _ in likely] == ["plan/2", "plan/3"]
    assert [value for _, value in likely] == pytest.approx([1 / (1 + math.exp(-3)), 1 / (1 + math.exp(1))])


def test_the_real_model_finds_a_companion(units: tuple[PolicyUnit, ...], segmenter: Segmenter) -> None:
    """The default model is read when none is given."""
    companions = Companions(UnitWords(units, (), segmenter))
    (pair,) = companions.likely(ASKED, [hit(units[0], 0.9, row=0), hit(units[1], 0.9, row=1)])
    assert pair[0] == units[1]
    assert 0 < pair[1] < 1
