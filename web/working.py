"""Work that takes its time, done elsewhere while the page is told that it goes on."""

from __future__ import annotations

from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

TICK = 1.0  # seconds between two signs of life

T = TypeVar("T")


def working(work: Callable[[], T]) -> Generator[int, None, T]:
    """Do ``work`` in a thread; yields the seconds that it has taken, again and again, and returns what it gives.

    Closing the generator leaves the work to go on.

    Raises:
        Exception: whatever the work raises.
    """
    pool = ThreadPoolExecutor(1, thread_name_prefix="working")
    future = pool.submit(work)
    pool.shutdown(wait=False)
    seconds = 0
    while True:
        try:
            return future.result(TICK)
        except TimeoutError:
            if future.done():  # the work's own
                raise
        seconds += int(TICK)
        yield seconds
