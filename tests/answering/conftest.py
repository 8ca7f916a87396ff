"""Stages over the repository's own corpus that need no index: their input is made by hand or by the stage before."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from answering.evidence import Thresholds, Weigher
from answering.extract import Extractor
from answering.question import Understanding
from answering.understanding.reading import Reader
from answering.weighing.companions import Companions
from answering.weighing.verdict import Verdict
from answering.words import UnitWords
from answering.writing.writer import Writer
from index.agencies import AgencyRegistry
from index.records import PolicyUnit
from index.text import Segmenter
from ingest.corpus import Corpus
from tests.answering.samples import BY_COVERAGE, BY_SCORE, by_slug

Units = dict[str, PolicyUnit]
WeighWith = Callable[[Thresholds], Weigher]


@pytest.fixture(scope="session")
def unit_of(units: tuple[PolicyUnit, ...]) -> Units:
    """Units by id."""
    return {unit.unit_id: unit for unit in units}


@pytest.fixture(scope="session")
def unit_words(units: tuple[PolicyUnit, ...], segmenter: Segmenter) -> UnitWords:
    """Words of the units' own texts, without expected questions."""
    return UnitWords(units, (), segmenter)


@pytest.fixture(scope="session")
def reader(
    corpus: Corpus,
    units: tuple[PolicyUnit, ...],
    registry: AgencyRegistry,
    segmenter: Segmenter,
    unit_words: UnitWords,
) -> Reader:
    return Reader(corpus.documents, units, registry, segmenter, unit_words)


@pytest.fixture(scope="session")
def understanding(
    corpus: Corpus,
    units: tuple[PolicyUnit, ...],
    registry: AgencyRegistry,
    segmenter: Segmenter,
    unit_words: UnitWords,
) -> Understanding:
    return Understanding(corpus.documents, units, registry, segmenter, unit_words)


@pytest.fixture(scope="session")
def extractor(segmenter: Segmenter) -> Extractor:
    """Every word weighs the same, so that a reader can count."""
    return Extractor(segmenter, lambda word: 1.0)


@pytest.fixture(scope="session")
def weigh_with(
    units: tuple[PolicyUnit, ...],
    extractor: Extractor,
    unit_words: UnitWords,
    segmenter: Segmenter,
    registry: AgencyRegistry,
) -> WeighWith:
    """A weigher with given thresholds over models that a reader can follow."""
    companions = Companions(unit_words, BY_SCORE)
    verdict = Verdict(unit_words, segmenter, registry, BY_COVERAGE)
    years = frozenset({"2024", "2025", "2027"})
    return lambda thresholds: Weigher(units, extractor, companions, verdict, years, thresholds)


@pytest.fixture(scope="session")
def weigher(weigh_with: WeighWith) -> Weigher:
    return weigh_with(Thresholds())


@pytest.fixture(scope="session")
def writer(corpus: Corpus, units: tuple[PolicyUnit, ...], registry: AgencyRegistry) -> Writer:
    return Writer(by_slug(corpus.documents), units, registry)
