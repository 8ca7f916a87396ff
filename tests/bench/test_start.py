"""Starts of a program that speaks the two calls of Gradio's API, and of programs that never serve."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.start import Program, Start, StartError, medians, programs, start_once

SERVER = """
import json, sys
from http.server import BaseHTTPRequestHandler, HTTPServer

class Handler(BaseHTTPRequestHandler):
    def tell(self, text):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(text.encode())

    def do_GET(self):
        self.tell("event: complete" if "/echo/7" in self.path else "event: error" if "/fail/7" in self.path else "page")

    def do_POST(self):
        json.loads(self.rfile.read(int(self.headers["Content-Length"])))["data"]
        self.tell(json.dumps({"event_id": 7}))

    def log_message(self, *ignored):
        pass

HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""


def test_a_program_is_timed_until_its_page_and_its_answer(tmp_path: Path) -> None:
    server = tmp_path / "server.py"
    server.write_text(SERVER, encoding="utf-8")
    start = start_once(Program("small", (str(server),), "echo", ("你好",), {}))
    assert 0 < start.page < start.answer
    assert start.memory is None or start.memory > 1


def test_an_answer_that_is_an_error_is_named(tmp_path: Path) -> None:
    server = tmp_path / "server.py"
    server.write_text(SERVER, encoding="utf-8")
    with pytest.raises(StartError, match="small did not answer: event: error"):
        start_once(Program("small", (str(server),), "fail", (), {}))


def test_every_start_of_the_program_that_must_build_gets_a_new_folder(tmp_path: Path) -> None:
    _, building, _ = programs(tmp_path / "built", tmp_path / "empty")
    assert building.environment["INDEX_DIR"].format(run=2) == str(tmp_path / "empty" / "2")


def test_a_program_that_ends_is_named() -> None:
    with pytest.raises(StartError, match=r"short serves no page on port \d+ \(exit status 3\)"):
        start_once(Program("short", ("-c", "raise SystemExit(3)"), "chat", (), {}))


def test_medians_by_hand() -> None:
    assert medians([Start(1, 4, 10), Start(3, 5, None), Start(2, 9, 30)]) == (2, 5, 20)
    assert medians([Start(1, 2, None)]) == (1, 2, None)
