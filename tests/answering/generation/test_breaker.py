"""When requests are let through, told with a clock that the test turns."""

from __future__ import annotations

import logging

import pytest

from answering.generation.breaker import Breaker
from index.failure import Failure

SLOW = Failure.TIMEOUT


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_three_failures_in_a_row_open_it() -> None:
    breaker = Breaker(clock=Clock())
    for _ in range(3):
        assert breaker.admit()
        breaker.failed(SLOW)
    assert not breaker.admit()


def test_a_success_in_between_starts_the_count_anew() -> None:
    breaker = Breaker(clock=Clock())
    for failures in (2, 2):
        breaker.succeeded()
        for _ in range(failures):
            breaker.failed(SLOW)
    assert breaker.admit()


def test_one_trial_after_the_cool_down_decides() -> None:
    clock = Clock()
    breaker = Breaker(failures=1, cool_down=30, clock=clock)
    breaker.failed(SLOW)
    clock.now += 29.9
    assert not breaker.admit()
    clock.now += 0.1
    assert [breaker.admit(), breaker.admit()] == [True, False]
    breaker.failed(SLOW)
    clock.now += 29.9
    assert not breaker.admit()
    clock.now += 0.1
    assert breaker.admit()
    breaker.succeeded()
    assert [breaker.admit(), breaker.admit()] == [True, True]


def test_a_trial_that_nobody_tells_of_is_followed_by_another() -> None:
    clock = Clock()
    breaker = Breaker(failures=1, cool_down=30, clock=clock)
    breaker.failed(SLOW)
    clock.now += 30
    assert breaker.admit()
    clock.now += 30
    assert breaker.admit()


def test_refused_connections_are_tried_again_soon_and_then_ever_later() -> None:
    clock = Clock()
    breaker = Breaker(clock=clock)
    for _ in range(3):
        breaker.failed(Failure.UNREACHABLE)
    pauses = []
    for _ in range(7):
        began = clock.now
        while not breaker.admit():
            clock.now += 0.5
        pauses.append(clock.now - began)
        breaker.failed(Failure.UNREACHABLE)
    assert pauses == [1, 2, 4, 8, 16, 30, 30]
    breaker.succeeded()
    for _ in range(3):
        breaker.failed(Failure.UNREACHABLE)
    clock.now += 1
    assert breaker.admit()


@pytest.mark.parametrize("failure", [Failure.DENIED, Failure.NOT_FOUND, Failure.REJECTED])
def test_a_wrong_setting_never_opens_it(failure: Failure) -> None:
    breaker = Breaker(clock=Clock())
    for _ in range(10):
        assert breaker.admit()
        breaker.failed(failure)
    assert breaker.admit()


def test_the_log_has_a_line_when_something_changes(caplog: pytest.LogCaptureFixture) -> None:
    breaker = Breaker(clock=Clock())
    with caplog.at_level(logging.INFO):
        for _ in range(4):
            breaker.failed(Failure.DENIED)
        for _ in range(4):
            breaker.failed(Failure.NOT_FOUND)
        for _ in range(4):
            breaker.succeeded()
    assert [record.getMessage() for record in caplog.records] == [
        "the chat model fails (denied): check LLM_API_KEY",
        "the chat model fails (not_found): check LLM_MODEL, and that LLM_BASE_URL ends where its API begins",
        "the chat model answers again",
    ]


@pytest.mark.parametrize("failure", [Failure.UNREACHABLE, Failure.TIMEOUT, Failure.SERVER_ERROR, Failure.UNREADABLE])
def test_the_server_is_blamed_for_what_it_does(failure: Failure) -> None:
    breaker = Breaker(failures=1)
    breaker.tell(failure)
    assert not breaker.admit()


@pytest.mark.parametrize("failure", [None, Failure.EMPTY, Failure.UNVERIFIED, Failure.CUT_SHORT])
def test_a_poor_reply_is_a_reply(failure: Failure | None) -> None:
    breaker = Breaker(failures=2)
    breaker.failed(SLOW)
    breaker.tell(failure)
    breaker.failed(SLOW)
    assert breaker.admit()


@pytest.mark.parametrize("failure", [Failure.STOPPED, Failure.PAUSED, Failure.CROWDED])
def test_of_some_failures_nobody_knows_whose_they_are(failure: Failure) -> None:
    breaker = Breaker(failures=2)
    breaker.failed(SLOW)
    breaker.tell(failure)
    assert breaker.admit()
    breaker.failed(SLOW)
    assert not breaker.admit()
