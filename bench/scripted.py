"""An honest chat model on loopback: it retells the first sentences of the units it is given, at a set pace."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from index.settings import ChatSettings
from index.text import sentences

_UNIT = re.compile(r"^\[(\d+)\]\n(`{3,})\n出处：[^\n]*\n责任单位：[^\n]*\n原文：(.*?)\n\2$", re.MULTILINE | re.DOTALL)
_PIECE = 2  # characters, about a token


def honest(prompt: str) -> str:
    """The first two sentences of every unit in a prompt, word for word, each with its handle."""
    told = (
        f"{sentence.rstrip('。')}[{handle}]。"
        for handle, _, text in _UNIT.findall(prompt)
        for sentence in [part for part in sentences(text) if len(part) < 200][:2]
    )
    return "".join(told)


class ScriptedModel(ThreadingHTTPServer):
    """Streams :func:`honest` replies.

    Args:
        pause: seconds before each piece of two characters; 0 for a model that takes no time.

    Attributes:
        finished: ``time.perf_counter`` at which the first sentence of the last reply had been sent.
    """

    daemon_threads = True

    def __init__(self, pause: float) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pause = pause
        self.finished = 0.0

    @property
    def settings(self) -> ChatSettings:
        """Settings that lead here."""
        return ChatSettings(f"http://127.0.0.1:{self.server_port}/v1", "scripted")

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a client that has seen the first sentence leaves."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: ScriptedModel

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        text = honest(body["messages"][-1]["content"])
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        first = text.find("。") + 1
        for start in (*range(0, first, _PIECE), *range(first, len(text), _PIECE)):
            time.sleep(self.server.pause)
            end = min(start + _PIECE, first) if start < first else start + _PIECE
            if end == first:
                self.server.finished = time.perf_counter()  # before it is sent: what sending costs counts
            self._send({"index": 0, "delta": {"content": text[start:end]}, "finish_reason": None})
        self._send({"index": 0, "delta": {}, "finish_reason": "stop"})
        self.wfile.write(b"data: [DONE]\n\n")

    def _send(self, choice: object) -> None:
        record = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "scripted", "choices": [choice]}
        self.wfile.write(f"data: {json.dumps(record)}\n\n".encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def scripted_model(pause: float) -> Iterator[ScriptedModel]:
    """A model that runs for as long as the block."""
    server = ScriptedModel(pause)
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
