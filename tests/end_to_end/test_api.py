"""The APIs of the running app, with the clients that people use."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import jsonschema
import openai
import pytest
from langchain_openai import ChatOpenAI

from tests.answering.hostile import A_TEXT, B_TEXT
from tests.chat_server import chat_server, streamed
from tests.end_to_end.conftest import ROOT, running

PLAN_14 = "《天津市推动跨境电商高质量发展实施方案》第14项"


def call(url: str, body: object = None, headers: dict[str, str] | None = None) -> tuple[int, Any]:
    """Status and JSON of a response."""
    data = None if body is None else json.dumps(body).encode()
    request = Request(url, data, {"Content-Type": "application/json", **(headers or {})})
    try:
        with urlopen(request, timeout=300) as response:
            return response.status, json.load(response)
    except HTTPError as error:
        with error:
            return error.code, json.load(error)


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{address}/v1", api_key="none", timeout=300) as opened:
        yield opened


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An app that asks for a login and is soon tired of one address, behind a proxy that it trusts."""
    settings = {"APP_AUTH": "wang:geheim", "RATE_LIMIT": "40", "TRUSTED_PROXIES": "127.0.0.1"}
    folder = tmp_path_factory.mktemp("guarded")
    with running(folder, **settings) as address:
        yield address
    assert "geheim" not in (folder / "log").read_text(encoding="utf-8")


def test_what_comes_is_what_the_description_says(address: str) -> None:
    _, described = call(f"{address}/api/openapi.json")
    asked: list[tuple[str, str, object, int]] = [
        ("/ask", "", {"question": "外管局有哪些任务？"}, 200),
        ("/ask", "", {"question": "今天天气怎么样？"}, 200),
        ("/ask", "", {"question": ""}, 400),
        ("/ask", "", {}, 422),
        ("/units", urlencode({"q": "海外仓"}), None, 200),
        ("/units/{unit_id}", "", None, 200),
        ("/agencies", urlencode({"name": "外管局"}), None, 200),
        ("/agencies", urlencode({"name": "外星局"}), None, 404),
        ("/tasks", urlencode({"agency": "海关", "not": "外管局", "match": "all"}), None, 200),
        ("/documents", "", None, 200),
        ("/health", "", None, 200),
    ]
    assert {path for path, *_ in asked} == set(described["paths"])
    for path, query, body, status in asked:
        place = path.replace("{unit_id}", "plan/14")
        got, told = call(f"{address}/api{place}?{query}", body)
        assert got == status, told
        operation = described["paths"][path]["post" if body is not None else "get"]
        response = operation["responses"]["200" if status == 200 else "default"]
        schema = {**response["content"]["application/json"]["schema"], "components": described["components"]}
        jsonschema.validate(told, schema)


def test_the_same_answer_comes_by_every_door(address: str) -> None:
    from tests.end_to_end.test_http import call as gradio

    own = {"id": "", "latency_ms": 0}
    _, told = call(f"{address}/api/ask", {"question": "那归谁管？", "history": ["实施方案第14项讲什么？"]})
    _, data = gradio(address, "那归谁管？", ["实施方案第14项讲什么？"])
    assert {**told, **own} == {**data[0], **own}


