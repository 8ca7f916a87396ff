"""More people than are served at once: each sees the place in line."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.answering.hostile import A_TEXT
from tests.chat_server import Hang, Served, begun, chat_server
from tests.end_to_end.conftest import IN_BROWSER, running

pytestmark = IN_BROWSER
AT_ONCE = 2


def test_who_comes_later_sees_the_place_in_line(
    browser: Browser,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    def visitor(address: str) -> Page:
        page = browser.new_context(locale="zh-CN").new_page()
        page.goto(address)
        expect(page.locator(".state.ready")).to_be_visible(timeout=60_000)
        page.locator("#question textarea").fill("实施方案第14项讲什么？")
        page.locator("#question textarea").press("Enter")
        return page

    with chat_server(lambda _: Served([*begun(f"{A_TEXT[:-1]}[1]。"), Hang(300)])) as server:
        model = {
            "LLM_BASE_URL": server.settings.base_url,
            "LLM_MODEL": "scripted",
            "LLM_TIMEOUT": "300",
            "ANSWERS_AT_ONCE": str(AT_ONCE),
        }
        with running(tmp_path_factory.mktemp("line"), **model) as address:
            served = [visitor(address) for _ in range(AT_ONCE)]
            for page in served:
                expect(page.locator("#conversation")).to_contain_text(A_TEXT, timeout=60_000)
            waiting = [visitor(address) for _ in range(2)]
            for place, page in enumerate(waiting, 1):
                expect(page.locator("#conversation")).to_contain_text(f"正在排队：第 {place} 位", timeout=60_000)
            served[0].close()  # and stops the model
            expect(waiting[0].locator("#conversation")).to_contain_text(A_TEXT, timeout=60_000)
            expect(waiting[1].locator("#conversation")).to_contain_text("正在排队：第 1 位", timeout=60_000)
