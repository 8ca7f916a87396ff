"""Vectors in Chroma: in a folder of the version, or in collections of a Chroma server that are named by the version.

This is the only module that imports chromadb.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import chromadb
import httpx
import numpy as np
from chromadb.api.client import Client
from chromadb.api.collection_configuration import CreateCollectionConfiguration
from chromadb.config import Settings as ChromaSettings
from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from index.embedding import Embedder, LangChainEmbeddings
from index.versions import IndexUnusableError

# What Chroma raises on damaged files, beside its own errors: its Rust bindings fail as plain Python errors.
UNREADABLE = (chromadb.errors.ChromaError, OSError, ValueError, TypeError, KeyError, AttributeError)
_AWAY = (chromadb.errors.ChromaError, httpx.HTTPError, OSError, ValueError)

_PROBE = 10  # records that a check of a collection asks for
_BATCH = 5000  # Chroma refuses more than 5,461 records at once
_AT_ONCE = 1000  # records sent to or asked of a server in one request
_WORN = 0.25  # share of a graph's records deleted or replaced from which it is built anew: they stay in it as holes
_HNSW: CreateCollectionConfiguration = {
    "hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 200, "max_neighbors": 32}
}


class VectorsAwayError(IndexUnusableError):
    """The Chroma server doesn't answer; the message names its address and the remedy."""

    def __init__(self, url: str, error: Exception) -> None:
        super().__init__(f"CHROMA_URL {url}: no Chroma server answers there ({error}); start it, or unset CHROMA_URL")


@dataclass(frozen=True, slots=True)
class Entry:
    """A text that is embedded, under its key: the unit that it leads to, and the document of that."""

    key: str
    text: str
    unit_id: str
    document: str


Entries = Mapping[str, tuple[Entry, ...]]  # by name of the collection


@dataclass(frozen=True, slots=True)
class Place:
    """Where a version's vectors are.

    Attributes:
        folder: of the version.
        url: of the Chroma server, empty for files in ``folder``.
    """

    folder: Path
    url: str = ""

    def collection(self, name: str) -> str:
        """Name of a collection there."""
        return f"jince-{self.folder.name}-{name}" if self.url else name


@dataclass(frozen=True, slots=True)
class Before:
    """A version whose vectors may be taken over.

    Attributes:
        place: of its vectors.
        entries: what they are of.
        holes: by collection, how many records of its graph were deleted or replaced since it was built.
    """

    place: Place
    entries: Entries
    holes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Written:
    """What writing did: how many texts were embedded, and the holes by collection, see :class:`Before`."""

    embedded: int
    holes: dict[str, int]


def write_vectors(place: Place, entries: Entries, embedder: Embedder, before: Before | None) -> Written:
    """Write the vectors of ``entries``; those of texts that ``before`` has are taken over, all others embedded.

    Raises:
        VectorsAwayError: the Chroma server doesn't answer.
    """
    holes = _holes(place, entries, before) if before else None
    if before and holes is not None:
        shutil.copytree(before.place.folder / "chroma", place.folder / "chroma")
    embedded = 0
    with _client(place) as client:
        for name, wanted in entries.items():
            old = {entry.key: entry for entry in before.entries[name]} if before else {}
            present = old if holes is not None else {}
            changed = [entry for entry in wanted if present.get(entry.key) != entry]
            embeddings = _TakenOver(embedder, before, name, {entry.text for entry in changed})
            collection = Chroma(
                place.collection(name), embeddings, client=client, collection_configuration=None if present else _HNSW
            )
            gone = sorted({*present} - {entry.key for entry in wanted})
            for start in range(0, len(gone), _AT_ONCE):
                collection.delete(gone[start : start + _AT_ONCE])
            size = _AT_ONCE if place.url else _BATCH
            for start in range(0, len(changed), size):
                _add(collection, changed[start : start + size])
            embedded += embeddings.embedded
    return Written(embedded, holes or dict.fromkeys(entries, 0))


def _add(collection: Chroma, entries: Sequence[Entry]) -> None:
    collection.add_texts(
        ids=[entry.key for entry in entries],
        texts=[entry.text for entry in entries],
        metadatas=[{"unit_id": entry.unit_id, "document": entry.document} for entry in entries],
    )


def _holes(place: Place, entries: Entries, before: Before) -> dict[str, int] | None:
    """Holes that each graph would have if it were copied and changed; ``None`` when it is better built anew."""
    if place.url or before.place.url:
        return None  # no server copies a collection
    found: dict[str, int] = {}
    for name, wanted in entries.items():
        new = {entry.key: entry for entry in wanted}
        lost = sum(1 for entry in before.entries[name] if new.get(entry.key) != entry)
        found[name] = before.holes.get(name, 0) + lost
        if found[name] > _WORN * max(len(wanted), 1):
            return None
    return found


