"""An answer on its way may be stopped, whatever a chat model is being asked at the time."""

from __future__ import annotations

from collections.abc import Generator as Steps

from answering.answering import Answering, Begin
from index.records import Answer


class Request:
    def __init__(self) -> None:
        self.closed = 0

    def close(self) -> None:
        self.closed += 1


def test_what_is_asked_is_stopped_and_what_is_asked_later_too() -> None:
    first, second = Request(), Request()
    began: list[Begin] = []

    def trip(begin: Begin) -> Steps[str | Answer, None, None]:
        began.append(begin)
        begin(first)
        yield "so far"

    answering = Answering(trip)
    assert next(answering) == "so far"
    answering.close()
    began[0](second)
    assert (first.closed, second.closed) == (1, 1)
    assert list(answering) == []
