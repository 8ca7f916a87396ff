from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from typing import cast

import pytest

from answering.service import Service
from index.failure import Failure
from index.settings import Settings
from tests.answering.hostile import A_TEXT, B_TEXT
from tests.chat_server import ChatServer, Hang, Served, begun, chat_server
from web.loading import Loading
from web.reply import BROKEN, CHECKING, SEARCHING, STOPPED, Reply, replies


class _FailsOnce:
    """A service whose first question meets a defect."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._failed = False
        self.units = service.units
        self.documents = service.documents

    def stream(self, question: str, history: tuple[str, ...] = ()) -> Generator[object, None, None]:
        if not self._failed:
            self._failed = True
            raise RuntimeError("defect")
        yield from self._service.stream(question, history)


def last(question: str, loading: Loading, history: tuple[str, ...] = ()) -> Reply:
    return list(replies(question, history, loading))[-1]


def test_a_reply_says_what_it_does_and_then_answers_with_evidence(loaded: Loading) -> None:
    steps = list(replies("外管局有哪些任务？", (), loaded))
    assert steps[0] == Reply(SEARCHING)
    assert len(steps) == 2
    assert "国家外汇管理局天津市分局" in steps[1].text
    assert "第3条（序号7）" in steps[1].evidence


def test_a_question_asked_too_early_waits_and_is_answered(service: Service) -> None:
    loading = Loading(lambda report: service)
    steps = replies("第14项讲什么？", (), loading)
    assert next(steps).text == "正在读取文件…好了就回答您的问题。"
    loading.start()
    *_, whole = steps
    assert "第14项" in whole.evidence
    assert whole.answer is not None
    assert (whole.ended, whole.answer.question) == (True, "第14项讲什么？")


def test_when_loading_failed_the_reason_is_the_reply() -> None:
    def load(report: Callable[[str], None]) -> Service:
        raise PermissionError("index")

    loading = Loading(load)
    loading.start()
    assert "没有读写权限" in last("问", loading).text


def test_a_refusal_is_a_notice(loaded: Loading) -> None:
    reply = last("第100条讲什么？", loaded)
    assert reply.text == ""
    assert reply.evidence.startswith('<section class="refusal"><h4>文件里没有</h4>')


def test_offered_questions_come_with_the_answer(loaded: Loading) -> None:
    assert last("第九条讲什么？", loaded).offers == ("实施方案第9项讲什么",)
    assert last("综服企业能得到什么支持？", loaded).offers[0] == "任务分工表第5条（序号11）由谁负责"


@pytest.mark.parametrize(("question", "words"), [("  ", "问题是空的"), ("长" * 100_000, "问题太长（100000 字）")])
def test_what_is_no_question_gets_a_friendly_word(loaded: Loading, question: str, words: str) -> None:
    reply = last(question, loaded)
    assert words.replace("（", "（") in reply.text
    assert reply.evidence == ""
    assert reply.offers == ()


def test_history_reaches_the_service(loaded: Loading) -> None:
    reply = last("那归谁管？", loaded, ("实施方案第14项讲什么？",))
    assert "理解为：" in reply.evidence


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("离案贸易谁负责", "离岸贸易谁负责"),
        ("waimao zonghe fuwu qiye", "外贸综合服务企业"),
        ("Who is responsible for offshore trade?", "离岸贸易由谁负责"),
    ],
)
def test_what_was_put_right_is_said(loaded: Loading, question: str, read: str) -> None:
    assert f'<p class="understood">理解为：{read}</p>' in last(question, loaded).evidence


def test_after_a_defect_the_next_question_is_answered(service: Service, caplog: pytest.LogCaptureFixture) -> None:
    loading = Loading(lambda report: cast(Service, _FailsOnce(service)))
    loading.start()
    with caplog.at_level(logging.ERROR):
        assert last("第1项讲什么？", loading) == Reply(BROKEN, ended=True)
    assert "RuntimeError: defect" in caplog.text
    assert "第1项" in last("第1项讲什么？", loading).evidence


TASK = "实施方案第14项讲什么？"
A, B = f"{A_TEXT[:-1]}[1]。", f"{B_TEXT[:-1]}[1]。"
TOLD = f"{A_TEXT}（实施方案第14项）"


@pytest.fixture(scope="module")
def told(index_settings: Settings) -> Iterator[tuple[Loading, ChatServer]]:
    """A loading that has come to its end, of a service that asks a chat model, and the model's server."""
    with chat_server(lambda _: "") as server:
        opened = Service(replace(index_settings, chat=replace(server.settings, timeout=15)))
        loading = Loading(lambda report: opened)
        loading.start()
        loading.settled()
        yield loading, server
        opened.close()


