"""A line of those who want an answer: a few are served at once, the others are told their place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

from web.reply import LOOK_UP, Reply


class Line:
    """First come, first served; shared between threads.

    Args:
        at_once: how many are served at the same time.
    """

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._tickets: list[object] = []
        self._changed = Condition()

    @contextmanager
    def place(self) -> Iterator[Iterator[int]]:
        """A place in the line, given up at the end of the block.

        The iterator that it gives tells the place, 1 for the next to be served, at least every :data:`LOOK_UP`
        seconds; it ends when it is one's turn.
        """
        ticket = object()
        with self._changed:
            self._tickets.append(ticket)
        try:
            yield self._places(ticket)
        finally:
            with self._changed:
                self._tickets.remove(ticket)
                self._changed.notify_all()

    def _places(self, ticket: object) -> Iterator[int]:
        while (place := self._place(ticket)) > 0:
            yield place
            with self._changed:
                self._changed.wait_for(lambda seen=place: self._place(ticket) != seen, LOOK_UP)  # type: ignore[misc]

    def _place(self, ticket: object) -> int:
        return self._tickets.index(ticket) - self._at_once + 1


def in_turn(line: Line, steps: Iterator[Reply]) -> Iterator[Reply]:
    """A reply's steps when it is its turn; before, its place, the same object until that changes."""
    with line.place() as places:
        waiting = Reply()
        for place in places:
            words = f"正在排队：第 {place} 位，轮到了就回答您的问题。"
            waiting = waiting if waiting.text == words else Reply(words)
            yield waiting
        yield from steps
