from __future__ import annotations

from typing import Any

import gradio as gr

from web.chat import SHOWN_QUESTION, _answering
from web.escape import literal
from web.loading import Loading


def steps(question: str, messages: list[dict[str, Any]], loading: Loading) -> list[tuple[Any, Any, Any]]:
    return list(_answering(loading)(question, messages))


def test_the_question_appears_first_and_the_box_is_emptied_once(loaded: Loading) -> None:
    first, second = steps("第14项讲什么？", [], loaded)
    assert first[0] == ""
    assert second[0] == gr.skip()
    assert first[1]["value"][0] == {"role": "user", "content": "第14项讲什么？"}
    assert first[2]["visible"] is False


def test_text_and_evidence_are_messages_of_their_own(loaded: Loading) -> None:
    *_, (_, conversation, _) = steps("第14项讲什么？", [], loaded)
    asked, text, evidence = conversation["value"]
    assert asked["role"] == "user"
    assert "<" not in text["content"]
    assert isinstance(evidence["content"], gr.HTML)


def test_earlier_messages_stay(loaded: Loading) -> None:
    earlier = [{"role": "user", "content": [{"type": "text", "text": "第14项讲什么？"}]}]
    *_, (_, conversation, _) = steps("那归谁管？", earlier, loaded)
    assert conversation["value"][0] is earlier[0]
    assert earlier == [{"role": "user", "content": [{"type": "text", "text": "第14项讲什么？"}]}]


def test_a_pasted_book_is_shown_in_part(loaded: Loading) -> None:
    *_, (_, conversation, _) = steps("长" * 100_000, [], loaded)
    shown = conversation["value"][0]["content"]
    assert shown == literal("长" * SHOWN_QUESTION + "…（共 100000 字，其余从略）")
