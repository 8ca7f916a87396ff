"""A reply as it grows on the page: what is being done, then the answer with its evidence."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING

from web.cards import below, notice
from web.escape import harmless, literal
from web.loading import Loading
from web.offers import offers
from web.sources import Sources

if TYPE_CHECKING:
    from answering.answering import Answering
    from answering.service import Service
    from index.records import Answer

SEARCHING = "正在检索…"
CHECKING = "正在核对…"
BROKEN = "服务出错了，请重试。"
LOOK_UP = 1.0  # seconds between two steps at most while a chat model writes: between steps, who left is noticed

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reply:
    """What stands under a question at one moment: Markdown, then HTML, then questions to ask next; all may be empty."""

    text: str = ""
    evidence: str = ""
    offers: tuple[str, ...] = ()


def replies(question: str, history: Sequence[str], loading: Loading) -> Iterator[Reply]:
    """The reply to ``question``, step by step; each step replaces the one before.

    A step is sent when there is something to read, not per token: every update costs the browser milliseconds. What a
    chat model writes is a step for each sentence that was verified; while there is none, the last comes again, the same
    object. Closing the iterator stops the model.

    Args:
        question: as typed.
        history: earlier questions of the conversation, oldest first.
        loading: gives the service when it is there; until then the steps say what it is at.
    """
    for state in loading.states():
        if state.service is None:
            yield Reply(literal(state.words) if state.failed else f"{state.words}好了就回答您的问题。")
    if state.service is None:
        return
    from answering.service import QuestionError  # loaded by now; at the top it would delay the page

    yield Reply(SEARCHING)
    try:
        with closing(state.service.stream(question, history)) as steps:
            reply = Reply(CHECKING)
            for step in _attended(steps):
                if step is not None:
                    reply = _growing(step) if isinstance(step, str) else _whole(step, state.service)
                yield reply
    except QuestionError as error:
        yield Reply(literal(str(error)))
    except Exception:  # noqa: BLE001 - the door: the asker is told, the log has the rest, the next question is served
        _log.exception("no answer to %r", question[:200])
        yield Reply(BROKEN)


def _attended(steps: Answering) -> Iterator[str | Answer | None]:
    """The steps, and ``None`` whenever there was none for :data:`LOOK_UP`; all but the first are awaited elsewhere."""
    step = next(steps)
    yield step
    if not isinstance(step, str):
        return
    made: SimpleQueue[str | Answer | Exception | None] = SimpleQueue()
    Thread(target=_collect, args=(steps, made), name="reply", daemon=True).start()
    while True:
        try:
            item = made.get(timeout=LOOK_UP)
        except Empty:
            yield None
            continue
        if isinstance(item, Exception):
            raise item
        if item is None:
            return
        yield item


def _collect(steps: Answering, made: SimpleQueue[str | Answer | Exception | None]) -> None:
    """Put the steps into ``made``, then ``None``, or the error that they end with."""
    try:
        for step in steps:
            made.put(step)
    except Exception as error:  # noqa: BLE001 - raised again by whoever reads
        made.put(error)
    else:
        made.put(None)


def _growing(text: str) -> Reply:
    return Reply(f"{harmless(text)}\n\n{CHECKING}" if text else CHECKING)


def _whole(answer: Answer, service: Service) -> Reply:
    sources = Sources.of(service.units, service.documents)
    evidence, next_ones = below(answer, sources), offers(answer, sources)
    text, shown = (harmless(answer.answer), evidence) if answer.answered else ("", notice(answer) + evidence)
    return Reply(text, shown, next_ones)
