"""The trip of a document: source → units → chunks → embeddings → Chroma."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.embedding import load_embedder
from index.records import Chunk, Document, PolicyUnit
from index.settings import Settings
from index.store import (
    SCHEMA,
    SEGMENTATION,
    Contents,
    Manifest,
    is_intact,
    read_manifest,
    read_notes,
    read_published,
    write_index,
)
from index.store import read_units as read_indexed
from index.text import Segmenter
from ingest.balance import Balance, require_balanced
from ingest.changes import Changes, changes
from ingest.corpus import Corpus, read_corpus, short_units, standing
from ingest.documents import ReadDocument, read_documents
from ingest.program import READING, program_hashes

_BALANCES, _SIZE = "balances", "size"


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    Attributes:
        built: false when the index was right already.
        balances: one a document.
        units, chunks, questions: how many the index has.
        left_out: expected questions that no unit answers any more.
        short: ids of the units with fewer expected questions than they should have.
        changes: what became of each document's units; empty when nothing was built.
        embedded: how many texts had to be embedded.
    """

    built: bool
    balances: tuple[Balance, ...]
    units: int
    chunks: int
    questions: int
    left_out: int
    short: tuple[str, ...]
    changes: tuple[Changes, ...] = ()
    embedded: int = 0


@dataclass(frozen=True, slots=True)
class _Size:
    """What a build keeps beside the balances to report again when there is nothing to do."""

    units: int
    chunks: int
    questions: int
    left_out: int
    short: tuple[str, ...]


def build(settings: Settings, *, force: bool = False, strict: bool = False) -> BuildReport:
    """Make the index right for the corpus and the settings; do nothing when it is.

    Words, passages and vectors of texts that the index in use has are taken over; ``force`` takes over nothing.

    Raises:
        CorpusError, AgencyTableError, ReadError, UnitError, BalanceError: the corpus can't be used as it stands.
        EmbeddingModelError: there is no such model.
        IndexUnusableError: the index could not be written; the one before stays in use.
    """
    corpus = read_corpus(settings.corpus_dir)
    hashes = {**corpus.hashes, **program_hashes()}
    wanted = Manifest(SCHEMA, _model_print(settings), 0, settings.chunk_tokens, hashes, settings.chroma_url)
    if not force and _fits(settings.index_dir, wanted):
        (size,) = read_notes(settings.index_dir, _SIZE, _Size)
        balances = read_notes(settings.index_dir, _BALANCES, Balance)
        return BuildReport(False, balances, size.units, size.chunks, size.questions, size.left_out, size.short)

    old_documents, old_units, old_chunks = read_indexed(settings.index_dir)
    earlier = {} if force else _earlier(settings.index_dir, wanted, corpus, old_documents, old_units)
    reading = read_documents(corpus, earlier)
    require_balanced(reading.balances, strict=strict)
    units = reading.units
    questions = standing(corpus.questions, units)

    segmenter = Segmenter(corpus.lexicon)
    embedder = load_embedder(settings.embedding_model, segmenter, settings.query_instruction)
    cut_alike = () if force or not _cut_alike(settings.index_dir, wanted) else old_chunks
    chunks = _chunks(corpus, units, segmenter, settings.chunk_tokens, (old_documents, old_units, cut_alike))
    short = tuple(unit.unit_id for unit in short_units(units, questions))
    size = _Size(len(units), len(chunks), len(questions), len(corpus.questions) - len(questions), short)
    contents = Contents(
        documents=corpus.documents,
        agencies=reading.agencies,
        lexicon=corpus.lexicon,
        glossary=corpus.glossary,
        units=units,
        chunks=chunks,
        questions=questions,
        published=tuple(document.published for document in reading.documents),
        notes={_BALANCES: reading.balances, _SIZE: (size,)},
    )
    manifest = replace(wanted, dimension=embedder.dimension)
    embedded = write_index(settings.index_dir, manifest, contents, embedder, segmenter, anew=force)
    return BuildReport(
        built=True,
        balances=reading.balances,
        units=size.units,
        chunks=size.chunks,
        questions=size.questions,
        left_out=size.left_out,
        short=short,
        changes=changes(old_units, units),
        embedded=embedded,
    )


def _fits(root: Path, wanted: Manifest) -> bool:
    found = read_manifest(root)
    return found is not None and replace(found, dimension=0) == wanted and is_intact(root)


def _earlier(
    root: Path, wanted: Manifest, corpus: Corpus, documents: Sequence[Document], units: Sequence[PolicyUnit]
) -> dict[str, ReadDocument]:
    """What the index in use has of documents that are as they were, read by the same program and table of bodies."""
    found = read_manifest(root)
    if found is None or any(found.hashes.get(name) != wanted.hashes[name] for name in (READING, "agencies.tsv")):
        return {}
    same = set(documents) & set(corpus.documents)
    own: dict[str, list[PolicyUnit]] = {}
    for unit in units:
        own.setdefault(unit.document, []).append(unit)
    return {
        shown.document.slug: ReadDocument(tuple(own[shown.document.slug]), balance, shown)
        for balance, shown in zip(read_notes(root, _BALANCES, Balance), read_published(root), strict=True)
        if shown.document in same and found.hashes.get(_path(shown.document)) == wanted.hashes[_path(shown.document)]
    }


def _path(document: Document) -> str:
    return f"documents/{document.path}"


def _cut_alike(root: Path, wanted: Manifest) -> bool:
    """True when the index in use was cut into passages by the same rules and words."""
    found = read_manifest(root)
    return found is not None and all(
        (found.chunk_tokens, found.hashes.get(name)) == (wanted.chunk_tokens, wanted.hashes.get(name))
        for name in (*SEGMENTATION, READING)
    )


def _chunks(
    corpus: Corpus,
    units: Sequence[PolicyUnit],
    segmenter: Segmenter,
    size: int,
    before: tuple[Sequence[Document], Sequence[PolicyUnit], Sequence[Chunk]],
) -> tuple[Chunk, ...]:
    """Passages of all units; those of units that are embedded as ``before`` are taken from there."""
    from ingest.chunks import JiebaTextSplitter, chunk_units  # LangChain's splitters: a second that only a build pays

    documents, old_units, old_chunks = before
    held: dict[str, list[Chunk]] = {}
    for chunk in old_chunks:
        held.setdefault(chunk.unit_id, []).append(chunk)
    titles = {document.slug: document.short_title for document in documents}
    embedded = {unit.unit_id: (titles[unit.document], unit.measure, unit.heading, unit.text) for unit in old_units}
    titles = {document.slug: document.short_title for document in corpus.documents}
    splitter = JiebaTextSplitter(segmenter, size)
    found: list[Chunk] = []
    for unit in units:
        same = embedded.get(unit.unit_id) == (titles[unit.document], unit.measure, unit.heading, unit.text)
        kept = held.get(unit.unit_id) if same else None
        found.extend(kept or chunk_units([unit], corpus.documents, splitter))
    return tuple(found)


def _model_print(settings: Settings) -> str:
    """What tells one embedding model from another: a hub name, or a folder's name with its files' sizes and times."""
    folder = Path(settings.embedding_model).expanduser()
    facts: Iterable[str] = ()
    if folder.is_dir():
        stats = ((path, path.stat()) for path in sorted(folder.rglob("*")) if path.is_file())
        facts = (f"{path.relative_to(folder)}:{stat.st_size}:{stat.st_mtime_ns}" for path, stat in stats)
    return " ".join([folder.name if folder.is_dir() else settings.embedding_model, settings.query_instruction, *facts])
