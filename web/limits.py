"""How much one client may ask: a bucket of tokens for each address, and the sizes of what may be sent."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

LARGEST_CALL = 1 << 20  # bytes of a program's request
LARGEST_EVENT = 16 << 20  # bytes of what the page sends: a long conversation with its cards, or an upload
LARGEST_FILE = 10 << 20  # bytes of one uploaded file
TEST_SETS = frozenset({".xlsx", ".csv", ".jsonl"})  # what the page takes of anybody
DOCUMENTS = (".docx", ".pdf", ".html", ".htm", ".md", ".txt", ".png", ".jpg", ".jpeg")  # and of who logged in
BODY_TIMEOUT = 30.0  # seconds within which a request must have been sent
MOST_CLIENTS = 10_000  # whose buckets are remembered; the one that has been away longest is forgotten


@dataclass(frozen=True, slots=True)
class _Bucket:
    """Tokens left at a time, in seconds of the clock."""

    tokens: float
    at: float


class RateLimit:
    """A token bucket for each client, refilled evenly; safe to share between threads.

    Args:
        a_minute: tokens that a client gets in a minute, and the most that it can save up; ``None`` for no limit.
        clock: seconds that never go back.
    """

    def __init__(self, a_minute: int | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._a_minute = a_minute
        self._clock = clock
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()
        self._lock = Lock()

    def wait(self, client: str, cost: int = 1) -> int:
        """Take ``cost`` tokens from the client's bucket; 0, or the seconds to wait when it has too few.

        What is declined costs nothing.
        """
        if self._a_minute is None:
            return 0
        cost = min(cost, self._a_minute)
        now = self._clock()
        with self._lock:
            held = self._buckets.pop(client, _Bucket(self._a_minute, now))
            tokens = min(self._a_minute, held.tokens + (now - held.at) * self._a_minute / 60)
            granted = tokens >= cost
            self._buckets[client] = _Bucket(tokens - cost if granted else tokens, now)
            if len(self._buckets) > MOST_CLIENTS:
                self._buckets.popitem(last=False)
        return 0 if granted else math.ceil((cost - tokens) * 60 / self._a_minute)
