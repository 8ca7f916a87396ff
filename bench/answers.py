"""Answers a second and latency over the development questions, beside plain BM25 over the same units."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from answering.service import Service
from index.lexical import LexicalIndex
from index.settings import ROOT, Settings
from index.store import Index
from index.text import Segmenter

CASES = ROOT / "eval" / "cases" / "dev"
WARM_UP = 20  # questions


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the questions before it in its conversation."""

    question: str
    history: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Latencies:
    """Answers a second of one caller, and percentiles of the time of one answer in milliseconds."""

    per_second: float
    p50: float
    p95: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> Latencies:
        """Summary of the time each answer took."""
        p50, p95 = np.percentile(seconds, [50, 95]) * 1000
        return cls(len(seconds) / sum(seconds), float(p50), float(p95))


def questions(folder: Path = CASES) -> tuple[Asked, ...]:
    """The questions of every case file in ``folder``, in order of file and line."""
    lines = (line for file in sorted(folder.glob("*.jsonl")) for line in file.read_text(encoding="utf-8").splitlines())
    records = [json.loads(line) for line in lines if line.strip()]
    return tuple(Asked(record["question"], tuple(record.get("history", ()))) for record in records)


Answerer = Callable[[Asked], object]


def latencies(opened: Callable[[], AbstractContextManager[Answerer]], asked: Sequence[Asked], rounds: int) -> Latencies:
    """Time one answer after another to all but the first :data:`WARM_UP` of ``asked``, which are not counted.

    Every round opens a new answerer: words of a text that was asked before may be remembered, and no question that
    counts has been asked before.
    """
    seconds: list[float] = []
    for _ in range(rounds):
        with opened() as ask:
            for number, each in enumerate(asked):
                began = time.perf_counter()
                ask(each)
                if number >= WARM_UP:
                    seconds.append(time.perf_counter() - began)
    return Latencies.of(seconds)


def measure(settings: Settings, rounds: int) -> dict[str, Latencies]:
    """``Service.ask`` with and without conversations, and the unit that BM25 over jieba words ranks first."""
    asked = questions()
    alone = [each for each in asked if not each.history]
    return {
        "Service.ask": latencies(lambda: _service(settings), asked, rounds),
        "Service.ask, no history": latencies(lambda: _service(settings), alone, rounds),
        "plain BM25, first unit": latencies(lambda: _plain(settings), asked, rounds),
    }


@contextmanager
def _service(settings: Settings) -> Iterator[Answerer]:
    service = Service(settings)
    try:
        yield lambda each: service.ask(each.question, each.history)
    finally:
        service.close()


@contextmanager
def _plain(settings: Settings) -> Iterator[Answerer]:
    service = Service(settings)
    units = service.units
    service.close()
    segmenter = Segmenter(Index.lexicon(settings.index_dir))
    index = LexicalIndex.build([segmenter.words(unit.text) for unit in units])
    yield lambda each: int(index.scores(segmenter.words(each.question)).argmax())
