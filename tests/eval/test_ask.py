"""Batch: same order, same ids, bad lines by number, the rest still run."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from eval.ask import answer_lines, read_lines, readable
from index.records import Document, PolicyUnit
from tests.eval.perfect import CASES, Perfect, refuse


def line(**fields: object) -> str:
    return json.dumps(fields, ensure_ascii=False)


def test_order_ids_and_bad_lines(units: tuple[PolicyUnit, ...], documents: dict[str, Document]) -> None:
    lines = [
        line(id="b", question=CASES[1].question, history=["先问的"]),
        "",
        "{broken",
        line(id=7, question=CASES[0].question),
        line(question=CASES[4].question),
        line(id="x", question="没有人知道"),
        line(id="y", question=""),
    ]
    problems: list[str] = []
    found = list(answer_lines(Perfect(CASES, units, documents), read_lines(lines), problems.append))
    assert [record["id"] for record in found] == ["b", 7, "5"]
    assert list(found[0]) == [
        "id", "question", "answered", "refusal", "answer", "citations", "related", "understood", "latency_ms",
    ]  # fmt: skip
    assert [problem.split(":")[0] for problem in problems] == ["line 3", "line 6", "line 7"]
    assert json.loads(json.dumps(found[2]))["refusal"] == "out_of_scope"


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("[]", "expected an object"),
        (line(id=[], question="问"), "id must be"),
        (line(id=True, question="问"), "id must be"),
        (line(id="a"), "question must be"),
        (line(id="a", question="问", history="先问的"), "history must be"),
        (line(id="a", question="问", history=[1]), "history must be"),
    ],
)
def test_bad_lines(written: str, problem: str) -> None:
    assert problem in next(read_lines([written])).problem


def test_an_answer_for_a_person(units: tuple[PolicyUnit, ...], documents: dict[str, Document]) -> None:
    answer = Perfect(CASES, units, documents).ask(CASES[3].question)
    shown = readable(answer)
    assert "**" not in shown
    assert "第9条（序号27）" in shown
    near = readable(replace(refuse(answer), related=answer.citations[:1]))
    assert near.startswith("〔不在文件范围内〕")
    assert "相近的内容" in near