def test_the_openai_client_gets_an_answer_with_its_citations(client: openai.OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["jince"]
    assert client.models.retrieve("jince").owned_by == "jince"
    reply = client.chat.completions.create(
        model="jince",
        messages=[
            {"role": "system", "content": "You are a helpful assistant."},
            {"role": "user", "content": "实施方案第14项讲什么？"},
            {"role": "assistant", "content": "……"},
            {"role": "user", "content": "那归谁管？"},
        ],
        temperature=0,
    )
    text = reply.choices[0].message.content
    assert text is not None
    assert "**责任单位**：市交通运输委、市商务局" in text
    assert f"**依据**：{PLAN_14}" in text
    extra: Any = reply.model_extra
    assert [citation["label"] for citation in extra["citations"]] == [PLAN_14]
    assert (extra["answered"], extra["refusal"]) == (True, None)


def test_a_stream_is_the_same_answer_in_pieces(client: openai.OpenAI) -> None:
    messages: Any = [{"role": "user", "content": "外管局有哪些任务？"}]
    whole = client.chat.completions.create(model="jince", messages=messages)
    pieces = list(
        client.chat.completions.create(
            model="jince", messages=messages, stream=True, stream_options={"include_usage": True}
        )
    )
    text = "".join(piece.choices[0].delta.content or "" for piece in pieces if piece.choices)
    assert text == whole.choices[0].message.content
    assert text.splitlines()[-1] == "9. 《天津市推动跨境电商高质量发展实施方案》第15项"  # the last of what it rests on
    *_, last, usage = pieces
    assert last.choices[0].finish_reason == "stop"
    told: Any = whole.model_extra
    assert last.model_extra == {name: told[name] for name in ("answered", "refusal", "citations", "related")}
    assert usage.usage is not None
    assert usage.usage.total_tokens == 0  # no chat model was asked


def test_the_clients_errors_are_openais(client: openai.OpenAI) -> None:
    question: Any = {"role": "user", "content": "第1项"}
    with pytest.raises(openai.NotFoundError, match="没有叫“gpt”的模型"):
        client.chat.completions.create(model="gpt", messages=[question])
    with pytest.raises(openai.BadRequestError, match="问题是空的"):
        client.chat.completions.create(model="jince", messages=[{"role": "user", "content": " "}])
    with pytest.raises(openai.BadRequestError, match="问题是空的"):
        client.chat.completions.create(model="jince", messages=[{"role": "user", "content": " "}], stream=True)
    with pytest.raises(openai.BadRequestError, match="role 为 user"):
        client.chat.completions.create(model="jince", messages=[question, {"role": "assistant", "content": "a"}])
    with pytest.raises(openai.UnprocessableEntityError) as caught:
        client.chat.completions.create(model="jince", messages=[question], n=2)
    assert caught.value.code == "invalid_request"


def test_langchain_takes_it_for_a_chat_model(address: str) -> None:
    model = ChatOpenAI(base_url=f"{address}/v1", model="jince", api_key=lambda: "none")
    assert f"**依据**：{PLAN_14}" in str(model.invoke("实施方案第14项讲什么？").content)
    assert "".join(str(piece.content) for piece in model.stream("第100条讲什么？")).startswith("文件里没有")


def test_what_a_chat_model_writes_is_streamed_as_it_is_checked(tmp_path: Path) -> None:
    with chat_server(lambda _: streamed(f"{A_TEXT[:-1]}[1]。", f"{B_TEXT[:-1]}[1]。")) as server:
        model = {"LLM_BASE_URL": server.settings.base_url, "LLM_MODEL": "scripted", "LLM_TIMEOUT": "60"}
        with running(tmp_path, **model) as address, openai.OpenAI(base_url=f"{address}/v1", api_key="none") as client:
            messages: Any = [{"role": "user", "content": "实施方案第14项讲什么？"}]
            pieces = list(client.chat.completions.create(model="jince", messages=messages, stream=True))
    written = [piece.choices[0].delta.content for piece in pieces if piece.choices[0].delta.content]
    assert A_TEXT in written[0]
    assert B_TEXT in written[1]
    assert f"**依据**：{PLAN_14}" in written[-1]


@pytest.mark.parametrize(
    "path",
    [
        str(ROOT / "app.py"),
        "app.py",
        ".env",
        "corpus/sources.jsonl",
        "/etc/passwd",
        "../../../../etc/passwd",
        "/proc/self/environ",
        "http://127.0.0.1:1/",
        "https://other.example/",
        "file:///etc/passwd",
    ],
)
def test_files_of_the_machine_are_not_handed_out(address: str, path: str) -> None:
    assert call_status(f"{address}/gradio_api/file={path}") in {403, 404}


def test_neither_index_nor_database_is_handed_out(tmp_path: Path) -> None:
    """What the app keeps of uploads and downloads is its own, and gone when it ends."""
    own = tmp_path / "temporary"
    own.mkdir()
    with running(tmp_path, TMPDIR=str(own)) as address:
        assert call(f"{address}/api/ask", {"question": "第1项"})[0] == 200  # the index is there
        assert list(own.glob("jince-*"))
        kept = [file for file in (tmp_path / "index").rglob("*") if file.is_file()]
        assert any(file.name == "chroma.sqlite3" for file in kept)
        for file in kept:
            assert call_status(f"{address}/gradio_api/file={file}") == 403
    assert not list(own.glob("jince-*"))


def call_status(url: str) -> int:
    try:
        with urlopen(url, timeout=30) as response:
            return int(response.status)
    except HTTPError as error:
        with error:
            return error.code


def test_the_server_does_not_say_what_it_is(address: str) -> None:
    with urlopen(address, timeout=30) as response:
        assert "server" not in {name.lower() for name in response.headers}
        assert response.headers["X-Content-Type-Options"] == "nosniff"
    for path in ("/docs", "/redoc", "/openapi.json"):
        assert call_status(f"{address}{path}") == 404


def test_login_guards_page_and_apis(guarded: str) -> None:
    assert call(f"{guarded}/api/documents")[0] == 401
    assert call(f"{guarded}/v1/models")[0] == 401
    assert call(f"{guarded}/config")[0] == 401
    bearer = {"Authorization": "Bearer wang:geheim"}
    assert call(f"{guarded}/api/documents", headers=bearer)[0] == 200
    assert call(f"{guarded}/gradio_api/call/ask", {"data": ["第1项", []]}, bearer)[0] == 200
    assert call(f"{guarded}/gradio_api/call/ask", {"data": ["第1项", []]})[0] == 401
    with openai.OpenAI(base_url=f"{guarded}/v1", api_key="wang:geheim") as client:
        assert client.models.list().data
    with openai.OpenAI(base_url=f"{guarded}/v1", api_key="wrong") as client, pytest.raises(openai.AuthenticationError):
        client.models.list()


def test_who_asks_too_often_waits_and_others_do_not(guarded: str) -> None:
    """Clients behind the trusted proxy are told apart by what it wrote."""
    bearer = {"Authorization": "Bearer wang:geheim", "X-Forwarded-For": "203.0.113.7"}
    statuses = [call(f"{guarded}/api/documents", headers=bearer)[0] for _ in range(41)]
    assert statuses[0] == 200
    while statuses[-1] != 429:  # one comes back in 1.5 seconds: a slow machine needs a few more
        statuses.append(call(f"{guarded}/api/documents", headers=bearer)[0])
        assert len(statuses) < 400
    assert call(f"{guarded}/api/documents", headers={**bearer, "X-Forwarded-For": "203.0.113.8"})[0] == 200
