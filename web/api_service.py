"""The service behind the APIs: waited for, asked within the time limit, its errors as problems."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

import anyio
from anyio.to_thread import run_sync

from web.api_problems import Problem
from web.loading import Loading

if TYPE_CHECKING:
    from answering.service import Service
    from index.records import Answer

RETRY_AFTER = "5"  # seconds, for those who come before the index is there

T = TypeVar("T")
_log = logging.getLogger(__name__)


class Answers:
    """Gives programs the service.

    Args:
        loading: of the service.
        timeout: seconds that a request may take, waiting included.
        at_once: answers made at the same time; who comes later waits.
    """

    def __init__(self, loading: Loading, timeout: float, at_once: int) -> None:
        self._loading = loading
        self._timeout = timeout
        self._room = anyio.CapacityLimiter(at_once)

    @property
    def status(self) -> str:
        """``ready``, ``loading`` or ``failed``."""
        state = self._loading.state
        if state.failed:
            return "failed"
        return "ready" if state.service else "loading"

    async def service(self) -> Service:
        """The service, as soon as it is there.

        Raises:
            Problem: 503, it failed to load or takes longer than a request may.
        """
        if not self._loading.state.settled:
            with anyio.move_on_after(self._timeout):
                await run_sync(self._loading.settled, abandon_on_cancel=True)
        state = self._loading.state
        if state.service is None:
            code, words = ("failed", "服务没有载入成功，请联系管理员。") if state.failed else ("loading", state.words)
            raise Problem(503, code, words, {"Retry-After": RETRY_AFTER})
        return state.service

    async def ask(self, question: str, history: Sequence[str]) -> Answer:
        """The answer.

        Raises:
            Problem: 400, it is no question; 503, see :meth:`service`; 504, it took too long; 500, a defect.
        """
        await self.service()

        def work() -> Answer:
            with self.lent() as service:
                return service.ask(question, history)

        return await self.within(work, question)

    @contextmanager
    def lent(self) -> Iterator[Service]:
        """The service, open until the block ends; to be called when :meth:`service` has said that there is one."""
        with self._loading.lent() as state:
            assert state.service is not None
            yield state.service

    async def within(self, work: Callable[[], T], question: str) -> T:
        """What ``work`` on ``question`` gives, made in a thread.

        Raises:
            Problem: as for :meth:`ask`.
        """
        from answering.service import QuestionError  # loaded by now; at the top it would delay the page

        try:
            with anyio.fail_after(self._timeout):
                return await run_sync(work, abandon_on_cancel=True, limiter=self._room)
        except QuestionError as error:
            raise Problem(400, "invalid_question", str(error)) from error
        except TimeoutError as error:
            raise Problem(504) from error
        except Exception as error:
            _log.exception("no answer to %r", question[:200])
            raise Problem(500) from error
