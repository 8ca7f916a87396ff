"""Keeping, taking along and judging a conversation: the handlers that leave the page."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from uuid import uuid4

import gradio as gr

from feedback.store import Feedback, FeedbackError, FeedbackStore
from web.actions import Judgement
from web.asking import shown
from web.history import added, listed, reopened, without
from web.loading import Loading
from web.sources import Sources
from web.transcript import Exchange, conversation_markdown, write_word
from web.turn import Turns, questions

_log = logging.getLogger(__name__)


def kept(store: object, conversation_id: str, turns: Turns) -> tuple[object, str]:
    """The browser's store with the conversation as it stands, and the conversation's id, made at its first answer."""
    if not turns or turns[-1].reply.answer is None:
        return gr.skip(), conversation_id
    conversation_id = conversation_id or uuid4().hex
    return added(store, conversation_id, turns), conversation_id


def forgotten(value: str, store: object) -> tuple[object, str]:
    """The browser's store without a conversation, and its list."""
    left = without(store, value.rpartition("#")[0])
    return left, listed(left)


def reopening(loading: Loading) -> Callable[[str, object], tuple[object, ...]]:
    """The handler that brings a conversation back: conversation, welcome, turns, its id and the side column."""

    def reopen(value: str, store: object) -> tuple[object, ...]:
        service = loading.settled().service
        conversation_id = value.rpartition("#")[0]
        sources = Sources.of(service.units, service.documents) if service else Sources({}, {})
        turns = reopened(store, conversation_id, sources) if service else ()
        if not turns:
            return (gr.skip(),) * 5
        return shown(turns), gr.update(visible=False), turns, conversation_id, gr.update(visible=False)

    return reopen


def begun_anew() -> tuple[object, ...]:
    """An empty conversation: conversation, welcome, turns, its id and the side column."""
    return shown(()), gr.update(visible=True), (), "", gr.update(visible=False)


def word(turns: Turns) -> dict[str, Any]:
    """The conversation as a Word file, for the hidden download button."""
    path = _path("docx")
    write_word(_exchanges(turns), path)
    return gr.update(value=str(path))


def markdown(turns: Turns) -> dict[str, Any]:
    """The conversation as a Markdown file, for the hidden download button."""
    path = _path("md")
    path.write_text(conversation_markdown(_exchanges(turns)), encoding="utf-8")
    return gr.update(value=str(path))


def judging(loading: Loading, feedback: FeedbackStore) -> Callable[[str, Turns], Turns]:
    """The handler that keeps what an asker says of an answer of this session, and thanks."""

    def judge(value: str, turns: Turns) -> Turns:
        said = Judgement.read(value)
        for place, turn in enumerate(turns):
            answer = turn.reply.answer
            if answer is None or not turn.fresh or answer.id != said.answer_id or said.verdict is None:
                continue
            history = questions(turns[:place])
            scores = _scores(loading, turn.question, history, {citation.unit_id for citation in answer.citations})
            try:
                feedback.add(Feedback(turn.question, history, answer.as_json(), scores, said.verdict, said.reason))
            except FeedbackError:
                _log.exception("feedback was not kept")
                gr.Warning("没有记下来，请稍后再试。", title="反馈")
                return turns
            gr.Info("已记下，谢谢。", duration=5, title="反馈")
            return (*turns[:place], replace(turn, verdict=said.verdict.value), *turns[place + 1 :])
        return turns

    return judge


def _scores(loading: Loading, question: str, history: tuple[str, ...], cited: set[str]) -> dict[str, float]:
    """Search scores of the units cited."""
    with loading.lent() as state:
        hits = state.service.search(question, history)[1] if state.service else ()
    return {hit.unit.unit_id: round(hit.score, 4) for hit in hits if hit.unit.unit_id in cited}


def _exchanges(turns: Turns) -> list[Exchange]:
    return [(turn.question, turn.reply.answer, turn.reply.bodies) for turn in turns if turn.reply.answer]


def _path(suffix: str) -> Path:
    """A new file in a folder of its own, which Gradio copies to where the page may fetch it."""
    return Path(mkdtemp(prefix="jince-")) / f"政策问答-{datetime.now().astimezone():%Y%m%d-%H%M}.{suffix}"
