"""Yardsticks: recall on a BEIR folder, and the share of held-out headings that find their passage.

``python -m train.yardstick --model models/jince-static-zh --benchmark STARD_FOLDER``
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embedding import StaticEmbedder, load_embedder
from index.text import Segmenter, load_lexicon
from train.sources import Source, read_jsonl

Vectors = NDArray[np.float32]
Embed = Callable[[Sequence[str]], Vectors]
CUTS = (1, 5, 10, 100)


def ranked(queries: Vectors, passages: Vectors, depth: int, rows: int = 256) -> NDArray[np.int64]:
    """Numbers of the ``depth`` nearest passages of each query, best first."""
    depth = min(depth, len(passages))
    found = np.empty((len(queries), depth), dtype=np.int64)
    for start in range(0, len(queries), rows):
        scores = queries[start : start + rows] @ passages.T
        near = np.argpartition(-scores, depth - 1, axis=1)[:, :depth]
        order = np.argsort(-np.take_along_axis(scores, near, 1), axis=1, kind="stable")
        found[start : start + rows] = np.take_along_axis(near, order, 1)
    return found


def recall(found: NDArray[np.int64], relevant: Sequence[set[int]], cuts: Sequence[int] = CUTS) -> dict[int, float]:
    """Mean share of the relevant passages among the first k; a query that finds nothing counts as 0."""
    pairs = list(zip(found.tolist(), relevant, strict=True))
    return {k: sum(len(right.intersection(row[:k])) / len(right) for row, right in pairs) / len(pairs) for k in cuts}


def beir_recall(folder: Path, embed: Embed) -> dict[int, float]:
    """Recall on a folder of ``corpus.jsonl[.xz]``, ``queries.jsonl`` and ``qrels.tsv``; title and text are one."""
    corpus = list(read_jsonl(next(folder.glob("corpus.jsonl*"))))
    number = {entry["_id"]: place for place, entry in enumerate(corpus)}
    right = _relevant(folder / "qrels.tsv", number)
    asked = [entry for entry in read_jsonl(folder / "queries.jsonl") if entry["_id"] in right]
    passages = embed([f"{entry.get('title', '')} {entry['text']}".strip() for entry in corpus])
    found = ranked(embed([entry["text"] for entry in asked]), passages, max(CUTS))
    return recall(found, [right[entry["_id"]] for entry in asked])


def _relevant(path: Path, number: Mapping[str, int]) -> dict[str, set[int]]:
    right: defaultdict[str, set[int]] = defaultdict(set)
    with path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            if int(row["score"]) > 0:
                right[row["query-id"]].add(number[row["corpus-id"]])
    return dict(right)


def heading_recall(held: Source, everything: Source, embedder: StaticEmbedder) -> dict[int, float]:
    """Share of held-out headings whose passage is among the first k of all passages of their source."""
    passages = list(dict.fromkeys(" ".join(record.passage) for record in everything.records))
    number = {passage: place for place, passage in enumerate(passages)}
    queries = embedder.embed_segmented([" ".join(record.query) for record in held.records])
    found = ranked(queries, embedder.embed_segmented(passages), 10)
    return recall(found, [{number[" ".join(record.passage)]} for record in held.records], (1, 10))


def main() -> None:
    """Measure one model folder or hub name."""
    parser = argparse.ArgumentParser(prog="python -m train.yardstick", description=main.__doc__)
    parser.add_argument("--model", required=True)
    parser.add_argument("--benchmark", type=Path, required=True, help="folder in BEIR layout")
    parser.add_argument("--lexicon", type=Path)
    given = parser.parse_args()
    lexicon = load_lexicon(given.lexicon) if given.lexicon else ()
    embedder = load_embedder(given.model, Segmenter(lexicon))
    figures = beir_recall(given.benchmark, embedder.embed_documents)
    sys.stdout.write("  ".join(f"recall@{k} {value:.3f}" for k, value in figures.items()) + "\n")


if __name__ == "__main__":
    main()
