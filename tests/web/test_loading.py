from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event

import pytest

from answering.service import Service
from index.embedding import EmbeddingModelError
from web.loading import INDEXING, OPENING, READING, READY, Loading


def test_those_who_wait_hear_each_step_and_then_get_the_service(service: Service) -> None:
    heard = {INDEXING: Event(), OPENING: Event()}

    def load(report: Callable[[str], None]) -> Service:
        for words, event in heard.items():
            report(words)
            assert event.wait(10)
        return service

    loading = Loading(load)
    loading.start()
    words = []
    for state in loading.states():
        words.append(state.words)
        if state.words in heard:
            heard[state.words].set()
    assert words[-3:] == [INDEXING, OPENING, READY]
    assert set(words) <= {READING, INDEXING, OPENING, READY}
    assert loading.settled().service is service


def test_before_it_starts_the_first_step_is_named() -> None:
    state = next(Loading(lambda report: pytest.fail("not started")).states())
    assert (state.words, state.settled) == (READING, False)


def test_failure_is_final_explained_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    def load(report: Callable[[str], None]) -> Service:
        raise EmbeddingModelError("x", "no such folder", "correct EMBEDDING_MODEL")

    loading = Loading(load)
    with caplog.at_level(logging.ERROR):
        loading.start()
        state = loading.settled()
    assert state.failed
    assert state.service is None
    assert "找不到向量模型" in state.words
    assert "loading failed" in caplog.text
