"""Which further units an answer rests on besides the best: a small learned model over what search found.

First a logistic regression reads the shape of the question for a pair (best unit, further unit), see
:mod:`answering.weighing.pairs`; then a small network weighs that together with the pair's figures. The numbers of both
are data in ``models/jince-weighing/companions.json``, made by ``python -m train.companions`` from the training cases.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from answering.weighing.network import Network
from answering.weighing.pairs import Pair, PairReader
from answering.words import UnitWords
from index.records import Hit, PolicyUnit, Query
from index.settings import ROOT

MODEL = ROOT / "models" / "jince-weighing" / "companions.json"


@dataclass(frozen=True, slots=True)
class PairModel:
    """The model's numbers.

    Attributes:
        names: of the figures, in order; the tokens' total comes after them.
        tokens, bias: weights of the token regression; a token without one counts nothing.
        network: over the figures and the total, ``names + 1`` columns, to one class.
    """

    names: tuple[str, ...]
    tokens: Mapping[str, float]
    bias: float
    network: Network

    @classmethod
    def read(cls, path: Path) -> PairModel:
        """The model that ``train`` wrote to ``path``."""
        record = json.loads(path.read_text(encoding="utf-8"))
        return cls(tuple(record["names"]), record["tokens"], record["bias"], Network.read(record))

    def total(self, pair: Pair) -> float:
        """What the shape says, see :func:`total`."""
        return total(pair, self.tokens, self.bias)

    def probabilities(self, pairs: Sequence[Pair]) -> list[float]:
        """For each pair the probability that a right answer cites both."""
        if not pairs:
            return []
        seen = np.array([[*(pair.figures[name] for name in self.names), self.total(pair)] for pair in pairs])
        totals = self.network.scores(seen)[:, 0]
        return [float(share) for share in 1 / (1 + np.exp(-np.clip(totals, -40.0, 40.0)))]


def total(pair: Pair, tokens: Mapping[str, float], bias: float) -> float:
    """The logit of a token regression; a token without weight counts nothing."""
    return bias + sum([tokens.get(token, 0.0) for token in pair.tokens])


class Companions:
    """Scores units beside the best one.

    Args:
        words: of the index's units.
        model: see :data:`MODEL`; read from there when ``None``.
    """

    def __init__(self, words: UnitWords, model: PairModel | None = None) -> None:
        self._reader = PairReader(words)
        self._model = model or PairModel.read(MODEL)

    def likely(self, query: Query, hits: Sequence[Hit]) -> list[tuple[PolicyUnit, float]]:
        """Units besides ``hits[0]`` with the probability that a right answer cites them too, most likely first."""
        found = list(self.pairs(query, hits))
        probabilities = self._model.probabilities([pair for _, pair in found])
        scored = [(hit.unit, share) for (hit, _), share in zip(found, probabilities, strict=True)]
        return sorted(scored, key=lambda pair: -pair[1])

    def pairs(self, query: Query, hits: Sequence[Hit]) -> Iterator[tuple[Hit, Pair]]:
        """Every candidate beside ``hits[0]`` with what is seen of the pair; ``hits`` are best first."""
        return self._reader.pairs(query, hits)
