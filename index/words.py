"""The words of every unit as numbers: cut once by a build, taken over by the next, and read back without cutting."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.records import ExpectedQuestion, PolicyUnit
from index.text import bigrams, normalise

Cut = Callable[[str], Sequence[str]]
Numbers = NDArray[np.int32]
Places = NDArray[np.int64]
_ARRAYS = ("numbers", "ends", "pieces")
_VOCABULARY = "vocabulary.txt"
_TEXT, _ASKED = 1, 2  # pieces of a unit; before them its sections


def texts_of(units: Sequence[PolicyUnit], questions: Iterable[ExpectedQuestion]) -> list[tuple[str, ...]]:
    """What is read of each unit: its sections, its text and its expected questions."""
    asked: dict[str, list[str]] = {unit.unit_id: [] for unit in units}
    for question in questions:
        asked[question.unit_id].append(question.question)
    return [(*unit.section, unit.text, *asked[unit.unit_id]) for unit in units]


def terms(text: str, cut: Cut) -> list[str]:
    """Terms for the lexical index: words, and bigrams as a safety net under them (a two-character word once)."""
    found = list(cut(text))
    seen = set(found)
    return found + [pair for pair in bigrams(normalise(text)) if pair not in seen]


@dataclass(frozen=True, slots=True)
class WordTable:
    """Words of the units of one index, see :meth:`index.text.Segmenter.words`; repeated ones are repeated.

    Attributes:
        vocabulary: every word; its place is its number.
        numbers: of the words of all texts one after another, in the order of :func:`texts_of`.
        ends: place in ``numbers`` behind each text, after a first 0.
        pieces: place in ``ends`` of the end of each unit's sections, its text and its questions, shape ``(units, 3)``.
    """

    vocabulary: tuple[str, ...]
    numbers: Numbers
    ends: Places
    pieces: Places

    @classmethod
    def cut(cls, units: Sequence[PolicyUnit], texts: Sequence[Sequence[str]], cut: Cut) -> WordTable:
        """The words of ``texts``, see :func:`texts_of`, by ``cut``."""
        known: dict[str, int] = {}
        numbers: list[Numbers] = [np.zeros(0, dtype=np.int32)]
        ends = [0]
        pieces: list[tuple[int, int, int]] = []
        for unit, of_unit in zip(units, texts, strict=True):
            first = len(ends) - 1 + len(unit.section)
            pieces.append((first, first + 1, len(ends) - 1 + len(of_unit)))
            for text in of_unit:
                words = cut(text)
                numbers.append(np.array([known.setdefault(word, len(known)) for word in words], dtype=np.int32))
                ends.append(ends[-1] + len(words))
        found = np.array(pieces, dtype=np.int64).reshape(-1, 3)
        return cls(tuple(known), np.concatenate(numbers), np.array(ends, dtype=np.int64), found)

    @classmethod
    def load(cls, folder: Path) -> WordTable:
        """Open what :meth:`save` wrote.

        Raises:
            OSError, ValueError: it is not there, or no array.
        """
        numbers, ends, pieces = (np.load(folder / f"{name}.npy") for name in _ARRAYS)
        words = (folder / _VOCABULARY).read_text(encoding="utf-8")
        return cls(tuple(words.split("\n")) if words else (), numbers, ends, pieces)

    def save(self, folder: Path) -> None:
        """Write the table into ``folder``."""
        folder.mkdir(parents=True)
        (folder / _VOCABULARY).write_text("\n".join(self.vocabulary), encoding="utf-8", newline="\n")
        for name in _ARRAYS:
            np.save(folder / f"{name}.npy", getattr(self, name))

    def __len__(self) -> int:
        return len(self.pieces)

    def of_text(self, place: int) -> tuple[str, ...]:
        """The words of a text, in order."""
        return tuple(self._words(self.ends[place], self.ends[place + 1]))

    def printed(self, row: int) -> frozenset[str]:
        """The different words of a unit's sections and text."""
        return frozenset(self._words(self._start(row), self.ends[self.pieces[row, _TEXT]]))

    def held(self, row: int) -> frozenset[str]:
        """Those of its expected questions, too."""
        return frozenset(self._words(self._start(row), self.ends[self.pieces[row, _ASKED]]))

    def text_counts(self) -> dict[str, int]:
        """How often each word stands in the texts of all units; those that stand in none are left out."""
        first, last = self.ends[self.pieces[:, 0]], self.ends[self.pieces[:, _TEXT]]
        found = self.numbers[_inside(first, last, len(self.numbers))]
        counts = np.bincount(found, minlength=len(self.vocabulary)).tolist()
        order = dict.fromkeys(found.tolist())  # as printed
        return {self.vocabulary[number]: counts[number] for number in order}

    def rows(self, *, asked: bool) -> tuple[Numbers, Places]:
        """Rows of the units that hold each word, expected questions included if ``asked``.

        Returns:
            The rows, word after word and rising for each, and the place behind each word's, shape ``(vocabulary,)``.
        """
        units = max(len(self), 1)
        first = np.concatenate([np.zeros(1, dtype=np.int64), self.ends[self.pieces[:, _ASKED]]])[:-1]
        last = self.ends[self.pieces[:, _ASKED if asked else _TEXT]]
        of_row = np.repeat(np.arange(len(self)), self.ends[self.pieces[:, _ASKED]] - first)
        inside = _inside(first, last, len(self.numbers))
        pairs = np.sort(self.numbers[inside].astype(np.int64) * units + of_row[inside])
        pairs = pairs[np.concatenate([np.ones(1, dtype=np.bool_), np.diff(pairs) > 0])[: len(pairs)]]
        counts = np.bincount(pairs // units, minlength=len(self.vocabulary))
        return (pairs % units).astype(np.int32), np.cumsum(counts)

    def _start(self, row: int) -> int:
        return int(self.ends[self.pieces[row - 1, _ASKED]]) if row else 0

    def _words(self, start: int, end: int) -> Iterator[str]:
        return (self.vocabulary[number] for number in self.numbers[start:end].tolist())


def _inside(first: Places, last: Places, size: int) -> NDArray[np.bool_]:
    """True for the places in one of the spans, which don't overlap."""
    steps = np.zeros(size + 1, dtype=np.int32)
    np.add.at(steps, first, 1)
    np.add.at(steps, last, -1)
    return np.asarray(np.cumsum(steps[:-1]) > 0)


def remembering(cut: Cut, texts: Iterable[Sequence[str]], table: WordTable) -> Cut:
    """Cuts by ``cut``, but has the words of ``texts``, see :func:`texts_of`, from their ``table``."""
    places = {text: place for place, text in enumerate(text for of_unit in texts for text in of_unit)}

    def remembered(text: str) -> Sequence[str]:
        place = places.get(text)
        return cut(text) if place is None else table.of_text(place)

    return remembered
