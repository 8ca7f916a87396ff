"""Draft cases from what askers said of answers: someone reads each, corrects its gold and files it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from eval.cases import OWN, Case
from feedback.store import Feedback, Verdict
from index.records import Refusal

_ASKER = "enterprise"  # who asked is not kept; the reader of a draft corrects it


def draft_cases(judged: Iterable[Feedback]) -> tuple[Case, ...]:
    """A draft case for each question with its history, in order; of several judgements the latest counts.

    An answer that was found useful is the draft's gold. Of one that was not, nothing is taken for right: its gold is
    not known, and the note says what was cited and why that displeased.
    """
    latest: dict[tuple[str, tuple[str, ...]], Feedback] = {}
    for feedback in judged:
        latest[feedback.question.strip(), feedback.history] = feedback
    return tuple(_draft(number, feedback) for number, feedback in enumerate(latest.values(), 1))


def write_drafts(cases: Iterable[Case], path: Path) -> None:
    """Write cases as JSON lines, in the format of :func:`eval.cases.read_case_file`."""
    path.write_text("".join(_lines(cases)), encoding="utf-8")


def _lines(cases: Iterable[Case]) -> Iterator[str]:
    for case in cases:
        yield json.dumps(case.as_json(), ensure_ascii=False) + "\n"


def _draft(number: int, feedback: Feedback) -> Case:
    useful = feedback.verdict is Verdict.USEFUL
    answer = feedback.answer
    refusal = answer["refusal"] if useful else None
    words = f"有用，引用 {_cited(feedback)}" if useful else f"没用，当时引用 {_cited(feedback)}，依据待定"
    return Case(
        id=f"feedback-{number:04d}",
        split=OWN,
        kind=OWN,
        asker=_ASKER,
        history=feedback.history,
        question=feedback.question,
        gold=feedback.citations if useful else (),
        also_ok=(),
        agencies=(),
        facts=(),
        answerable=bool(answer["answered"]) if useful else True,
        refusal=Refusal(refusal) if refusal else None,
        note=f"反馈 {feedback.time}：{words}" + (f"；理由：{feedback.reason}" if feedback.reason else ""),
        gold_known=useful,
    )


def _cited(feedback: Feedback) -> str:
    scored = (
        f"{unit_id}（{feedback.scores[unit_id]:.2f}）" if unit_id in feedback.scores else unit_id
        for unit_id in feedback.citations
    )
    return "、".join(scored) or "无"
