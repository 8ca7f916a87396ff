from __future__ import annotations

import asyncio
from pathlib import Path

import gradio as gr
import pytest

from feedback.store import FeedbackStore
from index.settings import Settings
from web.loading import Loading
from web.page import TITLE, page


def made() -> gr.Blocks:
    """A page over a service that never comes, made inside a loop: outside, Gradio opens one an event and leaves it."""

    async def make() -> gr.Blocks:
        return page(Loading(lambda report: pytest.fail("loaded")), Settings(), FeedbackStore(Path("nowhere")))

    return asyncio.run(make())


def test_the_page_is_made_without_waiting_for_the_service() -> None:
    assert made().title == TITLE


def test_only_the_documented_endpoint_is_public() -> None:
    described = made().get_api_info()
    assert described is not None
    assert list(described["named_endpoints"]) == ["/ask"]
