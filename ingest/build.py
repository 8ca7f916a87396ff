"""The trip of a document: source → units → chunks → embeddings → Chroma."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.agencies import Agency, AgencyRegistry
from index.embedding import load_embedder
from index.numbering import ordinal_label
from index.published import Published
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
    write_index,
)
from index.store import read_units as read_indexed
from index.text import Segmenter
from ingest.balance import Balance, balance, require_balanced
from ingest.bodies import with_bodies
from ingest.changes import Changes, changes
from ingest.corpus import Corpus, read_corpus, short_units, standing
from ingest.program import READING, program_hashes
from ingest.published import published
from ingest.readers.files import read_source
from ingest.units import ParsedUnit, parse

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


@dataclass(frozen=True, slots=True)
class Library:
    """All documents of a corpus as read: balances and documents as published in corpus order, all units and bodies."""

    balances: tuple[Balance, ...]
    units: tuple[PolicyUnit, ...]
    published: tuple[Published, ...]
    agencies: tuple[Agency, ...]


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

    library = read_library(corpus)
    require_balanced(library.balances, strict=strict)
    questions = standing(corpus.questions, library.units)

    segmenter = Segmenter(corpus.lexicon)
    embedder = load_embedder(settings.embedding_model, segmenter, settings.query_instruction)
    old_documents, old_units, old_chunks = read_indexed(settings.index_dir)
    cut_alike = () if force or not _cut_alike(settings.index_dir, wanted) else old_chunks
    chunks = _chunks(corpus, library.units, segmenter, settings.chunk_tokens, (old_documents, old_units, cut_alike))
    short = tuple(unit.unit_id for unit in short_units(library.units, questions))
    size = _Size(len(library.units), len(chunks), len(questions), len(corpus.questions) - len(questions), short)
    contents = Contents(
        documents=corpus.documents,
        agencies=library.agencies,
        lexicon=corpus.lexicon,
        glossary=corpus.glossary,
        units=library.units,
        chunks=chunks,
        questions=questions,
        published=library.published,
        notes={_BALANCES: library.balances, _SIZE: (size,)},
    )
    manifest = replace(wanted, dimension=embedder.dimension)
    embedded = write_index(settings.index_dir, manifest, contents, embedder, segmenter, anew=force)
    return BuildReport(
        built=True,
        balances=library.balances,
        units=size.units,
        chunks=size.chunks,
        questions=size.questions,
        left_out=size.left_out,
        short=short,
        changes=changes(old_units, library.units),
        embedded=embedded,
    )


def _fits(root: Path, wanted: Manifest) -> bool:
    found = read_manifest(root)
    return found is not None and replace(found, dimension=0) == wanted and is_intact(root)


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


def read_units(corpus: Corpus) -> tuple[tuple[Balance, ...], tuple[PolicyUnit, ...]]:
    """Every document's balance, and the units of all documents in corpus order."""
    library = read_library(corpus)
    return library.balances, library.units


def read_library(corpus: Corpus) -> Library:
    """Read every document."""
    sources = [read_source(corpus.folder / "documents" / document.path) for document in corpus.documents]
    read = [(document, source, parse(source)) for document, source in zip(corpus.documents, sources, strict=True)]
    named = ((document.region, body) for document, _, parsed in read for unit in parsed.units for body in unit.agencies)
    agencies = with_bodies(corpus.agencies, named)
    registry = AgencyRegistry(agencies)
    balances: list[Balance] = []
    units: list[PolicyUnit] = []
    shown: list[Published] = []
    for document, source, parsed in read:
        own = tuple(units_of(document, parsed.units, registry))
        balances.append(balance(document, source, parsed, registry))
        shown.append(published(source, parsed, own, balances[-1]))
        units.extend(own)
    return Library(tuple(balances), tuple(units), tuple(shown), agencies)


def units_of(document: Document, parsed: Iterable[ParsedUnit], registry: AgencyRegistry) -> Iterator[PolicyUnit]:
    """The units of a document; where two have one number (a list that begins anew), ``-2`` tells the second."""
    numbers: Counter[str] = Counter()
    for unit in parsed:
        number = str(unit.serial) if unit.serial is not None else ".".join(map(str, unit.ordinal))
        numbers[number] += 1
        yield PolicyUnit(
            unit_id=f"{document.slug}/{number}" + (f"-{numbers[number]}" if numbers[number] > 1 else ""),
            document=document.slug,
            measure=unit.measure,
            serial=unit.serial,
            ordinal=unit.ordinal,
            label=document.title + (f"（第{document.version}版）" if document.version > 1 else "") + _place(unit),
            section=unit.section,
            heading=unit.heading,
            text=unit.text,
            agencies=unit.agencies,
            agency_ids=tuple(registry.of_printed(name, document.region) or "" for name in unit.agencies),
            start=unit.start,
            end=unit.end,
            roles=unit.roles,
            deadline=unit.deadline,
        )


def _place(unit: ParsedUnit) -> str:
    """The unit's place as a citation prints it: 第3条（序号7）, 第14项, 三、保障措施（一）, 一、总体要求."""
    if unit.serial is not None:
        return f"{unit.measure}（序号{unit.serial}）" if unit.measure != str(unit.serial) else f"序号{unit.serial}"
    head = re.match("[一二三四五六七八九十]+", unit.measure)
    if head and unit.section and unit.section[0].startswith(f"{head.group()}、"):
        return unit.section[0] + unit.measure[head.end() :]
    return ordinal_label(unit.measure)


def _model_print(settings: Settings) -> str:
    """What tells one embedding model from another: a hub name, or a folder's name with its files' sizes and times."""
    folder = Path(settings.embedding_model).expanduser()
    facts: Iterable[str] = ()
    if folder.is_dir():
        stats = ((path, path.stat()) for path in sorted(folder.rglob("*")) if path.is_file())
        facts = (f"{path.relative_to(folder)}:{stat.st_size}:{stat.st_mtime_ns}" for path, stat in stats)
    return " ".join([folder.name if folder.is_dir() else settings.embedding_model, settings.query_instruction, *facts])
