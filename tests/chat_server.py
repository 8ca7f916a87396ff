"""An OpenAI-compatible server on loopback that says what a test tells it to say, whole or as a stream."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import chain
from threading import Event, Lock, Thread
from typing import Any

from index.settings import ChatSettings

USAGE = {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}


class Hang(float):
    """Seconds in which nothing is sent; ends early when the client leaves or the server is closed."""


@dataclass(frozen=True)
class Served:
    """An HTTP reply, to the byte.

    Attributes:
        parts: what its body is written from, one write each; bytes, or a pause.
        status, content_type, headers: its head.
        length: what ``Content-Length`` says; ``None`` for a body that ends with the connection.
    """

    parts: Iterable[bytes | Hang]
    status: int = 200
    content_type: str = "text/event-stream"
    headers: Mapping[str, str] = field(default_factory=dict)
    length: int | None = None


Reply = Callable[[str], "str | Served"]


def chunk(text: str | None, finish: str | None = None) -> dict[str, Any]:
    """A piece of a streamed reply, as a server builds it."""
    delta = {} if text is None else {"content": text}
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "scripted", "choices": [choice]}


def event(record: object) -> bytes:
    """A record as server-sent event; half a surrogate pair stays the escape that JSON has for it."""
    return f"data: {json.dumps(record, ensure_ascii=True)}\n\n".encode()


DONE = b"data: [DONE]\n\n"


def begun(*texts: str | Hang) -> list[bytes | Hang]:
    """The events of a reply that doesn't end."""
    return [text if isinstance(text, Hang) else event(chunk(text)) for text in texts]


def ended(finish: str | None = "stop", usage: object = USAGE) -> list[bytes]:
    """The events that end a reply."""
    return [event(chunk(None, finish)), event({**chunk(None), "choices": [], "usage": usage}), DONE]


def streamed(*texts: str | Hang, finish: str | None = "stop") -> Served:
    """A reply in these pieces."""
    return Served([*begun(*texts), *ended(finish)])


class ChatServer(ThreadingHTTPServer):
    """Answers ``/v1/chat/completions`` with what ``reply`` makes of the last message.

    A text is sent whole, or four characters a piece when a stream is asked for.

    Attributes:
        asked: bodies of all requests, in the order they came.
        keys, heads: their ``Authorization``, and the names of all their headers.
        written: for each part of a body written, when (``time.monotonic``), and the part.
        left: is set when a client closed the connection while a reply was being written.
        open: connections not yet closed.
    """

    daemon_threads = True
    block_on_close = False

    def __init__(self, reply: Reply) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.reply = reply
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.heads: list[list[str]] = []
        self.written: list[tuple[float, bytes]] = []
        self.left, self.closing = Event(), Event()
        self.open = 0
        self.counting = Lock()

    @property
    def settings(self) -> ChatSettings:
        """Settings that lead here."""
        return ChatSettings(f"http://127.0.0.1:{self.server_port}/v1", "scripted", timeout=5)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients that leave are part of the tests."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: ChatServer

    def setup(self) -> None:
        super().setup()
        with self.server.counting:
            self.server.open += 1

    def finish(self) -> None:
        with self.server.counting:
            self.server.open -= 1
        with contextlib.suppress(OSError):
            super().finish()

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(body)
        self.server.keys.append(self.headers["Authorization"])
        self.server.heads.append([name.lower() for name in self.headers])
        reply = self.server.reply(body["messages"][-1]["content"])
        if isinstance(reply, Served):
            self._serve(reply)
        elif body.get("stream"):
            pieces = (reply[start : start + 4] for start in range(0, len(reply), 4))
            self._serve(streamed(*pieces))
        else:
            message = {"role": "assistant", "content": reply}
            self._send({"index": 0, "message": message, "finish_reason": "stop"})

    def _serve(self, reply: Served) -> None:
        self.close_connection = True
        try:
            self.send_response(reply.status)
            if reply.content_type:
                self.send_header("Content-Type", reply.content_type)
            if reply.length is not None:
                self.send_header("Content-Length", str(reply.length))
            for name, value in chain(reply.headers.items(), [("Connection", "close")]):
                self.send_header(name, value)
            self.end_headers()
            for part in reply.parts:
                if isinstance(part, Hang):
                    self._hang(part)
                    continue
                self.wfile.write(part)
                self.server.written.append((time.monotonic(), part[:4000]))
        except OSError:
            self.server.left.set()

    def _hang(self, seconds: float) -> None:
        """Wait; the client that leaves meanwhile is noticed."""
        until = time.monotonic() + seconds
        self.connection.settimeout(0.02)
        while time.monotonic() < until and not self.server.closing.is_set():
            with contextlib.suppress(TimeoutError):
                if self.connection.recv(1) == b"":
                    raise ConnectionResetError
        self.connection.settimeout(None)

    def _send(self, choice: Mapping[str, Any]) -> None:
        record = {"id": "1", "object": "chat.completion", "created": 0, "model": "scripted", "usage": USAGE}
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
        server.closing.set()
        server.shutdown()
        server.server_close()
