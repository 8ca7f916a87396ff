"""A person's way through the conversation."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from feedback.store import FeedbackStore, Verdict
from tests.answering.hostile import A_TEXT, B_TEXT
from tests.chat_server import Hang, Served, begun, chat_server, streamed
from tests.end_to_end.conftest import IN_BROWSER, READY, ask, keep, running, visit

pytestmark = IN_BROWSER


def offers_label(page: Page) -> str:
    """What stands before the questions offered under the last reply; it is drawn by the style sheet."""
    drawn = page.locator("#conversation .options").evaluate("shown => getComputedStyle(shown, '::before').content")
    return str(drawn).strip('"')


def press(page: Page, name: str) -> None:
    """Click the visible button or link of this name, the last of several."""
    page.get_by_role("button", name=name, exact=True).or_(page.get_by_role("link", name=name, exact=True)).last.click()


def start_over(page: Page) -> None:
    press(page, "新对话")
    expect(page.locator("#welcome")).to_be_visible()


def test_a_conversation_with_its_citations(page: Page) -> None:
    keep(page, "welcome")
    ask(page, "外管局有哪些任务？跟谁一起？")
    keep(page, "tasks")
    basis = page.locator("details.basis")
    expect(basis.locator("> summary")).to_have_text("依据（共 9 项）")
    basis.locator("> summary").click()
    card = basis.locator(".card").nth(1)
    expect(card.locator(".place")).to_have_text("第3条（序号7）")
    expect(card.locator(".tag")).to_have_text("任务分工表")
    expect(card.locator(".agencies li")).to_have_text(
        ["市商务局", "市发展改革委", "市税务局", "国家外汇管理局天津市分局", "中国出口信用保险公司天津分公司"]
    )
    expect(card.locator(".agencies a").nth(3)).to_have_attribute("href", "?body=safe")
    keep(page, "tasks-cards")

    ask(page, "综服企业能得到什么支持？")
    card = page.locator("section.basis .card")
    expect(card.locator(".place")).to_have_text("第5条（序号11）")
    keep(page, "content")

    ask(page, "那归谁管？")
    expect(page.locator(".understood").last).to_contain_text("综服企业")
    keep(page, "follow-up")


def test_a_refusal_looks_different_and_a_new_conversation_starts_from_the_welcome(page: Page) -> None:
    ask(page, "第100条讲什么？")
    expect(page.locator(".refusal h4")).to_have_text("文件里没有")
    keep(page, "refusal")
    start_over(page)
    press(page, "第九条讲什么？")
    expect(page.locator("details.basis > summary")).to_have_text("依据（共 5 项）")


def test_another_reading_is_one_click_away(page: Page) -> None:
    ask(page, "第九条讲什么？")
    offered = page.locator("#conversation .option")
    expect(offered).to_have_text(["实施方案第9项讲什么"])
    assert offers_label(page) == "您也可以问："
    offered.scroll_into_view_if_needed()
    keep(page, "offer")
    page.locator("#question textarea").fill("写到一半")
    offered.click()
    expect(page.locator("#conversation .user-row")).to_have_text(["第九条讲什么？", "实施方案第9项讲什么"])
    expect(page.locator("section.basis .place")).to_have_text("第9项")
    expect(offered.first).to_have_text("实施方案第9项由谁负责")
    expect(page.locator("#question textarea")).to_have_value("写到一半")
    keep(page, "offer-taken")


def test_what_is_near_a_refusal_can_be_asked_by_keyboard(page: Page) -> None:
    ask(page, "申请海外仓补贴打哪个电话？")
    offered = page.locator("#conversation .option")
    expect(offered).to_have_count(3)
    assert offers_label(page) == "相近的内容："
    question = offered.last.inner_text()
    offered.last.focus()
    keep(page, "near")
    page.keyboard.press("Enter")
    expect(page.locator("#conversation .user-row")).to_have_text(["申请海外仓补贴打哪个电话？", question])
    expect(page.locator("section.basis, details.basis")).to_have_count(1)


def test_what_was_put_right_is_shown(page: Page) -> None:
    ask(page, "离案贸易谁负责")
    expect(page.locator(".understood")).to_have_text("理解为：离岸贸易谁负责")
    keep(page, "put-right")
    start_over(page)
    ask(page, "Who is responsible for offshore trade?")
    expect(page.locator(".understood")).to_have_text("理解为：离岸贸易由谁负责")
    keep(page, "english")


def test_enter_does_not_send_while_an_input_method_composes(page: Page) -> None:
    keyboard = page.context.new_cdp_session(page)
    box = page.locator("#question textarea")
    box.click()
    keyboard.send("Input.imeSetComposition", {"text": "waihui", "selectionStart": 6, "selectionEnd": 6})
    box.dispatch_event("keypress", {"key": "Enter", "bubbles": True, "isComposing": True})
    expect(box).to_have_value("waihui")
    keyboard.send("Input.insertText", {"text": "第14项讲什么？"})
    box.press("Enter")
    expect(page.locator("#conversation .user-row")).to_have_text(["第14项讲什么？"])


def test_the_look_follows_the_systems_dark_setting(browser: Browser, address: str) -> None:
    for width in (1440, 390):
        with visit(browser, address, width, color_scheme="dark") as page:
            ask(page, "综服企业能得到什么支持？")
            press(page, "看原文")
            expect(page.locator("#side mark").first).to_be_visible()
            keep(page, "dark")
            assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(22, 21, 20)"
            assert page.evaluate("document.documentElement.lang") == "zh-CN"


def test_a_browser_of_another_language_gets_english_words(browser: Browser, address: str) -> None:
    for width in (1440, 390):
        with visit(browser, address, width, locale="en-GB") as page:
            expect(page.get_by_role("tab")).to_have_text(["Ask", "Duties", "Files", "Tests"])
            expect(page.get_by_role("heading", name="What would you like to know?")).to_be_visible()
            keep(page, "english-page")
            ask(page, "实施方案第14项讲什么？")
            expect(page.locator("section.basis .place")).to_have_text("第14项")
            for name in ("Copy link", "Useful", "Not useful", "Ask again", "Send", "History", "New"):
                expect(page.get_by_text(name, exact=True).last).to_be_visible()
            assert page.evaluate("document.documentElement.lang") == "en"


def test_a_source_opens_beside_the_conversation(page: Page) -> None:
    ask(page, "综服企业能得到什么支持？")
    quote = page.locator("section.basis .card blockquote").inner_text()
    page.locator("section.basis .place").click()
    side = page.locator("#side")
    current = side.locator(".unit.current")
    expect(current).to_be_in_viewport()
    assert "".join(side.locator("mark").all_inner_texts()) == quote
    expect(side.locator("mark").first).to_be_in_viewport()
    expect(side.locator(".unit")).to_have_count(54)
    page.wait_for_timeout(300)  # until it has scrolled
    keep(page, "source")
    expect(side.locator(".close")).to_be_focused()
    press(page, "下一项")
    expect(side.locator("header")).to_contain_text("第6条（序号12） · 12/54")
    press(page, "上一项")
    expect(side.locator("header")).to_contain_text("第5条（序号11） · 11/54")
    page.keyboard.press("Escape")
    expect(side).to_have_count(0)
    expect(page.locator("section.basis .place")).to_be_focused()


def test_on_a_wide_screen_both_can_be_read_and_on_a_phone_the_source_is_a_sheet(browser: Browser, address: str) -> None:
    with visit(browser, address, 1440) as page:
        ask(page, "综服企业能得到什么支持？")
        talk = page.locator("#talk")
        alone = talk.bounding_box()
        assert alone is not None
        assert alone["width"] <= 900
        press(page, "看原文")
        expect(page.locator("#side .current")).to_be_in_viewport()
        left, right = talk.bounding_box(), page.locator("#side").bounding_box()
        assert left is not None
        assert right is not None
        assert left["x"] + left["width"] <= right["x"]
        assert min(left["width"], right["width"]) > 500
    with visit(browser, address, 390) as page:
        ask(page, "综服企业能得到什么支持？")
        press(page, "看原文")
        sheet = page.locator("#side").bounding_box()
        assert sheet is not None
        assert (sheet["x"], sheet["width"]) == (0, 390)
        assert 0 < sheet["y"] < 200
        press(page, "关闭")
        expect(page.locator("#side")).to_have_count(0)


def test_an_address_opens_a_unit_or_asks_a_question(browser: Browser, address: str) -> None:
    with visit(browser, address, query="?unit=plan/14") as page:
        expect(page.locator("#side .unit.current")).to_contain_text("14．完善国际物流服务体系")
        expect(page.locator("#side .unit.current")).to_be_in_viewport()
        expect(page.locator("#side mark")).to_have_count(0)
    with visit(browser, address, query="?q=实施方案第14项讲什么？") as page:
        expect(page.locator("section.basis .place")).to_have_text("第14项")
    with visit(browser, address, query="?unit=nowhere/1") as page:
        expect(page.locator("#welcome")).to_be_visible()
        expect(page.locator("#side")).to_have_count(0)


def test_follow_ups_come_from_the_units_at_hand(page: Page) -> None:
    ask(page, "综服企业能得到什么支持？")
    assert offers_label(page) == "您也可以问："
    offered = page.locator("#conversation .option").first
    expect(offered).to_have_text("任务分工表第5条（序号11）由谁负责")
    offered.click()
    expect(page.locator("section.basis .place")).to_have_text(["第5条（序号11）"] * 2)


def test_an_answer_can_be_copied_with_its_citations_and_linked_to(browser: Browser, address: str) -> None:
    with visit(browser, address) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])

        def copied(button: str) -> str:
            page.evaluate("document.querySelector('#told')?.remove()")
            press(page, button)
            expect(page.locator("#told")).to_have_text("已复制")
            return str(page.evaluate("navigator.clipboard.readText()"))

        ask(page, "实施方案第14项讲什么？")
        ask(page, "那归谁管？")
        plain = copied("复制")
        assert plain.startswith("问：那归谁管？\n\n责任单位共 ")
        assert "[1] 《天津市推动跨境电商高质量发展实施方案》第14项" in plain
        assert "**" not in plain
        assert "1. **《天津市推动跨境电商高质量发展实施方案》第14项**" in copied("复制 Markdown")
        link = copied("复制链接")
    with visit(browser, address, query=link.removeprefix(f"{address}/")) as page:
        expect(page.locator("section.basis .place")).to_have_text("第14项")


def test_a_conversation_can_be_taken_along(page: Page, tmp_path: Path) -> None:
    ask(page, "综服企业能得到什么支持？")
    with page.expect_download() as word:
        press(page, "导出 Word")
    assert re.fullmatch(r"政策问答-\d{8}-\d{4}\.docx", word.value.suggested_filename)
    assert word.value.path().read_bytes().startswith(b"PK")
    with page.expect_download() as markdown:
        press(page, "导出 Markdown")
    text = markdown.value.path().read_text(encoding="utf-8")
    assert "1. **《天津市加快发展外贸新业态新模式若干措施》任务分工表第5条（序号11）**" in text


def test_what_an_asker_thinks_of_an_answer_is_kept(browser: Browser, tmp_path: Path) -> None:
    with running(tmp_path) as address, visit(browser, address, 390) as page:
        ask(page, "综服企业能得到什么支持？")
        press(page, "有用")
        thanks = page.get_by_text("已记下，谢谢。")
        expect(thanks).to_be_visible()
        expect(thanks).to_have_count(0, timeout=15_000)
        ask(page, "那归谁管？")
        expect(page.locator("[aria-pressed=true]")).to_have_count(1)
        page.locator(".actions").last.locator("summary").click()
        page.get_by_label("不完整").last.check()
        page.get_by_label("补充（可不填）").last.fill("<b>少了</b>街道")
        keep(page, "reason")
        press(page, "提交")
        expect(page.locator(".actions").last.locator(".said")).to_be_visible()
        expect(thanks).to_be_visible()
    first, second = FeedbackStore(tmp_path / "feedback.sqlite").read()
    assert (first.verdict, first.question, first.history) == (Verdict.USEFUL, "综服企业能得到什么支持？", ())
    assert (second.verdict, second.reason) == (Verdict.USELESS, "不完整：<b>少了</b>街道")
    assert second.history == ("综服企业能得到什么支持？",)
    assert second.citations == ("task-table/11",)
    assert list(second.scores) == ["task-table/11"]


def ask_and_keep(page: Page, question: str) -> None:
    """Ask, and wait until the browser has stored the answer."""
    stored = "localStorage.getItem('jince-conversations')"
    before = page.evaluate(stored)
    ask(page, question)
    page.wait_for_function(f"before => {stored} !== before", arg=before)


def test_conversations_are_kept_in_this_browser(page: Page) -> None:
    ask_and_keep(page, "综服企业能得到什么支持？")
    ask_and_keep(page, "那归谁管？")
    start_over(page)
    ask_and_keep(page, "第100条讲什么？")
    page.reload()
    expect(page.locator(".state.ready")).to_be_visible(timeout=READY)
    expect(page.locator("#welcome")).to_be_visible()
    press(page, "历史")
    titles = page.locator(".history .reopen")
    expect(titles).to_have_count(2)
    expect(titles.first).to_contain_text("第100条讲什么？")
    keep(page, "history")
    titles.last.click()
    expect(page.locator("#conversation .user-row")).to_have_text(["综服企业能得到什么支持？", "那归谁管？"])
    expect(page.locator("section.basis .place")).to_have_text(["第5条（序号11）"] * 2)
    expect(page.get_by_role("button", name="有用", exact=True)).to_have_count(0)
    ask_and_keep(page, "跟谁一起？")
    press(page, "历史")
    expect(titles.first).to_contain_text("3 问")
    page.get_by_role("button", name="删除：第100条讲什么？").click()
    expect(titles).to_have_count(1)
    keep(page, "history-after")


def test_shift_and_enter_break_the_line(page: Page) -> None:
    box = page.locator("#question textarea")
    box.fill("实施方案第14项")
    box.press("Shift+Enter")
    box.press_sequentially("讲什么？")
    expect(box).to_have_value("实施方案第14项\n讲什么？")
    box.press("Enter")
    expect(page.locator("section.basis .place")).to_have_text("第14项")


def test_an_answer_can_be_stopped_and_made_again(browser: Browser, tmp_path: Path) -> None:
    hanging = threading.Event()

    def reply(prompt: str) -> Served:
        first, told = not hanging.is_set(), f"{A_TEXT[:-1]}[1]。"
        hanging.set()
        return Served([*begun(told), Hang(60)]) if first else streamed(told + f"{B_TEXT[:-1]}[1]。")

    with chat_server(reply) as server:
        model = {"LLM_BASE_URL": server.settings.base_url, "LLM_MODEL": "scripted", "LLM_TIMEOUT": "60"}
        with running(tmp_path, **model) as address, visit(browser, address) as page:
            page.locator("#question textarea").fill("实施方案第14项讲什么？")
            page.locator("#question textarea").press("Enter")
            expect(page.locator("#conversation")).to_contain_text(A_TEXT, timeout=20_000)
            keep(page, "stoppable")
            page.locator("#question .stop-button").click()
            expect(page.locator("#conversation")).to_contain_text("（已停止）")
            expect(page.locator("#conversation")).not_to_contain_text("正在核对")
            assert server.left.wait(15)
            expect(page.locator("#question .submit-button")).to_be_visible()
            press(page, "重新回答")
            expect(page.locator(".checked")).to_have_text("已核对 2 句，均与所引条目一致", timeout=20_000)
            expect(page.locator("#conversation .user-row")).to_have_count(1)
            expect(page.locator("#conversation")).not_to_contain_text("（已停止）")


def test_what_a_model_writes_is_shown_once_it_is_checked(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The model waits for the test before each sentence; a wrong one in between is never seen."""
    first, rest = threading.Event(), threading.Event()
    wrong = "海外仓面积达到600万平方米[1]。"

    def parts() -> Iterator[bytes | Hang]:
        first.wait(30)
        yield from begun(f"{A_TEXT[:-1]}[1]。{wrong}")
        rest.wait(30)
        yield from streamed(f"{B_TEXT[:-1]}[1]。").parts

    def reply(prompt: str) -> str | Served:
        return wrong if "没有通过核对" in prompt else Served(parts())

    with chat_server(reply) as server:
        model = {"LLM_BASE_URL": server.settings.base_url, "LLM_MODEL": "scripted", "LLM_TIMEOUT": "60"}
        with running(tmp_path_factory.mktemp("model"), **model) as address:
            context = browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
            page = context.new_page()
            page.goto(address)
            expect(page.locator(".state.ready")).to_be_visible(timeout=60_000)
            page.locator("#question textarea").fill("实施方案第14项讲什么？")
            page.locator("#question textarea").press("Enter")
            said = page.locator("#conversation .bot-row").first
            expect(said).to_have_text("正在核对…", timeout=20_000)
            keep(page, "checking")
            first.set()
            expect(said).to_contain_text(f"{A_TEXT}（实施方案第14项）")
            expect(said).to_contain_text("正在核对…")
            rest.set()
            expect(said).to_contain_text(f"{B_TEXT}（实施方案第14项）")
            expect(page.locator(".checked")).to_have_text("已核对 2 句，均与所引条目一致")
            expect(said).to_contain_text("依据：《天津市推动跨境电商高质量发展实施方案》第14项")
            expect(page.locator("section.basis .place")).to_have_text("第14项")
            expect(page.locator("#conversation")).not_to_contain_text("600万")
            expect(page.locator("#conversation")).not_to_contain_text("正在核对")
            keep(page, "checked")
            context.close()


def test_leaving_the_page_stops_the_model(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Within seconds, while it says nothing."""
    with chat_server(lambda _: Served([*begun(f"{A_TEXT[:-1]}[1]。"), Hang(60)])) as server:
        model = {"LLM_BASE_URL": server.settings.base_url, "LLM_MODEL": "scripted", "LLM_TIMEOUT": "60"}
        with running(tmp_path_factory.mktemp("model"), **model) as address:
            page = browser.new_page()
            page.goto(address)
            expect(page.locator(".state.ready")).to_be_visible(timeout=60_000)
            page.locator("#question textarea").fill("实施方案第14项讲什么？")
            page.locator("#question textarea").press("Enter")
            expect(page.locator("#conversation")).to_contain_text(A_TEXT, timeout=20_000)
            page.close()
            assert server.left.wait(15)
