"""Whether the documents answer a question at all: a learned weighing of what search found and what it left over.

Three classes: answered, not stated, out of scope. Two logistic regressions read the question. One sees its *shape*: its
words in order, those that the best unit holds and the names of bodies replaced by marks. The other sees the *pieces*
of what the marks leave over: runs of its characters. What is left over (补贴多少钱, 公积金, 上海) tells how a question
that a unit answers differs from one that merely shares words with it, and holds for any document. Then a small network
weighs that together with plain figures of the search. The numbers of all are data in
``models/jince-weighing/verdict.json``, made by ``python -m train.verdict``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path

import numpy as np

from answering.understanding.lexis import function_words
from answering.understanding.places import countries_in, places_in
from answering.weighing.facts import seeks_figure
from answering.weighing.network import Network
from answering.words import UnitWords
from index.agencies import AgencyRegistry
from index.records import SEARCHED, Cue, Hit, Intent, Query
from index.settings import ROOT
from index.text import Segmenter, is_word

MODEL = ROOT / "models" / "jince-weighing" / "verdict.json"
JUDGED = SEARCHED | {Intent.AGENCY_TASKS}  # what a body does is looked up, but may be asked of anything else it does
HELD, PARTLY, ELSEWHERE, UNKNOWN, BODY = "◆", "◈", "◇", "?", "▲"
_NEAR = 0.4  # share of the words from which a clause with a figure speaks of what is asked
FIGURES = (
    "coverage",
    "printed coverage",
    "log words",
    "coverage × log words",
    "unknown share",
    "elsewhere share",
    "unknown",
    "unknown rarity",
    "all known",
    "all known × coverage",
    "similarity",
    "similarity × coverage",
    "score",
    "margin",
    "region asked",
    "other place",
    "other country",
    "missing",
    "missing × coverage",
    "missing × unknown share",
    "seeks figure",
    "figure",
    "figure far",
    "who",
    "length",
    "context",
    "comparison",
)

_LONG = 80  # characters, and tokens, that a long question is taken for
PRESENT = 0.5  # what a token that is there counts


class Judgement(StrEnum):
    """What a question deserves."""

    ANSWERED = "answered"
    NOT_STATED = "not_stated"
    OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True, slots=True)
class Features:
    """What is seen of one question: figures of the search, as :data:`FIGURES` names them, and its tokens.

    ``shape`` has one to three neighbours of the question's marked words, ``pieces`` one to three neighbouring
    characters of the words that the best unit does not hold, and those that no unit holds whole.
    """

    figures: tuple[float, ...]
    shape: frozenset[str]
    pieces: frozenset[str]


@dataclass(frozen=True, slots=True)
class Regression:
    """Weights of every token for each class, and bias; a token without weights counts nothing."""

    tokens: Mapping[str, Sequence[float]]
    bias: Sequence[float]

    def totals(self, tokens: Collection[str]) -> list[float]:
        """What the tokens say for each class, each at half weight."""
        totals = list(self.bias)
        for token in tokens:
            for place, weight in enumerate(self.tokens.get(token, ())):
                totals[place] += weight * PRESENT
        return totals


@dataclass(frozen=True, slots=True)
class VerdictModel:
    """The model's numbers; classes are in the order of :class:`Judgement`.

    Attributes:
        shape, pieces: the regressions over the tokens of that name.
        network: over the figures and the token totals of both regressions, ``figures + 2 · classes`` columns.
    """

    shape: Regression
    pieces: Regression
    network: Network

    @classmethod
    def read(cls, path: Path) -> VerdictModel:
        """The model that ``train`` wrote to ``path``."""
        record = json.loads(path.read_text(encoding="utf-8"))
        shape, pieces = (Regression(part["tokens"], part["bias"]) for part in (record["shape"], record["pieces"]))
        return cls(shape, pieces, Network.read(record))

    @classmethod
    def untrained(cls) -> VerdictModel:
        """A model that takes every question for answered: where training begins."""
        figures, classes = len(FIGURES), len(Judgement)
        silent = Regression({}, [0.0] * classes)
        hidden = np.zeros((figures + 2 * classes, 1)), np.zeros(1)
        output = np.zeros((1, classes)), np.array([9.0, 0.0, 0.0])
        return cls(silent, silent, Network(np.zeros(figures), np.ones(figures), hidden, output))

    def totals(self, features: Features) -> list[float]:
        """What the tokens say for each class, by shape and then by pieces."""
        return [*self.shape.totals(features.shape), *self.pieces.totals(features.pieces)]

    def probabilities(self, features: Features) -> dict[Judgement, float]:
        """Probability of each class."""
        scores = self.network.scores(np.array([[*features.figures, *self.totals(features)]]))[0]
        shares = np.exp(scores - scores.max())
        return dict(zip(Judgement, (shares / shares.sum()).tolist(), strict=True))


class Verdict:
    """Judges questions that are answered by search, and those about a body.

    Args:
        words: of the index's units.
        segmenter: the index's own.
        registry: knows the bodies' names.
        model: see :data:`MODEL`; read from there when ``None``.
    """

    def __init__(
        self, words: UnitWords, segmenter: Segmenter, registry: AgencyRegistry, model: VerdictModel | None = None
    ) -> None:
        self._words = words
        self._segmenter = segmenter
        self._registry = registry
        self._functions = function_words()
        self._model = model or VerdictModel.read(MODEL)

    def judge(self, query: Query, hits: Sequence[Hit], missing: str | None) -> dict[Judgement, float]:
        """Probability of each judgement.

        Args:
            query: the question.
            hits: what was found, best first; at least one.
            missing: the kind of fact it asks for and the best unit doesn't tell, by :mod:`answering.weighing.facts`.
        """
        return self._model.probabilities(self.features(query, hits, missing))

    def features(self, query: Query, hits: Sequence[Hit], missing: str | None) -> Features:
        """Features of a question; see :meth:`judge` for the arguments."""
        seen = list(islice(self._marked(query, hits[0].row), _LONG))
        shape = ["^", *(mark for mark, _ in seen), "$"]
        runs = (" ".join(run) for run in _runs(shape))
        pieces = {f"={word}" for mark, token in seen if mark[0] == UNKNOWN for word in self._segmenter.words(token)}
        pieces.update("".join(run) for _, token in seen if token for run in _runs(f"<{token}>"))
        named = [f"missing {missing}"] if missing else []
        return Features(self._figures(query, hits, missing), frozenset((*named, *runs)), frozenset(pieces))

    def _figures(self, query: Query, hits: Sequence[Hit], missing: str | None) -> tuple[float, ...]:
        """Values of :data:`FIGURES`."""
        best, words = hits[0], self._words
        asked = words.of_runs((*query.topic, *query.context_topic))
        total = sum(map(words.rarity, asked)) or 1.0
        unknown = [word for word in asked if not words.known(word)]
        elsewhere = [word for word in asked if words.known(word) and word not in words.held[best.row]]
        count, size = max(len(asked), 1), math.log1p(len(asked))
        lacks, seeks = float(missing is not None), float(seeks_figure(query.text))
        all_known = float(bool(asked) and not unknown)
        return (
            best.coverage,
            words.coverage(asked, words.printed[best.row]),
            size,
            best.coverage * size,
            len(unknown) / count,
            len(elsewhere) / count,
            float(min(len(unknown), 4)),
            sum(map(words.rarity, unknown)) / total,
            all_known,
            all_known * best.coverage,
            best.similarity,
            best.similarity * best.coverage,
            best.score / 10,
            (best.score - hits[1].score) / 5 if len(hits) > 1 else 0.0,
            float(bool(query.region)),
            float(any(place not in best.unit.text for place in places_in(query.text))),
            float(any(country not in best.unit.text for country in countries_in(query.text))),
            lacks,
            lacks * best.coverage,
            lacks * len(unknown) / count,
            seeks,
            best.figure,
            seeks * float(best.figure < _NEAR),
            float(Cue.WHO in query.cues),
            min(len(query.text), _LONG) / 20,
            float(bool(query.context_topic)),
            float(query.intent is Intent.COMPARISON),
        )

    def _marked(self, query: Query, row: int) -> Iterator[tuple[str, str]]:
        """The question's tokens as marks, and what of each is left over: nothing of what marks say already.

        Function words stay as they are; names of bodies become a mark; others what the best unit and the rest know of
        them.
        """
        bodies = [(mention.start, mention.end) for mention in self._registry.find(query.text)]
        last, end = "", 0
        for token in self._segmenter.tokens(query.text):
            start, end = end, end + len(token)
            body = any(first < end and start < behind for first, behind in bodies)
            mark, left = (BODY, "") if body and token.strip() else self._mark(token, row)
            if mark and not (mark == last and mark in (HELD, BODY)):
                yield mark, left
            last = mark or last

    def _mark(self, token: str, row: int) -> tuple[str, str]:
        if not token.strip():
            return "", ""
        if token in self._functions or not is_word(token):
            return token, ""
        words = self._segmenter.words(token)
        held = [word in self._words.held[row] for word in words]
        if held and all(held):
            return HELD, ""
        if any(held):
            return PARTLY, token
        known = held and all(map(self._words.known, words))
        return (ELSEWHERE if known else UNKNOWN) + token, token


def _runs(items: Sequence[str]) -> Iterator[Sequence[str]]:
    """Runs of one to three neighbours."""
    return (items[start : start + length] for length in (1, 2, 3) for start in range(len(items) - length + 1))
