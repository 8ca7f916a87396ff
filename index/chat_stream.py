"""Streamed replies of the chat model: read on one thread of their own, awaited no longer than the asker's time allows.

A stalled server can't be interrupted while it is being read, unless it is read by an event loop. One loop on one thread
reads all replies that are under way; whoever asks takes the pieces from a queue.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import TYPE_CHECKING

from index.chat_model import ReplyError, failure_of, open_http_client, open_streaming_model, status_of
from index.failure import Failure
from index.settings import ChatSettings

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage
    from langchain_core.runnables import Runnable

_RETRIES = 2
_FIRST_PAUSE = 0.25  # seconds before the second try, doubled before the third
_LAST_WORDS = 0.5  # seconds that a complete reply may take to tell its tokens and to end
_FAREWELL = 5.0  # seconds that closing waits for the thread


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens of prompt and reply as the server counts them; 0 where it doesn't say."""

    prompt: int = 0
    completion: int = 0

    def __add__(self, other: Tokens) -> Tokens:
        return Tokens(self.prompt + other.prompt, self.completion + other.completion)

    def most(self, other: Tokens) -> Tokens:
        """The larger of each: servers tell the sum at the end, some of them what it is so far in every piece."""
        return Tokens(max(self.prompt, other.prompt), max(self.completion, other.completion))


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    finish: str
    tokens: Tokens


class ChatStream:
    """The pieces of one reply, as they come.

    Iterating raises :class:`~index.chat_model.ReplyError` when the reply fails or isn't complete at the deadline;
    :meth:`close` may be called by any thread at any time, stops the request and ends the iteration.

    Attributes:
        tokens: as far as they are known by now.
        trouble: why the request was made again, and what a reply that is late then failed of.
    """

    def __init__(self, deadline: float) -> None:
        self.tokens = Tokens()
        self.trouble: Failure | None = None
        self._deadline = deadline
        self._queue: SimpleQueue[_Piece | Failure | None] = SimpleQueue()
        self._reading: Future[None] | None = None

    def put(self, piece: _Piece | Failure | None) -> None:
        """Hand on a piece, the failure that ends the reply, or ``None`` at its end."""
        self._queue.put(piece)

    def read_by(self, reading: Future[None]) -> None:
        """Name the task that :meth:`close` stops."""
        self._reading = reading

    def __iter__(self) -> Iterator[str]:
        """Pieces of text, in order; complete only when it ends without an error."""
        finish = ""
        try:
            while True:
                item = self._next()
                if item is None or (finish and isinstance(item, Failure)):
                    break
                if isinstance(item, Failure):
                    raise ReplyError(self.trouble or item if item is Failure.TIMEOUT else item)
                self.tokens = self.tokens.most(item.tokens)
                if item.text and not finish:
                    yield item.text
                if item.finish and not finish:
                    finish = item.finish
                    self._deadline = min(self._deadline, time.monotonic() + _LAST_WORDS)
            if finish != "stop":
                raise ReplyError({"": Failure.BROKEN_OFF, "length": Failure.CUT_SHORT}.get(finish, Failure.WITHHELD))
        finally:
            self.close()

    def _next(self) -> _Piece | Failure | None:
        """What comes next; a queue that is never empty doesn't outlast the deadline either."""
        left = self._deadline - time.monotonic()
        try:
            return self._queue.get(timeout=left) if left > 0 else Failure.TIMEOUT
        except Empty:
            return Failure.TIMEOUT

    def close(self) -> None:
        """Stop the request if it is still under way."""
        if self._reading is not None:
            self._reading.cancel()
        self._queue.put(None)


class ChatStreams:
    """Asks one chat model. The client (seconds of imports) is opened on the thread, while the caller goes on.

    Args:
        settings: of the chat model.
    """

    def __init__(self, settings: ChatSettings) -> None:
        self._settings = settings
        self._loop = asyncio.new_event_loop()
        self._stop, self._ready = asyncio.Event(), asyncio.Event()
        self._opened = Event()
        self._closed = False
        self._chain: Runnable[dict[str, str], BaseMessage] | None = None
        self._thread = Thread(target=self._run, name="chat-streams", daemon=True)
        self._thread.start()

    def ask(self, prompt: str, deadline: float, *, retries: int = _RETRIES) -> ChatStream:
        """Send a prompt.

        Args:
            prompt: the one message sent.
            deadline: on the clock of ``time.monotonic``, when the reply must be complete.
            retries: further tries after a 429 or 5xx; never after the deadline, nor when a pause would eat it up.
        """
        stream = ChatStream(deadline)
        if self._closed:
            stream.put(Failure.STOPPED)
            return stream
        stream.read_by(asyncio.run_coroutine_threadsafe(self._read(stream, prompt, deadline, retries), self._loop))
        return stream

    def warm(self) -> None:
        """Wait until the client is open."""
        self._opened.wait()

    def close(self) -> None:
        """Stop every request, let go of the connections and end the thread."""
        if not self._closed:
            self._closed = True
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join(_FAREWELL)

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        """Open the client, keep it until :meth:`close`, and end what is still being read."""
        client = open_http_client(self._settings)
        try:
            try:
                self._chain = self._open(client)
            except Exception:  # noqa: BLE001  an address can be wrong in many ways; whoever asks is told
                self._chain = None
            self._ready.set()
            self._opened.set()
            await self._stop.wait()
        finally:
            # The client leaves generators of broken-off replies to the loop, which ends them in no order and complains.
            self._loop.set_exception_handler(lambda *_: None)
            await _end_others()
            await client.aclose()

    def _open(self, client: object) -> Runnable[dict[str, str], BaseMessage]:
        from langchain_core.prompts import ChatPromptTemplate

        return ChatPromptTemplate.from_messages([("human", "{prompt}")]) | open_streaming_model(self._settings, client)

    async def _read(self, stream: ChatStream, prompt: str, deadline: float, retries: int) -> None:
        """Hand on the pieces of a reply and how it ended, whatever happens."""
        pause = _FIRST_PAUSE
        try:
            while True:
                try:
                    async with contextlib.aclosing(self._pieces(prompt)) as pieces:
                        async for piece in pieces:
                            stream.put(piece)
                    return
                except Exception as error:  # noqa: BLE001  a malformed reply makes the client trip over anything
                    status, after = status_of(error)
                    pause = max(pause, float(after)) if after.isdecimal() else pause
                    again = status == 429 or status >= 500
                    if not again or retries <= 0 or time.monotonic() + 2 * pause > deadline:
                        stream.put(failure_of(error))
                        return
                    stream.trouble = failure_of(error)
                retries -= 1
                await asyncio.sleep(pause)
                pause *= 2
        finally:
            stream.put(None)

    async def _pieces(self, prompt: str) -> AsyncGenerator[_Piece, None]:
        await self._ready.wait()
        if self._chain is None:
            raise ReplyError(Failure.UNREACHABLE)
        async for message in self._chain.astream({"prompt": prompt}):
            yield _piece(message)


async def _end_others() -> None:
    """Cancel all tasks of the loop but the one that runs, and see them end."""
    await asyncio.sleep(0)
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


def _piece(message: BaseMessage) -> _Piece:
    """What a chunk of a message tells."""
    used = getattr(message, "usage_metadata", None) or {}
    return _Piece(
        text=message.content if isinstance(message.content, str) else "",
        finish=str(message.response_metadata.get("finish_reason") or ""),
        tokens=Tokens(max(0, used.get("input_tokens", 0)), max(0, used.get("output_tokens", 0))),
    )
