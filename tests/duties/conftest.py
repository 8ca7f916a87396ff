"""The ledger of the repository's own corpus."""

from __future__ import annotations

import pytest

from duties.ledger import Ledger
from index.agencies import AgencyRegistry
from index.records import PolicyUnit
from ingest.corpus import Corpus


@pytest.fixture(scope="session")
def ledger(corpus: Corpus, units: tuple[PolicyUnit, ...], registry: AgencyRegistry) -> Ledger:
    return Ledger(units, {document.slug: document for document in corpus.documents}, registry)
