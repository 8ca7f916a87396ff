"""An OpenAI-compatible server on loopback that says what a test tells it to say."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from index.settings import ChatSettings

Reply = Callable[[str], str]


class ChatServer(ThreadingHTTPServer):
    """Answers ``/v1/chat/completions`` with what ``reply`` makes of the last message.

    Attributes:
        asked: bodies of all requests, in the order they came.
    """

    daemon_threads = True

    def __init__(self, reply: Reply) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.reply = reply
        self.asked: list[dict[str, Any]] = []

    @property
    def settings(self) -> ChatSettings:
        """Settings that lead here."""
        return ChatSettings(f"http://127.0.0.1:{self.server_port}/v1", "scripted", timeout=5)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: ChatServer

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(body)
        text = self.server.reply(body["messages"][-1]["content"])
        message = {"role": "assistant", "content": text}
        self._send({"index": 0, "message": message, "finish_reason": "stop"})

    def _send(self, choice: Mapping[str, Any]) -> None:
        usage = {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}
        record = {"id": "1", "object": "chat.completion", "created": 0, "model": "scripted", "usage": usage}
        content = json.dumps({**record, "choices": [choice]}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def chat_server(reply: Reply) -> Iterator[ChatServer]:
    """A server that runs for as long as the block."""
    server = ChatServer(reply)
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
