"""The index on disk: records, keyword index and Chroma, built beside the old one and swapped in whole.

Layout below the index folder::

    CURRENT                 name of the version in use, replaced atomically
    versions/<name>/        manifest.json documents.jsonl units.jsonl questions.jsonl lexical/ chroma/

A version is written once and never changed: a reader that has it open is not disturbed by a rebuild, and a crash while
building leaves ``CURRENT`` where it was. It is a cache of ``corpus/``. This is the only module that imports chromadb.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, cast

import chromadb
import numpy as np
from chromadb.api.client import Client
from chromadb.api.collection_configuration import CreateCollectionConfiguration
from chromadb.api.models.Collection import Collection
from chromadb.config import Settings as ChromaSettings
from filelock import FileLock
from langchain_chroma import Chroma
from numpy.typing import NDArray

from index.agencies import Agency
from index.embedding import Embedder, LangChainEmbeddings
from index.glossary import Term
from index.lexical import LexicalIndex
from index.records import Chunk, Document, ExpectedQuestion, PolicyUnit, Role
from index.text import Segmenter, load_lexicon

SCHEMA = 4
_PASSAGES, _QUESTIONS = "passages", "questions"
_PROBE = 10  # records that a check of a collection asks for
_BATCH = 5000  # Chroma refuses more than 5,461 records at once
_HNSW: CreateCollectionConfiguration = {
    "hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 200, "max_neighbors": 32}
}

# What Chroma raises on damaged files, beside its own errors: its Rust bindings fail as plain Python errors.
_UNREADABLE = (chromadb.errors.ChromaError, OSError, ValueError, TypeError, KeyError, AttributeError)


class IndexUnusableError(RuntimeError):
    """There is no index, or it can't be opened; the remedy is ``python -m ingest``."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index was made from; another value of any field makes it stale."""

    schema: int
    model: str
    dimension: int
    chunk_tokens: int
    hashes: dict[str, str]


@dataclass(frozen=True, slots=True)
class Contents:
    """What is written into an index."""

    documents: tuple[Document, ...]
    agencies: tuple[Agency, ...]
    lexicon: tuple[str, ...]
    glossary: tuple[Term, ...]
    units: tuple[PolicyUnit, ...]
    chunks: tuple[Chunk, ...]
    questions: tuple[ExpectedQuestion, ...]


def read_manifest(root: Path) -> Manifest | None:
    """Manifest of the index in use, ``None`` when there is none that can be read."""
    try:
        record = json.loads((_current(root) / "manifest.json").read_text(encoding="utf-8"))
        return Manifest(**record)
    except (OSError, ValueError, TypeError, IndexUnusableError):
        return None


def is_intact(root: Path) -> bool:
    """True when every part of the index in use opens and both collections answer; a crash can leave it broken."""
    try:
        folder = _current(root)
        load_lexicon(folder / "lexicon.txt")
        parts = [field.name for field in fields(Contents) if field.name != "lexicon"]
        counts = {name: len(_records(folder, name)) for name in parts}
        LexicalIndex.load(folder / "lexical", counts["units"])
        if _graph_sizes(folder) != json.loads((folder / "graphs.json").read_text(encoding="utf-8")):
            return False  # before Chroma opens them: it does not survive a torn graph
        _verify_vectors(folder, {_PASSAGES: counts["chunks"], _QUESTIONS: counts["questions"]})
    except (IndexUnusableError, *_UNREADABLE):
        return False
    return True


def write_index(root: Path, manifest: Manifest, contents: Contents, embedder: Embedder, segmenter: Segmenter) -> None:
    """Build an index beside the one in use, check it, and swap it in.

    Raises:
        IndexUnusableError: the finished index does not give back what was put in; the old one stays in use.
    """
    root.mkdir(parents=True, exist_ok=True)
    with FileLock(root / "build.lock"):
        folder = root / "versions" / f"{time.time_ns():x}"
        folder.mkdir(parents=True)
        try:
            _write_records(folder, contents)
            _write_lexical(folder, contents, segmenter)
            _write_vectors(folder, contents, embedder)
            (folder / "graphs.json").write_text(json.dumps(_graph_sizes(folder)), encoding="utf-8")
            (folder / "manifest.json").write_text(json.dumps(asdict(manifest), ensure_ascii=False), encoding="utf-8")
            _verify_vectors(folder, {_PASSAGES: len(contents.chunks), _QUESTIONS: len(contents.questions)})
        except _UNREADABLE as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise IndexUnusableError(
                f"{folder}: could not be written ({error}); the index before stays in use"
            ) from error
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        previous = _current_name(root)
        _swap(root, folder.name)
        _drop_versions(root, keep={folder.name, previous})


