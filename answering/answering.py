"""An answer on its way, which may be stopped."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from collections.abc import Generator as Steps
from typing import Protocol

from index.records import Answer


class Asked(Protocol):
    """What a chat model is doing."""

    def close(self) -> None:
        """Stop it; any thread may say so, at any time."""


Begin = Callable[[Asked], None]


class Answering(Iterator[str | Answer]):
    """An answer on its way: an iterator of how it grows, and then the answer.

    Args:
        trip: makes it; told a function to hand each thing to that a chat model is asked.
    """

    def __init__(self, trip: Callable[[Begin], Steps[str | Answer, None, None]]) -> None:
        self._asked: Asked | None = None
        self._closed = False
        self._steps = trip(self._begin)

    def __next__(self) -> str | Answer:
        return next(self._steps)

    def close(self) -> None:
        """Stop the chat model, if one is at it; any thread may say so, at any time."""
        self._closed = True
        if self._asked is not None:
            self._asked.close()
        with contextlib.suppress(ValueError):  # another thread waits in it, and finds the writing ended
            self._steps.close()

    def _begin(self, asked: Asked) -> None:
        self._asked = asked
        if self._closed:
            asked.close()
