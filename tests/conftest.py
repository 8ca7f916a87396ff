"""What tests share: the repository's own corpus, its index built once, and a service over it.

The network is closed by the pytest-socket flags in pyproject.toml; what libraries would look up is switched off here.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace

import hypothesis
import jieba
import pytest

from answering.service import Service
from index.agencies import AgencyRegistry
from index.records import PolicyUnit
from index.settings import Settings
from index.text import Segmenter
from ingest.build import build
from ingest.corpus import Corpus, read_corpus
from ingest.documents import read_units


def pytest_configure() -> None:
    """Before any test module is imported: libraries read these at import, and subprocesses inherit them."""
    os.environ.update(GRADIO_ANALYTICS_ENABLED="False", GRADIO_RUN_HISTORY="False", HF_HUB_OFFLINE="1")
    # The same examples on every run, and no verdict that depends on how busy the machine is.
    hypothesis.settings.register_profile("steady", deadline=None, derandomize=True)
    hypothesis.settings.load_profile("steady")


@pytest.fixture(scope="session", autouse=True)
def dictionary_read_once() -> Iterator[None]:
    """jieba takes a second to read its dictionary: done once, and copied for each of some fifty segmenters.

    One that is told where to keep its cache reads for itself, as does every subprocess.
    """
    base, initialize = jieba.Tokenizer(), jieba.Tokenizer.initialize

    def copied(tokenizer: jieba.Tokenizer, dictionary: str | None = None) -> None:
        if tokenizer.tmp_dir or dictionary:
            initialize(tokenizer, dictionary)
            return
        initialize(base)
        tokenizer.FREQ, tokenizer.total, tokenizer.initialized = dict(base.FREQ), base.total, True

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jieba.Tokenizer, "initialize", copied)
        yield


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return read_corpus(Settings().corpus_dir)


@pytest.fixture(scope="session")
def units(corpus: Corpus) -> tuple[PolicyUnit, ...]:
    """The 77 units of both documents, in order; no index and no model needed."""
    return read_units(corpus)[1]


@pytest.fixture(scope="session")
def registry(corpus: Corpus) -> AgencyRegistry:
    return AgencyRegistry(corpus.agencies)


@pytest.fixture(scope="session")
def segmenter(corpus: Corpus) -> Segmenter:
    return Segmenter(corpus.lexicon)


@pytest.fixture(scope="session")
def index_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of an index of the whole corpus with the bundled model, built once for the test run."""
    settings = replace(Settings(), index_dir=tmp_path_factory.mktemp("index"))
    build(settings)
    return settings


@pytest.fixture(scope="session")
def service(index_settings: Settings) -> Iterator[Service]:
    opened = Service(index_settings)
    yield opened
    opened.close()
