"""Search: keyword and vector legs over all units, fused, then bent by what the question names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from answering.weighing.facts import holds_figure, seeks_figure
from answering.words import UnitWords
from index.embedding import Embedder
from index.records import Hit, Intent, PartMatch, Query
from index.store import Index
from index.text import Segmenter, normalise


@dataclass(frozen=True, slots=True)
class Weights:
    """How the legs and what the question names add up; set on ``eval/cases/dev``, see docs/measurements.md."""

    lexical: float = 1.0
    passage: float = 0.3
    question: float = 0.5
    coverage: float = 4.0
    context_topic: float = 0.5
    agency: float = 0.5
    context: float = 0.8
    year: float = 0.5
    figure: float = 2.5


_CLAUSE = re.compile(r"[，。；、]")
_NEAREST_PASSAGES = 80
_NEAREST_QUESTIONS = 120
_MOST_PARTS = 6
_REMEMBERED = 20_000  # units whose figures are kept
_MOST_HITS = 100  # units that are looked at one by one; of more, those with the best scores and those pointed at


class Retriever:
    """Scores every unit for a query.

    The fused score is the weighted sum of z-scores over all units: BM25 of the unit with its expected questions,
    cosine to the unit's best passage, cosine to its best expected question; and of the share of the question's words
    that the unit or its questions hold, and bonuses for what the question names. Rank fusion was measured and lost: a
    weak dense leg at equal weight lowers rank 1.

    Args:
        index: the open index.
        embedder, segmenter: the ones it was built with.
        words: of the index's units.
        weights: fusion weights.
    """

    def __init__(
        self, index: Index, embedder: Embedder, segmenter: Segmenter, words: UnitWords, weights: Weights = Weights()
    ) -> None:
        self._index = index
        self._embedder = embedder
        self._segmenter = segmenter
        self._weights = weights
        self._words = words
        self._of_document: dict[str, list[int]] = {}
        for row, unit in enumerate(index.units):
            self._of_document.setdefault(unit.document, []).append(row)
        self._figures = lru_cache(maxsize=_REMEMBERED)(self._figure_clauses)

    def search(self, query: Query) -> tuple[Hit, ...]:
        """All units the query allows, best first; all there are where a number may be wrong, nothing without words.

        Of more than :data:`_MOST_HITS` only the best by words and vectors, and those that the conversation is about.
        """
        if not query.topic and not query.context_topic:
            return ()
        topic, context = " ".join(query.topic), " ".join(query.context_topic)
        weights = self._weights
        lexical = self._index.lexical_scores(topic)
        if context:
            lexical = lexical + weights.context_topic * self._index.lexical_scores(context)
        vector = self._embedder.embed_query(f"{context} {topic}".strip())
        passages = self._index.passage_similarities(vector, _NEAREST_PASSAGES)
        questions, nearest = self._index.question_similarities(vector, _NEAREST_QUESTIONS)
        scores = (
            weights.lexical * _standardised(lexical)
            + weights.passage * _standardised(passages)
            + weights.question * _standardised(questions)
        )
        asked = self._words.of_runs((*query.topic, *query.context_topic))
        coverages = self._words.coverage_by_held(asked)
        agencies = set(query.agencies.ids)
        parts = [self._part_matches(runs) for runs in query.parts[:_MOST_PARTS]]
        seeks = seeks_figure(query.text)
        hits: list[Hit] = []
        for row in self._candidates(query, scores + weights.coverage * coverages):
            unit, coverage = self._index.units[row], float(coverages[row])
            figure = self._figure_coverage(asked, row) if seeks else 0.0
            score = (
                float(scores[row])
                + weights.coverage * coverage
                + weights.agency * bool(agencies & set(unit.agency_ids))
                + weights.context * (unit.unit_id in query.context)
                + weights.year * any(year in unit.text for year in query.years)
                + weights.figure * figure
            )
            hits.append(
                Hit(
                    unit=unit,
                    score=score,
                    coverage=coverage,
                    figure=figure,
                    asked=len(asked),
                    similarity=float(questions[row]),
                    sentence=nearest[unit.unit_id].sentence if unit.unit_id in nearest else "",
                    row=row,
                    parts=tuple(matches(row) for matches in parts),
                )
            )
        return tuple(sorted(hits, key=lambda hit: -hit.score))

    def _candidates(self, query: Query, scores: NDArray[np.float64]) -> list[int]:
        """Rows of the units the query allows, rising; of very many those with the highest ``scores``."""
        rows = np.arange(len(scores))
        if query.documents:
            rows = np.array(sorted(row for slug in set(query.documents) for row in self._of_document.get(slug, ())))
        if query.unit_ids is not None and query.intent is not Intent.LOOKUP:
            rows = np.intersect1d(rows, self._rows(query.unit_ids))
        if len(rows) > _MOST_HITS:
            pointed_at = np.intersect1d(rows, self._rows(query.context))
            rows = np.union1d(rows[np.argpartition(-scores[rows], _MOST_HITS)[:_MOST_HITS]], pointed_at)
        return [int(row) for row in rows]

    def _rows(self, unit_ids: Iterable[str]) -> NDArray[np.int64]:
        return np.array([self._index.row(unit_id) for unit_id in unit_ids], dtype=np.int64)

    def _part_matches(self, runs: tuple[str, ...]) -> Callable[[int], PartMatch]:
        """How well each row matches one part of the question: by words alone, a part is too short for vectors."""
        asked = self._words.of_runs(runs)
        lexical = _standardised(self._index.lexical_scores(" ".join(runs)))
        held, printed = self._words.coverage_by_held(asked), self._words.coverage_by_printed(asked)

        def match(row: int) -> PartMatch:
            coverage = float(held[row])
            score = float(lexical[row]) + self._weights.coverage * coverage
            return PartMatch(score, coverage, float(printed[row]))

        return match

    def _figure_clauses(self, row: int) -> tuple[frozenset[str], ...]:
        """Words of each clause of the unit that states a figure: what the figure is of."""
        clauses = (clause for clause in _CLAUSE.split(self._index.units[row].text) if holds_figure(normalise(clause)))
        return tuple(frozenset(self._segmenter.words(clause)) for clause in clauses)

    def _figure_coverage(self, asked: tuple[str, ...], row: int) -> float:
        """Coverage by the clause with a figure that covers most; 0 in a unit without figures."""
        return max((self._words.coverage(asked, clause) for clause in self._figures(row)), default=0.0)


def _standardised(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """z-scores; zeros when all scores are equal."""
    spread = float(scores.std())
    return (scores - scores.mean()) / spread if spread > 0 else np.zeros_like(scores)
