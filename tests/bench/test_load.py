from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bench.answers import Asked
from bench.load import latencies


class _Echo(BaseHTTPRequestHandler):
    asked: list[str]

    def do_POST(self) -> None:
        self.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"])))["question"])
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *ignored: object) -> None:
        pass


@pytest.fixture
def base() -> Iterator[str]:
    _Echo.asked = []
    with ThreadingHTTPServer(("127.0.0.1", 0), _Echo) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_every_client_asks_everything(base: str) -> None:
    asked = [Asked(question, ()) for question in "甲乙丙"]
    found = latencies(base, asked, 2)
    assert sorted(_Echo.asked) == sorted("甲乙丙" * 2)
    assert 0 < found.p50 <= found.p95
    assert found.per_second > 0
