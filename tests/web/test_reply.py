from __future__ import annotations

import logging
from collections.abc import Callable
from typing import cast

import pytest

from answering.service import Service
from web.loading import Loading
from web.reply import BROKEN, SEARCHING, Reply, replies


class _FailsOnce:
    """A service whose first question meets a defect."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._failed = False
        self.units = service.units
        self.documents = service.documents

    def ask(self, question: str, history: tuple[str, ...] = ()) -> object:
        if not self._failed:
            self._failed = True
            raise RuntimeError("defect")
        return self._service.ask(question, history)


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
    assert "第14项" in list(steps)[-1].evidence


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
    assert last("综服企业能得到什么支持？", loaded).offers == ()


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
        assert last("第1项讲什么？", loading) == Reply(BROKEN)
    assert "RuntimeError: defect" in caplog.text
    assert "第1项" in last("第1项讲什么？", loading).evidence
