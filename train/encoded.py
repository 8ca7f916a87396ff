"""Records as numbers: one flat array of token ids for each side of a source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from train.sources import Clauses, Source

Ids = NDArray[np.int32]


@dataclass(frozen=True)
class Texts:
    """Texts → clauses → ids, each level as the bounds of its runs in the level below."""

    ids: Ids
    clause_bounds: NDArray[np.int64]
    text_bounds: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.text_bounds) - 1

    def clauses(self, text: int) -> list[Ids]:
        """Ids of each clause of one text."""
        first, last = self.text_bounds[text], self.text_bounds[text + 1]
        bounds = self.clause_bounds[first : last + 1]
        return [self.ids[start:stop] for start, stop in pairwise(bounds)]

    def whole(self, text: int) -> Ids:
        """Ids of one text, clause marks forgotten."""
        bounds = self.clause_bounds[self.text_bounds[text : text + 2]]
        return self.ids[bounds[0] : bounds[1]]


@dataclass(frozen=True)
class EncodedSource:
    """A source in numbers. ``queries`` is ``None`` where the source is text alone."""

    name: str
    passages: Texts
    queries: Texts | None
    query_keys: NDArray[np.int64]
    """Equal numbers mark equal queries: their passages are no negatives of each other."""


def encode_source(source: Source, tokenizer: Tokenizer) -> EncodedSource:
    """Ids of all records of ``source``; a source with any query is taken as pairs."""
    passages = encode_texts([record.passage for record in source.records], tokenizer)
    queries = [record.query for record in source.records]
    if not any(queries):
        return EncodedSource(source.name, passages, None, np.arange(len(passages)))
    return EncodedSource(source.name, passages, encode_texts(queries, tokenizer), _keys(queries))


def encode_texts(texts: Sequence[Clauses], tokenizer: Tokenizer) -> Texts:
    """Ids of ``texts``."""
    clauses = [clause for text in texts for clause in text]
    encoded = [encoding.ids for encoding in tokenizer.encode_batch(clauses, add_special_tokens=False)]
    flat = np.fromiter((number for clause in encoded for number in clause), dtype=np.int32)
    return Texts(flat, _bounds(map(len, encoded)), _bounds(map(len, texts)))


def _bounds(lengths: Iterable[int]) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(np.fromiter(lengths, dtype=np.int64))])


def _keys(queries: Sequence[Clauses]) -> NDArray[np.int64]:
    numbers: dict[Clauses, int] = {}
    return np.array([numbers.setdefault(query, len(numbers)) for query in queries], dtype=np.int64)
