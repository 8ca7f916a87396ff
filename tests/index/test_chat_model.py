"""The chat model's client against a real server on loopback."""

from __future__ import annotations

from index.chat_model import open_chat_model
from tests.chat_server import chat_server


def test_a_question_goes_out_as_one_chat_completion_and_the_reply_comes_back() -> None:
    with chat_server(lambda text: f"您问：{text}") as server:
        reply = open_chat_model(server.settings).invoke("海外仓有什么支持")
    assert reply.content == "您问：海外仓有什么支持"
    (body,) = server.asked
    assert (body["model"], body["temperature"], body["max_tokens"]) == ("scripted", 0, 1200)
    assert reply.response_metadata["finish_reason"] == "stop"


def test_its_name_does_not_change_how_a_model_is_asked() -> None:
    from dataclasses import replace

    with chat_server(lambda _: "好") as server:
        assert open_chat_model(replace(server.settings, model="gpt-5-pro")).invoke("在吗").content == "好"
    assert server.asked[0]["messages"] == [{"role": "user", "content": "在吗"}]
