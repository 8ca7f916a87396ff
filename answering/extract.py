"""The sentences of a unit that carry the answer, verbatim."""

from __future__ import annotations

from collections.abc import Callable

from answering.weighing.facts import holds_figure, seeks_figure
from index.records import Hit, PolicyUnit, Query
from index.text import Segmenter, normalise, plain, sentences

_WHOLE = 160  # a unit of at most this many characters is shown whole
_MOST = 4


class Extractor:
    """Picks sentences by the rare words they share with the question.

    Args:
        segmenter: the index's own.
        rarity: weight of a word, see :meth:`answering.words.UnitWords.rarity`.
    """

    def __init__(self, segmenter: Segmenter, rarity: Callable[[str], float]) -> None:
        self._segmenter = segmenter
        self._rarity = rarity

    def prints(self, unit: PolicyUnit, run: str) -> bool:
        """True when the unit prints every word of ``run``, a run of content words."""
        words = [word for word in self._segmenter.tokens(normalise(run)) if len(word) > 1]
        text = plain(unit.text)
        return bool(words) and all(plain(word) in text for word in words)

    def whole(self, unit: PolicyUnit) -> tuple[str, ...]:
        """Every sentence of the unit."""
        return sentences(unit.text)

    def opening(self, unit: PolicyUnit) -> tuple[str, ...]:
        """What stands for the unit in a list: its heading sentence, or its first sentence."""
        return sentences(unit.text)[:1]

    def sentences(self, query: Query, unit: PolicyUnit, hit: Hit | None) -> tuple[str, ...]:
        """The sentences that answer ``query``, in the unit's order; the whole unit when it is short or asked for."""
        parts = sentences(unit.text)
        if len(unit.text) <= _WHOLE or not query.topic:
            return parts
        scores = self._scores(query, unit, parts, hit)
        best = max(scores)
        if best <= 0:
            return parts
        ranked = sorted(range(len(parts)), key=lambda place: -scores[place])
        chosen = [place for place in ranked[:_MOST] if scores[place] >= 0.35 * best]
        return tuple(parts[place] for place in sorted(chosen))

    def _scores(self, query: Query, unit: PolicyUnit, parts: tuple[str, ...], hit: Hit | None) -> list[float]:
        words = {word for run in (*query.topic, *query.context_topic) for word in self._segmenter.words(run)}
        asks_figure = seeks_figure(query.text)
        scores: list[float] = []
        for part in parts:
            shared = words & set(self._segmenter.words(part))
            score = sum(self._rarity(word) for word in shared)
            if hit and hit.sentence and (hit.sentence in part or part in hit.sentence):
                score += 4.0 * hit.similarity
            if asks_figure and holds_figure(normalise(part)):
                score += 2.0
            score += sum(2.0 for year in query.years if year in part)
            scores.append(0.0 if unit.heading and part.rstrip("。") == unit.heading else score)
        return scores
