"""A real Chroma server on loopback, to start and to kill."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from urllib.error import URLError
from urllib.request import urlopen

_PATIENCE = 60  # seconds until it must answer


class ChromaServer:
    """``chroma run`` over a folder.

    Args:
        folder: where it keeps its data.

    Attributes:
        url: where it is reached; the same after every start.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with socket.socket() as opened:
            opened.bind(("127.0.0.1", 0))
            self._port = int(opened.getsockname()[1])
        self.url = f"http://127.0.0.1:{self._port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = [str(Path(sys.executable).with_name("chroma")), "run", "--path", str(self._folder)]
        self._process = subprocess.Popen(
            [*command, "--host", "127.0.0.1", "--port", str(self._port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(_PATIENCE * 10):
            try:
                with urlopen(f"{self.url}/api/v2/heartbeat", timeout=_PATIENCE):
                    return
            except (URLError, ConnectionError):
                try:
                    self._process.wait(0.1)
                except subprocess.TimeoutExpired:
                    continue
                raise RuntimeError(f"chroma ended with status {self._process.returncode}") from None
        raise RuntimeError("chroma does not answer")

    def kill(self) -> None:
        """As a crash would."""
        if self._process:
            self._process.kill()
            self._process.wait()

    def __enter__(self) -> ChromaServer:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.kill()
