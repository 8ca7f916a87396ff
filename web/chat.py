"""The conversation: question box, welcome with example questions, and the replies with their evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import gradio as gr

from web.escape import literal
from web.examples import EXAMPLES
from web.history import user_turns
from web.line import Line, in_turn
from web.loading import Loading
from web.reply import Reply, replies

AT_ONCE = 32  # questions answered at once, of each way to ask; more than a chat model may write, see answering.generate
SHOWN_QUESTION = 2000  # characters of a pasted text that the conversation shows

WELCOME = """<div class="lead"><h2>想了解哪一条政策？</h2>
<p>直接用自己的话提问。每个答案都引用文件原文，注明第几条、第几项和责任单位；文件里没有的，会直说没有。</p></div>"""

# A long answer is read from its start: the last question goes to the top, not the last card to the bottom.
_TO_LAST_QUESTION = """() => setTimeout(
  () => [...document.querySelectorAll("#conversation .user-row")].at(-1)?.scrollIntoView({block: "start"}), 60)"""

Messages = list[dict[str, Any]]
Updates = tuple[object, object, object]  # of question box, conversation and welcome
Answered = Callable[[str, Messages], Iterator[Updates]]


def chat(loading: Loading) -> None:
    """Lay out the conversation in the block that is open."""
    with gr.Column(elem_classes="welcome", scale=1) as welcome:
        gr.HTML(WELCOME)
        with gr.Row(elem_classes="doors"):
            buttons = [button for title, questions in EXAMPLES.items() for button in _door(title, questions)]
    conversation = gr.Chatbot(
        elem_id="conversation",
        label="对话",
        show_label=False,
        visible=False,
        scale=1,
        height="100%",
        autoscroll=False,
        buttons=["copy"],
        latex_delimiters=[],
        group_consecutive_messages=False,
    )
    question = gr.Textbox(
        elem_id="question",
        label="您的问题",
        show_label=False,
        placeholder="请输入您的问题",
        submit_btn="发送",
        max_lines=6,
        autofocus=True,
    )
    answered = _answering(loading)
    shown = [question, conversation, welcome]
    for trigger, source in ((question.submit, question), *((button.click, button) for button in buttons)):
        trigger(
            answered,
            [source, conversation],
            shown,
            concurrency_limit=None,  # the line says who is served, and tells the others their place
            trigger_mode="once",  # a second Enter while an answer is on its way would overwrite it
            show_progress="hidden",
            api_visibility="private",
        )
    conversation.option_select(
        _choosing(answered),
        conversation,
        [conversation, welcome],
        concurrency_limit=None,
        trigger_mode="once",
        show_progress="hidden",
        api_visibility="private",
    )
    conversation.change(None, js=_TO_LAST_QUESTION, api_visibility="private")
    conversation.clear(
        lambda: (gr.update(visible=False), gr.update(visible=True)),
        None,
        [conversation, welcome],
        queue=False,
        api_visibility="private",
    )


def _door(title: str, questions: tuple[str, ...]) -> list[gr.Button]:
    with gr.Column(elem_classes="door", min_width=220):
        gr.HTML(f"<h3>{title}</h3>")
        return [gr.Button(question, size="md") for question in questions]


def _answering(loading: Loading) -> Answered:
    """The handler of a question, step by step; of all who ask, in turn."""
    line = Line(AT_ONCE)

    def answered(question: str, messages: Messages) -> Iterator[Updates]:
        history = user_turns(messages)
        asked = [*messages, {"role": "user", "content": literal(_shortened(question))}]
        box: object = ""
        shown: Reply | None = None
        for reply in in_turn(line, replies(question, history, loading)):
            if reply is shown:
                yield gr.skip(), gr.skip(), gr.skip()
                continue
            shown = reply
            yield box, gr.update(value=[*asked, *_messages(reply)], visible=True), gr.update(visible=False)
            box = gr.skip()  # what is typed meanwhile stays

    return answered


def _choosing(answered: Answered) -> Callable[[Messages, gr.SelectData], Iterator[tuple[object, object]]]:
    """The handler of a click on an offered question: it is asked as if typed, and what is being typed stays."""

    def chosen(messages: Messages, choice: gr.SelectData) -> Iterator[tuple[object, object]]:
        for _, conversation, welcome in answered(choice.value, messages):
            yield conversation, welcome

    return chosen


def _messages(reply: Reply) -> Messages:
    """A reply as messages: evidence apart from text, so that copying the text copies no markup.

    Gradio shows the options of the last message, as buttons, until there is a later one.
    """
    text = [{"role": "assistant", "content": reply.text}] if reply.text else []
    if not reply.evidence:
        return text
    options = [{"value": question} for question in reply.offers]
    return [*text, {"role": "assistant", "content": gr.HTML(reply.evidence), "options": options}]


def _shortened(question: str) -> str:
    if len(question) <= SHOWN_QUESTION:
        return question
    return f"{question[:SHOWN_QUESTION]}…（共 {len(question)} 字，其余从略）"