def _graph_sizes(folder: Path) -> dict[str, int]:
    """Bytes of every file of Chroma's vector graphs; their contents change a little when they are opened."""
    files = sorted((folder / "chroma").glob("*/*"))
    return {path.relative_to(folder).as_posix(): path.stat().st_size for path in files}


def _write_records(folder: Path, contents: Contents) -> None:
    for field in fields(contents):
        if field.name == "lexicon":
            (folder / "lexicon.txt").write_text("\n".join(contents.lexicon), encoding="utf-8")
            continue
        lines = (json.dumps(asdict(item), ensure_ascii=False) for item in getattr(contents, field.name))
        (folder / f"{field.name}.jsonl").write_text("\n".join(lines), encoding="utf-8")


def _write_lexical(folder: Path, contents: Contents, segmenter: Segmenter) -> None:
    """One text a unit: its section, its own text, and the questions people ask of it."""
    asked: dict[str, list[str]] = {unit.unit_id: [] for unit in contents.units}
    for question in contents.questions:
        asked[question.unit_id].append(question.question)
    texts = [
        [term for text in (*unit.section, unit.text, *asked[unit.unit_id]) for term in segmenter.terms(text)]
        for unit in contents.units
    ]
    LexicalIndex.build(texts).save(folder / "lexical")


def _write_vectors(folder: Path, contents: Contents, embedder: Embedder) -> None:
    client = _client(folder)
    passages = [(c.chunk_id, c.embedding_text, c.unit_id, c.document) for c in contents.chunks]
    documents = {unit.unit_id: unit.document for unit in contents.units}
    questions = [
        (f"q{number}", q.question, q.unit_id, documents[q.unit_id]) for number, q in enumerate(contents.questions)
    ]
    for name, records in ((_PASSAGES, passages), (_QUESTIONS, questions)):
        collection = Chroma(name, LangChainEmbeddings(embedder), client=client, collection_configuration=_HNSW)
        for start in range(0, len(records), _BATCH):
            batch = records[start : start + _BATCH]
            collection.add_texts(
                ids=[key for key, _, _, _ in batch],
                texts=[text for _, text, _, _ in batch],
                metadatas=[{"unit_id": unit_id, "document": document} for _, _, unit_id, document in batch],
            )
    client.close()


def _client(folder: Path) -> Client:
    settings = ChromaSettings(anonymized_telemetry=False)
    # Declared as ClientAPI, which lacks close(); what comes back is a Client.
    return cast(Client, chromadb.PersistentClient(str(folder / "chroma"), settings=settings))


def _verify_vectors(folder: Path, counts: Mapping[str, int]) -> None:
    """Raise :class:`IndexUnusableError` unless each collection holds its records and finds as many by vector."""
    client = _client(folder)
    try:
        for name, count in counts.items():
            collection = client.get_collection(name, embedding_function=None)
            if collection.count() != count:
                raise IndexUnusableError(f"{folder}: {name} holds {collection.count()} records, expected {count}")
            sample = collection.get(limit=1, include=["embeddings"])["embeddings"]
            if not count or sample is None:
                continue
            wanted = min(count, _PROBE)
            found = collection.query(query_embeddings=np.asarray(sample), n_results=wanted, include=[])["ids"][0]
            if len(found) != wanted:
                raise IndexUnusableError(f"{folder}: {name} finds {len(found)} of {wanted} records")
    finally:
        client.close()


def _current_name(root: Path) -> str | None:
    try:
        return (root / "CURRENT").read_text(encoding="utf-8").strip()
    except OSError:
        return None


def _current(root: Path) -> Path:
    name = _current_name(root)
    if not name:
        raise IndexUnusableError(f"{root}: no index there yet; run python -m ingest")
    return root / "versions" / name


def _swap(root: Path, name: str) -> None:
    temporary = root / "CURRENT.tmp"
    with temporary.open("w", encoding="utf-8") as file:
        file.write(name)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(root / "CURRENT")


