"""The real app, started as a person starts it, and Chromium to go through it; screenshots in ``artefacts``."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
START_LIMIT = 120.0  # seconds until the page must be served
CHROMIUM = Path("/usr/bin/chromium")
ARTEFACTS = ROOT / "artefacts"
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
READY = 180_000  # milliseconds until the index stands, on a machine that is busy with other work
IN_BROWSER = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no {CHROMIUM}; install chromium"),
]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium for these tests only: Playwright keeps an event loop running, which others could not run beside."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(params=SIZES, ids=lambda width: f"{width}px")
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The page when it is ready, at both widths; fails if it called another host or met a script error."""
    width: int = request.param
    with visit(browser, address, width) as opened:
        yield opened


@contextmanager
def visit(browser: Browser, address: str, width: int = 1440, query: str = "", **context: str) -> Iterator[Page]:
    """The page as a new visitor sees it; fails at the end if it called another host or met a script error."""
    settings = {"locale": "zh-CN", "viewport": {"width": width, "height": SIZES[width]}} | context
    visitor: BrowserContext = browser.new_context(**settings)  # type: ignore[arg-type]
    opened = visitor.new_page()
    called: set[str] = set()
    errors: list[str] = []
    opened.on("request", lambda sent: called.add(urlsplit(sent.url).netloc))
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.goto(f"{address}/{query}")
    expect(opened.locator(".state.ready")).to_be_visible(timeout=READY)
    yield opened
    visitor.close()
    assert called <= {urlsplit(address).netloc, ""}  # "": data: and blob: addresses
    assert errors == []


def ask(page: Page, question: str) -> None:
    """Send ``question`` by Enter and wait for its reply."""
    asked = page.locator("#conversation .user-row").count()
    box = page.locator("#question textarea")
    box.fill(question)
    box.press("Enter")
    expect(page.locator("#conversation .user-row")).to_have_count(asked + 1)
    expect(page.locator("#conversation .actions")).to_have_count(asked + 1)


def keep(page: Page, name: str) -> None:
    """Save a screenshot and check that nothing makes the page scroll sideways."""
    assert page.viewport_size
    width = page.viewport_size["width"]
    ARTEFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTEFACTS / f"{name}-{width}.png")
    for selector in ("html", "#conversation .bubble-wrap", "#side .paper"):
        for overflow in page.locator(selector).evaluate_all("all => all.map(e => e.scrollWidth - e.clientWidth)"):
            assert overflow <= 0, f"{selector} is {overflow} px wider than its place at {width} px"


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the running app, ``http://127.0.0.1:<port>``; its page is served, its index may still be building."""
    with running(tmp_path_factory.mktemp("app")) as url:
        yield url


@contextmanager
def running(folder: Path, **environment: str) -> Iterator[str]:
    """The address of an app of its own, with its index and log in ``folder``, for as long as the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "app.py", "--port", str(port)],
            cwd=ROOT,
            env={
                **os.environ,
                "INDEX_DIR": str(folder / "index"),
                "RATE_LIMIT": "0",
                "REQUEST_TIMEOUT": "300",
                "FEEDBACK_DB": str(folder / "feedback.sqlite"),
                **environment,
            },
            stdout=log,
            stderr=log,
        )
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_for(url, process, folder / "log")
            yield url
        finally:
            process.terminate()
            process.wait(10)


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    limit = time.monotonic() + START_LIMIT
    while time.monotonic() < limit and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"the app did not serve {url} within {START_LIMIT:.0f} s:\n{log.read_text(encoding='utf-8')}")
