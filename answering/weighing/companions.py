"""Which further units an answer rests on besides the best: a small learned model over what search found.

A logistic regression over plain features of a pair (best unit, further unit). Its weights are data in
``models/jince-weighing/companions.json``, made by ``python -m train.companions`` from the training cases.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from answering.words import UnitWords
from index.records import Cue, Hit, PartMatch, PolicyUnit, Query
from index.settings import ROOT

MODEL = ROOT / "models" / "jince-weighing" / "companions.json"
_NEXT, _TOPS = 5, 2  # candidates: the next best of all, and the best of each part and of each document
_SEVERAL = frozenset({Cue.BOTH_DOCUMENTS, Cue.EARLIER_AND_LATER})


@dataclass(frozen=True, slots=True)
class LinearModel:
    """A logistic regression: ``1 / (1 + exp(-(bias + Σ weight · feature)))``."""

    weights: Mapping[str, float]
    bias: float

    @classmethod
    def read(cls, path: Path) -> LinearModel:
        """The model that ``train`` wrote to ``path``."""
        record = json.loads(path.read_text(encoding="utf-8"))
        return cls(record["weights"], record["bias"])

    def probability(self, features: Mapping[str, float]) -> float:
        """Probability of the positive class; a feature without a weight counts nothing."""
        total = self.bias + sum(self.weights.get(name, 0.0) * value for name, value in features.items())
        return 1 / (1 + math.exp(-max(-40.0, min(40.0, total))))


class Companions:
    """Scores units beside the best one.

    Args:
        words: of the index's units.
        model: see :data:`MODEL`.
    """

    def __init__(self, words: UnitWords, model: LinearModel | None = None) -> None:
        self._words = words
        self._model = model or LinearModel.read(MODEL)

    def likely(self, query: Query, hits: Sequence[Hit]) -> list[tuple[PolicyUnit, float]]:
        """Units besides ``hits[0]`` with the probability that a right answer cites them too, most likely first."""
        scored = [(hit.unit, self._model.probability(found)) for hit, found in self.features(query, hits)]
        return sorted(scored, key=lambda pair: -pair[1])

    def features(self, query: Query, hits: Sequence[Hit]) -> Iterator[tuple[Hit, dict[str, float]]]:
        """Features of every candidate beside ``hits[0]``; ``hits`` are best first."""
        if len(hits) < 2:
            return
        best = hits[0]
        by_part = [
            sorted(hits, key=lambda hit, part=part: -hit.parts[part].score)[:_TOPS]  # type: ignore[misc]
            for part in range(len(best.parts))
        ]
        by_document: dict[str, list[Hit]] = {}
        for hit in hits:
            by_document.setdefault(hit.unit.document, []).append(hit)
        groups = [hits[1 : 1 + _NEXT], *by_part, *(found[:_TOPS] for found in by_document.values())]
        places = {hit.row: place for place, hit in enumerate(hits)}
        tops = [found[0].row for found in by_part]
        across = float(bool(query.cues & _SEVERAL) or len(query.documents) > 1)
        joined = float(Cue.JOINED in query.cues)
        for hit in {hit.row: hit for group in groups for hit in group if hit is not best}.values():
            pairs = list(zip(hit.parts, best.parts, strict=True))
            ahead = max((own.score - other.score for own, other in pairs), default=0.0)
            behind = max((other.score - own.score for own, other in pairs), default=0.0)
            leads = [part for part, row in enumerate(tops) if row == hit.row]
            left_out = any(_left_out(*pairs[part]) for part in leads)
            asked = [part for part in leads if query.asking[part]]
            both_asked = bool(asked) and any(query.asking[part] for part, row in enumerate(tops) if row == best.row)
            gaps = [pairs[part][0].coverage - pairs[part][1].coverage for part in asked]
            other_first = hit.unit.document != best.unit.document and by_document[hit.unit.document][0] is hit
            yield (
                hit,
                {
                    "score_ratio": max(hit.score, 0.0) / best.score if best.score > 0 else 0.0,
                    "score_gap": best.score - hit.score,
                    "rank": 1 / places[hit.row],
                    "words": math.log1p(best.asked),
                    "parts": float(len(tops)),
                    "across": across,
                    "other_first": float(other_first),
                    "across_first": across * other_first,
                    "similarity": self._words.similarity(best.row, hit.row),
                    "same_section": float(best.unit.section == hit.unit.section),
                    "each_ahead": min(ahead, behind, 8.0),
                    "ahead": min(ahead, 8.0),
                    "both_asked": float(both_asked),
                    "both_asked_left_out": max(gaps) if both_asked else 0.0,
                    "each_first": float(bool(leads) and best.row in tops),
                    "left_out": float(left_out),
                    "left_out_joined": joined * left_out,
                    "printed_ahead": max((own.printed - other.printed for own, other in pairs), default=0.0),
                },
            )


def _left_out(own: PartMatch, best: PartMatch) -> bool:
    """True for a part that the unit covers and the best unit doesn't."""
    return own.coverage >= 0.5 and best.coverage < own.coverage - 0.3
