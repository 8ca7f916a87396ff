"""What the evaluation's tests share: a grader over the real units."""

from __future__ import annotations

import pytest

from eval.grade import Grader
from index.agencies import AgencyRegistry
from index.records import Document, PolicyUnit
from ingest.corpus import Corpus


@pytest.fixture(scope="session")
def documents(corpus: Corpus) -> dict[str, Document]:
    return {document.slug: document for document in corpus.documents}


@pytest.fixture(scope="session")
def grader(units: tuple[PolicyUnit, ...], documents: dict[str, Document], registry: AgencyRegistry) -> Grader:
    return Grader(units, documents, registry)
