"""Train the model of further units: ``python -m train.companions``; see :mod:`answering.weighing.companions`.

Pairs (best unit, further unit) come from the training cases whose answer rests on searched units and whose best unit is
right, and from questions joined of two of them; a further unit is a positive when it is gold and is left out when it is
merely tolerated. Tokens seen fewer than ``_RAREST`` times are left out.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from answering.service import Service
from answering.weighing.companions import MODEL, PairModel, total
from answering.weighing.pairs import Pair
from eval.cases import TRAIN, Case, read_cases
from index.records import SEARCHED
from index.settings import Settings
from train.joined import joined
from train.network import fit_network, record_of, token_table, write_record

_FOLDS = 3
_RAREST = 8
_NETWORK = {"hidden_layer_sizes": (16,), "alpha": 1.0, "max_iter": 60, "learning_rate_init": 2e-3}
_TOKEN_STRENGTH = 0.3
_JOINED = 1200
_LIMIT = 0.4  # probability at which the figures are counted, see Thresholds.beside
_log = logging.getLogger("train.companions")


@dataclass(frozen=True)
class Pairs:
    """Pairs, and for each whether it is a positive and its case's number, shape ``(pairs,)`` each."""

    pairs: tuple[Pair, ...]
    positive: NDArray[np.bool_]
    case: NDArray[np.int64]

    def where(self, kept: NDArray[np.bool_]) -> Pairs:
        """Those of the pairs for which ``kept`` is true."""
        pairs = tuple(pair for pair, keep in zip(self.pairs, kept, strict=True) if keep)
        return Pairs(pairs, self.positive[kept], self.case[kept])

    def __add__(self, other: Pairs) -> Pairs:
        return Pairs(self.pairs + other.pairs, np.r_[self.positive, other.positive], np.r_[self.case, other.case])


def pairs_of(cases: Iterable[Case], service: Service) -> Pairs:
    """Pairs of all ``cases`` that can teach."""
    pairs: list[Pair] = []
    positive: list[bool] = []
    number: list[int] = []
    for place, case in enumerate(cases):
        query, hits = service.search(case.question, case.history)
        if query.intent not in SEARCHED or query.context or not hits or not hits[0].coverage:
            continue
        if hits[0].unit.unit_id not in (*case.gold, *case.also_ok):
            continue
        for hit, pair in service.companions.pairs(query, hits):
            if hit.unit.unit_id in case.also_ok:
                continue
            pairs.append(pair)
            positive.append(hit.unit.unit_id in case.gold)
            number.append(place)
    return Pairs(tuple(pairs), np.array(positive, dtype=bool), np.array(number, dtype=np.int64))


def fit(given: Pairs) -> PairModel:
    """Token regression, then the network over figures and what a regression says that has not seen the case."""
    unseen = np.zeros(len(given.pairs))
    for fold in range(_FOLDS):
        held = given.case % _FOLDS == fold
        tokens, bias = _tokens(given.where(~held))
        unseen[held] = [total(pair, tokens, bias) for pair in given.where(held).pairs]
    names = tuple(given.pairs[0].figures)
    seen = np.array([[pair.figures[name] for name in names] for pair in given.pairs])
    seen = np.hstack([seen, unseen[:, None]])
    network = fit_network(seen, seen.shape[1], given.positive, **_NETWORK)
    return PairModel(names, *_tokens(given), network)


def _tokens(given: Pairs) -> tuple[dict[str, float], float]:
    """Weights and bias of a logistic regression over tokens; those that are rare are dropped."""
    from sklearn.linear_model import LogisticRegression

    table, place = token_table([pair.tokens for pair in given.pairs], _RAREST, 0.5)
    model = LogisticRegression(C=_TOKEN_STRENGTH, solver="liblinear", max_iter=400, random_state=0)
    model.fit(table, given.positive)
    weights = {name: round(float(model.coef_[0, number]) / 2, 3) for name, number in place.items()}
    return {name: weight for name, weight in weights.items() if weight}, round(float(model.intercept_[0]), 3)


def cross_validated(given: Pairs, always: Pairs | None = None) -> dict[str, float]:
    """Precision and recall at the limit, each case judged by a model that has not seen it; all see ``always``."""
    kept = np.zeros(len(given.pairs), dtype=bool)
    for fold in range(_FOLDS):
        held = given.case % _FOLDS == fold
        taught = given.where(~held)
        model = fit(taught + always if always else taught)
        kept[held] = np.array(model.probabilities(given.where(held).pairs)) >= _LIMIT
    right = int((kept & given.positive).sum())
    return {"precision": round(right / int(kept.sum()), 3), "recall": round(right / int(given.positive.sum()), 3)}


def write_model(model: PairModel, path: Path, figures: dict[str, Any]) -> None:
    """Write ``model`` where :meth:`PairModel.read` finds it, with the figures of its training."""
    own = {"names": model.names, "bias": model.bias, "tokens": model.tokens}
    write_record(path, {**figures, **own, **record_of(model.network)})


def _taught(service: Service, cases: Sequence[Case], count: int) -> tuple[Pairs, Pairs]:
    """Pairs of the cases, and of ``count`` questions joined of them."""
    own = pairs_of(cases, service)
    made = pairs_of(joined(cases, count), service)
    return own, Pairs(made.pairs, made.positive, made.case + len(cases))


def main() -> None:
    """Read the cases, train, write the model."""
    parser = argparse.ArgumentParser(prog="python -m train.companions", description=__doc__)
    parser.add_argument("--out", type=Path, default=MODEL)
    parser.add_argument("--joined", type=int, default=_JOINED, help="questions made of two (default %(default)s)")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    service = Service(Settings.read())
    cases = [case for case in read_cases(splits=[TRAIN]) if case.answerable and case.gold]
    own, made = _taught(service, cases, given.joined)
    figures = cross_validated(own, made)
    model = fit(own + made)
    count = {"pairs": len(own.pairs), "joined pairs": len(made.pairs), "cross-validated": figures}
    write_model(model, given.out, count)
    _log.info("%d pairs, %d positive, %d tokens; %s", len(own.pairs), own.positive.sum(), len(model.tokens), count)


if __name__ == "__main__":
    main()
