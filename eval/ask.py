"""Batch: a file of questions in, one Answer a line out, in the same order."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from eval.system import System
from index.records import Answer, Refusal

_REFUSALS = {
    Refusal.OUT_OF_SCOPE: "不在文件范围内",
    Refusal.NOT_STATED: "文件没有写明",
    Refusal.NONEXISTENT: "文件里没有",
}


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One line of a batch: the question, or why the line is no question."""

    number: int
    id: str | int
    question: str
    history: tuple[str, ...]
    problem: str = ""


def read_lines(lines: Iterable[str]) -> Iterator[BatchLine]:
    """Questions of JSON lines ``{"id", "question", "history"}``; blank lines are skipped.

    ``id`` may be text or a whole number and is the line number when absent; ``history`` may be absent.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield _line(number, json.loads(line))
        except ValueError as error:
            yield BatchLine(number, "", "", (), f"not JSON ({error})")


def _line(number: int, record: Any) -> BatchLine:
    def bad(problem: str) -> BatchLine:
        return BatchLine(number, "", "", (), problem)

    if not isinstance(record, dict):
        return bad(f'expected an object {{"id", "question", "history"}}, not {type(record).__name__}')
    key, question, history = record.get("id", str(number)), record.get("question"), record.get("history") or []
    if not isinstance(key, str | int) or isinstance(key, bool):
        return bad(f"id must be text or a whole number, not {key!r}")
    if not isinstance(question, str) or not question.strip():
        return bad(f"question must be text that is not empty, not {question!r}")
    if not isinstance(history, list) or not all(isinstance(turn, str) for turn in history):
        return bad(f"history must be a list of earlier questions as text, not {history!r}")
    return BatchLine(number, key, question, tuple(history))


def answer_lines(system: System, lines: Iterable[BatchLine], report: Callable[[str], None]) -> Iterator[dict[str, Any]]:
    """Answers as JSON, in order, each with the id of its line; a line that can't be answered goes to ``report``."""
    for line in lines:
        if line.problem:
            report(f"line {line.number}: {line.problem}")
            continue
        try:
            answer = system.ask(line.question, line.history, answer_id=str(line.id))
        except Exception as error:  # noqa: BLE001 - a batch is a door: one line's error is reported, the rest still run
            report(f"line {line.number}: {error or type(error).__name__}")
            continue
        yield {**answer.as_json(), "id": line.id}


def readable(answer: Answer) -> str:
    """An answer for a person at a terminal: its text without Markdown marks, then what is close to it."""
    text = answer.answer.replace("**", "").replace("  \n", "\n")
    parts = [text if answer.answered or answer.refusal is None else f"〔{_REFUSALS[answer.refusal]}〕\n{text}"]
    if answer.related:
        parts.append("相近的内容：\n" + "\n".join(f"  · {item.label}　{item.quote}" for item in answer.related))
    return "\n\n".join(parts)
