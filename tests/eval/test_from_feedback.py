from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from answering.service import Service
from eval.cases import Case, read_case_file
from eval.from_feedback import draft_cases, write_drafts
from feedback.store import Feedback, Verdict
from index.records import Refusal


def judged(
    service: Service, question: str, verdict: Verdict, reason: str = "", history: tuple[str, ...] = ()
) -> Feedback:
    answer = service.ask(question, history, answer_id=question)
    return Feedback(question, history, answer.as_json(), {"plan/14": 1.5}, verdict, reason, "2026-01-02T03:04:05")


def test_a_useful_answer_is_the_gold(service: Service) -> None:
    (case,) = draft_cases([judged(service, "那归谁管？", Verdict.USEFUL, "", ("实施方案第14项讲什么？",))])
    assert (case.id, case.history, case.gold) == ("feedback-0001", ("实施方案第14项讲什么？",), ("plan/14",))
    assert case.answerable
    assert case.note == "反馈 2026-01-02T03:04:05：有用，引用 plan/14（1.50）"


def test_a_useful_refusal_is_a_refusal(service: Service) -> None:
    (case,) = draft_cases([judged(service, "第100条讲什么？", Verdict.USEFUL)])
    assert (case.answerable, case.refusal, case.gold) == (False, Refusal.NONEXISTENT, ())


def test_of_a_useless_answer_nothing_is_taken_for_right(service: Service) -> None:
    (case,) = draft_cases([judged(service, "第100条讲什么？", Verdict.USELESS, "应有答案")])
    assert (case.answerable, case.refusal, case.gold, case.gold_known) == (True, None, (), False)
    assert case.note.endswith("没用，当时引用 无，依据待定；理由：应有答案")


def test_the_latest_judgement_of_a_question_counts(service: Service) -> None:
    first = judged(service, "实施方案第14项讲什么？", Verdict.USELESS)
    later = replace(first, verdict=Verdict.USEFUL)
    apart = replace(first, history=("第9条讲什么？",))
    cases = draft_cases([first, apart, later])
    assert [(case.gold, case.history) for case in cases] == [(("plan/14",), ()), ((), ("第9条讲什么？",))]


@pytest.mark.parametrize("verdict", Verdict)
def test_drafts_are_read_as_cases(service: Service, tmp_path: Path, verdict: Verdict) -> None:
    cases: tuple[Case, ...] = draft_cases([judged(service, "实施方案第14项讲什么？", verdict)])
    write_drafts(cases, tmp_path / "drafts.jsonl")
    assert read_case_file(tmp_path / "drafts.jsonl") == cases