class _TakenOver(Embeddings):
    """Vectors of known texts from the version before, of others from the embedder; each text is embedded once."""

    def __init__(self, embedder: Embedder, before: Before | None, name: str, texts: set[str]) -> None:
        self._embedder = LangChainEmbeddings(embedder)
        self._known = _known(before, name, texts) if before and texts else {}
        self.embedded = 0

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors of ``texts``."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self.embedded += len(new)
        made = dict(zip(new, self._embedder.embed_documents(new), strict=True)) if new else {}
        return [made[text] if text in made else self._known[text] for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """Vector of one question."""
        return self._embedder.embed_query(text)


def _known(before: Before, name: str, texts: set[str]) -> dict[str, list[float]]:
    """Vectors that the version before has of ``texts``."""
    keys = {entry.text: entry.key for entry in before.entries[name] if entry.text in texts}
    by_key = {key: text for text, key in keys.items()}
    found: dict[str, list[float]] = {}
    with _client(before.place) as client:
        collection = client.get_collection(before.place.collection(name), embedding_function=None)
        wanted = list(by_key)
        for start in range(0, len(wanted), _AT_ONCE):
            got = collection.get(ids=wanted[start : start + _AT_ONCE], include=["embeddings"])
            vectors = got["embeddings"]
            if vectors is not None:
                found |= {
                    by_key[key]: [float(x) for x in vector] for key, vector in zip(got["ids"], vectors, strict=True)
                }
    return found


def verify_vectors(place: Place, counts: Mapping[str, int]) -> None:
    """Raise :class:`IndexUnusableError` unless each collection holds its records and finds as many by vector."""
    where = place.url or place.folder
    with _client(place) as client:
        for name, count in counts.items():
            collection = client.get_collection(place.collection(name), embedding_function=None)
            if collection.count() != count:
                raise IndexUnusableError(f"{where}: {name} holds {collection.count()} records, expected {count}")
            sample = collection.get(limit=1, include=["embeddings"])["embeddings"]
            if not count or sample is None:
                continue
            wanted = min(count, _PROBE)
            found = collection.query(query_embeddings=np.asarray(sample), n_results=wanted, include=[])["ids"][0]
            if len(found) != wanted:
                raise IndexUnusableError(f"{where}: {name} finds {len(found)} of {wanted} records")


def drop_vectors(place: Place, names: Sequence[str]) -> None:
    """Remove a version's collections from a server; files go with their folder.

    Raises:
        VectorsAwayError: the server doesn't answer.
    """
    if not place.url:
        return
    with _client(place) as client:
        there = {collection.name for collection in client.list_collections()}
        for name in map(place.collection, names):
            if name in there:
                client.delete_collection(name)


@contextmanager
def _client(place: Place) -> Iterator[Client]:
    client = _connected(place)
    try:
        yield client
    except httpx.HTTPError as error:
        raise VectorsAwayError(place.url, error) from error
    finally:
        _close(client)


def _close(client: Client) -> None:
    """Let go of files and connections."""
    client.close()
    for part in (client, client._admin_client):  # it leaves connections to a server open
        session = getattr(getattr(part, "_server", None), "_session", None)
        if isinstance(session, httpx.Client):
            session.close()


def _connected(place: Place) -> Client:
    settings = ChromaSettings(anonymized_telemetry=False)
    if not place.url:
        # Declared as ClientAPI, which lacks close(); what comes back is a Client.
        return cast(Client, chromadb.PersistentClient(str(place.folder / "chroma"), settings=settings))
    parts = urlsplit(place.url)
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    try:
        client = chromadb.HttpClient(parts.hostname or "", port, ssl=secure, settings=settings)
    except _AWAY as error:
        raise VectorsAwayError(place.url, error) from error
    return cast(Client, client)


class Vectors:
    """A version's collections, open for search."""

    def __init__(self, place: Place, names: Sequence[str]) -> None:
        self._place = place
        self._client = _connected(place)
        try:
            self._collections = {
                name: self._client.get_collection(place.collection(name), embedding_function=None) for name in names
            }
        except BaseException:
            _close(self._client)
            raise

    def nearest(self, name: str, vector: NDArray[np.float32], count: int) -> list[tuple[str, float]]:
        """Keys and cosines of the ``count`` nearest entries.

        Asked of Chroma itself, and for nothing else: texts and metadata come from its database and cost three searches.

        Raises:
            VectorsAwayError: the Chroma server doesn't answer.
        """
        query: dict[str, Any] = {"query_embeddings": [vector.tolist()], "n_results": count, "include": ["distances"]}
        try:
            found = self._collections[name].query(**query)
        except _AWAY as error:
            if not self._place.url:
                raise
            raise VectorsAwayError(self._place.url, error) from error
        distances = (found["distances"] or [[]])[0]
        return [(key, 1.0 - distance) for key, distance in zip(found["ids"][0], distances, strict=True)]

    def close(self) -> None:
        """Let go of the database files, or of the server."""
        _close(self._client)
