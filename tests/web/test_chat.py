from __future__ import annotations

from typing import Any

import gradio as gr

from web.chat import SHOWN_QUESTION, _answering, _choosing, _messages
from web.escape import literal
from web.loading import Loading
from web.reply import Reply


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


def test_offered_questions_are_options_of_the_last_message(loaded: Loading) -> None:
    *_, (_, conversation, _) = steps("第九条讲什么？", [], loaded)
    *earlier, evidence = conversation["value"]
    assert evidence["options"] == [{"value": "实施方案第9项讲什么"}]
    assert not any(message.get("options") for message in earlier)
    assert _messages(Reply("正在检索…")) == [{"role": "assistant", "content": "正在检索…"}]


def test_choosing_an_offered_question_is_asking_it_and_leaves_the_box_alone(loaded: Loading) -> None:
    choice = gr.SelectData(None, {"index": 0, "value": "第14项讲什么？"})
    chosen: list[tuple[Any, ...]] = list(_choosing(_answering(loaded))([], choice))
    typed = [(conversation, welcome) for _, conversation, welcome in steps("第14项讲什么？", [], loaded)]
    asked_and_text = [[conversation["value"][:2] for conversation, _ in updates] for updates in (chosen, typed)]
    assert asked_and_text[0] == asked_and_text[1]
    assert [welcome for _, welcome in chosen] == [welcome for _, welcome in typed]


def test_an_offered_question_is_shown_as_written(loaded: Loading) -> None:
    choice = gr.SelectData(None, {"index": 0, "value": "<img src=x onerror=alert(1)>"})
    first, *_ = _choosing(_answering(loaded))([], choice)
    shown: Any = first[0]
    assert shown["value"][0]["content"] == literal("<img src=x onerror=alert(1)>")
