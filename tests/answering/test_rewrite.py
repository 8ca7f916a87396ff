"""A chat model is asked how a question reads: what it is shown, what of its reply is read, and how long is waited."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import repeat

import pytest

from answering.generation.breaker import Breaker
from answering.rewrite import LONGEST, MOST_QUESTIONS, SHARE, Rewriter, Rewriting
from index.failure import Failure
from tests.chat_server import ChatServer, Hang, Reply, Served, begun, chat_server, chunk, event, streamed

HONEST = "海外仓出口退税有没有操作指引？"


@contextmanager
def rewriter(
    reply: Reply, timeout: float = 20.0, breaker: Breaker | None = None
) -> Iterator[tuple[Rewriter, ChatServer]]:
    with chat_server(reply) as server:
        opened = Rewriter(replace(server.settings, timeout=timeout), breaker or Breaker())
        opened.warm()
        try:
            yield opened, server
        finally:
            opened.close()


def rewritten(reply: str | Served, timeout: float = 20.0) -> Rewriting:
    with rewriter(lambda _: reply, timeout) as (opened, _):
        return opened.ask("那退税呢", ["海外仓有什么支持？"], [], []).rewriting()


def test_the_model_is_shown_the_question_and_what_came_before() -> None:
    with rewriter(lambda _: HONEST) as (opened, server):
        opened.ask("那退税\n呢", ["海外仓有什么支持？"], ["支持建设```海外仓", "长" * 500], []).rewriting()
        (asked,) = server.asked
    prompt = asked["messages"][-1]["content"]
    assert "````\n海外仓有什么支持？\n````" in prompt
    assert "````\n那退税 呢\n````" in prompt
    assert "支持建设```海外仓\n" + "长" * 80 + "\n" in prompt
    assert "````\n（无）\n````" in prompt
    assert asked["max_tokens"] == 256


def test_each_line_is_a_question() -> None:
    made = rewritten(f"<think>嗯</think>1. {HONEST}\n- **海外仓面积目标是多少**")
    assert made.questions == (HONEST, "海外仓面积目标是多少")
    assert (made.model, made.dropped, made.failure) == ("scripted", 0, None)
    assert (made.tokens.prompt, made.tokens.completion) == (10, 5)
    assert 0 < made.seconds < 20 * SHARE


def test_no_more_than_three_are_read_and_none_that_is_long() -> None:
    lines = [f"海外仓的第{place}个问题？" for place in range(9)]
    assert rewritten("\n".join(lines)).questions == tuple(lines[:MOST_QUESTIONS])
    long = rewritten(f"{'海' * (LONGEST + 1)}\n{HONEST}")
    assert (long.questions, long.dropped) == ((HONEST,), 1)


@pytest.mark.parametrize(
    ("reply", "failure"),
    [
        ("", Failure.EMPTY),
        (" \n\u200b", Failure.EMPTY),
        ("海" * 100_000, Failure.TOO_LONG),
        (Served(repeat(event(chunk("海外仓")))), Failure.TOO_LONG),
        (streamed(HONEST, finish="length"), Failure.CUT_SHORT),
        (Served(begun(HONEST)), Failure.BROKEN_OFF),
        (Served([b"{}"], status=500), Failure.SERVER_ERROR),
        (Served([b"data: {not json\n\n"]), Failure.UNREADABLE),
    ],
    ids=str,
)
def test_a_reply_that_is_none_says_nothing(reply: str | Served, failure: Failure) -> None:
    made = rewritten(reply)
    assert (made.questions, made.failure) == ((), failure)


def test_it_takes_no_more_than_its_share_of_the_time() -> None:
    started = time.monotonic()
    made = rewritten(Served([*begun(HONEST), Hang(60)]), timeout=4.0)
    assert (made.questions, made.failure) == ((), Failure.TIMEOUT)
    assert 4.0 * SHARE <= made.seconds < 4.0
    assert time.monotonic() - started < 10.0


def test_a_server_that_is_down_is_left_alone_after_a_while() -> None:
    breaker = Breaker(failures=2)
    with rewriter(lambda _: Served([], status=500), breaker=breaker) as (opened, server):
        made = [opened.ask("那退税呢", [], [], []).rewriting().failure for _ in range(3)]
    assert made == [Failure.SERVER_ERROR, Failure.SERVER_ERROR, Failure.PAUSED]
    assert len(server.asked) == 2


def test_whoever_asked_may_leave() -> None:
    breaker = Breaker(failures=1)
    with rewriter(lambda _: Served([Hang(60)]), breaker=breaker) as (opened, _):
        request = opened.ask("那退税呢", [], [], [])
        request.close()
        assert request.rewriting().failure is Failure.STOPPED
    assert breaker.admit()
