"""The chat model writes, and only what agrees with the evidence gets out: sentence by sentence, as the reply comes."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from threading import Semaphore
from types import TracebackType
from typing import Self

from answering.generation.breaker import Breaker
from answering.generation.draft import Draft, Generation, Sentence
from answering.generation.verify import Verifier
from index.agencies import AgencyRegistry
from index.chat_stream import ChatStreams
from index.records import Evidence, Query
from index.settings import ChatSettings

MOST_AT_ONCE = 24  # answers being written; below what the page serves at once, which leaves room for answers without it


class Generator:
    """Writes answers with a chat model; safe to share between threads.

    Args:
        chat: the model; its ``timeout`` is the time that a whole answer may take.
        registry: the bodies that a sentence may name.
        breaker: ends asking for a while when the server is down.
        at_once: answers that may be in writing; one more fails at once, so that a slow server holds up no other answer.

    Attributes:
        model: its name.
    """

    def __init__(
        self,
        chat: ChatSettings,
        registry: AgencyRegistry,
        breaker: Breaker | None = None,
        *,
        at_once: int = MOST_AT_ONCE,
    ) -> None:
        self.model = chat.model
        self._timeout = chat.timeout
        self._registry = registry
        self._breaker = breaker or Breaker()
        self._places = Semaphore(at_once)
        self._streams = ChatStreams(chat)

    def stream(self, query: Query, evidence: Sequence[Evidence], spent: float = 0.0) -> Writing:
        """The answer to ``query`` from ``evidence``, as it is written; the time runs from now on.

        Args:
            query, evidence: what to answer, and from what.
            spent: seconds of the answer's time that are gone already.
        """
        verifier = Verifier(evidence, self._registry, query.standalone)
        question, given, left = query.standalone, tuple(evidence), self._timeout - spent
        return Writing(Draft(self._streams, self._breaker, self._places, verifier, question, given, left))

    def warm(self) -> None:
        """Wait until the client is ready; asking before that works too, and waits."""
        self._streams.warm()

    def close(self) -> None:
        """Stop what is being written and let go of the connections."""
        self._streams.close()


class Writing(Iterator[Sentence]):
    """An answer that is being written: an iterator of its sentences, and then its :attr:`outcome`.

    Nothing that a server does raises an error here. :meth:`close`, from any thread, stops the request; so does leaving
    a ``with`` statement, or forgetting the object.

    Args:
        draft: not yet begun.
    """

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._steps = draft.write()

    def __next__(self) -> Sentence:
        return next(self._steps)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def outcome(self) -> Generation:
        """What came of it; the sentences not yet taken are read first."""
        for _ in self:
            pass
        return self._draft.generation

    def close(self) -> None:
        """Stop writing; sentences shown by now are all there are."""
        self._draft.stop()
        with contextlib.suppress(ValueError):  # another thread waits in it, and finds the reply ended
            self._steps.close()
