"""Which words each unit holds, and how rare each word is: the ground of coverage."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from index.records import ExpectedQuestion, PolicyUnit
from index.text import Segmenter

_REMEMBERED = 20_000  # pairs of units


class UnitWords:
    """Words of the units of one index.

    Args:
        units: in index order; a unit's row is its place here.
        questions: the units' expected questions.
        segmenter: the index's own.

    Attributes:
        held: for each row the words of its text, its sections and its expected questions.
        printed: for each row the words of its text and its sections only.
        similarity: cosine of two rows' held words, weighted by rarity, 0–1.
    """

    def __init__(
        self, units: Sequence[PolicyUnit], questions: Iterable[ExpectedQuestion], segmenter: Segmenter
    ) -> None:
        self._segmenter = segmenter
        self.printed = [
            frozenset(word for text in (*unit.section, unit.text) for word in segmenter.words(text)) for unit in units
        ]
        held = {unit.unit_id: set(words) for unit, words in zip(units, self.printed, strict=True)}
        for question in questions:
            held[question.unit_id].update(segmenter.words(question.question))
        self.held = [frozenset(held[unit.unit_id]) for unit in units]
        counts = Counter(word for words in self.held for word in words)
        self._rarity = {word: math.log(1 + len(units) / count) for word, count in counts.items()}
        self._unknown = math.log(1 + len(units))
        self._squares = {word: rarity**2 for word, rarity in self._rarity.items()}
        self._lengths = [math.sqrt(sum(map(self._squares.__getitem__, held))) or 1.0 for held in self.held]
        self.similarity = lru_cache(maxsize=_REMEMBERED)(self._similarity)

    def rarity(self, word: str) -> float:
        """Inverse document frequency over units, log(1 + N / n); that of n = 1 for a word that no unit holds."""
        return self._rarity.get(word, self._unknown)

    def known(self, word: str) -> bool:
        """True when some unit holds ``word``."""
        return word in self._rarity

    def tokens(self, text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Tokens of a normalised text in order, blanks left out, each with the words it is searched by."""
        return ((token, tuple(self._segmenter.words(token))) for token in self._segmenter.tokens(text) if token.strip())

    def of_runs(self, runs: Iterable[str]) -> tuple[str, ...]:
        """The different words of runs of content words, single characters left out."""
        return tuple(dict.fromkeys(word for run in runs for word in self._segmenter.words(run) if len(word) > 1))

    def coverage(self, asked: Sequence[str], held: frozenset[str]) -> float:
        """Share of the words asked, weighted by rarity, that are held, 0–1."""
        return self.coverages(asked, [held])[0]

    def coverages(self, asked: Sequence[str], rows: Iterable[frozenset[str]]) -> list[float]:
        """The same for many rows."""
        weighted = [(word, self.rarity(word)) for word in asked]
        total = sum(rarity for _, rarity in weighted) or 1.0
        return [sum([rarity for word, rarity in weighted if word in held]) / total for held in rows]

    def _similarity(self, first: int, second: int) -> float:
        shared = sum(map(self._squares.__getitem__, self.held[first] & self.held[second]))
        return shared / (self._lengths[first] * self._lengths[second])
