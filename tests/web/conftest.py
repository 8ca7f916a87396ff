"""The repository's own corpus and a service over it, in a folder of the test run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from answering.service import Service
from index.settings import Settings
from ingest.build import build
from web.loading import Loading
from web.sources import Sources


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    settings = replace(Settings(), index_dir=tmp_path_factory.mktemp("index"))
    build(settings)
    opened = Service(settings)
    yield opened
    opened.close()


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
