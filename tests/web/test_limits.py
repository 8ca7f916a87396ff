from __future__ import annotations

import pytest

from web.limits import RateLimit


class _Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_client_has_a_minutes_requests_and_gets_them_back_evenly() -> None:
    clock = _Clock()
    limit = RateLimit(6, clock)  # one in ten seconds
    assert [limit.wait("a") for _ in range(7)] == [0] * 6 + [10]
    assert limit.wait("b") == 0
    clock.now += 9.5
    assert limit.wait("a") == 1  # half a second, rounded up
    clock.now += 0.5
    assert [limit.wait("a"), limit.wait("a")] == [0, 10]
    clock.now += 3600
    assert [limit.wait("a") for _ in range(7)] == [0] * 6 + [10]


def test_what_costs_more_waits_longer_and_never_for_ever() -> None:
    clock = _Clock()
    limit = RateLimit(6, clock)
    assert limit.wait("a", 4) == 0
    assert limit.wait("a", 4) == 20  # two tokens are left, two more come in 20 seconds
    assert limit.wait("b", 100) == 0
    assert limit.wait("b", 100) == 60


def test_without_a_limit_nobody_waits() -> None:
    limit = RateLimit(None)
    assert {limit.wait("a") for _ in range(1000)} == {0}


def test_the_client_that_has_been_away_longest_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.limits.MOST_CLIENTS", 2)
    limit = RateLimit(1, _Clock())
    assert [limit.wait(client) for client in "abca"] == [0, 0, 0, 0]
    assert limit.wait("c") == 60
