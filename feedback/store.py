"""Judgements of answers in a SQLite file: one row an answer, the latest judgement standing."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

SCHEMA = 1
LONGEST_REASON = 500
_PATIENCE = 10.0  # seconds that a writer waits for another
_CREATE = """CREATE TABLE IF NOT EXISTS feedback (
    answer_id TEXT PRIMARY KEY, time TEXT NOT NULL, question TEXT NOT NULL, history TEXT NOT NULL,
    answer TEXT NOT NULL, citations TEXT NOT NULL, scores TEXT NOT NULL, verdict TEXT NOT NULL, reason TEXT NOT NULL)"""


class FeedbackError(RuntimeError):
    """The feedback file can't be used; the message names it and the remedy."""


class Verdict(StrEnum):
    """What an asker thinks of an answer."""

    USEFUL = "useful"
    USELESS = "useless"


@dataclass(frozen=True, slots=True)
class Feedback:
    """One judgement; nothing in it tells who judged.

    Attributes:
        history: earlier questions of the conversation, oldest first.
        answer: the answer as JSON, see :class:`index.records.Answer`.
        scores: search score of each unit that it cites, by unit id; a unit that was looked up may have none.
        reason: in the asker's words, may be empty.
        time: ISO 8601, UTC, to the second.
    """

    question: str
    history: tuple[str, ...]
    answer: Mapping[str, Any]
    scores: Mapping[str, float]
    verdict: Verdict
    reason: str = ""
    time: str = ""

    @property
    def citations(self) -> tuple[str, ...]:
        """Ids of the units that the answer cites."""
        return tuple(citation["unit_id"] for citation in self.answer["citations"])


class FeedbackStore:
    """Judgements in the file ``path``, which is made at the first one; safe between threads and processes."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, feedback: Feedback) -> None:
        """Keep a judgement in place of an earlier one of the same answer; its time is now unless it says one.

        Raises:
            FeedbackError: the file can't be written.
        """
        time = feedback.time or datetime.now(UTC).isoformat(timespec="seconds")
        row = (
            str(feedback.answer["id"]),
            time,
            feedback.question,
            _dumped(feedback.history),
            _dumped(feedback.answer),
            _dumped(feedback.citations),
            _dumped(feedback.scores),
            feedback.verdict.value,
            feedback.reason[:LONGEST_REASON],
        )
        with self._opened(make=True) as database, database:
            database.execute(f"INSERT OR REPLACE INTO feedback VALUES ({', '.join('?' * len(row))})", row)

    def read(self) -> tuple[Feedback, ...]:
        """All judgements, oldest first; none when there is no file yet.

        Raises:
            FeedbackError: the file can't be read, or is another program's.
        """
        if not self.path.exists():
            return ()
        columns = "question, history, answer, scores, verdict, reason, time"
        with self._opened(make=False) as database:
            rows = database.execute(f"SELECT {columns} FROM feedback ORDER BY time, answer_id").fetchall()
        return tuple(
            Feedback(
                question, tuple(json.loads(history)), json.loads(answer), json.loads(scores), Verdict(verdict), *others
            )
            for question, history, answer, scores, verdict, *others in rows
        )

    @contextmanager
    def _opened(self, make: bool) -> Iterator[sqlite3.Connection]:
        """A connection for one use: SQLite's own are bound to a thread."""
        try:
            if make:
                self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.path, timeout=_PATIENCE)) as database:
                database.execute("PRAGMA journal_mode = WAL")
                self._check(database)
                yield database
        except (sqlite3.Error, OSError) as error:
            raise FeedbackError(
                f"{self.path}: cannot be used ({error}); set FEEDBACK_DB to a file of its own"
            ) from error

    def _check(self, database: sqlite3.Connection) -> None:
        version = database.execute("PRAGMA user_version").fetchone()[0]
        if version not in (0, SCHEMA):
            raise FeedbackError(
                f"{self.path}: version {version}, this program reads {SCHEMA}; set FEEDBACK_DB elsewhere"
            )
        if version == 0:
            with database:
                database.execute(_CREATE)
                database.execute(f"PRAGMA user_version = {SCHEMA}")


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
