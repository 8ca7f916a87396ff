"""What the page's tests share, over the service that all tests share."""

from __future__ import annotations

import pytest

from answering.service import Service
from web.loading import Loading
from web.sources import Sources


@pytest.fixture(scope="session")
def sources(service: Service) -> Sources:
    return Sources.of(service.units, service.documents)


@pytest.fixture(scope="session")
def loaded(service: Service) -> Loading:
    """A loading that has come to its end."""
    loading = Loading(lambda report: service)
    loading.start()
    loading.settled()
    return loading
