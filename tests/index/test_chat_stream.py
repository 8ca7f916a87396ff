"""Streamed replies over real HTTP: pieces, ends, tries and time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from index.chat_model import ReplyError
from index.chat_stream import ChatStreams, Tokens
from index.failure import Failure
from tests.chat_server import ChatServer, Hang, Served, begun, chat_server, ended, streamed


@pytest.fixture(scope="module")
def server() -> Iterator[ChatServer]:
    with chat_server(lambda _: "好") as opened:
        yield opened


@pytest.fixture(scope="module")
def streams(server: ChatServer) -> Iterator[ChatStreams]:
    opened = ChatStreams(server.settings)
    opened.warm()
    yield opened
    opened.close()


def soon(seconds: float = 5.0) -> float:
    return time.monotonic() + seconds


def test_the_pieces_come_as_they_were_sent(server: ChatServer, streams: ChatStreams) -> None:
    server.reply = lambda text: streamed(text, "仓", "。")
    stream = streams.ask("{海外}", soon())
    assert [*stream] == ["{海外}", "仓", "。"]
    assert stream.tokens == Tokens(10, 5)


def test_tokens_told_with_every_piece_are_not_added_up(server: ChatServer, streams: ChatStreams) -> None:
    usage = [{"prompt_tokens": 10, "completion_tokens": count, "total_tokens": 10 + count} for count in (1, 2, 3)]
    ends = [part for each in usage for part in ended(usage=each)[1:2]]
    server.reply = lambda _: Served([*begun("好"), *ended()[:1], *ends, ended()[-1]])
    stream = streams.ask("", soon())
    assert [*stream] == ["好"]
    assert stream.tokens == Tokens(10, 3)
    assert Tokens(1, 2) + Tokens(3, 4) == Tokens(4, 6)


@pytest.mark.parametrize(("status", "tries"), [(429, 3), (500, 3), (503, 3), (400, 1), (401, 1), (404, 1)])
def test_only_a_busy_or_failing_server_is_asked_again(
    status: int, tries: int, server: ChatServer, streams: ChatStreams
) -> None:
    server.asked.clear()
    server.reply = lambda _: Served([b"{}"], status)
    with pytest.raises(ReplyError):
        list(streams.ask("", soon()))
    assert len(server.asked) == tries


def test_the_second_try_may_succeed(server: ChatServer, streams: ChatStreams) -> None:
    server.asked.clear()
    server.reply = lambda _: Served([b"{}"], 429, headers={"Retry-After": "0"}) if len(server.asked) < 2 else "好"
    assert "".join(streams.ask("", soon())) == "好"


@pytest.mark.parametrize("after", ["60", "9" * 400])
def test_a_pause_that_the_time_does_not_allow_is_not_made(after: str, server: ChatServer, streams: ChatStreams) -> None:
    server.asked.clear()
    server.reply = lambda _: Served([b"{}"], 429, headers={"Retry-After": after})
    with pytest.raises(ReplyError) as raised:
        list(streams.ask("", soon()))
    assert raised.value.failure is Failure.BUSY
    assert len(server.asked) == 1


def test_a_try_that_comes_too_late_is_told_as_what_made_it_necessary(server: ChatServer, streams: ChatStreams) -> None:
    server.asked.clear()
    server.reply = lambda _: Served([b"{}"], 503) if len(server.asked) < 2 else Served([Hang(60)])
    with pytest.raises(ReplyError) as raised:
        list(streams.ask("", soon(1.0)))
    assert raised.value.failure is Failure.SERVER_ERROR
    assert len(server.asked) == 2


def test_the_deadline_holds_for_the_whole_reply(server: ChatServer, streams: ChatStreams) -> None:
    server.reply = lambda _: Served([*begun("好"), Hang(0.1)] * 100)
    started, pieces = time.monotonic(), list[str]()
    with pytest.raises(ReplyError) as raised:
        for piece in streams.ask("", soon(0.5)):
            pieces.append(piece)
    assert raised.value.failure is Failure.TIMEOUT
    assert 1 <= len(pieces) <= 6
    assert time.monotonic() - started < 5


def test_a_stream_that_nobody_reads_on_is_stopped(server: ChatServer, streams: ChatStreams) -> None:
    server.left.clear()
    server.reply = lambda _: Served([*begun("好"), Hang(60)])
    for piece in streams.ask("", soon()):
        assert piece == "好"
        break
    assert server.left.wait(2)


def test_no_redirect_is_followed(server: ChatServer, streams: ChatStreams) -> None:
    with chat_server(lambda _: "好") as other:
        server.reply = lambda _: Served([], 307, headers={"Location": f"{other.settings.base_url}/chat/completions"})
        with pytest.raises(ReplyError) as raised:
            list(streams.ask("", soon()))
        assert (raised.value.failure, other.asked) == (Failure.REJECTED, [])


@pytest.mark.parametrize("base_url", ["http://127.0.0.1:1/v1", "http://[::/v1"])
def test_an_address_that_leads_nowhere(base_url: str, server: ChatServer) -> None:
    streams = ChatStreams(replace(server.settings, base_url=base_url))
    with pytest.raises(ReplyError) as raised:
        list(streams.ask("", soon()))
    assert raised.value.failure is Failure.UNREACHABLE
    streams.close()
    streams.close()
    with pytest.raises(ReplyError) as raised:
        list(streams.ask("", soon()))
    assert raised.value.failure is Failure.STOPPED
