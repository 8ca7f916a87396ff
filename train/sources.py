"""Training text: read, cut into words, and handed on as texts and pairs of clauses."""

from __future__ import annotations

import hashlib
import json
import lzma
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.text import Segmenter

Clauses = tuple[str, ...]
"""A text as its clauses, each one a string of words joined by spaces."""

_CLAUSE = re.compile(r"[^，。！？；：,!?;:\n]+")


@dataclass(frozen=True)
class Record:
    """A passage and, where the source has one, the heading or question it answers (empty otherwise)."""

    query: Clauses
    passage: Clauses


@dataclass(frozen=True)
class Source:
    """One file of records; a batch never mixes sources, so that its negatives are of the same kind."""

    name: str
    records: tuple[Record, ...]


def read_jsonl(path: Path) -> Iterator[dict[str, str]]:
    """Objects of a ``.jsonl`` or ``.jsonl.xz`` file, one a line."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def read_pairs(path: Path, texts: Path) -> Iterator[dict[str, str]]:
    """The project's question → clause pairs: each ``{"query", "line", "start", "end"}`` with its passage.

    Only the questions are this project's own; the clauses stay where they are, in the lines (from 1) of ``texts``.
    """
    clauses = [entry["text"] for entry in read_jsonl(texts)]
    with path.open(encoding="utf-8") as lines:
        for place in map(json.loads, lines):
            passage = clauses[place["line"] - 1][place["start"] : place["end"]]
            yield {"query": place["query"], "passage": passage}


def segmented_clauses(text: str, segmenter: Segmenter) -> Clauses:
    """Clauses of ``text`` in words. Joined they are ``segmenter.segmented(text)``: no word spans a punctuation mark."""
    cut = (segmenter.segmented(clause) for clause in _CLAUSE.findall(text))
    return tuple(clause for clause in cut if clause)


def load_source(path: Path, segmenter: Segmenter, lexicon: Sequence[str], cache: Path | None = None) -> Source:
    """Read and cut one file of ``{"text"}`` or ``{"query", "passage"}``; with ``cache``, cut it only once."""
    name = path.name.split(".", 1)[0]
    if cache is None:
        return Source(name, tuple(cut_entries(read_jsonl(path), segmenter)))
    digest = hashlib.sha256("\n".join(lexicon).encode() + path.read_bytes()).hexdigest()[:12]
    kept = cache / f"{name}-{digest}.jsonl"
    if not kept.exists():
        cache.mkdir(parents=True, exist_ok=True)
        _keep(kept, cut_entries(read_jsonl(path), segmenter))
    return Source(name, tuple(_kept(kept)))


def cut_entries(entries: Iterable[dict[str, str]], segmenter: Segmenter) -> Iterator[Record]:
    """Entries cut into words; those without a word are left out."""
    for entry in entries:
        passage = segmented_clauses(entry.get("passage") or entry["text"], segmenter)
        if passage:
            yield Record(segmented_clauses(entry.get("query", ""), segmenter), passage)


def _keep(path: Path, records: Iterable[Record]) -> None:
    partial = path.with_suffix(".partial")
    with partial.open("w", encoding="utf-8") as out:
        for record in records:
            out.write(json.dumps([record.query, record.passage], ensure_ascii=False) + "\n")
    partial.replace(path)


def _kept(path: Path) -> Iterator[Record]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            query, passage = json.loads(line)
            yield Record(tuple(query), tuple(passage))


def hold_out(source: Source, every: int = 20) -> tuple[Source, Source]:
    """Part ``source`` into (training, held out): each ``every``-th record, and whatever repeats its words, leaves."""
    held = source.records[::every]
    queries = {record.query for record in held}
    passages = {record.passage for record in held}
    rest = (r for r in source.records if r.query not in queries and r.passage not in passages)
    return Source(source.name, tuple(rest)), Source(source.name, held)


def without_passages(source: Source, held: Source) -> Source:
    """``source`` less the texts that contain a held-out passage, whose heading would stand beside it."""
    secret = {clause for record in held.records for clause in record.passage if len(clause) >= _TELLING}
    kept = (record for record in source.records if secret.isdisjoint(record.passage))
    return Source(source.name, tuple(kept))


_TELLING = 16  # characters with blanks; shorter clauses recur everywhere and tell nothing
