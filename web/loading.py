"""Loading the service while the page is up already."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import Condition, Thread
from typing import TYPE_CHECKING

from web.failure import explained

if TYPE_CHECKING:
    from answering.service import Service

READING = "正在读取文件…"
INDEXING = "正在建立索引…"
OPENING = "正在打开索引…"
READY = "就绪"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class State:
    """How far loading has come: in words, and the service once it is there. ``failed`` states are final too."""

    words: str
    service: Service | None = None
    failed: bool = False

    @property
    def settled(self) -> bool:
        """True when nothing will change any more."""
        return self.failed or self.service is not None


class Loading:
    """A service on its way, shared by everyone who waits for it.

    Args:
        load: makes the service; told a function by which it reports, in words, what it is at.
    """

    def __init__(self, load: Callable[[Callable[[str], None]], Service]) -> None:
        self._load = load
        self._changed = Condition()
        self._state = State(READING)

    def start(self) -> None:
        """Load in the background; returns at once."""
        Thread(target=self._run, name="loading", daemon=True).start()

    @property
    def state(self) -> State:
        """The present state."""
        return self._state

    def states(self) -> Iterator[State]:
        """The present state and every later one as it comes, up to the final one; states missed are skipped."""
        state = self._state
        yield state
        while not state.settled:
            with self._changed:
                self._changed.wait_for(lambda seen=state: self._state is not seen)  # type: ignore[misc]
                state = self._state
            yield state

    def settled(self) -> State:
        """The final state; waits for it."""
        *_, state = self.states()
        return state

    def _run(self) -> None:
        try:
            service = self._load(lambda words: self._set(State(words)))
        except Exception as error:  # noqa: BLE001 - whatever it was, those who wait must hear of it
            _log.exception("loading failed")
            self._set(State(explained(error), failed=True))
        else:
            self._set(State(READY, service))

    def _set(self, state: State) -> None:
        with self._changed:
            self._state = state
            self._changed.notify_all()
