"""Loading the service while the page is up already, and again whenever there is a new index."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Condition, Event, Lock, Thread
from typing import TYPE_CHECKING

from web.failure import explained

if TYPE_CHECKING:
    from answering.service import Service

READING = "正在读取文件…"
INDEXING = "正在建立索引…"
OPENING = "正在打开索引…"
READY = "就绪"
LOOK = 3.0  # seconds between two looks at which version of the index is in use

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class State:
    """How far loading has come: in words, and the service once it is there.

    Attributes:
        failed: there is no service, and none will come but of a new index.
        edition: counts the services, from 1; what was made of one of an earlier edition is stale.
    """

    words: str
    service: Service | None = None
    failed: bool = False
    edition: int = 0

    @property
    def settled(self) -> bool:
        """True when there is nothing to wait for any more."""
        return self.failed or self.service is not None


class Loading:
    """A service on its way, shared by everyone who waits for it; later the service on the newest index.

    Args:
        load: makes the service; told a function by which it reports, in words, what it is at.
        current: name of the version of the index in use, ``None`` when there is none.
        reopen: makes a service on that version.
    """

    def __init__(
        self,
        load: Callable[[Callable[[str], None]], Service],
        current: Callable[[], str | None] = lambda: None,
        reopen: Callable[[], Service] | None = None,
    ) -> None:
        self._load = load
        self._current = current
        self._reopen = reopen
        self._changed = Condition()
        self._state = State(READING)
        self._renewing = Lock()
        self._tried: str | None = None
        self._lent: Counter[Service] = Counter()
        self._retired: set[Service] = set()
        self._stopped = Event()

    def start(self) -> None:
        """Load in the background, and look for new versions of the index from then on; returns at once."""
        Thread(target=self._run, name="loading", daemon=True).start()

    def stop(self) -> None:
        """Look for new versions no more."""
        self._stopped.set()

    @property
    def state(self) -> State:
        """The present state."""
        return self._state

    def states(self) -> Iterator[State]:
        """The present state and every later one as it comes, up to the settled one; states missed are skipped."""
        state = self._state
        yield state
        while not state.settled:
            with self._changed:
                self._changed.wait_for(lambda seen=state: self._state is not seen)  # type: ignore[misc]
                state = self._state
            yield state

    def settled(self) -> State:
        """The settled state; waits for it. Its records stay good; who asks the service borrows it by :meth:`lent`."""
        *_, state = self.states()
        return state

    @contextmanager
    def lent(self) -> Iterator[State]:
        """The settled state, whose service stays open until the block ends; waits for it."""
        self.settled()
        with self._changed:
            state = self._state
            if state.service:
                self._lent[state.service] += 1
        try:
            yield state
        finally:
            if state.service:
                self._given_back(state.service)

    def renew(self) -> None:
        """Serve from the index in use, where that is another than served; errors are those of opening it.

        The service before answers until the new one is there, and is closed when nobody uses it any more.
        """
        with self._renewing:
            name, before = self._current(), self._state.service
            if self._reopen is None or name in (None, self._tried, before and before.version):
                return
            self._tried = name
            service = self._reopen()
            with self._changed:
                self._state = State(READY, service, edition=self._state.edition + 1)
                self._changed.notify_all()
                unused = before if before and not self._lent[before] else None
                if before and not unused:
                    self._retired.add(before)
            if unused:
                unused.close()

    def _given_back(self, service: Service) -> None:
        with self._changed:
            self._lent[service] -= 1
            last = not self._lent[service]
            if last:
                del self._lent[service]
            unused = last and service in self._retired
            if unused:
                self._retired.remove(service)
        if unused:
            service.close()

    def _run(self) -> None:
        try:
            service = self._load(lambda words: self._set(State(words)))
        except Exception as error:  # noqa: BLE001 - whatever it was, those who wait must hear of it
            _log.exception("loading failed")
            self._tried = self._current()
            self._set(State(explained(error), failed=True))
        else:
            self._set(State(READY, service, edition=1))
        while self._reopen and not self._stopped.wait(LOOK):
            try:
                self.renew()
            except Exception:  # noqa: BLE001 - the service before goes on answering
                _log.exception("a new index could not be opened")

    def _set(self, state: State) -> None:
        with self._changed:
            self._state = state
            self._changed.notify_all()
