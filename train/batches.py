"""Batches of query and passage ids, each from one source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.text import Segmenter
from train.encoded import EncodedSource, Ids, encode_texts
from train.sources import segmented_clauses

PASSAGE_IDS = 256  # longer passages are cut; nine in ten are shorter
KEEP_SPAN = 0.35  # share of cloze queries that stay in their passage (Lee, Chang & Toutanova, ACL 2019)
SPAN_CLAUSES = 3
FRAMED = 0.5  # share of queries wrapped in everyday question wording
NEIGHBOURS = 8  # records taken in a row, so that some negatives come from the same document


@dataclass(frozen=True)
class Frame:
    """Everyday wording before and after a query."""

    before: Ids
    after: Ids


def read_frames(path: Path, segmenter: Segmenter, tokenizer: Tokenizer) -> list[Frame]:
    """Frames of a file with one ``before…after`` a line; ``#`` starts a comment."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    halves = [line.split("…", 1) for line in lines if "…" in line]
    before, after = (
        encode_texts([segmented_clauses(half[side], segmenter) for half in halves], tokenizer) for side in (0, 1)
    )
    return [Frame(before.whole(number), after.whole(number)) for number in range(len(halves))]


@dataclass(frozen=True)
class Batch:
    """Pairs of one source. Equal numbers in a key array mark duplicates."""

    queries: list[Ids]
    passages: list[Ids]
    query_keys: NDArray[np.int64]
    passage_keys: NDArray[np.int64]


class Sampler:
    """Endless batches from one source; a text without query lends one by inverse cloze."""

    def __init__(self, source: EncodedSource, frames: Sequence[Frame], seed: int) -> None:
        self._source = source
        self._frames = frames
        self._random = np.random.default_rng(seed)
        self._order = self._shuffled()

    def batch(self, size: int) -> Batch:
        """Up to ``size`` pairs; a small source gives all it has."""
        records = self._take(min(size, len(self._source.passages)))
        pairs = [(int(record), *self._pair(int(record))) for record in records]
        full = [(number, query, passage) for number, query, passage in pairs if len(query) and len(passage)]
        numbers = np.array([number for number, _, _ in full])
        queries = [self._framed(query) for _, query, _ in full]
        return Batch(queries, [passage for _, _, passage in full], self._source.query_keys[numbers], numbers)

    def _take(self, size: int) -> list[int]:
        taken: dict[int, None] = {}
        while len(taken) < size:
            for record in self._order:
                taken.setdefault(record)
                if len(taken) == size:
                    return list(taken)
            self._order = self._shuffled()
        return list(taken)

    def _shuffled(self) -> Iterator[int]:
        """All records once, in runs of neighbours."""
        total = len(self._source.passages)
        shift = int(self._random.integers(NEIGHBOURS))
        starts = np.arange(-shift, total, NEIGHBOURS)
        for start in self._random.permutation(starts):
            yield from range(max(int(start), 0), min(int(start) + NEIGHBOURS, total))

    def _pair(self, record: int) -> tuple[Ids, Ids]:
        if self._source.queries is not None:
            return self._source.queries.whole(record), self._source.passages.whole(record)[:PASSAGE_IDS]
        return self._cloze(self._source.passages.clauses(record))

    def _cloze(self, clauses: list[Ids]) -> tuple[Ids, Ids]:
        """A run of one to three clauses, and the text it was taken from."""
        if len(clauses) < 2:
            return _EMPTY, _EMPTY
        span = int(self._random.integers(1, min(SPAN_CLAUSES, len(clauses) - 1) + 1))
        start = int(self._random.integers(len(clauses) - span + 1))
        query = np.concatenate(clauses[start : start + span])
        rest = clauses if self._random.random() < KEEP_SPAN else clauses[:start] + clauses[start + span :]
        return query, np.concatenate(rest)[:PASSAGE_IDS]

    def _framed(self, query: Ids) -> Ids:
        if not self._frames or self._random.random() >= FRAMED:
            return query
        frame = self._frames[int(self._random.integers(len(self._frames)))]
        return np.concatenate([frame.before, query, frame.after])


_EMPTY: Ids = np.empty(0, dtype=np.int32)
