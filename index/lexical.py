"""Keyword search: BM25 (bm25s) over jieba words and character bigrams."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

logging.getLogger("bm25s").setLevel(logging.WARNING)  # it reports every build at DEBUG on a handler of its own


class LexicalIndex:
    """BM25 over texts already cut into terms; row ``i`` of every score array is text ``i``.

    BM25 after Robertson & Zaragoza (2009) in bm25s's Lucene variant, k1 = 1.5, b = 0.75 (the library's defaults).
    """

    def __init__(self, index: bm25s.BM25, size: int) -> None:
        self._index = index
        self._vocabulary: dict[str, int] = index.vocab_dict
        self.size = size

    @classmethod
    def build(cls, texts: Sequence[Sequence[str]]) -> LexicalIndex:
        """Index ``texts``, each a sequence of terms."""
        index = bm25s.BM25()
        index.index([list(terms) for terms in texts], show_progress=False)
        return cls(index, len(texts))

    @classmethod
    def load(cls, folder: Path, size: int) -> LexicalIndex:
        """Open what :meth:`save` wrote."""
        return cls(bm25s.BM25.load(folder, load_corpus=False), size)

    def save(self, folder: Path) -> None:
        """Write the index into ``folder``."""
        self._index.save(folder, show_progress=False)

    def scores(self, terms: Sequence[str]) -> NDArray[np.float32]:
        """BM25 score of every text for ``terms``, shape ``(size,)``; zeros when no term is known."""
        known = [term for term in terms if term in self._vocabulary]
        if not known:
            return np.zeros(self.size, dtype=np.float32)
        return np.asarray(self._index.get_scores(known), dtype=np.float32)
