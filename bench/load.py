"""Clients at once over HTTP: how long an answer of the running app takes one of them, and how long one of many."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import Request, urlopen

from bench.answers import WARM_UP, Asked, Latencies, questions
from bench.start import PATIENCE, Program, served

CLIENTS = (10, 1)  # at once; the last is the reference


def measure() -> dict[str, Latencies]:
    """``POST /api/ask`` with the development questions: every client asks all, each beginning with another."""
    asked = questions()
    with TemporaryDirectory() as folder:
        environment = {"INDEX_DIR": str(Path(folder, "index")), "RATE_LIMIT": "0"}
        program = Program("app.py", ("app.py", "--port"), "ask", (), environment)
        with served(program) as (_, base):
            for each in asked[:WARM_UP]:
                _ask(base, each)
            return {f"{clients} at once": latencies(base, asked[WARM_UP:], clients) for clients in CLIENTS}


def latencies(base: str, asked: Sequence[Asked], clients: int) -> Latencies:
    """Times of all answers to ``clients`` that ask at once; answers a second are those of all together."""

    def client(number: int) -> list[float]:
        first = number * len(asked) // clients
        return [_ask(base, each) for each in (*asked[first:], *asked[:first])]

    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        seconds = [each for times in pool.map(client, range(clients)) for each in times]
    summary = Latencies.of(seconds)
    return Latencies(len(seconds) / (time.perf_counter() - began), summary.p50, summary.p95)


def _ask(base: str, asked: Asked) -> float:
    """Seconds that an answer takes."""
    body = json.dumps({"question": asked.question, "history": asked.history}).encode()
    began = time.perf_counter()
    with urlopen(Request(f"{base}/api/ask", body, {"Content-Type": "application/json"}), timeout=PATIENCE) as told:
        told.read()
    return time.perf_counter() - began
