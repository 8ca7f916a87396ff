"""What the evaluation's tests share: a grader over the real units."""

from __future__ import annotations

import pytest

from eval.grade import Grader
from eval.material import Material
from eval.run import PRODUCT, Run, run
from index.agencies import AgencyRegistry
from index.embedding import Embedder
from index.records import Document, PolicyUnit
from index.settings import Settings
from index.text import Segmenter
from ingest.corpus import Corpus
from tests.eval.perfect import CASES, Perfect, refuse
from tests.samples import WordEmbedder


@pytest.fixture(scope="session")
def documents(corpus: Corpus) -> dict[str, Document]:
    return {document.slug: document for document in corpus.documents}


@pytest.fixture(scope="session")
def grader(units: tuple[PolicyUnit, ...], documents: dict[str, Document], registry: AgencyRegistry) -> Grader:
    return Grader(units, documents, registry)


@pytest.fixture
def small_run(grader: Grader, units: tuple[PolicyUnit, ...], documents: dict[str, Document]) -> Run:
    """A run of the perfect system over a handful of cases."""
    return run("small", CASES, {PRODUCT: lambda: Perfect(CASES, units, documents)}, grader, {"fingerprint": "f"})


@pytest.fixture
def refusing_run(grader: Grader, units: tuple[PolicyUnit, ...], documents: dict[str, Document]) -> Run:
    """The same, refusing everything."""
    systems = {PRODUCT: lambda: Perfect(CASES, units, documents, refuse)}
    return run("refusing", CASES, systems, grader, {"fingerprint": "f"})


@pytest.fixture(scope="session")
def by_id(units: tuple[PolicyUnit, ...]) -> dict[str, PolicyUnit]:
    return {unit.unit_id: unit for unit in units}


@pytest.fixture(scope="session")
def material(units: tuple[PolicyUnit, ...], documents: dict[str, Document], registry: AgencyRegistry) -> Material:
    """What baselines are made of, with an embedding of plain words."""

    class SmallMaterial(Material):
        segmenter: Segmenter = Segmenter()
        embedder: Embedder = WordEmbedder()

    return SmallMaterial(Settings(), units, documents, registry)
