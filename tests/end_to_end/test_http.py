"""The JSON API over HTTP, as a program would call it."""

from __future__ import annotations

import json
import urllib.request
from typing import Any


def call(address: str, question: str, history: list[str]) -> tuple[str, Any]:
    """Name and data of the last event of a call of ``ask``."""
    endpoint = f"{address}/gradio_api/call/ask"
    body = json.dumps({"data": [question, history]}).encode()
    request = urllib.request.Request(endpoint, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as started:
        event_id = json.load(started)["event_id"]
    with urllib.request.urlopen(f"{endpoint}/{event_id}", timeout=60) as stream:
        event, data = stream.read().decode().strip().split("\n\n")[-1].split("\n")
    return event.removeprefix("event: "), json.loads(data.removeprefix("data: "))


def test_a_question_asked_at_once_is_answered_when_the_index_stands(address: str) -> None:
    event, data = call(address, "任务分工表序号7是谁负责？", [])
    assert event == "complete"
    answer = data[0]
    assert list(answer) == [
        "id", "question", "answered", "refusal", "answer", "citations", "related", "understood", "latency_ms",
    ]  # fmt: skip
    assert [(citation["measure"], citation["serial"]) for citation in answer["citations"]] == [("第3条", 7)]


def test_history_is_taken_into_account(address: str) -> None:
    _, data = call(address, "那归谁管？", ["实施方案第14项讲什么？"])
    assert [citation["unit_id"] for citation in data[0]["citations"]] == ["plan/14"]


def test_what_is_no_question_is_an_error_in_plain_words(address: str) -> None:
    event, data = call(address, " ", [])
    assert event == "error"
    assert "问题是空的" in json.dumps(data, ensure_ascii=False)


def test_a_very_long_question_is_declined_and_the_next_one_answered(address: str) -> None:
    assert call(address, "长" * 100_000, [])[0] == "error"
    assert call(address, "第14项讲什么？", [])[0] == "complete"
