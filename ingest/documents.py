"""All documents of a corpus as read: units, bodies, balances, and each as it was published."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from index.agencies import Agency, AgencyRegistry
from index.numbering import ordinal_label
from index.published import Published
from index.records import Document, PolicyUnit
from ingest.balance import Balance, balance
from ingest.bodies import with_bodies
from ingest.corpus import Corpus
from ingest.published import published
from ingest.readers.files import read_source
from ingest.units import ParsedUnit, parse

_LONGEST_NAME = 20  # characters of a heading that a place is named by


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """One document as read: its units, its balance, and it as published."""

    units: tuple[PolicyUnit, ...]
    balance: Balance
    published: Published


@dataclass(frozen=True, slots=True)
class Reading:
    """All documents of a corpus, in its order, and the bodies that they name."""

    documents: tuple[ReadDocument, ...]
    agencies: tuple[Agency, ...]

    @property
    def units(self) -> tuple[PolicyUnit, ...]:
        """The units of all documents."""
        return tuple(unit for document in self.documents for unit in document.units)

    @property
    def balances(self) -> tuple[Balance, ...]:
        """The balances of all documents."""
        return tuple(document.balance for document in self.documents)


def read_documents(corpus: Corpus, earlier: Mapping[str, ReadDocument] = {}) -> Reading:
    """Read every document but those of ``earlier``, by slug, which have not changed since.

    Raises:
        ReadError, UnitError: a document can't be read.
    """
    sources = {
        document.slug: read_source(corpus.folder / "documents" / document.path)
        for document in corpus.documents
        if document.slug not in earlier
    }
    parsed = {slug: parse(source) for slug, source in sources.items()}
    named = (
        (document.region, body)
        for document in corpus.documents
        for unit in (earlier[document.slug].units if document.slug in earlier else parsed[document.slug].units)
        for body in unit.agencies
    )
    agencies = with_bodies(corpus.agencies, named)
    registry = AgencyRegistry(agencies)

    def read(document: Document) -> ReadDocument:
        source, cut = sources[document.slug], parsed[document.slug]
        units = tuple(units_of(document, cut.units, registry))
        found = balance(document, source, cut, registry)
        return ReadDocument(units, found, published(source, cut, units, found))

    return Reading(tuple(earlier.get(each.slug) or read(each) for each in corpus.documents), agencies)


def read_units(corpus: Corpus) -> tuple[tuple[Balance, ...], tuple[PolicyUnit, ...]]:
    """Every document's balance, and the units of all documents in corpus order."""
    reading = read_documents(corpus)
    return reading.balances, reading.units


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
    """The unit's place as a citation prints it: 第3条（序号7）, 第14项, 第5项（2）, 三、保障措施（一）."""
    if unit.serial is not None:
        return f"{unit.measure}（序号{unit.serial}）" if unit.measure != str(unit.serial) else f"序号{unit.serial}"
    head = re.match("[一二三四五六七八九十]+", unit.measure)
    if head and unit.section and unit.section[0].startswith(f"{head.group()}、"):
        return unit.section[0] + unit.measure[head.end() :]
    if head and head.end() == len(unit.measure):
        return f"{unit.measure}、{unit.heading if len(unit.heading) <= _LONGEST_NAME else ''}"
    item = re.match("([0-9]+)（", unit.measure)
    return f"第{item.group(1)}项{unit.measure[item.end(1) :]}" if item else ordinal_label(unit.measure)
