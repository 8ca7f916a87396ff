"""A reply as it grows on the page: what is being done, then the answer with its evidence."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from web.cards import below, notice
from web.escape import harmless, literal
from web.loading import Loading
from web.offers import offers
from web.sources import Sources

SEARCHING = "正在检索…"
BROKEN = "服务出错了，请重试。"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reply:
    """What stands under a question at one moment: Markdown, then HTML, then questions to ask next; all may be empty."""

    text: str = ""
    evidence: str = ""
    offers: tuple[str, ...] = ()


def replies(question: str, history: Sequence[str], loading: Loading) -> Iterator[Reply]:
    """The reply to ``question``, step by step; each step replaces the one before.

    A step is sent when there is something to read, not per token: every update costs the browser milliseconds.

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
        answer = state.service.ask(question, history)
        sources = Sources.of(state.service.units, state.service.documents)
        evidence, next_ones = below(answer, sources), offers(answer, sources)
    except QuestionError as error:
        yield Reply(literal(str(error)))
    except Exception:  # noqa: BLE001 - the door: the asker is told, the log has the rest, the next question is served
        _log.exception("no answer to %r", question[:200])
        yield Reply(BROKEN)
    else:
        text, shown = (harmless(answer.answer), evidence) if answer.answered else ("", notice(answer) + evidence)
        yield Reply(text, shown, next_ones)
