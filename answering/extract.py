"""The sentences of a unit that carry the answer, verbatim."""

from __future__ import annotations

import re
from collections.abc import Callable

from index.records import Hit, PolicyUnit, Query
from index.text import Segmenter, normalise, sentences

_FIGURE = re.compile(r"\d")
_ASKS_FIGURE = re.compile(
    r"多少|几[家个项年成条]|多大|目标|指标|比重|百分|数量|占比|规模|how many|how much|target|面积|哪[一]?年"
)
_WHOLE = 160  # a unit of at most this many characters is shown whole
_MOST = 4


class Extractor:
    """Picks sentences by the rare words they share with the question.

    Args:
        segmenter: the index's own.
        rarity: weight of a word, see :meth:`answering.retrieval.Retriever.rarity`.
    """

    def __init__(self, segmenter: Segmenter, rarity: Callable[[str], float]) -> None:
        self._segmenter = segmenter
        self._rarity = rarity

    def opening(self, unit: PolicyUnit) -> tuple[str, ...]:
        """What stands for the unit in a list: its heading sentence, or its first sentence."""
        return sentences(unit.text)[:1]

    def sentences(self, query: Query, unit: PolicyUnit, hit: Hit | None) -> tuple[str, ...]:
        """The sentences that answer ``query``, in the unit's order; the whole unit when it is short or asked for."""
        parts = sentences(unit.text)
        if len(unit.text) <= _WHOLE or not query.topic:
            return parts
        scores = self._scores(query, parts, hit)
        best = max(scores)
        if best <= 0:
            return parts
        ranked = sorted(range(len(parts)), key=lambda place: -scores[place])
        chosen = [place for place in ranked[:_MOST] if scores[place] >= 0.35 * best]
        return tuple(parts[place] for place in sorted(chosen))

    def _scores(self, query: Query, parts: tuple[str, ...], hit: Hit | None) -> list[float]:
        words = {word for run in (*query.topic, *query.context_topic) for word in self._segmenter.words(run)}
        asks_figure = bool(_ASKS_FIGURE.search(normalise(query.question)))
        scores: list[float] = []
        for part in parts:
            shared = words & set(self._segmenter.words(part))
            score = sum(self._rarity(word) for word in shared)
            if hit and hit.sentence and (hit.sentence in part or part in hit.sentence):
                score += 4.0 * hit.similarity
            if asks_figure and _FIGURE.search(part):
                score += 2.0
            score += sum(2.0 for year in query.years if year in part)
            scores.append(score)
        return scores
