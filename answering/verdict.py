"""Whether the documents answer a question at all: a learned weighing of what search found and what it left over.

A logistic regression with three classes: answered, not stated, out of scope. Besides plain figures of the search it
sees the question's *shape*: its words in order, those that the best unit holds replaced by a mark. What remains
(补贴多少钱, 公积金, 上海) tells how a question that a unit answers differs from one that merely shares words with it,
and holds for any document. Weights: ``models/jince-weighing/verdict.json``, made by ``python -m train.verdict``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from answering.facts import seeks_figure
from answering.lexis import function_words
from answering.places import countries_in, places_in
from answering.words import UnitWords
from index.records import Cue, Hit, Intent, Query
from index.settings import ROOT
from index.text import Segmenter, is_word

MODEL = ROOT / "models" / "jince-weighing" / "verdict.json"
HELD, PARTLY, ELSEWHERE, UNKNOWN = "◆", "◈", "◇", "?"
_NEAR = 0.4  # share of the words from which a clause with a figure speaks of what is asked
_TOKEN_WEIGHT = 0.5  # of one token or n-gram beside the figures, which are of about this size


class Judgement(StrEnum):
    """What a question deserves."""

    ANSWERED = "answered"
    NOT_STATED = "not_stated"
    OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True, slots=True)
class VerdictModel:
    """Weights of every feature for each class, in the order of :class:`Judgement`."""

    weights: Mapping[str, Sequence[float]]
    bias: Sequence[float]

    @classmethod
    def read(cls, path: Path) -> VerdictModel:
        """The model that ``train`` wrote to ``path``."""
        record = json.loads(path.read_text(encoding="utf-8"))
        return cls(record["weights"], record["bias"])

    def probabilities(self, features: Mapping[str, float]) -> dict[Judgement, float]:
        """Probability of each class; a feature without weights counts nothing."""
        totals = list(self.bias)
        for name, value in features.items():
            for place, weight in enumerate(self.weights.get(name, ())):
                totals[place] += weight * value
        highest = max(totals)
        shares = [math.exp(total - highest) for total in totals]
        return {judgement: share / sum(shares) for judgement, share in zip(Judgement, shares, strict=True)}


class Verdict:
    """Judges questions that are answered by search.

    Args:
        words: of the index's units.
        segmenter: the index's own.
        model: see :data:`MODEL`; read from there when ``None``.
    """

    def __init__(self, words: UnitWords, segmenter: Segmenter, model: VerdictModel | None = None) -> None:
        self._words = words
        self._segmenter = segmenter
        self._functions = function_words()
        self._model = model or VerdictModel.read(MODEL)

    def judge(self, query: Query, hits: Sequence[Hit], missing: str | None) -> dict[Judgement, float]:
        """Probability of each judgement.

        Args:
            query: the question.
            hits: what was found, best first; at least one.
            missing: the kind of fact it asks for and the best unit doesn't tell, by :mod:`answering.facts`.
        """
        return self._model.probabilities(dict(self.features(query, hits, missing)))

    def features(self, query: Query, hits: Sequence[Hit], missing: str | None) -> Iterator[tuple[str, float]]:
        """Features by name; see :meth:`judge` for the arguments."""
        best, words = hits[0], self._words
        asked = words.of_runs((*query.topic, *query.context_topic))
        total = sum(map(words.rarity, asked)) or 1.0
        unknown = [word for word in asked if not words.known(word)]
        elsewhere = [word for word in asked if words.known(word) and word not in words.held[best.row]]
        count, size = max(len(asked), 1), math.log1p(len(asked))
        yield "coverage", best.coverage
        yield "printed", words.coverage(asked, words.printed[best.row])
        yield "words", size
        yield "coverage × words", best.coverage * size
        yield "unknown share", len(unknown) / count
        yield "elsewhere share", len(elsewhere) / count
        yield "unknown", float(min(len(unknown), 4))
        yield "unknown rarity", sum(map(words.rarity, unknown)) / total
        yield "similarity", best.similarity
        yield "score", best.score / 10
        yield "margin", (best.score - hits[1].score) / 5 if len(hits) > 1 else 0.0
        yield "region", float(bool(query.region))
        yield "other place", float(any(place not in best.unit.text for place in places_in(query.text)))
        yield "other country", float(any(country not in best.unit.text for country in countries_in(query.text)))
        yield "missing", float(missing is not None)
        yield "missing × coverage", float(missing is not None) * best.coverage
        yield "missing × unknown share", float(missing is not None) * len(unknown) / count
        seeks = float(seeks_figure(query.text))
        yield "seeks figure", seeks
        yield "figure", best.figure
        yield "figure far", seeks * float(best.figure < _NEAR)
        yield "all known", float(not unknown)
        yield "all known × coverage", float(not unknown) * best.coverage
        yield "similarity × coverage", best.similarity * best.coverage
        yield "who", float(Cue.WHO in query.cues)
        yield "length", len(query.text) / 20
        yield "context", float(bool(query.context_topic))
        yield "comparison", float(query.intent is Intent.COMPARISON)
        if missing:
            yield f"missing {missing}", 1.0
        tokens = ["^", *self._shape(query, best.row), "$"]
        for length in (1, 2, 3):
            for start in range(len(tokens) - length + 1):
                yield " ".join(tokens[start : start + length]), _TOKEN_WEIGHT

    def _shape(self, query: Query, row: int) -> Iterator[str]:
        """The question's tokens: function words as they are, others as what the best unit and the rest know of them."""
        last = ""
        for token in self._segmenter.tokens(query.text):
            mark = self._mark(token, row)
            if mark and not (mark == last == HELD):
                yield mark
            last = mark or last

    def _mark(self, token: str, row: int) -> str:
        if not token.strip():
            return ""
        if token in self._functions or not is_word(token):
            return token
        held = [word in self._words.held[row] for word in self._segmenter.words(token)]
        if held and all(held):
            return HELD
        if any(held):
            return PARTLY
        known = held and all(map(self._words.known, self._segmenter.words(token)))
        return (ELSEWHERE if known else UNKNOWN) + token
