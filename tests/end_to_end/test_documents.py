"""Reading and searching the documents, in the system's Chromium; screenshots go to ``artefacts/``."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.end_to_end.conftest import IN_BROWSER, keep

pytestmark = IN_BROWSER


def opened(page: Page) -> None:
    page.get_by_role("tab", name="文件").click()
    expect(page.locator(".library")).to_be_visible(timeout=20_000)


def test_words_are_found_counted_and_stepped_through(page: Page) -> None:
    opened(page)
    keep(page, "documents")
    box = page.get_by_label("在文件里查找")
    box.fill("外管局")
    box.press("Enter")
    found = page.locator("#documents-found")
    expect(found).to_contain_text("1 / 9 处")
    expect(found).to_contain_text("任务分工表 7 处，实施方案 2 处")
    expect(page.locator("#documents-text mark")).to_have_count(9)
    for button, at in (("下一处", 2), ("上一处", 1), ("上一处", 9)):
        page.get_by_role("button", name=button).click()
        expect(found).to_contain_text(f"{at} / 9 处")
        expect(page.locator("#documents-text mark").nth(at - 1)).to_be_in_viewport()
    expect(page.locator("mark.now")).to_have_text("国家外汇管理局天津市分局")
    expect(box).to_be_in_viewport()
    keep(page, "documents-found")
    box.fill("<img src=x onerror=document.title='run'>")
    box.press("Enter")
    expect(found).to_contain_text("没有找到“<img src=x")
    assert page.title() != "run"


def test_the_contents_lead_to_a_unit_and_its_links_into_the_page(page: Page) -> None:
    opened(page)
    assert page.viewport_size
    if page.viewport_size["width"] < 860:
        page.locator("details.above > summary").click()
        contents = page.locator("details.above nav")
    else:
        contents = page.locator("nav.beside")
    contents.get_by_role("link", name="14 完善国际物流服务体系").click()
    unit = page.locator("#doc-plan-14")
    expect(unit).to_be_in_viewport()
    expect(unit.get_by_role("link", name="第14项")).to_have_attribute("href", "?unit=plan/14")
    keep(page, "documents-unit")
    page.locator("#doc-plan summary").first.click()
    expect(page.locator("#doc-plan .balance tfoot")).to_have_text("合计4,716")
    unit.get_by_role("link", name="市交通运输委").click()
    expect(page.get_by_role("tab", name="责任清单")).to_have_attribute("aria-selected", "true")


def test_an_address_shows_a_unit_in_its_document(page: Page, address: str) -> None:
    page.goto(f"{address}/?tab=documents&unit=plan/14")
    expect(page.locator("#doc-plan-14")).to_be_in_viewport(timeout=20_000)
