from __future__ import annotations

from threading import Event

import pytest

import web.working
from web.working import working


def test_signs_of_life_come_until_the_work_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web.working, "TICK", 0.01)
    go = Event()
    steps = working(lambda: go.wait(10))
    next(steps)
    go.set()
    with pytest.raises(StopIteration) as ended:
        while True:
            next(steps)
    assert ended.value.value is True


def test_an_error_of_the_work_is_raised() -> None:
    def late() -> None:
        raise TimeoutError("its own")

    with pytest.raises(TimeoutError, match="its own"):
        next(working(late))
