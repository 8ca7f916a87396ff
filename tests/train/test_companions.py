"""Pairs from cases, and a model that finds again what the pairs were made by."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from answering.service import Service
from answering.weighing.companions import PairModel
from answering.weighing.pairs import Pair
from eval.cases import CASES_DIR, TRAIN, Case, read_case_file
from index.records import Refusal
from index.settings import Settings
from tests.eval.perfect import case
from train import companions as door
from train.companions import Pairs, cross_validated, fit, pairs_of

QUESTION = "海外仓面积要达到多少，自由贸易账户怎么用"


def pairs(count: int = 4000) -> Pairs:
    """A positive is one whose first figure is above one half; the second says nothing, the third never changes."""
    random = np.random.default_rng(0)
    figures = np.column_stack([random.random(count), random.random(count) * 100, np.full(count, 7.0)])
    names = ("telling", "noise", "constant")
    made = tuple(Pair(dict(zip(names, row, strict=True)), frozenset({"^ A"})) for row in figures.tolist())
    return Pairs(made, figures[:, 0] > 0.5, np.arange(count) // 4)


def found(service: Service, question: str = QUESTION) -> list[str]:
    """Ids of the units found, best first."""
    return [hit.unit.unit_id for hit in service.search(question)[1]]


def test_pairs_are_of_the_best_unit_and_each_candidate(service: Service) -> None:
    best, second = found(service)[:2]
    query, hits = service.search(QUESTION)
    candidates = [hit.unit.unit_id for hit, _ in service.companions.pairs(query, hits)]
    made = pairs_of([case("other", "公积金怎么提取"), case("two", QUESTION, [best, second])], service)
    assert len(made.pairs) == len(candidates)
    assert [key for key, positive in zip(candidates, made.positive, strict=True) if positive] == [second]
    assert set(made.case) == {1}  # the second case's number
    assert "score_ratio" in made.pairs[0].figures


def test_a_unit_that_is_merely_tolerated_teaches_nothing(service: Service) -> None:
    best, second = found(service)[:2]
    one = case("one", QUESTION, [best])
    less = pairs_of([replace(one, also_ok=(second,))], service)
    assert len(less.positive) == len(pairs_of([one], service).positive) - 1


def test_cases_that_are_looked_up_or_whose_best_unit_is_wrong_teach_nothing(service: Service) -> None:
    third = found(service)[2]
    cases = [case("number", "第三条讲什么", ["task-table/7"]), case("wrong", QUESTION, [third])]
    assert len(pairs_of(cases, service).positive) == 0


def test_the_model_finds_what_tells() -> None:
    given = pairs()
    guessed = np.array(fit(given).probabilities(given.pairs)) > 0.5
    assert np.mean(guessed == given.positive) > 0.9


def test_a_shape_that_tells_is_found() -> None:
    """All figures are alike; every other pair has a token of its own, those are the positives."""
    positive = np.arange(4000) % 2 == 0
    made = tuple(Pair({"none": 0.0}, frozenset({"B"} if one else {"A"})) for one in positive)
    model = fit(Pairs(made, positive, np.arange(4000) // 4))
    assert model.tokens["B"] > 0 > model.tokens["A"]
    assert (np.array(model.probabilities(made)) > 0.5).tolist() == positive.tolist()


def test_pairs_add_up() -> None:
    assert len((pairs(8) + pairs(4)).case) == 12


def test_what_can_be_learned_is_found_in_cases_that_the_model_has_not_seen() -> None:
    figures = cross_validated(pairs())
    assert min(figures["precision"], figures["recall"]) > 0.9


def test_training_writes_the_model_and_asks_for_training_cases_only(
    index_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Sequence[str]] = []
    several = [item for item in read_case_file(CASES_DIR / TRAIN / "multi.jsonl") if len(item.gold) > 1][:40]

    single = [item for item in read_case_file(CASES_DIR / TRAIN / "content.jsonl") if len(item.gold) == 1][:40]

    def few(*, splits: Sequence[str]) -> tuple[Case, ...]:
        asked.append(splits)
        return (*several, *single, case("refused", "公积金怎么提取", refusal=Refusal.OUT_OF_SCOPE))

    monkeypatch.setenv("INDEX_DIR", str(index_settings.index_dir))
    monkeypatch.setattr(door, "read_cases", few)
    out = tmp_path / "models" / "companions.json"
    monkeypatch.setattr(sys, "argv", ["train.companions", "--out", str(out), "--joined", "20"])
    door.main()
    assert asked == [[TRAIN]]
    record = json.loads(out.read_text(encoding="utf-8"))
    assert PairModel.read(out).names == tuple(record["names"])
    assert record["pairs"] > 40 < record["joined pairs"]
    assert set(record["cross-validated"]) == {"precision", "recall"}
