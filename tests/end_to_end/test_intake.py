"""A document's way in and out: logged in, uploaded, checked, taken in, asked about, removed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser, Page, expect

from tests.end_to_end.conftest import IN_BROWSER, ROOT, SIZES, ask, keep, running

pytestmark = IN_BROWSER

TITLE = "岭南市促进夜间经济若干措施"
PARAGRAPHS = (
    f"岭南市人民政府办公室关于印发{TITLE}的通知",
    "岭府办〔2025〕7号",
    "各区人民政府：",
    f"《{TITLE}》已经市政府同意，现印发给你们。",
    "岭南市人民政府办公室",
    "2025年3月4日",
    TITLE,
    "一、繁荣消费",
    "1．支持夜间集市。对夜间集市给予最高30万元补助。（市商务局牵头，市财政局配合）",
    "2．支持深夜书店。鼓励书店营业到凌晨两点。（责任单位：市文化局）",
    "二、保障出行",
    "3．增开夜班公交。夜班公交线路增加到20条。（责任单位：市交通局）",
)
DONE = 120_000  # milliseconds


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An app with an account and a corpus of its own."""
    folder = tmp_path_factory.mktemp("intake")
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    with running(folder, CORPUS_DIR=str(folder / "corpus"), APP_AUTH="wang:geheim") as url:
        yield url


@pytest.fixture(params=SIZES, ids=lambda width: f"{width}px")
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The page for who logged in."""
    width: int = request.param
    visitor = browser.new_context(locale="zh-CN", viewport={"width": width, "height": SIZES[width]})
    opened = visitor.new_page()
    opened.goto(address)
    fields = opened.locator("input")
    fields.nth(0).fill("wang")
    fields.nth(1).fill("geheim")
    fields.nth(1).press("Enter")
    expect(opened.locator(".state.ready")).to_be_visible(timeout=DONE)
    yield opened
    visitor.close()


def written(folder: Path) -> Path:
    document = Document()
    for paragraph in PARAGRAPHS:
        document.add_paragraph(paragraph)
    path = folder / "夜间经济.docx"
    document.save(str(path))
    return path


def test_a_document_comes_in_answers_and_goes(page: Page, tmp_path: Path) -> None:
    taken_in(page, written(tmp_path))
    read_and_searched(page)
    asked_about(page)
    removed(page)


def taken_in(page: Page, file: Path) -> None:
    page.get_by_role("tab", name="文件").click()
    page.get_by_role("button", name="收录、更新、移除文件").click()
    page.locator("#intake-file input[type=file]").set_input_files(file)
    page.locator("#intake-check").click()
    found = page.locator("#intake-found")
    expect(found).to_contain_text("岭府办〔2025〕7号", timeout=DONE)
    expect(found).to_contain_text("岭南市人民政府办公室")
    expect(found).to_contain_text("2025-03-04")
    expect(found).to_contain_text("读出措施3 项，责任单位 4 处")
    expect(found).to_contain_text("牵头：市商务局；配合：市财政局")
    expect(page.get_by_label("适用地区")).to_have_value("岭南市")
    keep(page, "intake-checked")
    page.locator("#intake-take").click()
    said = page.locator("#intake-said")
    expect(said).to_contain_text("新增 3 项。现在就可以提问。", timeout=DONE)
    expect(page.locator(".catalogue")).to_contain_text("共 3 份文件")
    expect(page.locator(".state.ready")).to_contain_text("3 份文件")
    keep(page, "intake-done")


def read_and_searched(page: Page) -> None:
    catalogue = page.locator(".catalogue")
    catalogue.get_by_role("link", name=TITLE).click()
    text = page.locator(".library .texts")
    expect(text).to_contain_text("对夜间集市给予最高30万元补助。")
    expect(text.locator(".unit").first.locator("li.role")).to_have_text(["牵头", "配合"])
    keep(page, "intake-document")
    box = page.get_by_label("在文件里查找")
    box.fill("市商务局")
    box.press("Enter")
    hits = page.locator("#documents-found")
    expect(hits).to_contain_text("3 份文件，共")
    catalogue.get_by_role("link", name=TITLE).click()
    expect(hits).to_contain_text("1 / ")
    expect(text.locator("mark").first).to_have_text("市商务局")


def asked_about(page: Page) -> None:
    page.get_by_role("tab", name="问答").click()
    ask(page, "岭南市对夜间集市有什么补助？")
    card = page.locator("#conversation .card").first
    expect(card).to_contain_text("给予最高30万元补助")
    expect(card.locator("li.role")).to_have_text(["牵头", "配合"])
    keep(page, "intake-answer")
    page.get_by_role("tab", name="责任清单").click()
    expect(page.locator(".duties-summary .count")).to_have_text("共 80 项", timeout=DONE)
    keep(page, "intake-duties")


def removed(page: Page) -> None:
    page.get_by_role("tab", name="文件").click()
    page.locator("#intake-gone input").click()
    page.get_by_role("option", name=TITLE).click()
    page.locator("#intake-remove").click()
    expect(page.locator("#intake-confirm")).to_contain_text("确定移除吗")
    page.locator("#intake-yes").click()
    expect(page.locator("#intake-said")).to_contain_text("已移除", timeout=DONE)
    expect(page.locator(".library .document")).to_have_count(2)
    page.get_by_role("tab", name="问答").click()
    ask(page, "岭南市对夜间集市有什么补助？")
    expect(page.locator("#conversation .card").filter(has_text="30万元补助")).to_have_count(1)  # the first answer's
