"""The trip of a document: source → units → chunks → embeddings → Chroma."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from index.agencies import AgencyRegistry
from index.embedding import load_embedder
from index.numbering import ordinal_label
from index.records import Document, PolicyUnit
from index.settings import Settings
from index.store import SCHEMA, Contents, Manifest, is_intact, read_manifest, write_index
from index.text import Segmenter
from ingest.balance import Balance, balance, require_balanced
from ingest.bodies import with_bodies
from ingest.corpus import Corpus, check_questions, read_corpus, short_units
from ingest.readers.files import read_source
from ingest.units import ParsedUnit, parse


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    Attributes:
        built: false when the index was right already, and ``chunks`` then not counted.
        balances: one a document.
        units, chunks, questions: how many the index has.
        short: ids of the units with fewer expected questions than they should have.
    """

    built: bool
    balances: tuple[Balance, ...]
    units: int
    chunks: int
    questions: int
    short: tuple[str, ...]


def build(settings: Settings, *, force: bool = False, strict: bool = False) -> BuildReport:
    """Make the index right for the corpus and the settings; do nothing when it is.

    Raises:
        CorpusError, AgencyTableError, ReadError, UnitError, BalanceError: the corpus can't be used as it stands.
        EmbeddingModelError: there is no such model.
        IndexUnusableError: the index could not be written; the one before stays in use.
    """
    corpus = read_corpus(settings.corpus_dir)
    balances, units = read_units(corpus)
    require_balanced(balances, strict=strict)
    check_questions(corpus.questions, units)
    short = tuple(unit.unit_id for unit in short_units(units, corpus.questions))
    wanted = Manifest(SCHEMA, _model_print(settings), 0, settings.chunk_tokens, corpus.hashes)
    found = read_manifest(settings.index_dir)
    if not force and found and replace(found, dimension=0) == wanted and is_intact(settings.index_dir):
        return BuildReport(False, balances, len(units), 0, len(corpus.questions), short)

    from ingest.chunks import JiebaTextSplitter, chunk_units  # LangChain's splitters: a second that only a build pays

    segmenter = Segmenter(corpus.lexicon)
    embedder = load_embedder(settings.embedding_model, segmenter, settings.query_instruction)
    chunks = chunk_units(units, corpus.documents, JiebaTextSplitter(segmenter, settings.chunk_tokens))
    regions = {document.slug: document.region for document in corpus.documents}
    agencies = with_bodies(
        corpus.agencies, ((regions[unit.document], body) for unit in units for body in unit.agencies)
    )
    contents = Contents(corpus.documents, agencies, corpus.lexicon, corpus.glossary, units, chunks, corpus.questions)
    write_index(settings.index_dir, replace(wanted, dimension=embedder.dimension), contents, embedder, segmenter)
    return BuildReport(True, balances, len(units), len(chunks), len(corpus.questions), short)


def read_units(corpus: Corpus) -> tuple[tuple[Balance, ...], tuple[PolicyUnit, ...]]:
    """Every document's balance, and the units of all documents in corpus order."""
    sources = [read_source(corpus.folder / "documents" / document.path) for document in corpus.documents]
    read = [(document, source, parse(source)) for document, source in zip(corpus.documents, sources, strict=True)]
    registry = AgencyRegistry(
        with_bodies(
            corpus.agencies,
            (
                (document.region, body)
                for document, _, parsed in read
                for unit in parsed.units
                for body in unit.agencies
            ),
        )
    )
    balances: list[Balance] = []
    units: list[PolicyUnit] = []
    for document, source, parsed in read:
        balances.append(balance(document, source, parsed, registry))
        units.extend(_units(document, parsed.units, registry))
    return tuple(balances), tuple(units)


def _units(document: Document, parsed: Iterable[ParsedUnit], registry: AgencyRegistry) -> Iterator[PolicyUnit]:
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
            label=document.title + _place(unit),
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
