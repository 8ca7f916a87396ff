from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import gradio as gr
import pytest

from answering.service import Service
from app import Desk
from feedback.store import FeedbackStore
from index.settings import Settings
from web.loading import READING, READY, Loading, State
from web.page import TITLE, _followed, page
from web.welcome import welcome


def made() -> gr.Blocks:
    """A page over a service that never comes, made inside a loop: outside, Gradio opens one an event and leaves it."""

    async def make() -> gr.Blocks:
        loading = Loading(lambda report: pytest.fail("loaded"))
        return page(loading, Settings(), FeedbackStore(Path("nowhere")), Desk(Settings()))

    return asyncio.run(make())


def test_the_page_is_made_without_waiting_for_the_service() -> None:
    assert made().title == TITLE


def test_only_the_documented_endpoint_is_public() -> None:
    described = made().get_api_info()
    assert described is not None
    assert list(described["named_endpoints"]) == ["/ask"]


def test_head_and_first_view_follow_from_the_documents(service: Service) -> None:
    line, *ours = _followed(State(READY, service, edition=1))
    assert "2 份文件（任务分工表、实施方案），77 条可引用的内容" in str(line)
    assert TITLE in str(ours[0])
    assert ours[1] == welcome()
    assert _followed(State(READING))[1:] == (gr.skip(), gr.skip())
    others = SimpleNamespace(
        documents={
            **service.documents,
            "more": replace(service.documents["plan"], slug="more", short_title="夜市措施"),
        },
        units=service.units,
        registry=service.registry,
    )
    line, head, first = map(str, _followed(State(READY, cast("Service", others), edition=2)))
    assert "3 份文件（任务分工表、实施方案、夜市措施）" in line
    assert "天津" not in head
    assert "实施方案第1项讲什么" in first
