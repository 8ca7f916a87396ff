"""Questions of the development set, and the summary of the times that answers took."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bench.answers import WARM_UP, Asked, Latencies, latencies, questions


def test_summary_by_hand() -> None:
    found = Latencies.of([0.01, 0.02, 0.03])
    assert found.per_second == pytest.approx(3 / 0.06)
    assert found.p50 == pytest.approx(20)
    assert found.p95 == pytest.approx(29)  # 0.9 of the way from the second to the third


def test_every_round_asks_a_new_answerer_every_question_once() -> None:
    asked = [Asked(str(number), ()) for number in range(WARM_UP + 2)]
    told: list[list[Asked]] = []

    @contextmanager
    def opened() -> Iterator[Callable[[Asked], None]]:
        told.append([])
        yield told[-1].append

    latencies(opened, asked, rounds=2)
    assert told == [asked, asked]


def test_questions_are_read_with_their_history(tmp_path: Path) -> None:
    (tmp_path / "b.jsonl").write_text('{"question": "二", "history": ["一"]}\n\n', encoding="utf-8")
    (tmp_path / "a.jsonl").write_text('{"question": "一"}\n', encoding="utf-8")
    assert questions(tmp_path) == (Asked("一", ()), Asked("二", ("一",)))


def test_the_development_set_has_questions() -> None:
    assert len(questions()) > 100
