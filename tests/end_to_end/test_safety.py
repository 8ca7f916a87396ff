"""Text that tries to act, in a real browser: from a question, a document and a model it is shown and never run."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from index.settings import Settings
from tests.answering.hostile import A_TEXT
from tests.chat_server import chat_server
from tests.end_to_end.conftest import IN_BROWSER, ask, running, visit

pytestmark = IN_BROWSER

RUN = "document.title='run'"
TABLE = (
    f"<img src=x onerror={RUN}>",
    f"<script>{RUN}</script>",
    f'"><svg onload="{RUN}">',
    f"' onmouseover='{RUN}' x='",
    f"</details></section><iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f"[点这里](javascript:{RUN})",
    "![x](http://other.example/a.png)",
    f'<a href="javascript:{RUN}">点这里</a>',
    f"&lt;img src=x onerror={RUN}&gt;",
    f"$$\\href{{javascript:{RUN}}}{{x}}$$",
    "{{constructor.constructor('document.title=1')()}}",
    "<style>@import 'http://other.example/a.css';</style><form action='http://other.example'><button>送</button>",
)


def assert_nothing_ran(page: Page, title: str) -> None:
    assert page.title() == title
    acting = (
        "img, script, svg[onload], iframe, object, embed, style, form:not([data-to]), a[href^='javascript'], [onerror]"
    )
    for place in ("#conversation", "#side", "#state"):
        hostile = page.locator(place).locator(acting)
        assert hostile.evaluate_all("all => all.filter(e => !e.closest('button')).map(e => e.outerHTML)") == []


def test_a_question_is_shown_as_typed(browser: Browser, address: str) -> None:
    with visit(browser, address, 390) as page:
        title = page.title()
        for number, text in enumerate(TABLE):
            ask(page, f"第9条{text}")
            expect(page.locator("#conversation .user-row").nth(number)).to_have_text(f"第9条{text}")
        assert_nothing_ran(page, title)
        page.get_by_role("button", name="历史").click()
        expect(page.locator("#side .reopen")).to_have_count(1)
        assert_nothing_ran(page, title)


@pytest.mark.parametrize("text", TABLE[:4])
def test_a_question_in_an_address_is_shown_as_written(browser: Browser, address: str, text: str) -> None:
    with visit(browser, address, query=f"?q={quote(text)}&unit={quote(text)}") as page:
        expect(page.locator("#conversation .user-row")).to_have_text(text)
        expect(page.locator("#conversation .actions")).to_be_visible()
        assert page.title() == "津策 · 天津外贸政策问答"
        assert_nothing_ran(page, page.title())


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An app whose documents say all of the table, in a task and in a title."""
    folder = tmp_path_factory.mktemp("poisoned")
    shutil.copytree(Settings().corpus_dir, folder / "corpus")
    plan = folder / "corpus" / "documents" / "plan.txt"
    text = plan.read_text(encoding="utf-8").replace(
        "完善国际物流服务体系。", f"完善国际物流服务体系。{''.join(TABLE)}。", 1
    )
    plan.write_text(text, encoding="utf-8")
    sources = folder / "corpus" / "sources.jsonl"
    records = [json.loads(line) for line in sources.read_text(encoding="utf-8").splitlines()]
    for record in records:
        if record["slug"] == "plan":
            record |= {"issuer": TABLE[0], "sha256": hashlib.sha256(plan.read_bytes()).hexdigest()}
    sources.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")
    with running(folder, CORPUS_DIR=str(folder / "corpus")) as address:
        yield address


def test_a_documents_text_is_shown_as_written(browser: Browser, poisoned: str) -> None:
    with visit(browser, poisoned) as page:
        title = page.title()
        ask(page, "实施方案第14项讲什么？")
        card = page.locator("section.basis .card blockquote")
        expect(card).to_contain_text("<script>")
        for text in TABLE[:2]:
            expect(card).to_contain_text(text)
        assert_nothing_ran(page, title)
        page.locator("section.basis .place").click()
        for text in TABLE:
            expect(page.locator("#side .current")).to_contain_text(text)
        expect(page.locator("#side header")).to_contain_text(TABLE[0])
        assert_nothing_ran(page, title)


def test_a_models_reply_is_shown_as_written(browser: Browser, tmp_path: Path) -> None:
    """Sentences that are no document's are dropped; the one that is, comes through."""
    told = f"{''.join(f'{text}{A_TEXT[:-1]}[1]。' for text in TABLE)}{A_TEXT[:-1]}[1]。"
    with chat_server(lambda _: told) as server:
        model = {"LLM_BASE_URL": server.settings.base_url, "LLM_MODEL": "scripted", "LLM_TIMEOUT": "60"}
        with running(tmp_path, **model) as address, visit(browser, address) as page:
            title = page.title()
            ask(page, "实施方案第14项讲什么？")
            expect(page.locator("#conversation")).to_contain_text(A_TEXT)
            assert_nothing_ran(page, title)


@pytest.mark.parametrize("text", TABLE[:3])
def test_a_reason_is_no_markup(browser: Browser, address: str, text: str) -> None:
    with visit(browser, address) as page:
        title = page.title()
        ask(page, "第14项讲什么？")
        page.locator(".actions summary").click()
        page.get_by_label("补充（可不填）").fill(text)
        page.locator(".actions form button").click()
        expect(page.get_by_text("已记下，谢谢。")).to_be_visible()
        assert_nothing_ran(page, title)
