from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import cast

import gradio as gr
import pytest

from answering.service import Service
from web.api import asking
from web.loading import Loading
from web.reply import BROKEN


class _Defective:
    def ask(self, question: str, history: list[str]) -> object:
        raise RuntimeError("defect")


def test_the_endpoint_returns_the_answer_contract(loaded: Loading, service: Service) -> None:
    given = asking(loaded)("那归谁管？", ["实施方案第14项讲什么？"])
    expected = service.ask("那归谁管？", ["实施方案第14项讲什么？"])
    assert given == replace(expected, id=given["id"], latency_ms=given["latency_ms"]).as_json()


def test_what_is_no_question_is_an_error_in_plain_words(loaded: Loading) -> None:
    with pytest.raises(gr.Error, match="问题是空的"):
        asking(loaded)(" ", [])


def test_a_defect_is_logged_and_not_shown(caplog: pytest.LogCaptureFixture) -> None:
    loading = Loading(lambda report: cast(Service, _Defective()))
    loading.start()
    with caplog.at_level(logging.ERROR), pytest.raises(gr.Error, match=BROKEN):
        asking(loading)("第1项", [])
    assert "RuntimeError: defect" in caplog.text


def test_when_loading_failed_the_reason_is_the_error() -> None:
    def load(report: Callable[[str], None]) -> Service:
        raise PermissionError("index")

    loading = Loading(load)
    loading.start()
    with pytest.raises(gr.Error, match="没有读写权限"):
        asking(loading)("第1项", [])
