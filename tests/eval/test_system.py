"""Asking for the record: whatever happens comes back as an attempt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from eval.system import attempt
from index.records import Answer, Document, PolicyUnit
from tests.eval.perfect import CASES, Perfect


class Broken:
    def ask(self, question: str, history: Sequence[str] = (), *, answer_id: str | None = None) -> Answer:
        raise KeyError(question)


class Ranked(Perfect):
    def ranking(self, question: str, history: Sequence[str] = ()) -> tuple[str, ...]:
        return tuple(f"plan/{number}" for number in range(30))


def test_an_exception_is_kept() -> None:
    found = attempt(Broken(), "问", (), "1")
    assert (found.answer, found.error) == (None, "KeyError: '问'")


def test_a_ranking_is_citations_then_related(units: tuple[PolicyUnit, ...], documents: dict[str, Document]) -> None:
    def relate(answer: Answer) -> Answer:
        return replace(answer, citations=answer.citations[:2], related=answer.citations[1:3])

    found = attempt(Perfect(CASES, units, documents, relate), CASES[3].question, (), "1")
    assert found.ranking == ("task-table/23", "task-table/24", "task-table/25")
    assert found.answer is not None
    assert found.answer.id == "1"


def test_a_system_that_shows_its_search_is_ranked_by_it(
    units: tuple[PolicyUnit, ...], documents: dict[str, Document]
) -> None:
    found = attempt(Ranked(CASES, units, documents), CASES[0].question, (), "1")
    assert found.ranking == tuple(f"plan/{number}" for number in range(20))
