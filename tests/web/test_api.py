from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from gradio.routes import App
from starlette.testclient import TestClient

from answering.service import Service
from web.loading import Loading
from web.page import page


@pytest.fixture(scope="module")
def client(loaded: Loading) -> Iterator[TestClient]:
    with TestClient(App.create_app(page(loaded))) as opened:
        yield opened


def call(client: TestClient, question: str, history: list[str]) -> tuple[str, object]:
    """The last event of a call and its data."""
    started = client.post("/gradio_api/call/ask", json={"data": [question, history]})
    stream = client.get(f"/gradio_api/call/ask/{started.json()['event_id']}").text
    event, data = stream.strip().split("\n\n")[-1].split("\n")
    return event.removeprefix("event: "), json.loads(data.removeprefix("data: "))


def test_the_endpoint_returns_the_answer_contract(client: TestClient, service: Service) -> None:
    event, data = call(client, "任务分工表第3条归谁管？", ["外管局有哪些任务？"])
    assert event == "complete"
    assert isinstance(data, list)
    expected = service.ask("任务分工表第3条归谁管？", ["外管局有哪些任务？"]).as_json()
    for field in ("id", "latency_ms"):
        assert data[0].pop(field)
        del expected[field]
    assert data[0] == json.loads(json.dumps(expected))


def test_what_is_no_question_is_an_error_in_plain_words(client: TestClient) -> None:
    event, data = call(client, "", [])
    assert event == "error"
    assert "问题是空的" in json.dumps(data, ensure_ascii=False)


def test_history_must_be_a_list(client: TestClient, service: Service) -> None:
    event, _ = call(client, "第14项讲什么？", [])
    assert event == "complete"
