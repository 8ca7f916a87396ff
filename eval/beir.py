"""A public yardstick: BM25, dense and fused retrieval over a set in BEIR layout that no one here wrote.

Layout (Thakur et al., *BEIR*, NeurIPS 2021): ``corpus.jsonl`` with ``_id``, ``title``, ``text``; ``queries.jsonl`` with
``_id``, ``text``; ``qrels.tsv`` or ``qrels/test.tsv`` with query, document, relevance. Each may be compressed (``.xz``,
``.gz``).
"""

from __future__ import annotations

import csv
import gzip
import json
import lzma
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO

import bm25s
import numpy as np
from numpy.typing import NDArray

from answering.retrieval import Weights
from eval.metrics import recall_at, reciprocal_rank
from eval.statistics import bootstrap_intervals
from index.embedding import Embedder
from index.text import Segmenter

DEPTHS = (1, 5, 10, 100)
_BATCH = 512
Scores = NDArray[np.float32]
Bar = Callable[[str, Iterable[str]], Iterable[str]]


class BeirError(ValueError):
    """A retrieval set can't be read; the message names the file, the line and the remedy."""


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """Questions with the ids of the documents that answer them, and where the documents are."""

    corpus: Path
    queries: Mapping[str, str]
    relevant: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class RetrievalScore:
    """Mean of a metric over questions, with its 95 % bootstrap interval."""

    system: str
    metric: str
    value: float
    low: float
    high: float


def read_set(folder: Path) -> RetrievalSet:
    """Questions and judgements of ``folder``; questions without a judgement are left out.

    Raises:
        BeirError: a file is missing or has another layout.
    """
    corpus, queries = _file(folder, "corpus.jsonl"), _file(folder, "queries.jsonl")
    relevant: dict[str, set[str]] = {}
    judgements = _file(folder, "qrels.tsv", "qrels/test.tsv", "qrels/dev.tsv")
    with _open(judgements) as file:
        for number, row in enumerate(csv.reader(file, delimiter="\t"), 1):
            if number == 1 and row and row[-1] == "score":
                continue
            if len(row) != 3:
                raise BeirError(f"{judgements}:{number}: expected query, document and score, got {row}")
            if int(row[2]) > 0:
                relevant.setdefault(row[0], set()).add(row[1])
    texts = {key: text for key, text in _texts(queries) if key in relevant}
    if not texts:
        raise BeirError(f"{folder}: no question of {queries.name} has a judgement in {judgements.name}")
    return RetrievalSet(corpus, texts, {key: frozenset(relevant[key]) for key in texts})


def _file(folder: Path, *names: str) -> Path:
    for name in names:
        for suffix in ("", ".xz", ".gz"):
            if (path := folder / f"{name}{suffix}").is_file():
                return path
    raise BeirError(f"{folder}: no {' or '.join(names)}, plain, .xz or .gz; this is not a set in BEIR layout")


def _open(path: Path) -> IO[str]:
    if path.suffix == ".xz":
        return lzma.open(path, "rt", encoding="utf-8")
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def _texts(path: Path) -> Iterator[tuple[str, str]]:
    with _open(path) as file:
        for number, line in enumerate(file, 1):
            try:
                record = json.loads(line)
                yield str(record["_id"]), f"{record.get('title') or ''} {record['text']}".strip()
            except (ValueError, KeyError, TypeError) as error:
                raise BeirError(f"{path}:{number}: expected an object with _id and text ({error!r})") from error


