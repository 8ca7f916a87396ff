"""The chat model says how a question reads by itself; what it says is a question like any other, and nothing more."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from answering.generation.breaker import Breaker
from answering.generation.split import Splitter
from index.chat_model import ReplyError
from index.chat_stream import ChatStream, ChatStreams, Tokens
from index.failure import Failure
from index.prompts import fence, fill
from index.settings import ChatSettings

SHARE = 1 / 4  # of the answer's time that a rewriting may take
MOST_QUESTIONS = 3
LONGEST = 80  # characters of one
_MOST_TOKENS = 256
_LONGEST_QUOTED = 80  # characters of each text that the model is shown
_NOTHING = "（无）"


@dataclass(frozen=True, slots=True)
class Rewriting:
    """What a model makes of a question.

    Attributes:
        model: its name.
        questions: as it wrote them, at most :data:`MOST_QUESTIONS`, one for each thing asked; empty when it failed.
        dropped: questions of the reply that are too long.
        tokens: of the request, as the server counts them.
        seconds: that it took.
        failure: why there is no reply.
    """

    model: str
    questions: tuple[str, ...]
    dropped: int
    tokens: Tokens
    seconds: float
    failure: Failure | None


class Rewriter:
    """Asks a chat model how questions read; safe to share between threads.

    Args:
        chat: the model; its ``timeout`` is the time that a whole answer may take.
        breaker: ends asking for a while when the server is down; the one that the writer of answers tells, too.
    """

    def __init__(self, chat: ChatSettings, breaker: Breaker) -> None:
        self._model = chat.model
        self._within = chat.timeout * SHARE
        self._breaker = breaker
        self._streams = ChatStreams(replace(chat, max_tokens=min(chat.max_tokens, _MOST_TOKENS)))

    def ask(self, question: str, history: Sequence[str], context: Sequence[str], terms: Sequence[str]) -> Request:
        """Send a question; the time runs from now on.

        Args:
            question: as asked.
            history: the asker's earlier questions, oldest first.
            context: texts that the last answer rests on.
            terms: texts near the question.
        """
        shown = (_lines(history), _lines(context), _lines(terms), _line(question))
        quoted = dict(zip(("history", "context", "terms", "question"), shown, strict=True))
        prompt = fill("rewrite", fence=fence(*shown), **quoted)
        return Request(self._streams, self._breaker, self._model, prompt, self._within)

    def warm(self) -> None:
        """Wait until the client is ready; asking before that works too, and waits."""
        self._streams.warm()

    def close(self) -> None:
        """Stop what is being asked and let go of the connections."""
        self._streams.close()


class Request:
    """A question put to the model. Nothing that a server does raises an error here.

    :meth:`close`, from any thread, ends it.
    """

    def __init__(self, streams: ChatStreams, breaker: Breaker, model: str, prompt: str, within: float) -> None:
        self._started = time.monotonic()
        self._breaker, self._model = breaker, model
        self._stopped = False
        self._stream: ChatStream | None = None
        if breaker.admit():
            self._stream = streams.ask(prompt, self._started + within, retries=0)

    def close(self) -> None:
        """Stop waiting for the reply."""
        self._stopped = True
        if self._stream is not None:
            self._stream.close()

    def rewriting(self) -> Rewriting:
        """What came of it, once the reply is there or its time is over."""
        if self._stream is None:
            return Rewriting(self._model, (), 0, Tokens(), 0.0, Failure.PAUSED)
        splitter, read = Splitter(), list[str]()
        failure: Failure | None = None
        try:
            for piece in self._stream:
                read += [written.text for written in splitter.feed(piece)]
                if splitter.full or len(read) >= MOST_QUESTIONS:
                    self._stream.close()
                    break
            else:
                read += [written.text for written in splitter.finish()]
            failure = None if read else Failure.TOO_LONG if splitter.full else Failure.EMPTY
        except ReplyError as error:
            failure, read = error.failure, []
        if not self._stopped:
            self._breaker.tell(failure)
        questions = tuple(text for text in dict.fromkeys(read[:MOST_QUESTIONS]) if len(text) <= LONGEST)
        return Rewriting(
            model=self._model,
            questions=questions,
            dropped=len(read) - len(questions) + splitter.overlong,
            tokens=self._stream.tokens,
            seconds=time.monotonic() - self._started,
            failure=Failure.STOPPED if self._stopped else failure,
        )


_BLANKS = re.compile(r"\s+")


def _line(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()


def _lines(texts: Sequence[str]) -> str:
    """A text a line, each cut off where it gets long."""
    return "\n".join(_line(text)[:_LONGEST_QUOTED] for text in texts) or _NOTHING
