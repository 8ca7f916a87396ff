"""An evaluator's way from twenty questions to a report, in the system's Chromium; screenshots go to ``artefacts/``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from eval.cases import read_cases
from eval.export import write_sheets
from eval.testset import TEMPLATE_ROWS
from tests.end_to_end.conftest import IN_BROWSER, keep

pytestmark = IN_BROWSER

LIMIT = 60_000  # milliseconds


def opened(page: Page) -> None:
    page.get_by_role("tab", name="评测").click()
    expect(page.locator("#evaluation-start")).to_be_visible()


def saved(page: Page, button: str, folder: Path) -> Path:
    """What a click on a button hands out."""
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_twenty_questions_become_a_report(page: Page, tmp_path: Path) -> None:
    opened(page)
    keep(page, "evaluation")
    template = openpyxl.load_workbook(saved(page, "下载 Excel 模板", tmp_path))
    head = [cell.value for cell in template.worksheets[0][1]]
    assert head == list(TEMPLATE_ROWS[0])

    cases = [case for case in read_cases(splits=["dev"]) if case.gold and not case.history][:20]
    rows = [
        {"编号": str(number), "问题": case.question, "依据条款": "；".join(case.gold)}
        for number, case in enumerate(cases, 1)
    ]
    rows.append({"编号": "21", "问题": "条号不对", "依据条款": "第99条"})
    filled: list[Sequence[object]] = [head, *([row.get(str(name), "") for name in head] for row in rows)]
    write_sheets(tmp_path / "我的题.xlsx", {"题": filled})
    page.locator("#evaluation-file input[type=file]").set_input_files(tmp_path / "我的题.xlsx")
    note = page.locator("#evaluation .note")
    expect(note).to_contain_text("读到 20 道可以评测的题", timeout=LIMIT)
    expect(note).to_contain_text("第 22 行")
    expect(note).to_contain_text("请对照原文改正")
    keep(page, "evaluation-read")

    page.get_by_role("button", name="开始评测（20 题）").click()
    expect(page.locator(".results h3")).to_contain_text("我的题.xlsx：20 题中", timeout=LIMIT)
    expect(page.locator(".results .tile").first).to_contain_text("可能范围")
    keep(page, "evaluation-done")
    report = saved(page, "下载报告（网页，可打印）", tmp_path)
    assert report.name == "评测报告-我的题.html"
    assert "<h1>评测报告</h1>" in report.read_text(encoding="utf-8")
    book = openpyxl.load_workbook(saved(page, "下载明细（Excel）", tmp_path))
    assert book["逐题"].max_row == 21

    page.get_by_role("button", name="开始评测（20 题）").click()
    expect(page.locator(".results")).to_contain_text("与上次相比（20 道相同的题）", timeout=LIMIT)
    expect(page.locator(".results")).to_contain_text("每一题的对错都与上次相同")
    page.locator(".results .charts").scroll_into_view_if_needed()
    keep(page, "evaluation-compared")


def test_the_built_in_set_can_be_stopped_and_gone_on_with(page: Page) -> None:
    opened(page)
    page.locator("#evaluation-start").click()
    expect(page.locator("#evaluation progress")).to_be_visible(timeout=LIMIT)
    keep(page, "evaluation-going")
    page.get_by_role("button", name="停止").click()
    expect(page.locator("#evaluation-progress")).to_contain_text("已停止：自带题集：开发题", timeout=LIMIT)
    page.get_by_role("button", name="继续评测").click()
    page.get_by_role("tab", name="问答").click()  # who asks meanwhile gets an answer
    page.locator("#question textarea").fill("第14项讲什么？")
    page.locator("#question textarea").press("Enter")
    expect(page.locator("#conversation .evidence")).to_be_visible()
    page.get_by_role("tab", name="评测").click()
    expect(page.locator(".results h3")).to_contain_text("295 题中", timeout=2 * LIMIT)
    page.locator(".failure summary").first.click()
    expect(page.locator(".failure").first).to_contain_text("应当是")
    keep(page, "evaluation-failure")


def test_a_file_that_is_no_test_set_is_refused_with_a_remedy(page: Page, tmp_path: Path) -> None:
    opened(page)
    (tmp_path / "名单.csv").write_text("名字\n甲\n", encoding="utf-8")
    page.locator("#evaluation-file input[type=file]").set_input_files(tmp_path / "名单.csv")
    expect(page.locator("#evaluation .note")).to_contain_text("没有叫“问题”的列", timeout=LIMIT)
    expect(page.locator("#evaluation-start-own")).to_be_disabled()
