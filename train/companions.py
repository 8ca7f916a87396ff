"""Train the model of further units: ``python -m train.companions``; see :mod:`answering.weighing.companions`.

Pairs (best unit, further unit) come from the training cases whose answer rests on searched units and whose best unit is
right; a further unit is a positive when it is gold and is left out when it is merely tolerated.
"""

from __future__ import annotations

import argparse
import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from answering.service import Service
from answering.weighing.companions import MODEL, LinearModel
from eval.cases import TRAIN, Case, read_cases
from index.records import Intent
from index.settings import Settings

_SEARCHED = (Intent.CONTENT, Intent.RESPONSIBLE)
_FOLDS = 5
_log = logging.getLogger("train.companions")


@dataclass(frozen=True)
class Pairs:
    """Features of pairs, shape ``(pairs, features)``, and for each whether it is a positive and its case's number."""

    names: tuple[str, ...]
    features: NDArray[np.float64]
    positive: NDArray[np.bool_]
    case: NDArray[np.int64]


def pairs_of(cases: Iterable[Case], service: Service) -> Pairs:
    """Pairs of all ``cases`` that can teach."""
    names: tuple[str, ...] = ()
    features: list[list[float]] = []
    positive: list[bool] = []
    number: list[int] = []
    for place, case in enumerate(cases):
        query, hits = service.search(case.question, case.history)
        if query.intent not in _SEARCHED or not hits or hits[0].unit.unit_id not in (*case.gold, *case.also_ok):
            continue
        for hit, found in service.companions.features(query, hits):
            if hit.unit.unit_id in case.also_ok:
                continue
            names = tuple(found)
            features.append(list(found.values()))
            positive.append(hit.unit.unit_id in case.gold)
            number.append(place)
    return Pairs(names, np.array(features), np.array(positive), np.array(number))


def fit(pairs: Pairs, strength: float = 0.3) -> LinearModel:
    """L2-regularised logistic regression over standardised features, its weights scaled back to the plain ones."""
    from sklearn.linear_model import LogisticRegression

    mean, spread = pairs.features.mean(0), pairs.features.std(0)
    spread[spread == 0] = 1
    model = LogisticRegression(C=strength, max_iter=2000).fit((pairs.features - mean) / spread, pairs.positive)
    weights = model.coef_[0] / spread
    bias = float(model.intercept_[0] - weights @ mean)
    return LinearModel(dict(zip(pairs.names, (round(float(w), 4) for w in weights), strict=True)), round(bias, 4))


def cross_validated(pairs: Pairs) -> dict[str, float]:
    """Precision and recall at one half, each case judged by a model that has not seen it."""
    kept = np.zeros(len(pairs.positive), dtype=bool)
    for fold in range(_FOLDS):
        held = pairs.case % _FOLDS == fold
        model = fit(Pairs(pairs.names, pairs.features[~held], pairs.positive[~held], pairs.case[~held]))
        for row in np.flatnonzero(held):
            kept[row] = model.probability(dict(zip(pairs.names, pairs.features[row], strict=True))) >= 0.5
    right = float((kept & pairs.positive).sum())
    return {"precision": round(right / kept.sum(), 3), "recall": round(right / pairs.positive.sum(), 3)}


def main() -> None:
    """Read the cases, train, write the model."""
    parser = argparse.ArgumentParser(prog="python -m train.companions", description=__doc__)
    parser.add_argument("--out", type=Path, default=MODEL)
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    service = Service(Settings.read())
    cases = [case for case in read_cases(splits=[TRAIN]) if case.answerable and case.gold]
    pairs = pairs_of(cases, service)
    figures = cross_validated(pairs)
    model = fit(pairs)
    record = {"bias": model.bias, "weights": model.weights, "pairs": len(pairs.positive), "cross-validated": figures}
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    _log.info("%d pairs, %d positive; %s", len(pairs.positive), pairs.positive.sum(), figures)


if __name__ == "__main__":
    main()
