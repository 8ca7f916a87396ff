"""A reply as it grows on the page: what is being done, then the answer with its evidence."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING

from web.cards import below, notice
from web.escape import harmless, literal
from web.loading import Loading
from web.offers import offers
from web.responsible import in_words
from web.sources import Sources

if TYPE_CHECKING:
    from answering.answering import Answering
    from answering.service import Service
    from index.records import Answer

SEARCHING = "正在检索…"
CHECKING = "正在核对…"
BROKEN = "服务出错了，请重试。"
STOPPED = "（已停止）"
LOOK_UP = 1.0  # seconds between two steps at most while a chat model writes: between steps, who left is noticed

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reply:
    """What stands under a question at one moment: Markdown, then HTML, then questions to ask next; all may be empty.

    ``ended`` says that nothing more will come, and asking again may bring more; ``answer`` is there when it was given,
    and then ``bodies`` says who is responsible for each unit that it cites, by id.
    """

    text: str = ""
    evidence: str = ""
    offers: tuple[str, ...] = ()
    ended: bool = False
    answer: Answer | None = field(default=None, compare=False)
    bodies: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def busy(self) -> bool:
        """True while it takes so long that one may want to stop it: all but the moment of searching."""
        return not self.ended and self.text != SEARCHING

    def stopped(self) -> Reply:
        """The reply when the asker ends it: what had been said, and that there it ended."""
        said = self.text.removesuffix(CHECKING).rstrip() if self.text != SEARCHING else ""
        return replace(self, text=f"{said}\n\n{STOPPED}".lstrip(), ended=True)


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
            yield (
                Reply(literal(state.words), ended=True) if state.failed else Reply(f"{state.words}好了就回答您的问题。")
            )
    if state.service is None:
        return
    from answering.service import QuestionError  # loaded by now; at the top it would delay the page

    yield Reply(SEARCHING)
    try:
        with loading.lent() as state:
            yield from _answered(question, history, state.service)
    except QuestionError as error:
        yield Reply(literal(str(error)), ended=True)
    except Exception:  # noqa: BLE001 - the door: the asker is told, the log has the rest, the next question is served
        _log.exception("no answer to %r", question[:200])
        yield Reply(BROKEN, ended=True)


def _answered(question: str, history: Sequence[str], service: Service | None) -> Iterator[Reply]:
    assert service is not None  # there was one, and later ones only take its place
    sources = Sources.of(service.units, service.documents)
    with closing(service.stream(question, history)) as steps:
        reply = Reply(CHECKING)
        for step in _attended(steps):
            if step is not None:
                reply = _growing(step) if isinstance(step, str) else shown(step, sources)
            yield reply


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


def shown(answer: Answer, sources: Sources) -> Reply:
    """An answer as the reply that it is.

    Raises:
        KeyError: the answer cites a unit that is not in ``sources``.
    """
    evidence, next_ones = below(answer, sources), offers(answer, sources)
    text, html = (harmless(answer.answer), evidence) if answer.answered else ("", notice(answer) + evidence)
    bodies = {citation.unit_id: in_words(sources.units[citation.unit_id]) for citation in answer.citations}
    return Reply(text, html, next_ones, ended=True, answer=answer, bodies=bodies)
