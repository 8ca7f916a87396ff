"""What is in a version of the index: the manifest, the records, and the texts that are embedded."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from index.agencies import Agency
from index.glossary import Term
from index.jsonl import read_records
from index.published import Published
from index.records import Chunk, Document, ExpectedQuestion, PolicyUnit
from index.vectors import UNREADABLE, Entry, Place, VectorsAwayError, verify_vectors
from index.versions import IndexUnusableError, current, is_whole

SCHEMA = 6
SEGMENTATION = ("lexicon.txt", "index/text.py")  # what the words of a text depend on, by name in the manifest
PASSAGES, QUESTIONS = "passages", "questions"

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index was made from; another value of any field makes it stale.

    Attributes:
        schema: layout of the index.
        model, dimension: of the embedding.
        chunk_tokens: longest passage.
        hashes: of every file that shapes the index, by name.
        chroma_url: of the Chroma server that has the vectors, empty for files.
    """

    schema: int
    model: str
    dimension: int
    chunk_tokens: int
    hashes: dict[str, str]
    chroma_url: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """What is written into an index; ``notes`` are records that only who builds it reads, by name."""

    documents: tuple[Document, ...]
    agencies: tuple[Agency, ...]
    lexicon: tuple[str, ...]
    glossary: tuple[Term, ...]
    units: tuple[PolicyUnit, ...]
    chunks: tuple[Chunk, ...]
    questions: tuple[ExpectedQuestion, ...]
    published: tuple[Published, ...] = ()
    notes: Mapping[str, Sequence[Any]] = field(default_factory=dict)


def read_manifest(root: Path) -> Manifest | None:
    """Manifest of the index in use, ``None`` when there is none that can be read."""
    try:
        return manifest_of(current(root))
    except (OSError, ValueError, TypeError, IndexUnusableError):
        return None


def manifest_of(folder: Path) -> Manifest:
    """Manifest of a version."""
    return Manifest(**json.loads((folder / "manifest.json").read_text(encoding="utf-8")))


def read_notes(root: Path, name: str, kind: type[Record]) -> tuple[Record, ...]:
    """Records ``name`` of :attr:`Contents.notes` in the index in use.

    Raises:
        IndexUnusableError: there is no index, or it has no such records.
    """
    path = current(root) / "notes" / f"{name}.jsonl"
    try:
        return tuple(read_records(path, kind))
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise IndexUnusableError(f"{path}: cannot be read ({error}); run python -m ingest build --force") from error


def read_units(root: Path) -> tuple[tuple[Document, ...], tuple[PolicyUnit, ...], tuple[Chunk, ...]]:
    """Documents, units and passages of the index in use; all empty when there is none of this layout."""
    manifest = read_manifest(root)
    try:
        if manifest is None or manifest.schema != SCHEMA or not is_whole(current(root)):
            return (), (), ()
        folder = current(root)
        return (
            tuple(read_records(folder / "documents.jsonl", Document)),
            tuple(read_records(folder / "units.jsonl", PolicyUnit)),
            tuple(read_records(folder / "chunks.jsonl", Chunk)),
        )
    except (OSError, ValueError, TypeError, IndexUnusableError):
        return (), (), ()


def read_published(root: Path) -> tuple[Published, ...]:
    """The documents of the index in use, as published.

    Raises:
        IndexUnusableError: there is no index, or it has none.
    """
    path = current(root) / "published.jsonl"
    try:
        return tuple(read_records(path, Published))
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise IndexUnusableError(f"{path}: cannot be read ({error}); run python -m ingest build --force") from error


def is_intact(root: Path) -> bool:
    """True when the index in use is as it was written and both collections answer; a crash can leave it broken.

    Raises:
        VectorsAwayError: its Chroma server doesn't answer.
    """
    try:
        folder = current(root)
        if not is_whole(folder):
            return False  # before Chroma opens it: it does not survive a torn graph
        counts = json.loads((folder / "counts.json").read_text(encoding="utf-8"))
        verify_vectors(Place(folder, manifest_of(folder).chroma_url), counts)
    except VectorsAwayError:
        raise
    except (IndexUnusableError, *UNREADABLE):
        return False
    return True


def entries_of(
    units: Iterable[PolicyUnit], chunks: Iterable[Chunk], questions: Iterable[ExpectedQuestion]
) -> dict[str, tuple[Entry, ...]]:
    """What is embedded: passages and expected questions; a question's key is its place among those of its unit."""
    documents = {unit.unit_id: unit.document for unit in units}
    return {
        PASSAGES: tuple(Entry(c.chunk_id, c.embedding_text, c.unit_id, c.document) for c in chunks),
        QUESTIONS: tuple(
            Entry(key, q.question, q.unit_id, documents[q.unit_id]) for key, q in keyed(questions).items()
        ),
    }


def keyed(questions: Iterable[ExpectedQuestion]) -> dict[str, ExpectedQuestion]:
    """Expected questions by the key of what is embedded of them."""
    counts: Counter[str] = Counter()
    found: dict[str, ExpectedQuestion] = {}
    for question in questions:
        counts[question.unit_id] += 1
        found[f"{question.unit_id}?{counts[question.unit_id]}"] = question
    return found
