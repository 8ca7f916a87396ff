"""The real app, started as a person starts it, with an index of its own."""

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

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
START_LIMIT = 60.0  # seconds until the page must be served


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
