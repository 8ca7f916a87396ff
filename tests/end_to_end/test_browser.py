"""A person's way through the page, in the system's Chromium; screenshots go to ``artefacts/``."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.answering.hostile import A_TEXT, B_TEXT
from tests.chat_server import Hang, Served, begun, chat_server, streamed
from tests.end_to_end.conftest import running

CHROMIUM = Path("/usr/bin/chromium")
ARTEFACTS = Path(__file__).resolve().parent.parent.parent / "artefacts"
# Chromium's own calls home are held back, so that what is left is the page's.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-features=AutofillServerCommunication,Translate,OptimizationHints,MediaRouter",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
SIZES = {1440: 900, 390: 844}
HOSTILE = "![x](http://other.example/a.png) <img src=x onerror=document.title='run'> 第9条**讲**什么"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no {CHROMIUM}; install chromium"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(params=SIZES, ids=lambda width: f"{width}px")
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The page when it is ready, at both widths; fails if it called another host or met a script error."""
    width: int = request.param
    context = browser.new_context(locale="zh-CN", viewport={"width": width, "height": SIZES[width]})
    opened = context.new_page()
    called: set[str] = set()
    errors: list[str] = []
    opened.on("request", lambda sent: called.add(urlsplit(sent.url).netloc))
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.goto(address)
    expect(opened.locator(".state.ready")).to_be_visible(timeout=60_000)
    yield opened
    context.close()
    assert called <= {urlsplit(address).netloc, ""}  # "": data: and blob: addresses
    assert errors == []


def ask(page: Page, question: str) -> None:
    """Send ``question`` by Enter and wait for its reply."""
    asked = page.locator("#conversation .user-row").count()
    box = page.locator("#question textarea")
    box.fill(question)
    box.press("Enter")
    expect(page.locator("#conversation .user-row")).to_have_count(asked + 1)
    expect(page.locator("#conversation .evidence, #conversation .refusal")).not_to_have_count(asked)


def offers_label(page: Page) -> str:
    """What stands before the questions offered under the last reply; it is drawn by the style sheet."""
    drawn = page.locator("#conversation .options").evaluate("shown => getComputedStyle(shown, '::before').content")
    return str(drawn).strip('"')


def keep(page: Page, name: str) -> None:
    """Save a screenshot and check that nothing makes the page scroll sideways."""
    assert page.viewport_size
    width = page.viewport_size["width"]
    ARTEFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTEFACTS / f"{name}-{width}.png")
    for selector in ("html", "#conversation .bubble-wrap"):
        for overflow in page.locator(selector).evaluate_all("all => all.map(e => e.scrollWidth - e.clientWidth)"):
            assert overflow <= 0, f"{selector} is {overflow} px wider than its place at {width} px"


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
    keep(page, "tasks-cards")

    ask(page, "综服企业能得到什么支持？")
    card = page.locator("section.basis .card")
    expect(card.locator(".place")).to_have_text("第5条（序号11）")
    card.locator(".full > summary").click()
    expect(card.locator(".full .text")).to_contain_text("鼓励外贸综合服务企业")
    quote = card.locator("blockquote").inner_text()
    assert "".join(card.locator("mark").all_inner_texts()) == quote
    keep(page, "content")

    ask(page, "那归谁管？")
    expect(page.locator(".understood").last).to_contain_text("综服企业")
    keep(page, "follow-up")


def test_a_refusal_looks_different_and_a_new_conversation_starts_from_the_welcome(page: Page) -> None:
    ask(page, "第100条讲什么？")
    expect(page.locator(".refusal h4")).to_have_text("文件里没有")
    keep(page, "refusal")
    page.get_by_role("button", name="清空对话").click()
    expect(page.locator(".welcome")).to_be_visible()
    page.get_by_role("button", name="第九条讲什么？").click()
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
    expect(offered).to_have_count(0)
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
    page.get_by_role("button", name="清空对话").click()
    ask(page, "Who is responsible for offshore trade?")
    expect(page.locator(".understood")).to_have_text("理解为：离岸贸易由谁负责")
    keep(page, "english")


def test_what_an_asker_types_is_shown_and_not_run(page: Page) -> None:
    title = page.title()
    ask(page, HOSTILE)
    expect(page.locator("#conversation .user-row")).to_have_text(HOSTILE)
    expect(page.locator("#conversation img")).to_have_count(0)
    assert page.title() == title


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
    context = browser.new_context(locale="zh-CN", color_scheme="dark", viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(address)
    expect(page.locator(".state.ready")).to_be_visible(timeout=60_000)
    ask(page, "综服企业能得到什么支持？")
    keep(page, "dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(22, 21, 20)"
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    context.close()


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
