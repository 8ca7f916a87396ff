"""A circuit breaker: a server that is down costs the first askers their time, not everyone."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from threading import Lock

from index.failure import Failure

FAILURES = 3
COOL_DOWN = 30.0  # seconds
FIRST_PAUSE = 1.0  # seconds; doubled with every further refusal, up to the cool-down
_BLAMED = frozenset(  # on the server
    {
        Failure.UNREACHABLE,
        Failure.DENIED,
        Failure.NOT_FOUND,
        Failure.REJECTED,
        Failure.BUSY,
        Failure.SERVER_ERROR,
        Failure.UNREADABLE,
        Failure.TIMEOUT,
        Failure.BROKEN_OFF,
    }
)
# Of these nobody knows how the server does.
_NOT_TOLD = frozenset({Failure.CROWDED, Failure.PAUSED, Failure.STOPPED})
# What no pause mends and no asker waits for: the server works, and says at once that it is set up wrongly.
_REMEDIES = {
    Failure.DENIED: "check LLM_API_KEY",
    Failure.NOT_FOUND: "check LLM_MODEL, and that LLM_BASE_URL ends where its API begins",
    Failure.REJECTED: "check LLM_BASE_URL and LLM_MODEL, and that the server speaks OpenAI's chat completions",
}
_LOOK = "see the log of its server, or whether it can be reached from here"

_log = logging.getLogger(__name__)


class Breaker:
    """Lets requests through until several failed in a row; then none, but for one trial after each pause.

    A failure that cost time is followed by the whole cool-down. A refused connection costs none: the pause after it is
    short, and grows while the server stays away. A server that says that key, model or request are wrong is asked again
    every time: it fails at once, and each asker is told the true reason.

    What came of a request is told by :meth:`succeeded` or :meth:`failed`; of one that the asker gave up, nothing. The
    log has a line when the server begins to fail or fails in another way, not one a request, and one when it recovers.
    Safe to share between threads.

    Args:
        failures: in a row, after which it opens.
        cool_down: seconds from the last failure or trial to the next trial.
        first_pause: the same, after the refused connection that opens it.
        clock: seconds, never going back.
    """

    def __init__(
        self,
        failures: int = FAILURES,
        cool_down: float = COOL_DOWN,
        first_pause: float = FIRST_PAUSE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most, self._cool_down, self._first_pause, self._clock = failures, cool_down, first_pause, clock
        self._lock = Lock()
        self._failed = 0
        self._since = 0.0  # the last failure or trial
        self._pause = cool_down
        self._last: Failure | None = None

    def admit(self) -> bool:
        """True when a request may be made now."""
        with self._lock:
            if self._failed < self._most:
                return True
            if self._clock() - self._since < self._pause:
                return False
            self._since = self._clock()
            return True

    def succeeded(self) -> None:
        """A request was answered: the server works."""
        with self._lock:
            self._failed, before, self._last = 0, self._last, None
        if before:
            _log.warning("the chat model answers again")

    def failed(self, failure: Failure) -> None:
        """A request failed for the server's sake, with ``failure``."""
        with self._lock:
            before, self._last = self._last, failure
            if failure in _REMEDIES:
                self._failed = 0
            else:
                self._failed += 1
                self._since = self._clock()
                doubled = self._first_pause * 2.0 ** min(30, max(0, self._failed - self._most))
                self._pause = min(self._cool_down, doubled) if failure is Failure.UNREACHABLE else self._cool_down
        if before is not failure:
            _log.warning("the chat model fails (%s): %s", failure.value, _REMEDIES.get(failure, _LOOK))

    def tell(self, failure: Failure | None) -> None:
        """What came of a request: ``None``, a failure of the server's, or one of the model's: then the server works."""
        if failure is not None and failure in _BLAMED:
            self.failed(failure)
        elif failure not in _NOT_TOLD:
            self.succeeded()
