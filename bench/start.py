"""From the start of a program to its first page and its first answer, and the memory that it then holds."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from statistics import median
from typing import Any
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 180.0
_PAUSE = 0.02  # between two looks: finer than what is told apart here
_QUIET = {"GRADIO_ANALYTICS_ENABLED": "False", "GRADIO_RUN_HISTORY": "False", "HF_HUB_OFFLINE": "1"}


class StartError(RuntimeError):
    """A program did not serve; the message says which, and what it wrote."""


@dataclass(frozen=True, slots=True)
class Program:
    """A Gradio program to start.

    Attributes:
        name: what the table calls it.
        arguments: for Python, the port to come last.
        endpoint: name of the API endpoint that answers.
        data: its arguments.
        environment: added to the process's own.
    """

    name: str
    arguments: tuple[str, ...]
    endpoint: str
    data: tuple[Any, ...]
    environment: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Start:
    """One start: seconds to the first page and the first answer; resident memory after it in MiB, ``None`` unknown."""

    page: float
    answer: float
    memory: float | None


def programs(built: Path, empty: Path) -> tuple[Program, ...]:
    """``app.py`` on a built index, ``app.py`` that must build it, and the empty chat.

    Args:
        built: folder that holds an index, or will after the first start.
        empty: folder below which every start gets a new one.
    """
    question: tuple[Any, ...] = ("第三条讲什么？", [])
    return (
        Program("app.py", ("app.py", "--port"), "ask", question, {"INDEX_DIR": str(built)}),
        Program("app.py, index to build", ("app.py", "--port"), "ask", question, {"INDEX_DIR": f"{empty}/{{run}}"}),
        Program("empty gr.ChatInterface", ("bench/empty_chat.py",), "chat", ("你好",), {}),
    )


def measure(runs: int) -> dict[str, list[Start]]:
    """Start every program ``runs`` times, by turns, after a first start of each that is not counted.

    The uncounted start fills the file cache and builds the index of the first program.
    """
    found: dict[str, list[Start]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for run in range(runs + 1):
            for program in programs(Path(folder, "built"), Path(folder, "empty")):
                start = start_once(program, run)
                if run:
                    found.setdefault(program.name, []).append(start)
    return found


def medians(starts: Sequence[Start]) -> tuple[float, float, float | None]:
    """Median page, answer and memory."""
    memories = [start.memory for start in starts if start.memory is not None]
    return (
        median(start.page for start in starts),
        median(start.answer for start in starts),
        median(memories) if memories else None,
    )


def start_once(program: Program, run: int = 0) -> Start:
    """Start ``program``, ask it once, stop it.

    Raises:
        StartError: it ended, or did not answer within :data:`PATIENCE` seconds.
    """
    began = time.perf_counter()
    with served(program, run) as (process, base):
        page = time.perf_counter() - began
        _ask(base, program)
        return Start(page, time.perf_counter() - began, resident(process.pid))


@contextmanager
def served(program: Program, run: int = 0) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """The process and the address of ``program``, from its first page to the end of the block.

    Raises:
        StartError: see :func:`start_once`.
    """
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    began = time.perf_counter()
    with _running(program, port, run) as process:
        while not _serves(base):
            if process.poll() is not None or time.perf_counter() - began > PATIENCE:
                raise StartError(f"{program.name} serves no page on port {port} (exit status {process.poll()})")
            time.sleep(_PAUSE)
        yield process, base


@contextmanager
def _running(program: Program, port: int, run: int) -> Iterator[subprocess.Popen[bytes]]:
    added = {name: value.format(run=run) for name, value in program.environment.items()}
    process = subprocess.Popen(
        [sys.executable, *program.arguments, str(port)],
        cwd=ROOT,
        env={**os.environ, **_QUIET, **added},
        stdout=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _serves(base: str) -> bool:
    try:
        with urlopen(base, timeout=PATIENCE) as page:
            return bool(page.read())
    except (OSError, HTTPException):
        return False


def _ask(base: str, program: Program) -> None:
    """One call of Gradio's API: post the arguments, then read the event stream to its end."""
    url = f"{base}/gradio_api/call/{program.endpoint}"
    body = json.dumps({"data": program.data}).encode()
    with urlopen(Request(url, body, {"Content-Type": "application/json"}), timeout=PATIENCE) as posted:
        event = json.load(posted)["event_id"]
    with urlopen(f"{url}/{event}", timeout=PATIENCE) as stream:
        told = stream.read().decode()
    if "event: complete" not in told:
        raise StartError(f"{program.name} did not answer: {told[:200]}")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        return int(opened.getsockname()[1])


def resident(pid: int) -> float | None:
    """Resident memory of a process in MiB, ``None`` where the system has no ``/proc``."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return None
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS:"))
