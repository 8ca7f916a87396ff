"""The conversation: question box, welcome, the replies with their evidence, and what opens beside them."""

from __future__ import annotations

from typing import Any

import gradio as gr

from feedback.store import FeedbackStore
from web import taking
from web.asking import Asking
from web.beside import Beside
from web.loading import Loading
from web.welcome import welcome
from web.words import said

# A long answer is read from its start: the last question goes to the top, not the last card to the bottom.
_TO_LAST_QUESTION = """() => setTimeout(
  () => [...document.querySelectorAll("#conversation .user-row")].at(-1)?.scrollIntoView({block: "start"}), 60)"""
_TO_UNIT = "() => jince.showUnit()"
_DOWNLOAD = """() => document.querySelector("#download")?.click()"""

# The browser keeps it for itself, so that this hides nothing: it only has to stay the same from start to start.
_STORE_KEY, _STORE_SECRET = "jince-conversations", "kept-by-the-browser"
_UNSEEN: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


def chat(loading: Loading, place: gr.Textbox, feedback: FeedbackStore, at_once: int) -> gr.HTML:
    """Lay out the conversation in the block that is open; returns its first view.

    Args:
        loading: gives the service when it is there.
        place: the address to go to.
        feedback: where what askers say of answers goes.
        at_once: how many are answered at the same time.
    """
    store = gr.BrowserState([], storage_key=_STORE_KEY, secret=_STORE_SECRET)
    turns, conversation_id = gr.State(()), gr.State("")
    judge, again, reopen, forget, close = (
        gr.Textbox(elem_id=name, visible="hidden") for name in ("judge", "again", "reopen", "forget", "close")
    )
    with gr.Row(elem_id="chatbar"):
        history = gr.Button(said("chat.history"), elem_id="history")
        new = gr.Button(said("chat.new"), elem_classes="of-talk")
        word = gr.Button(said("chat.word"), elem_classes="of-talk")
        markdown = gr.Button(said("chat.markdown"), elem_classes="of-talk")
        download = gr.DownloadButton(elem_id="download", visible="hidden")
    with gr.Row(elem_id="desk"):
        with gr.Column(elem_id="talk"):
            first_view = gr.HTML(welcome(), elem_id="welcome")
            conversation = _conversation()
            question = gr.Textbox(
                elem_id="question",
                label=said("chat.question"),
                show_label=False,
                placeholder=said("chat.placeholder"),
                submit_btn=str(said("chat.send")),
                max_lines=6,
                autofocus=True,
            )
        with gr.Column(elem_id="side", visible=False) as side:
            paper = gr.HTML(elem_id="paper")

    asking, beside = Asking(loading, at_once), Beside(loading)
    growing = [question, conversation, first_view, turns]
    asks = _UNSEEN | {"concurrency_limit": None}  # the line says who is served, and tells the others their place
    one_at_a_time = asks | {"trigger_mode": "once"}  # a second Enter while an answer comes would overwrite it
    asked: list[Any] = [
        question.submit(asking.typed, [question, turns], growing, **one_at_a_time),
        conversation.option_select(asking.chosen, turns, growing, **one_at_a_time),
        place.change(asking.linked, [place, turns], growing, **asks),
        again.change(asking.again, turns, growing, **asks),
    ]
    for event in asked:
        event.then(taking.kept, [store, conversation_id, turns], [store, conversation_id], **_UNSEEN)
    question.stop(asking.stopped, turns, growing, cancels=asked, **_UNSEEN)
    conversation.change(None, js=_TO_LAST_QUESTION, api_visibility="private")

    place.change(beside.opened, [place, turns], [side, paper], concurrency_limit=None, **_UNSEEN).then(
        None, js=_TO_UNIT, api_visibility="private"
    )
    history.click(beside.history, store, [side, paper], queue=False, **_UNSEEN).then(
        None, js=_TO_UNIT, api_visibility="private"
    )
    close.change(beside.closed, None, side, queue=False, **_UNSEEN)
    forget.change(taking.forgotten, [forget, store], [store, paper], queue=False, **_UNSEEN)
    talk = [conversation, first_view, turns, conversation_id, side]
    reopen.change(taking.reopening(loading), [reopen, store], talk, **_UNSEEN)
    new.click(taking.begun_anew, None, talk, queue=False, cancels=asked, **_UNSEEN)
    for button, file in ((word, taking.word), (markdown, taking.markdown)):
        button.click(file, turns, download, **_UNSEEN).then(None, js=_DOWNLOAD, api_visibility="private")
    judge.change(taking.judging(loading, feedback), [judge, turns], turns, **_UNSEEN)
    return first_view


def _conversation() -> gr.Chatbot:
    return gr.Chatbot(
        elem_id="conversation",
        label=said("chat.label"),
        show_label=False,
        visible=False,
        scale=1,
        height="100%",
        autoscroll=False,
        buttons=[],
        latex_delimiters=[],
        group_consecutive_messages=False,
    )
