"""When requests are let through, told with a clock that the test turns."""

from __future__ import annotations

import pytest

from answering.generation.breaker import Breaker
from index.failure import Failure


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_three_failures_in_a_row_open_it() -> None:
    breaker = Breaker(clock=Clock())
    for _ in range(3):
        assert breaker.admit()
        breaker.failed()
    assert not breaker.admit()


def test_a_success_in_between_starts_the_count_anew() -> None:
    breaker = Breaker(clock=Clock())
    for outcome in (breaker.failed, breaker.failed, breaker.succeeded, breaker.failed, breaker.failed):
        outcome()
    assert breaker.admit()


def test_one_trial_after_the_cool_down_decides() -> None:
    clock = Clock()
    breaker = Breaker(failures=1, cool_down=30, clock=clock)
    breaker.failed()
    clock.now += 29.9
    assert not breaker.admit()
    clock.now += 0.1
    assert [breaker.admit(), breaker.admit()] == [True, False]
    breaker.failed()
    clock.now += 29.9
    assert not breaker.admit()
    clock.now += 0.1
    assert breaker.admit()
    breaker.succeeded()
    assert [breaker.admit(), breaker.admit()] == [True, True]


def test_a_trial_that_nobody_tells_of_is_followed_by_another() -> None:
    clock = Clock()
    breaker = Breaker(failures=1, cool_down=30, clock=clock)
    breaker.failed()
    clock.now += 30
    assert breaker.admit()
    clock.now += 30
    assert breaker.admit()


@pytest.mark.parametrize("failure", [Failure.UNREACHABLE, Failure.TIMEOUT, Failure.SERVER_ERROR, Failure.UNREADABLE])
def test_the_server_is_blamed_for_what_it_does(failure: Failure) -> None:
    breaker = Breaker(failures=1)
    breaker.tell(failure)
    assert not breaker.admit()


@pytest.mark.parametrize("failure", [None, Failure.EMPTY, Failure.UNVERIFIED, Failure.CUT_SHORT])
def test_a_poor_reply_is_a_reply(failure: Failure | None) -> None:
    breaker = Breaker(failures=2)
    breaker.failed()
    breaker.tell(failure)
    breaker.failed()
    assert breaker.admit()


@pytest.mark.parametrize("failure", [Failure.STOPPED, Failure.PAUSED, Failure.REJECTED])
def test_of_some_failures_nobody_knows_whose_they_are(failure: Failure) -> None:
    breaker = Breaker(failures=2)
    breaker.failed()
    breaker.tell(failure)
    assert breaker.admit()
    breaker.failed()
    assert not breaker.admit()