def _drop_versions(root: Path, keep: set[str | None]) -> None:
    """Remove all but the version in use and the one before it, which a running reader may still have open."""
    for folder in (root / "versions").iterdir():
        if folder.name not in keep:
            shutil.rmtree(folder, ignore_errors=True)


class Index:
    """An open index: the records, and search by words and by vector over rows that stand for units.

    Attributes:
        units: all units, in document order; row ``i`` of every score array is ``units[i]``.
    """

    def __init__(self, root: Path, segmenter: Segmenter) -> None:
        """Open the index in use below ``root``.

        Raises:
            IndexUnusableError: there is none, or a part of it can't be opened.
        """
        folder = _current(root)
        try:
            self.documents = tuple(Document(**_tuples(record)) for record in _records(folder, "documents"))
            self.agencies = tuple(Agency(**_tuples(record)) for record in _records(folder, "agencies"))
            self.glossary = tuple(Term(**record) for record in _records(folder, "glossary"))
            self.units = tuple(_unit(record) for record in _records(folder, "units"))
            self.questions = tuple(ExpectedQuestion(**record) for record in _records(folder, "questions"))
            self._lexical = LexicalIndex.load(folder / "lexical", len(self.units))
            self._client = _client(folder)
            self._passages = self._client.get_collection(_PASSAGES, embedding_function=None)
            self._asked = self._client.get_collection(_QUESTIONS, embedding_function=None)
        except _UNREADABLE as error:
            raise IndexUnusableError(f"{folder}: cannot be opened ({error}); run python -m ingest") from error
        self._rows = {unit.unit_id: row for row, unit in enumerate(self.units)}
        self._segmenter = segmenter

    @staticmethod
    def lexicon(root: Path) -> tuple[str, ...]:
        """Words that the index was segmented with.

        Raises:
            IndexUnusableError: there is no index yet.
        """
        try:
            return load_lexicon(_current(root) / "lexicon.txt")
        except OSError as error:
            raise IndexUnusableError(f"{root}: lexicon unreadable ({error}); run python -m ingest") from error

    def lexical_scores(self, text: str) -> NDArray[np.float32]:
        """BM25 score of every unit for ``text``, shape ``(units,)``."""
        return self._lexical.scores(self._segmenter.terms(text))

    def passage_similarities(self, vector: NDArray[np.float32], count: int) -> NDArray[np.float32]:
        """Cosine of every unit's best passage among the ``count`` nearest, shape ``(units,)``; the least found else."""
        found = _nearest(self._passages, vector, count)
        return self._best((key.rpartition("#")[0], cosine) for key, cosine in found)

    def question_similarities(
        self, vector: NDArray[np.float32], count: int
    ) -> tuple[NDArray[np.float32], dict[str, ExpectedQuestion]]:
        """The same over expected questions, and each unit's nearest question among them."""
        found = [
            (self.questions[int(key.removeprefix("q"))], cosine) for key, cosine in _nearest(self._asked, vector, count)
        ]
        nearest: dict[str, ExpectedQuestion] = {}
        for question, _ in found:
            nearest.setdefault(question.unit_id, question)
        return self._best((question.unit_id, cosine) for question, cosine in found), nearest

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
        self._client.close()


def _nearest(collection: Collection, vector: NDArray[np.float32], count: int) -> list[tuple[str, float]]:
    """Ids and cosines of the ``count`` nearest records.

    Asked of Chroma itself, and for nothing else: texts and metadata come from its database and cost three searches.
    """
    found = collection.query(query_embeddings=[vector.tolist()], n_results=count, include=["distances"])
    distances = (found["distances"] or [[]])[0]
    return [(key, 1.0 - distance) for key, distance in zip(found["ids"][0], distances, strict=True)]


def _records(folder: Path, name: str) -> Sequence[dict[str, Any]]:
    return [json.loads(line) for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines() if line]


def _unit(record: dict[str, Any]) -> PolicyUnit:
    roles = tuple(Role(**_tuples(role)) for role in record.pop("roles"))
    return PolicyUnit(**_tuples(record), roles=roles)


def _tuples(record: dict[str, Any]) -> dict[str, Any]:
    """The record with JSON's lists as tuples again."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in record.items()}