def test_what_a_model_writes_appears_sentence_by_sentence(told: tuple[Loading, ChatServer]) -> None:
    loading, server = told
    server.reply = lambda _: A + B
    *growing, whole = dict.fromkeys(replies(TASK, (), loading))  # the last comes again while the model is slow
    both = f"{TOLD}{B_TEXT}（实施方案第14项）"
    assert growing == [
        Reply(SEARCHING),
        Reply(CHECKING),
        Reply(f"{TOLD}\n\n{CHECKING}"),
        Reply(f"{both}\n\n{CHECKING}"),
    ]
    assert whole.text.startswith(f"{both}\n\n**依据**")
    assert '<p class="checked"><small>已核对 2 句，均与所引条目一致</small></p>' in whole.evidence
    assert '<article class="card">' in whole.evidence


def test_where_a_model_fails_the_documents_speak(told: tuple[Loading, ChatServer], loaded: Loading) -> None:
    loading, server = told
    server.reply = lambda _: "海外仓面积达到600万平方米[1]。"
    *growing, whole = dict.fromkeys(replies(TASK, (), loading))
    assert growing == [Reply(SEARCHING), Reply(CHECKING)]
    offline = last(TASK, loaded)
    because = f"（大模型暂不可用：{Failure.UNVERIFIED.phrase}，已改用文件原文。）"
    assert whole == replace(offline, text=f"{offline.text}\n\n{because}")
    assert "已核对" not in whole.evidence


def test_a_list_is_not_announced_as_a_models(told: tuple[Loading, ChatServer], loaded: Loading) -> None:
    assert list(replies("第九条讲什么？", (), told[0])) == list(replies("第九条讲什么？", (), loaded))


def test_while_nothing_comes_the_last_step_does_and_leaving_is_noticed(
    told: tuple[Loading, ChatServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    loading, server = told
    monkeypatch.setattr("web.reply.LOOK_UP", 0.01)
    server.left.clear()
    server.asked.clear()
    server.reply = lambda _: Served([Hang(60)])
    steps = replies(TASK, (), loading)
    assert next(steps) == Reply(SEARCHING)
    checking = next(steps)
    assert checking == Reply(CHECKING)
    while not server.asked:
        assert next(steps) is checking
    assert next(steps) is checking
    cast(Generator[Reply, None, None], steps).close()
    assert server.left.wait(2)


def test_leaving_the_page_stops_the_model(told: tuple[Loading, ChatServer]) -> None:
    loading, server = told
    server.left.clear()
    server.reply = lambda _: Served([*begun(A), Hang(60)])
    steps = replies(TASK, (), loading)
    while A_TEXT not in next(steps).text:
        pass
    cast(Generator[Reply, None, None], steps).close()
    assert server.left.wait(2)


@pytest.mark.parametrize(
    ("text", "left", "busy"),
    [
        (SEARCHING, STOPPED, False),
        (CHECKING, STOPPED, True),
        (f"甲。\n\n{CHECKING}", f"甲。\n\n{STOPPED}", True),
        ("正在建立索引…好了就回答您的问题。", f"正在建立索引…好了就回答您的问题。\n\n{STOPPED}", True),
    ],
)
def test_a_stopped_reply_keeps_what_was_said(text: str, left: str, busy: bool) -> None:
    assert Reply(text).busy is busy
    assert Reply(text).stopped() == Reply(left, ended=True)
    assert not Reply(left, ended=True).busy