def evaluate_set(
    found: RetrievalSet, segmenter: Segmenter, embedder: Embedder, bar: Bar = lambda _, items: items
) -> list[RetrievalScore]:
    """Recall at :data:`DEPTHS` and MRR@100 of BM25, dense and fused retrieval.

    Fused is the product's own formula: z-score of BM25 times its weight plus z-score of cosine times those of both
    dense legs, passages and expected questions, which are one leg where a corpus comes without expected questions.

    Args:
        found: what :func:`read_set` gave.
        segmenter, embedder: the product's own.
        bar: wraps a sequence to show how far it is.
    """
    ids, lexical, vectors = _index(found.corpus, segmenter, embedder, bar)
    missing = set().union(*found.relevant.values()) - set(ids)
    if missing:
        raise BeirError(f"{found.corpus}: lacks {len(missing)} judged documents, such as {sorted(missing)[0]}")
    weights = Weights()
    rows: dict[str, list[list[float]]] = {"bm25": [], "dense": [], "fused": []}
    for key in bar("search", found.queries):
        text = found.queries[key]
        words = _lexical_scores(lexical, segmenter.terms(text), len(ids))
        cosines = vectors @ embedder.embed_query(text)
        fused = weights.lexical * _standardised(words) + (weights.passage + weights.question) * _standardised(cosines)
        for system, scores in (("bm25", words), ("dense", cosines), ("fused", fused)):
            ranking = [ids[row] for row in _best(scores, max(DEPTHS))]
            relevant = found.relevant[key]
            recalls = [recall_at(ranking, relevant, depth) for depth in DEPTHS]
            rows[system].append([*recalls, reciprocal_rank(ranking, relevant)])
    return [score for system, scored in rows.items() for score in _means(system, scored)]


def _means(system: str, rows: Sequence[Sequence[float]]) -> Iterator[RetrievalScore]:
    scores = np.asarray(rows, dtype=np.float64)
    bounds = bootstrap_intervals(scores)
    for column, metric in enumerate((*(f"recall@{depth}" for depth in DEPTHS), "mrr@100")):
        low, high = bounds[column]
        yield RetrievalScore(system, metric, float(scores[:, column].mean()), float(low), float(high))


def _index(corpus: Path, segmenter: Segmenter, embedder: Embedder, bar: Bar) -> tuple[list[str], bm25s.BM25, Scores]:
    """Ids, keyword index and vectors of a corpus, read in batches; terms are kept as numbers, not as lists of words."""
    ids: list[str] = []
    terms: list[NDArray[np.int32]] = []
    vocabulary: dict[str, int] = {}
    vectors: list[Scores] = []

    def keys() -> Iterator[str]:
        texts = _texts(corpus)
        while batch := list(islice(texts, _BATCH)):
            for key, text in batch:
                numbers = array("i", (vocabulary.setdefault(term, len(vocabulary)) for term in segmenter.terms(text)))
                terms.append(np.frombuffer(numbers, dtype=np.int32) if numbers else np.zeros(0, dtype=np.int32))
                yield key
            vectors.append(embedder.embed_documents([text for _, text in batch]).astype(np.float32))

    ids.extend(bar("index", keys()))
    if not ids:
        raise BeirError(f"{corpus}: empty")
    lexical = bm25s.BM25()
    lexical.index((terms, vocabulary), show_progress=False)
    return ids, lexical, np.concatenate(vectors)


def _lexical_scores(index: bm25s.BM25, terms: Sequence[str], size: int) -> Scores:
    known = [term for term in terms if term in index.vocab_dict]
    return np.asarray(index.get_scores(known), dtype=np.float32) if known else np.zeros(size, dtype=np.float32)


def _standardised(scores: Scores) -> Scores:
    spread = float(scores.std())
    return np.asarray((scores - scores.mean()) / spread if spread > 0 else np.zeros_like(scores), dtype=np.float32)


def _best(scores: Scores, count: int) -> NDArray[np.intp]:
    """Rows of the ``count`` highest scores, best first, equal ones by row."""
    count = min(count, len(scores))
    least = np.partition(scores, len(scores) - count)[len(scores) - count]
    candidates = np.flatnonzero(scores >= least)
    return candidates[np.argsort(-scores[candidates], kind="stable")][:count]


def beir_table(scores: Sequence[RetrievalScore]) -> str:
    """Scores as a table for a terminal."""
    lines = [f"{'system':<8}{'metric':<12}value   95 % interval"]
    lines += (f"{s.system:<8}{s.metric:<12}{s.value:.3f}   [{s.low:.3f}, {s.high:.3f}]" for s in scores)
    return "\n".join(lines)
