from __future__ import annotations

from typing import Any

import gradio as gr

from web.asking import NOTHING, SHOWN_QUESTION, Asking, shown
from web.escape import literal
from web.links import to_question, to_unit
from web.loading import Loading
from web.reply import STOPPED, Reply
from web.turn import Turn, Turns, questions
from web.words import said


def steps(question: str, turns: Turns, loading: Loading) -> list[tuple[Any, Any, Any, Any]]:
    return list(Asking(loading, 2).typed(question, turns))


def messages(update: Any) -> list[dict[str, Any]]:
    return list(update["value"])


def test_the_question_appears_first_and_the_box_is_emptied_once(loaded: Loading) -> None:
    first, second = steps("第14项讲什么？", (), loaded)
    assert first[0]["value"] == ""
    assert second[0] == gr.skip()
    assert messages(first[1])[0] == {"role": "user", "content": "第14项讲什么？"}
    assert first[2]["visible"] is False
    assert questions(second[3]) == ("第14项讲什么？",)


def test_text_and_evidence_are_messages_of_their_own(loaded: Loading) -> None:
    *_, (_, conversation, _, _) = steps("第14项讲什么？", (), loaded)
    asked, text, evidence = messages(conversation)
    assert asked["role"] == "user"
    assert "<" not in text["content"]
    assert isinstance(evidence["content"], gr.HTML)


def test_what_was_asked_before_is_taken_into_account(loaded: Loading) -> None:
    *_, (_, _, _, turns) = steps("第14项讲什么？", (), loaded)
    *_, (_, conversation, _, both) = steps("那归谁管？", turns, loaded)
    assert both[0] is turns[0]
    assert both[1].reply.answer.citations[0].unit_id == "plan/14"
    assert [message["content"] for message in messages(conversation) if message["role"] == "user"] == [
        "第14项讲什么？",
        "那归谁管？",
    ]


def test_a_pasted_book_is_shown_in_part(loaded: Loading) -> None:
    *_, (_, conversation, _, _) = steps("长" * 100_000, (), loaded)
    assert messages(conversation)[0]["content"] == literal("长" * SHOWN_QUESTION + "…（共 100000 字，其余从略）")


def test_offered_questions_are_options_of_the_last_message_only(loaded: Loading) -> None:
    *_, (_, conversation, _, turns) = steps("第九条讲什么？", (), loaded)
    *earlier, evidence = messages(conversation)
    assert evidence["options"] == [{"value": "实施方案第9项讲什么"}]
    assert not any(message.get("options") for message in earlier)
    *_, (_, conversation, _, _) = steps("第14项讲什么？", turns, loaded)
    assert [bool(message.get("options")) for message in messages(conversation)] == [False] * 5 + [True]


def test_a_question_by_click_or_link_leaves_the_box_alone(loaded: Loading) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    choice = gr.SelectData(None, {"index": 0, "value": hostile})
    for updates in (Asking(loaded, 2).chosen((), choice), Asking(loaded, 2).linked(to_question(hostile), ())):
        first: Any = next(updates)
        assert first[0] == gr.skip()
        assert messages(first[1])[0]["content"] == literal(hostile)


def test_an_address_without_a_question_changes_nothing(loaded: Loading) -> None:
    assert list(Asking(loaded, 2).linked("?", ())) == [NOTHING]
    assert list(Asking(loaded, 2).linked(to_unit("plan/1"), ())) == [NOTHING]


def test_asking_again_replaces_the_last_reply(loaded: Loading) -> None:
    *_, (_, _, _, turns) = steps("第14项讲什么？", (), loaded)
    stopped = Turn("那归谁管？", Reply(STOPPED, ended=True))
    *_, (_, _, _, again) = Asking(loaded, 2).again((*turns, stopped))
    assert isinstance(again, tuple)
    assert questions(again) == ("第14项讲什么？", "那归谁管？")
    assert again[-1].reply.answer is not None
    assert list(Asking(loaded, 2).again(())) == [NOTHING]


def test_while_it_takes_long_the_button_stops(loaded: Loading) -> None:
    working = Turn("问", Reply("甲。\n\n正在核对…"))
    ended = (Turn("问", Reply(f"甲。\n\n{STOPPED}", ended=True)),)
    box, conversation, _, turns = Asking(loaded, 2).stopped((working,))
    assert turns == ended
    assert box == gr.update(submit_btn=str(said("chat.send")), stop_btn=False)
    assert messages(conversation)[1]["content"] == f"甲。\n\n{STOPPED}"
    assert Asking(loaded, 2).stopped(ended)[1:] == NOTHING[1:]


def test_a_conversation_of_nothing_is_hidden() -> None:
    assert shown(()) == gr.update(value=[], visible=False)
