"""The way of an official through the responsibility list, in the system's Chromium, at both widths."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from index.records import PolicyUnit
from tests.end_to_end.conftest import IN_BROWSER, keep

pytestmark = IN_BROWSER
SAFE = "国家外汇管理局天津市分局"
SHORT = {"task-table": "任务分工表", "plan": "实施方案"}


def expect_count(page: Page, count: int) -> None:
    """Wait until the page says 共 N 项; its first list comes when the index stands."""
    expect(page.locator(".duties-summary .count")).to_have_text(f"共 {count} 项", timeout=30_000)


def open_tab(page: Page) -> None:
    page.get_by_role("tab", name="责任清单").click()
    expect_count(page, 77)


def choose(page: Page, name: str) -> None:
    """Find a body by any of its names and take it by Enter."""
    box = page.get_by_label("查找责任单位")
    box.fill(name)
    box.press("Enter")
    expect(box).to_have_value("")


def goto(page: Page, query: str) -> None:
    page.goto(f"{page.url.partition('?')[0]}{query}")
    expect(page.locator(".state.ready")).to_be_visible(timeout=60_000)


def download(page: Page, button: str, folder: Path) -> Path:
    """The file of one click; ``folder`` then holds it under the name that the browser was told."""
    with page.expect_download() as started:
        page.get_by_role("button", name=button).click()
    path = folder / started.value.suggested_filename
    started.value.save_as(path)
    return path


def width(page: Page) -> int:
    assert page.viewport_size
    return page.viewport_size["width"]


def test_a_word_sheet_of_all_tasks_of_a_body(page: Page, units: tuple[PolicyUnit, ...], tmp_path: Path) -> None:
    open_tab(page)
    keep(page, "duties")
    choose(page, "外管局")
    expect_count(page, 9)
    expect(page.get_by_role("heading", name=f"{SAFE}任务清单")).to_be_visible()
    page.locator(".duties-list").scroll_into_view_if_needed()
    keep(page, "duties-safe")
    path = download(page, "下载 Word 任务单", tmp_path)
    assert re.fullmatch(rf"{SAFE}任务清单_\d{{8}}\.docx", path.name)

    sheet = Document(str(path))
    assert sheet.paragraphs[0].text == f"{SAFE}任务清单"
    assert "共 9 项" in sheet.paragraphs[1].text
    held = [unit for unit in units if "safe" in unit.agency_ids]
    header, *rows = sheet.tables[0].rows
    assert [cell.text for cell in header.cells] == [
        "序号", "文件", "条目", "任务内容", "责任单位（本单位加粗）", "共同责任单位",
    ]  # fmt: skip
    assert len(rows) == len(held) == 9
    for number, (row, unit) in enumerate(zip(rows, held, strict=True), 1):
        others = [name for name, agency_id in zip(unit.agencies, unit.agency_ids, strict=True) if agency_id != "safe"]
        assert [cell.text for cell in row.cells] == [
            str(number),
            SHORT[unit.document],
            unit.label.partition("》")[2].removeprefix("任务分工表"),
            unit.text,
            "、".join(unit.agencies),
            "、".join(others) or "—",
        ]
        assert [run.text for run in row.cells[4].paragraphs[0].runs if run.bold] == [SAFE]


def test_a_spreadsheet_of_what_two_bodies_share(page: Page, units: tuple[PolicyUnit, ...], tmp_path: Path) -> None:
    open_tab(page)
    expect(page.locator("#duties-together")).to_be_hidden()
    choose(page, "外管")
    choose(page, "人行")
    expect_count(page, 14)
    page.locator("#duties-together").get_by_text("同时负责").click()
    shared = [unit.text for unit in units if {"safe", "pboc"} <= set(unit.agency_ids)]
    expect_count(page, len(shared))
    path = download(page, "下载 Excel", tmp_path)
    assert path.name.startswith(f"{SAFE}、中国人民银行天津市分行共同任务清单_")
    book = load_workbook(path)
    assert [row[4] for row in book["任务清单"].iter_rows(min_row=2, values_only=True)] == shared
    assert book["任务清单"].tables["tasks"].ref == f"A1:I{1 + len(shared)}"


def test_conditions_narrow_the_list_and_are_cleared(page: Page) -> None:
    open_tab(page)
    page.get_by_label("查找责任单位").fill("海关")
    group = page.locator(".finder .body-choices").first
    expect(group.locator("label")).to_have_text(["天津海关（16）"])
    group.get_by_label("天津海关").check()
    expect_count(page, 16)
    page.get_by_label("关键词").fill("保税")
    page.get_by_label("关键词").press("Enter")
    expect_count(page, 5)
    expect(page.locator(".duties-list mark").first).to_have_text("保税")
    page.get_by_role("button", name="更多条件").click()
    page.get_by_label("查找排除单位").fill("生态")
    page.locator(".finder .body-choices").last.get_by_label("市生态环境局").check()
    expect_count(page, 2)
    page.get_by_label("关键词").fill("")
    page.get_by_label("实施方案").check()
    expect_count(page, 5)
    page.get_by_label("条目").click()
    page.get_by_role("option", name="实施方案 第14项").click()
    page.keyboard.press("Escape")
    expect_count(page, 1)
    expect(page.locator(".duties-list .unit")).to_have_text("第14项")
    keep(page, "duties-conditions")
    page.get_by_role("button", name="清除条件").click()
    expect_count(page, 77)


def test_the_same_tasks_as_matrix_picture_and_targets(page: Page) -> None:
    open_tab(page)
    views = page.locator("#duties-view")
    views.get_by_text("分工矩阵").click()
    expect(page.locator(".heat")).to_have_count(2)
    cell = page.get_by_role("link", name="市商务局，第1条，5 项")
    expect(cell).to_have_text("5")
    keep(page, "duties-matrix")
    views.get_by_text("协作关系").click()
    expect(page.locator(".duties-pairs caption")).to_have_text("共 131 对单位有共同任务")
    expect(page.locator(".ties svg")).to_be_visible(visible=width(page) > 760)
    keep(page, "duties-partners")
    views.get_by_text("量化目标").click()
    expect(page.locator(".duties-goals .value")).to_have_count(12)
    expect(page.locator(".duties-goals td").first).to_contain_text("5家以上")
    keep(page, "duties-targets")
    expect_count(page, 77)


@pytest.mark.parametrize("name", ["safe", "外管局"])
def test_an_address_opens_the_list_of_its_body(page: Page, name: str) -> None:
    goto(page, f"?body={name}")
    expect_count(page, 9)
    expect(page.locator(".body-choices label.selected")).to_have_text(f"{SAFE}（9）")
    expect(page.locator(".body-choices label").first).to_have_text(f"{SAFE}（9）")
    views = page.locator("#duties-view")
    views.get_by_text("协作关系").click()
    keep(page, "duties-safe-partners")
    page.locator(".duties-pairs .count").first.click()  # 5 shared with 市商务局
    expect_count(page, 5)
    expect(page.locator(".body-choices label.selected")).to_have_count(2)
    expect(views.locator(".selected")).to_have_text("清单")
    page.locator(".duties-list .body", has_text="市税务局").first.click()
    expect_count(page, 5)
    expect(page.get_by_role("heading", name="天津市税务局任务清单")).to_be_visible()
    assert "body=" in page.url  # the page was not loaded anew


def test_a_task_opens_its_unit(page: Page) -> None:
    open_tab(page)
    link = page.locator(".duties-list .unit").nth(6)
    expect(link).to_have_attribute("href", "?unit=task-table/7")
    link.click()
    expect(page.locator("#place textarea, #place input")).to_have_value(re.compile(r"^\?unit=task-table/7"))


def test_what_an_address_names_is_shown_and_not_run(page: Page) -> None:
    title = page.title()
    goto(page, "?body=<img src=x onerror=document.title='run'>")
    expect(page.locator(".duties-summary .missed")).to_contain_text("<img src=x")
    assert page.title() == title
