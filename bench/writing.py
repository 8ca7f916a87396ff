"""How long a verified sentence takes: after the model finished it, and after the question beside the verbatim answer.

The chat model is scripted, honest and on loopback, in this process: what is measured is this code and its client, with
some of the server's own work.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from answering.service import Service
from bench.answers import Asked, questions
from bench.scripted import scripted_model
from index.settings import Settings

LIMIT_MS = 150.0  # from the end of a sentence in the model's stream until it is verified and handed on
PACE = 0.01  # seconds for two characters: 200 characters a second, faster than most hosted models
MOST = 40  # questions that a model writes on
_WARM_UP = 3


@dataclass(frozen=True, slots=True)
class Waits:
    """Milliseconds until a first sentence, or an answer, was there: p50, p95 and longest."""

    p50: float
    p95: float
    longest: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> Waits:
        """Summary of the time each took; the first few, which warm up, are left out."""
        counted = np.asarray(seconds[_WARM_UP:]) * 1000
        p50, p95 = np.percentile(counted, [50, 95])
        return cls(float(p50), float(p95), float(counted.max()))


def measure(settings: Settings, most: int = MOST) -> dict[str, Waits]:
    """The three waits, over the first development questions whose answers a model writes.

    Args:
        settings: of the index; its chat model is not asked.
        most: questions that count.
    """
    asked: list[Asked] = []
    after: list[float] = []
    with scripted_model(PACE) as model, _opened(replace(settings, chat=model.settings)) as service:
        for each in questions():
            if len(asked) < most + _WARM_UP and (shown := _first_shown(service, each)):
                asked.append(each)
                after.append(shown - model.finished)
    with scripted_model(0.0) as model, _opened(replace(settings, chat=model.settings)) as service:
        told = [_seconds(partial(_first_shown, service, each)) for each in asked]
    with _opened(replace(settings, chat=None)) as service:
        verbatim = [_seconds(partial(service.ask, each.question, each.history)) for each in asked]
    return {
        "first sentence, after the model finished it": Waits.of(after),
        "first sentence, after the question; the model takes no time": Waits.of(told),
        "verbatim answer, after the question": Waits.of(verbatim),
    }


@contextmanager
def _opened(settings: Settings) -> Iterator[Service]:
    service = Service(settings)
    try:
        yield service
    finally:
        service.close()


def _first_shown(service: Service, asked: Asked) -> float | None:
    """``time.perf_counter`` when the first sentence of a model was shown; ``None`` where a model writes nothing."""
    with closing(service.stream(asked.question, asked.history)) as steps:
        opening = next(steps)
        if not isinstance(opening, str) or not isinstance(next(steps), str):
            return None
        return time.perf_counter()


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began
