from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event
from typing import cast

import pytest

import web.loading
from answering.service import Service
from index.embedding import EmbeddingModelError
from index.versions import IndexUnusableError
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


class _Served:
    """A service as far as loading knows it."""

    def __init__(self, version: str) -> None:
        self.version = version
        self.closed = Event()

    def close(self) -> None:
        assert not self.closed.is_set()
        self.closed.set()


def renewing(versions: list[str]) -> tuple[Loading, dict[str, _Served]]:
    """A loading that serves the last of ``versions``, and every service by its version."""
    made: dict[str, _Served] = {}

    def opened() -> Service:
        if versions[-1] == "broken":
            raise IndexUnusableError("broken")
        made[versions[-1]] = _Served(versions[-1])
        return cast("Service", made[versions[-1]])

    return Loading(lambda report: opened(), lambda: versions[-1], opened), made


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody looks for a new index but the test."""
    monkeypatch.setattr(web.loading, "LOOK", 3600.0)


@pytest.mark.usefixtures("still")
def test_a_new_index_is_served_and_the_service_before_closed_when_nobody_uses_it() -> None:
    versions = ["a"]
    loading, made = renewing(versions)
    loading.start()
    assert loading.settled().edition == 1
    loading.renew()
    assert loading.state.service is cast("Service", made["a"])
    with loading.lent() as first, loading.lent() as second:
        assert first.service is second.service is cast("Service", made["a"])
        versions.append("b")
        loading.renew()
        assert (loading.state.service, loading.state.edition) == (cast("Service", made["b"]), 2)
        assert not made["a"].closed.is_set()
    assert made["a"].closed.is_set()
    versions.append("c")
    loading.renew()
    assert made["b"].closed.is_set()
    assert not made["c"].closed.is_set()
    loading.stop()


@pytest.mark.usefixtures("still")
def test_an_index_that_cannot_be_opened_leaves_the_service_and_is_tried_once() -> None:
    versions = ["a"]
    loading, made = renewing(versions)
    loading.start()
    loading.settled()
    versions.append("broken")
    with pytest.raises(IndexUnusableError):
        loading.renew()
    loading.renew()
    assert loading.state.service is cast("Service", made["a"])
    assert not made["a"].closed.is_set()
    loading.stop()


def test_a_running_app_notices_a_new_index(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web.loading, "LOOK", 0.01)
    versions = ["a"]
    loading, made = renewing(versions)
    loading.start()
    loading.settled()
    versions.append("b")
    assert made["a"].closed.wait(10)
    assert loading.state.service is cast("Service", made["b"])
    loading.stop()


def test_after_a_failure_only_a_new_index_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web.loading, "LOOK", 3600.0)
    versions = ["broken"]
    loading, made = renewing(versions)
    loading.start()
    assert loading.settled().failed
    versions[:] = ["broken", "b"]
    loading.renew()
    assert loading.state.service is cast("Service", made["b"])
    loading.stop()
