"""What axe-core finds on every tab, at both widths, light and dark: nothing serious.

axe-core comes from npm (``make setup`` installs it). Where there is no npm these tests are skipped.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.end_to_end.conftest import IN_BROWSER, SIZES, ask, visit

FOLDER = Path(__file__).parent
AXE = FOLDER / "node_modules" / "axe-core" / "axe.min.js"

pytestmark = [
    *IN_BROWSER,
    pytest.mark.skipif(not AXE.exists() and shutil.which("npm") is None, reason="no npm; install it, then make setup"),
]
LOOKS = [(width, scheme) for width in SIZES for scheme in ("light", "dark")]


def findings(page: Page) -> list[tuple[str, str, str]]:
    """Rule, element and reason of everything serious or critical."""
    assert AXE.exists(), f"{AXE} is missing; run npm ci --prefix {FOLDER}"
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.add_script_tag(path=AXE)
    page.wait_for_timeout(400)  # until what fades in has its colours
    found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        (broken["id"], node["html"][:160], node["failureSummary"][:200])
        for broken in found["violations"]
        if broken["impact"] in ("serious", "critical")
        for node in broken["nodes"]
    ]


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_conversation(browser: Browser, address: str, width: int, scheme: str) -> None:
    with visit(browser, address, width, color_scheme=scheme) as page:
        assert findings(page) == []
        ask(page, "综服企业能得到什么支持？")
        ask(page, "申请海外仓补贴打哪个电话？")
        page.locator("details.related > summary").first.click()
        page.locator(".actions summary").first.click()
        assert findings(page) == []
        page.locator("section.basis .place").click()
        expect(page.locator("#side .current")).to_be_in_viewport()
        assert findings(page) == []
        page.keyboard.press("Escape")
        page.get_by_role("button", name="历史").click()
        expect(page.locator("#side .reopen")).to_be_visible()
        assert findings(page) == []


@pytest.mark.parametrize("tab", ["责任清单", "文件", "评测"])
@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_other_tabs(browser: Browser, address: str, width: int, scheme: str, tab: str) -> None:
    with visit(browser, address, width, color_scheme=scheme) as page:
        page.get_by_role("tab", name=tab).click()
        expect(page.get_by_role("tab", name=tab)).to_have_attribute("aria-selected", "true")
        assert findings(page) == []


def test_the_way_through_by_keyboard(browser: Browser, address: str) -> None:
    """From the question box to the source and back, without a mouse, and the focus can be seen."""
    with visit(browser, address) as page:
        box = page.locator("#question textarea")
        expect(box).to_be_focused()
        ask(page, "综服企业能得到什么支持？")
        place = page.locator("section.basis .place")
        box.focus()
        for _ in range(40):
            page.keyboard.press("Shift+Tab")
            if place.evaluate("e => e === document.activeElement"):
                break
        expect(place).to_be_focused()
        assert place.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
        page.keyboard.press("Enter")
        expect(page.locator("#side .close")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#side")).to_have_count(0)
        expect(place).to_be_focused()
