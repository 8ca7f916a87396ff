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
from answering.weighing.companions import LinearModel
from eval.cases import CASES_DIR, TRAIN, Case, read_case_file
from index.records import Refusal
from index.settings import Settings
from tests.eval.perfect import case
from train import companions as door
from train.companions import Pairs, cross_validated, fit, pairs_of

QUESTION = "海外仓面积要达到多少，自由贸易账户怎么用"


def pairs(count: int = 200) -> Pairs:
    """A positive is one whose first feature is above one half; the second says nothing, the third never changes."""
    random = np.random.default_rng(0)
    features = np.column_stack([random.random(count), random.random(count) * 100, np.full(count, 7.0)])
    return Pairs(("telling", "noise", "constant"), features, features[:, 0] > 0.5, np.arange(count) // 4)


def found(service: Service, question: str = QUESTION) -> list[str]:
    """Ids of the units found, best first."""
    return [hit.unit.unit_id for hit in service.search(question)[1]]


def test_pairs_are_of_the_best_unit_and_each_candidate(service: Service) -> None:
    best, second = found(service)[:2]
    query, hits = service.search(QUESTION)
    candidates = [hit.unit.unit_id for hit, _ in service.companions.features(query, hits)]
    made = pairs_of([case("other", "公积金怎么提取"), case("two", QUESTION, [best, second])], service)
    assert made.features.shape == (len(candidates), len(made.names))
    assert [key for key, positive in zip(candidates, made.positive, strict=True) if positive] == [second]
    assert set(made.case) == {1}  # the second case's number
    assert "score_ratio" in made.names


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
    model = fit(given)
    assert model.weights["telling"] > 100 * abs(model.weights["noise"])
    assert model.weights["constant"] == 0
    guessed = [model.probability(dict(zip(given.names, row, strict=True))) > 0.5 for row in given.features]
    assert np.mean(np.array(guessed) == given.positive) > 0.9


def test_weights_are_of_the_plain_features() -> None:
    """A feature in another unit has a weight that makes up for it."""
    given = pairs()
    scaled = replace(given, features=given.features * [1000, 1, 1])
    assert fit(scaled).weights["telling"] == pytest.approx(fit(given).weights["telling"] / 1000, rel=0.05)
    assert fit(scaled).bias == pytest.approx(fit(given).bias, abs=1e-3)


def test_what_can_be_learned_is_found_in_cases_that_the_model_has_not_seen() -> None:
    figures = cross_validated(pairs())
    assert min(figures["precision"], figures["recall"]) > 0.9


def test_what_can_only_be_remembered_is_not_found() -> None:
    """Each case has a feature of its own, and in seven of ten cases all pairs are positive: all are taken for such."""
    given = pairs()
    own = np.eye(50)[given.case]
    names = tuple(f"case {number}" for number in range(50))
    remembered = Pairs(names, own, given.case % 10 < 7, given.case)
    assert cross_validated(remembered) == {"precision": 0.7, "recall": 1.0}


def test_training_writes_the_model_and_asks_for_training_cases_only(
    index_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Sequence[str]] = []
    several = [item for item in read_case_file(CASES_DIR / TRAIN / "multi.jsonl") if len(item.gold) > 1][:40]

    def few(*, splits: Sequence[str]) -> tuple[Case, ...]:
        asked.append(splits)
        return (*several, case("refused", "公积金怎么提取", refusal=Refusal.OUT_OF_SCOPE))

    monkeypatch.setenv("INDEX_DIR", str(index_settings.index_dir))
    monkeypatch.setattr(door, "read_cases", few)
    out = tmp_path / "models" / "companions.json"
    monkeypatch.setattr(sys, "argv", ["train.companions", "--out", str(out)])
    door.main()
    assert asked == [[TRAIN]]
    record = json.loads(out.read_text(encoding="utf-8"))
    assert LinearModel.read(out) == LinearModel(record["weights"], record["bias"])
    assert record["pairs"] > 40
    assert set(record["cross-validated"]) == {"precision", "recall"}
