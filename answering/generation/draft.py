"""An answer while a chat model writes it: each sentence is verified before anybody sees it."""

from __future__ import annotations

import re
import time
from collections.abc import Generator as Steps
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Semaphore

from answering.generation.breaker import Breaker
from answering.generation.split import Splitter, Written
from answering.generation.verify import Check, Verifier
from index.chat_model import ReplyError
from index.chat_stream import ChatStream, ChatStreams, Tokens
from index.failure import Failure
from index.prompts import fence, fill
from index.records import Evidence

MOST_REPAIRS = 2  # of an answer: each asks the model once more
_REPAIR_SHARE = 1 / 3  # of the answer's time that a repair may take
_LEAST_SHARE = 1 / 10  # of the answer's time that must be left for one
_HANDLE = re.compile(r"[\[［【]\s*\d")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that may be shown: it agrees with the evidence that it names.

    Attributes:
        text: plain text, without handles.
        handles: 1-based places in the evidence that was given, those the sentence rests on; empty for one that only
            leads over to the next.
        quotes: for each handle, the sentences of that unit that it retells, verbatim and in order; none where it only
            names the unit's bodies.
        first: nothing of the answer was shown before it.
        opens: it begins a paragraph.
    """

    text: str
    handles: tuple[int, ...]
    quotes: tuple[tuple[str, ...], ...]
    first: bool
    opens: bool


@dataclass(frozen=True, slots=True)
class Generation:
    """What came of an answer.

    Attributes:
        sentences: those shown, in order.
        checks: of every sentence that was checked, in order; a repaired one is there as first written and as repaired.
        dropped: sentences of the reply that are not shown.
        repaired: sentences shown as the model corrected them.
        tokens: of all requests made, as the server counts them.
        first_verified_ms: milliseconds from the question to the first sentence shown, ``None`` when there is none.
        failure: why the reply isn't all there or nothing of it can be shown; sentences shown before stay true.
    """

    sentences: tuple[Sentence, ...]
    checks: tuple[Check, ...]
    dropped: int
    repaired: int
    tokens: Tokens
    first_verified_ms: float | None
    failure: Failure | None


class Draft:
    """Keeps what came of an answer so far. No error of a server gets out of it.

    Args:
        streams: ask the model.
        breaker: is told how the server did.
        places: one is taken while the answer is written; where none is free, it isn't.
        verifier: of this answer's evidence.
        question: as it reads on its own.
        evidence: what the answer may rest on; the model sees nothing else.
        timeout: seconds from now until the answer must be complete.
    """

    def __init__(
        self,
        streams: ChatStreams,
        breaker: Breaker,
        places: Semaphore,
        verifier: Verifier,
        question: str,
        evidence: tuple[Evidence, ...],
        timeout: float,
    ) -> None:
        self._started = time.monotonic()
        self._timeout, self._deadline = timeout, self._started + timeout
        self._streams, self._breaker, self._places, self._verifier = streams, breaker, places, verifier
        self._question, self._evidence = question, evidence
        self._sentences: list[Sentence] = []
        self._waiting: list[tuple[Check, bool]] = []
        self._checks: list[Check] = []
        self._asked: list[ChatStream] = []
        self._dropped = self._repairs = self._repaired = 0
        self._first_ms: float | None = None
        self._failure: Failure | None = None
        self._ended = self._stopped = False

    @property
    def generation(self) -> Generation:
        """What came of it so far."""
        return Generation(
            sentences=tuple(self._sentences),
            checks=tuple(self._checks),
            dropped=self._dropped,
            repaired=self._repaired,
            tokens=sum((stream.tokens for stream in self._asked), Tokens()),
            first_verified_ms=self._first_ms,
            failure=Failure.STOPPED if self._stopped else self._failure,
        )

    def stop(self) -> None:
        """End what is being read; :meth:`write` ends then. Any thread may say so, at any time."""
        self._stopped = not self._ended or self._stopped
        for stream in (*self._asked,):
            stream.close()

    def write(self) -> Steps[Sentence, None, None]:
        """The trip of a reply: admit → ask → split → verify, repair or drop → show → say how it ended."""
        splitter = Splitter()
        placed = self._places.acquire(blocking=False)
        try:
            if not placed:
                raise ReplyError(Failure.CROWDED)
            if not self._breaker.admit():
                raise ReplyError(Failure.PAUSED)
            for written in self._read(splitter):
                yield from self._judged(written)
            self._failure = self._shortfall(splitter)
        except ReplyError as error:
            self._failure = error.failure
        finally:
            for stream in self._asked:
                stream.close()
            self._dropped += splitter.overlong + len(self._waiting)
            if placed:
                self._places.release()
            self._tell_breaker()
            self._ended = True

    def _read(self, splitter: Splitter) -> Iterator[Written]:
        """Sentences of the reply; one that the reply breaks off in is none."""
        stream = self._ask("answer", question=self._question)
        for piece in stream:
            yield from splitter.feed(piece)
            if splitter.full:
                stream.close()
                return
        yield from splitter.finish()

    def _ask(self, name: str, *, deadline: float | None = None, **given: str) -> ChatStream:
        """A prompt with the evidence, fenced in."""
        evidence = [_material(item) for item in self._evidence]
        line = fence(*evidence, *given.values())
        numbered = (f"[{handle}]\n{line}\n{text}\n{line}" for handle, text in enumerate(evidence, 1))
        prompt = fill(name, fence=line, evidence="\n\n".join(numbered), **given)
        retries = {} if deadline is None else {"retries": 0}
        stream = self._streams.ask(prompt, deadline or self._deadline, **retries)
        self._asked.append(stream)
        if self._stopped:
            stream.close()
        return stream

    def _judged(self, written: Written) -> Iterator[Sentence]:
        """What may be shown now that a sentence has come: itself, as it is or as repaired, after those that lead to it.

        A sentence that passes without evidence says nothing by itself: it waits for the next one that has some.
        """
        first = self._check(written.text)
        check = first if first.passed else self._repair(written.text, first) or first
        known = {*(shown.text for shown in self._sentences), *(waiting.text for waiting, _ in self._waiting)}
        if not check.passed or check.text in known:
            self._dropped += 1
            return
        self._repaired += check is not first
        self._waiting.append((check, written.opens))
        if check.handles:
            due, self._waiting = self._waiting, []
            for each, opens in due:
                quotes = tuple(self._verifier.retold(each.text, handle) for handle in each.handles)
                sentence = Sentence(each.text, each.handles, quotes, first=not self._sentences, opens=opens)
                if sentence.first:
                    self._first_ms = round((time.monotonic() - self._started) * 1000, 1)
                self._sentences.append(sentence)
                yield sentence

    def _check(self, text: str) -> Check:
        check = self._verifier.check(text)
        self._checks.append(check)
        return check

    def _repair(self, text: str, check: Check) -> Check | None:
        """The check of the sentence as the model corrects it, if it passes; one without evidence has no correction."""
        left = self._deadline - time.monotonic()
        if self._repairs >= MOST_REPAIRS or left < self._timeout * _LEAST_SHARE or not _HANDLE.search(text):
            return None
        self._repairs += 1
        deadline = time.monotonic() + min(left, self._timeout * _REPAIR_SHARE)
        stream = self._ask("repair", deadline=deadline, sentence=text, reasons="\n".join(map(str, check.reasons)))
        corrected = self._check(found) if (found := _only_sentence(stream)) else None
        return corrected if corrected and corrected.passed else None

    def _shortfall(self, splitter: Splitter) -> Failure | None:
        """What is wrong with a reply that came to its end."""
        if splitter.full:
            return Failure.TOO_LONG
        if splitter.empty:
            return Failure.EMPTY
        return None if self._sentences else Failure.UNVERIFIED

    def _tell_breaker(self) -> None:
        if self._sentences:
            self._breaker.tell(None)
        elif self._failure and not self._stopped:
            self._breaker.tell(self._failure)


def _only_sentence(stream: ChatStream) -> str:
    """The first sentence of a short reply, empty when there is none."""
    splitter = Splitter()
    found: list[str] = []
    try:
        for piece in stream:
            found += [written.text for written in splitter.feed(piece)]
            if splitter.full or len(found) > 1:
                stream.close()
                break
        else:
            found += [written.text for written in splitter.finish()]
    except ReplyError:
        pass  # a sentence that was complete by then can still be checked
    return found[0] if found else ""


def _material(evidence: Evidence) -> str:
    """A unit as the model reads it, without the handle."""
    unit = evidence.unit
    label, agencies = (" ".join(text.split()) for text in (unit.label, "、".join(unit.agencies) or "未写明"))
    return f"出处：{label}\n责任单位：{agencies}\n原文：{unit.text}"
