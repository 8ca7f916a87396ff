from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from feedback.store import LONGEST_REASON, Feedback, FeedbackError, FeedbackStore, Verdict

ANSWER = {"id": "a1", "answered": True, "refusal": None, "citations": [{"unit_id": "plan/14"}]}
JUDGED = Feedback(
    "第14项归谁管？", ("第14项讲什么？",), ANSWER, {"plan/14": 1.5}, Verdict.USELESS, "不全", "2026-01-02T03:04:05"
)


@pytest.fixture
def store(tmp_path: Path) -> FeedbackStore:
    return FeedbackStore(tmp_path / "data" / "feedback.sqlite")


def test_what_was_said_comes_back(store: FeedbackStore) -> None:
    assert store.read() == ()
    assert not store.path.parent.exists()
    store.add(JUDGED)
    assert store.read() == (JUDGED,)
    assert JUDGED.citations == ("plan/14",)


def test_of_one_answer_the_latest_judgement_stands(store: FeedbackStore) -> None:
    store.add(JUDGED)
    store.add(replace(JUDGED, verdict=Verdict.USEFUL, reason=""))
    assert [(kept.verdict, kept.reason) for kept in store.read()] == [(Verdict.USEFUL, "")]


def test_the_time_is_now_and_a_reason_has_an_end(store: FeedbackStore) -> None:
    store.add(replace(JUDGED, time="", reason="长" * 9999))
    (kept,) = store.read()
    assert kept.time.endswith("+00:00")
    assert kept.reason == "长" * LONGEST_REASON


def test_many_may_judge_at_once(store: FeedbackStore) -> None:
    def add(number: int) -> None:
        store.add(replace(JUDGED, answer={**ANSWER, "id": f"{number:03d}"}, time=f"2026-01-01T00:00:{number:02d}"))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(40)))
    assert [kept.answer["id"] for kept in store.read()] == [f"{number:03d}" for number in range(40)]
    with closing(sqlite3.connect(store.path)) as database:
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_text_is_kept_as_text(store: FeedbackStore) -> None:
    hostile = "'); DROP TABLE feedback; --"
    store.add(replace(JUDGED, question=hostile, reason=hostile))
    assert [(kept.question, kept.reason) for kept in store.read()] == [(hostile, hostile)]


def test_no_address_of_anyone_is_kept(store: FeedbackStore) -> None:
    store.add(JUDGED)
    with closing(sqlite3.connect(store.path)) as database:
        columns = {row[1] for row in database.execute("PRAGMA table_info(feedback)")}
    assert columns == {
        "answer_id", "time", "question", "history", "answer", "citations", "scores", "verdict", "reason",
    }  # fmt: skip


def test_a_file_of_another_kind_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "no.sqlite").write_text("not a database " * 100, encoding="utf-8")
    with pytest.raises(FeedbackError, match="set FEEDBACK_DB"):
        FeedbackStore(tmp_path / "no.sqlite").read()
    with closing(sqlite3.connect(tmp_path / "later.sqlite")) as database:
        database.execute("PRAGMA user_version = 7")
    with pytest.raises(FeedbackError, match="version 7"):
        FeedbackStore(tmp_path / "later.sqlite").add(JUDGED)
    with pytest.raises(FeedbackError, match="cannot be used"):
        FeedbackStore(tmp_path / "no.sqlite" / "below" / "x.sqlite").add(JUDGED)
