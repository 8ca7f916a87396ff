"""Stages over the repository's own corpus that need no index: their input is made by hand or by the stage before."""

from __future__ import annotations

import pytest

from answering.evidence import Weigher
from answering.extract import Extractor
from answering.question import Understanding
from answering.reading import Reader
from answering.words import UnitWords
from answering.write import Writer
from index.agencies import AgencyRegistry
from index.records import PolicyUnit
from index.text import Segmenter
from ingest.corpus import Corpus
from tests.answering.samples import by_slug

Units = dict[str, PolicyUnit]


@pytest.fixture(scope="session")
def unit_of(units: tuple[PolicyUnit, ...]) -> Units:
    """Units by id."""
    return {unit.unit_id: unit for unit in units}


@pytest.fixture(scope="session")
def reader(corpus: Corpus, units: tuple[PolicyUnit, ...], registry: AgencyRegistry, segmenter: Segmenter) -> Reader:
    return Reader(corpus.documents, units, registry, segmenter, UnitWords(units, (), segmenter))


@pytest.fixture(scope="session")
def understanding(
    corpus: Corpus, units: tuple[PolicyUnit, ...], registry: AgencyRegistry, segmenter: Segmenter
) -> Understanding:
    return Understanding(corpus.documents, units, registry, segmenter, UnitWords(units, (), segmenter))


@pytest.fixture(scope="session")
def extractor(segmenter: Segmenter) -> Extractor:
    """Every word weighs the same, so that a reader can count."""
    return Extractor(segmenter, lambda word: 1.0)


@pytest.fixture(scope="session")
def weigher(units: tuple[PolicyUnit, ...], extractor: Extractor) -> Weigher:
    return Weigher(units, extractor, frozenset({"2024", "2025", "2027"}))


@pytest.fixture(scope="session")
def writer(corpus: Corpus, units: tuple[PolicyUnit, ...], registry: AgencyRegistry) -> Writer:
    return Writer(by_slug(corpus.documents), units, registry)
