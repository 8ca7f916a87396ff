"""A circuit breaker: a server that is down costs the first askers their time, not everyone."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock

from index.failure import Failure

FAILURES = 3
COOL_DOWN = 30.0  # seconds
_BLAMED = frozenset(  # on the server
    {
        Failure.UNREACHABLE,
        Failure.DENIED,
        Failure.NOT_FOUND,
        Failure.BUSY,
        Failure.SERVER_ERROR,
        Failure.UNREADABLE,
        Failure.TIMEOUT,
        Failure.BROKEN_OFF,
    }
)
_NOT_TOLD = frozenset({Failure.REJECTED, Failure.PAUSED, Failure.STOPPED})  # of these nobody knows how the server does


class Breaker:
    """Lets requests through until several failed in a row; then none, but for one trial after each cool-down.

    What came of a request is told by :meth:`succeeded` or :meth:`failed`; of one that the asker gave up, nothing.
    Safe to share between threads.

    Args:
        failures: in a row, after which it opens.
        cool_down: seconds from the last failure or trial to the next trial.
        clock: seconds, never going back.
    """

    def __init__(
        self, failures: int = FAILURES, cool_down: float = COOL_DOWN, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most, self._cool_down, self._clock = failures, cool_down, clock
        self._lock = Lock()
        self._failed = 0
        self._since = 0.0  # the last failure or trial

    def admit(self) -> bool:
        """True when a request may be made now."""
        with self._lock:
            if self._failed < self._most:
                return True
            if self._clock() - self._since < self._cool_down:
                return False
            self._since = self._clock()
            return True

    def succeeded(self) -> None:
        """A request was answered: the server works."""
        with self._lock:
            self._failed = 0

    def failed(self) -> None:
        """A request failed for the server's sake."""
        with self._lock:
            self._failed += 1
            self._since = self._clock()

    def tell(self, failure: Failure | None) -> None:
        """What came of a request: ``None``, a failure of the server's, or one of the model's: then the server works."""
        if failure in _BLAMED:
            self.failed()
        elif failure not in _NOT_TOLD:
            self.succeeded()
