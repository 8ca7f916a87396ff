"""What happens when something is asked, stopped or asked again: the conversation as it grows, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import gradio as gr

from web.actions import actions
from web.escape import literal
from web.line import Line, in_turn
from web.links import Place
from web.loading import Loading
from web.reply import Reply, replies
from web.turn import Turn, Turns, questions
from web.words import said

SHOWN_QUESTION = 2000  # characters of a pasted text that the conversation shows

Messages = list[dict[str, Any]]
Updates = tuple[object, object, object, object]  # of question box, conversation, welcome and turns
NOTHING: Updates = (gr.skip(), gr.skip(), gr.skip(), gr.skip())


class Asking:
    """The handlers of a conversation; each takes the turns so far and hands on how they grow, in turn."""

    def __init__(self, loading: Loading, at_once: int) -> None:
        self._loading = loading
        self._line = Line(at_once)

    def typed(self, question: str, turns: Turns) -> Iterator[Updates]:
        """A question from the box, which is emptied."""
        yield from self._grown(question, turns, "")

    def chosen(self, turns: Turns, choice: gr.SelectData) -> Iterator[Updates]:
        """An offered question: asked as if typed, and what is being typed stays."""
        yield from self._grown(choice.value, turns)

    def linked(self, address: str, turns: Turns) -> Iterator[Updates]:
        """The question of an address, if it has one."""
        question = Place.read(address).question
        if question:
            yield from self._grown(question, turns)
        else:
            yield NOTHING

    def again(self, turns: Turns) -> Iterator[Updates]:
        """The last question once more, in place of its reply."""
        if turns:
            yield from self._grown(turns[-1].question, turns[:-1])
        else:
            yield NOTHING

    def stopped(self, turns: Turns) -> Updates:
        """After the handler at work was cancelled: the reply ends where it is."""
        if not turns or turns[-1].reply.ended:
            return _box(busy=False), gr.skip(), gr.skip(), gr.skip()
        turns = (*turns[:-1], replace(turns[-1], reply=turns[-1].reply.stopped()))
        return _box(busy=False), shown(turns), gr.skip(), turns

    def _grown(self, question: str, turns: Turns, box: str | None = None) -> Iterator[Updates]:
        busy, seen = False, None
        for reply in in_turn(self._line, replies(question, questions(turns), self._loading)):
            if reply is seen:
                yield NOTHING
                continue
            seen = reply
            grown = (*turns, Turn(question, reply))
            changed = _box(reply.busy, box) if box is not None or reply.busy != busy else gr.skip()
            box, busy = None, reply.busy  # what is typed meanwhile stays
            yield changed, shown(grown), gr.update(visible=False), grown


def shown(turns: Turns) -> dict[str, Any]:
    """The conversation with these turns; hidden without any."""
    messages = [message for turn in turns for message in _messages(turn, turn is turns[-1])]
    return gr.update(value=messages, visible=bool(turns))


def _box(busy: bool, value: str | None = None) -> dict[str, Any]:
    """The question box: its button stops an answer that takes its time, and sends otherwise."""
    send, stop = (False, str(said("chat.stop"))) if busy else (str(said("chat.send")), False)
    changed = gr.update(submit_btn=send, stop_btn=stop)
    return changed if value is None else changed | {"value": value}


def _messages(turn: Turn, last: bool) -> Messages:
    """A turn as messages: evidence apart from text, so that copying the text copies no markup.

    Gradio shows the options of the last message, as buttons, until there is a later one.
    """
    asked = {"role": "user", "content": literal(_shortened(turn.question))}
    reply: Reply = turn.reply
    text = [{"role": "assistant", "content": reply.text}] if reply.text else []
    html = reply.evidence + actions(turn, last)
    if not html:
        return [asked, *text]
    options = [{"value": question} for question in reply.offers] if last else []
    return [asked, *text, {"role": "assistant", "content": gr.HTML(html), "options": options}]


def _shortened(question: str) -> str:
    if len(question) <= SHOWN_QUESTION:
        return question
    return f"{question[:SHOWN_QUESTION]}…（共 {len(question)} 字，其余从略）"
