"""Which words each unit holds, and how rare each word is: the ground of coverage."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import overload

import numpy as np
from numpy.typing import NDArray

from index.records import ExpectedQuestion, PolicyUnit
from index.text import Segmenter
from index.words import WordTable, texts_of

_REMEMBERED = 20_000  # pairs of units, and units
Coverages = NDArray[np.float64]


class UnitWords:
    """Words of the units of one index.

    Args:
        units: in index order; a unit's row is its place here.
        questions: the units' expected questions.
        segmenter: the index's own.
        table: the words as the index has them; cut here when ``None``.

    Attributes:
        held: for each row the words of its text, its sections and its expected questions.
        printed: for each row the words of its text and its sections only.
        counts: in how many rows' :attr:`printed` each word is.
        similarity: cosine of two rows' held words, weighted by rarity, 0–1.
    """

    def __init__(
        self,
        units: Sequence[PolicyUnit],
        questions: Iterable[ExpectedQuestion],
        segmenter: Segmenter,
        table: WordTable | None = None,
    ) -> None:
        self._segmenter = segmenter
        table = table or WordTable.cut(units, texts_of(units, questions), segmenter.words)
        self.held: Sequence[frozenset[str]] = _Rows(table.held, len(units))
        self.printed: Sequence[frozenset[str]] = _Rows(table.printed, len(units))
        self._holding = _Holding.of(table, asked=True)
        self._printing = _Holding.of(table, asked=False)
        self.counts: Mapping[str, int] = self._printing.counts
        self._rarity = {word: math.log(1 + len(units) / count) for word, count in self._holding.counts.items()}
        self._unknown = math.log(1 + len(units))
        self._squares = {word: rarity**2 for word, rarity in self._rarity.items()}
        self._length = lru_cache(maxsize=_REMEMBERED)(self._length_of)
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
        """The same for many sets of words."""
        weighted = [(word, self.rarity(word)) for word in asked]
        total = sum(rarity for _, rarity in weighted) or 1.0
        return [sum([rarity for word, rarity in weighted if word in held]) / total for held in rows]

    def coverage_by_held(self, asked: Sequence[str]) -> Coverages:
        """The same for the words that each row holds, shape ``(rows,)``."""
        return self._coverage_by(asked, self._holding)

    def coverage_by_printed(self, asked: Sequence[str]) -> Coverages:
        """The same for the words that each row prints, shape ``(rows,)``."""
        return self._coverage_by(asked, self._printing)

    def _coverage_by(self, asked: Sequence[str], holding: _Holding) -> Coverages:
        covered = np.zeros(len(self.held))
        total = 0.0
        for word in asked:  # in this order, as coverages() adds
            rarity = self.rarity(word)
            total += rarity
            covered[holding.rows(word)] += rarity
        return covered / (total or 1.0)

    def _length_of(self, row: int) -> float:
        return math.sqrt(sum(map(self._squares.__getitem__, self.held[row]))) or 1.0

    def _similarity(self, first: int, second: int) -> float:
        shared = sum(map(self._squares.__getitem__, self.held[first] & self.held[second]))
        return shared / (self._length(first) * self._length(second))


class _Rows(Sequence[frozenset[str]]):
    """Words by row, made when asked for: of a hundred thousand units few are ever looked at."""

    def __init__(self, make: Callable[[int], frozenset[str]], size: int) -> None:
        self._make = lru_cache(maxsize=_REMEMBERED)(make)
        self._size = size

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, row: int) -> frozenset[str]: ...

    @overload
    def __getitem__(self, row: slice) -> list[frozenset[str]]: ...

    def __getitem__(self, row: int | slice) -> frozenset[str] | list[frozenset[str]]:
        if isinstance(row, slice):
            return [self._make(each) for each in range(*row.indices(self._size))]
        if not -self._size <= row < self._size:
            raise IndexError(row)
        return self._make(row % self._size)


class _Holding:
    """The rows that hold each word."""

    def __init__(self, numbers: Mapping[str, int], rows: NDArray[np.int32], ends: NDArray[np.int64]) -> None:
        self._numbers = numbers
        self._rows = rows
        self._ends = ends
        sizes = np.diff(ends, prepend=0).tolist()
        self.counts = {word: sizes[number] for word, number in numbers.items() if sizes[number]}

    @classmethod
    def of(cls, table: WordTable, *, asked: bool) -> _Holding:
        return cls({word: number for number, word in enumerate(table.vocabulary)}, *table.rows(asked=asked))

    def rows(self, word: str) -> NDArray[np.int32]:
        """Rows that hold ``word``, rising."""
        number = self._numbers.get(word)
        if number is None:
            return self._rows[:0]
        return self._rows[self._ends[number - 1] if number else 0 : self._ends[number]]
