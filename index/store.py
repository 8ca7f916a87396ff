"""The index on disk: records, words, keyword index and vectors, built beside the one in use and swapped in whole.

Layout of a version, see :mod:`index.versions`::

    manifest.json documents.jsonl units.jsonl questions.jsonl … lexicon.txt words/ lexical/ chroma/

A version is written once and never changed: a reader that has it open is not disturbed by a rebuild, and a crash while
building leaves the one in use where it was. A build takes over from it what is the same: words that are cut, vectors of
texts. With ``CHROMA_URL`` the vectors are on a Chroma server instead, in collections named by version. All of it is a
cache of ``corpus/``.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.agencies import Agency
from index.contents import (
    PASSAGES,
    QUESTIONS,
    SCHEMA,
    SEGMENTATION,
    Contents,
    Manifest,
    is_intact,
    keyed,
    manifest_of,
    read_manifest,
    read_notes,
    read_published,
    read_units,
)
from index.glossary import Term
from index.jsonl import read_records
from index.lexical import LexicalIndex
from index.published import Published
from index.records import Document, ExpectedQuestion, PolicyUnit
from index.text import Segmenter, load_lexicon
from index.vectors import UNREADABLE, Place, Vectors, VectorsAwayError
from index.versions import IndexUnusableError, current
from index.words import WordTable
from index.writing import write_index

__all__ = [
    "SCHEMA",
    "SEGMENTATION",
    "Contents",
    "Index",
    "IndexUnusableError",
    "Manifest",
    "is_intact",
    "read_manifest",
    "read_notes",
    "read_published",
    "read_units",
    "write_index",
]

_RETRY = 5.0  # seconds that a Chroma server which didn't answer is left alone

_log = logging.getLogger(__name__)


class Index:
    """An open index: the records, and search by words and by vector over rows that stand for units.

    Attributes:
        version: its name, see :mod:`index.versions`.
        units: all units, in document order; row ``i`` of every score array is ``units[i]``.
        words: of the units.
    """

    def __init__(self, root: Path, segmenter: Segmenter) -> None:
        """Open the index in use below ``root``.

        Raises:
            IndexUnusableError: there is none, or a part of it can't be opened.
        """
        folder = current(root)
        self._folder = folder
        self.version = folder.name
        try:
            self.documents = tuple(read_records(folder / "documents.jsonl", Document))
            self.agencies = tuple(read_records(folder / "agencies.jsonl", Agency))
            self.glossary = tuple(read_records(folder / "glossary.jsonl", Term))
            self.units = tuple(read_records(folder / "units.jsonl", PolicyUnit))
            self.questions = tuple(read_records(folder / "questions.jsonl", ExpectedQuestion))
            self.words = WordTable.load(folder / "words")
            self._lexical = LexicalIndex.load(folder / "lexical", len(self.units))
            self._vectors = Vectors(Place(folder, manifest_of(folder).chroma_url), (PASSAGES, QUESTIONS))
        except UNREADABLE as error:
            raise IndexUnusableError(f"{folder}: cannot be opened ({error}); run python -m ingest") from error
        self._rows = {unit.unit_id: row for row, unit in enumerate(self.units)}
        self._asked = keyed(self.questions)
        self._segmenter = segmenter
        self._away_until = 0.0

    @staticmethod
    def lexicon(root: Path) -> tuple[str, ...]:
        """Words that the index was segmented with.

        Raises:
            IndexUnusableError: there is no index yet.
        """
        try:
            return load_lexicon(current(root) / "lexicon.txt")
        except OSError as error:
            raise IndexUnusableError(f"{root}: lexicon unreadable ({error}); run python -m ingest") from error

    @cached_property
    def published(self) -> tuple[Published, ...]:
        """The documents as published, in order; read when first asked for.

        Raises:
            IndexUnusableError: the version has gone since it was opened.
        """
        try:
            return tuple(read_records(self._folder / "published.jsonl", Published))
        except (OSError, ValueError, TypeError) as error:
            raise IndexUnusableError(f"{self._folder}: has been replaced ({error}); start again") from error

    def lexical_scores(self, text: str) -> NDArray[np.float32]:
        """BM25 score of every unit for ``text``, shape ``(units,)``."""
        return self._lexical.scores(self._segmenter.terms(text))

    def passage_similarities(self, vector: NDArray[np.float32], count: int) -> NDArray[np.float32]:
        """Cosine of every unit's best passage among the ``count`` nearest, shape ``(units,)``; the least found else.

        All zeros while the Chroma server doesn't answer.
        """
        found = self._nearest(PASSAGES, vector, count)
        return self._best((key.rpartition("#")[0], cosine) for key, cosine in found)

    def question_similarities(
        self, vector: NDArray[np.float32], count: int
    ) -> tuple[NDArray[np.float32], dict[str, ExpectedQuestion]]:
        """The same over expected questions, and each unit's nearest question among them."""
        found = [(self._asked[key], cosine) for key, cosine in self._nearest(QUESTIONS, vector, count)]
        nearest: dict[str, ExpectedQuestion] = {}
        for question, _ in found:
            nearest.setdefault(question.unit_id, question)
        return self._best((question.unit_id, cosine) for question, cosine in found), nearest

    def row(self, unit_id: str) -> int:
        """Row of a unit."""
        return self._rows[unit_id]

    def _nearest(self, name: str, vector: NDArray[np.float32], count: int) -> list[tuple[str, float]]:
        """What the vectors say; nothing for a while after their server did not answer: words still find."""
        if time.monotonic() < self._away_until:
            return []
        try:
            return self._vectors.nearest(name, vector, count)
        except VectorsAwayError as error:
            self._away_until = time.monotonic() + _RETRY
            _log.warning("%s; until then units are found by their words only", error)
            return []

    def _best(self, found: Iterable[tuple[str, float]]) -> NDArray[np.float32]:
        """The first cosine of each unit, nearest first; the last of all for units that were not found."""
        best = np.full(len(self.units), np.nan, dtype=np.float32)
        least = 0.0
        for unit_id, cosine in found:
            row = self._rows[unit_id]
            best[row] = cosine if np.isnan(best[row]) else best[row]
            least = cosine
        return np.nan_to_num(best, nan=least)

    def close(self) -> None:
        """Let go of the database files."""
        self._vectors.close()
