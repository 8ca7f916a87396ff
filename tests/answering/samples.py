"""What the tests of this folder write their expected values with."""

from __future__ import annotations

from collections.abc import Iterable

from index.records import AgencyFilter, Answer, Document, Evidence, Hit, Intent, PolicyUnit, Query

TABLE, PLAN = "task-table", "plan"


def table(*serials: int | Iterable[int]) -> tuple[str, ...]:
    """Ids of rows of the task table, by printed serial: ``table(1, range(3, 5))`` is rows 1, 3 and 4."""
    flat = (serial for part in serials for serial in ([part] if isinstance(part, int) else part))
    return tuple(f"{TABLE}/{serial}" for serial in flat)


def plan(*numbers: int | str) -> tuple[str, ...]:
    """Ids of units of the plan: ``plan(14, "3.1")`` is task 14 and the first safeguard."""
    return tuple(f"{PLAN}/{number}" for number in numbers)


def cited(answer: Answer) -> tuple[str, ...]:
    """Ids of the cited units, in order."""
    return tuple(citation.unit_id for citation in answer.citations)


def found(evidence: Iterable[Evidence]) -> tuple[str, ...]:
    """Ids of the units of evidence, in order."""
    return tuple(item.unit.unit_id for item in evidence)


def query(intent: Intent = Intent.CONTENT, *, question: str = "问题", topic: tuple[str, ...] = ()) -> Query:
    """A query with nothing in it but what is given; ``dataclasses.replace`` adds the rest."""
    return Query(
        question=question,
        text=question,
        standalone=question,
        intent=intent,
        cues=frozenset(),
        documents=(),
        unit_ids=None,
        numbers=(),
        unknown_numbers=(),
        agencies=AgencyFilter(),
        unknown_agencies=(),
        topic=topic,
        subject=topic,
        years=(),
    )


def hit(unit: PolicyUnit, coverage: float, *, score: float = 1.0, asked: int = 5) -> Hit:
    """A hit on ``unit``; with five words asked, full coverage is an answer and 0.1 is none."""
    return Hit(unit=unit, score=score, coverage=coverage, figure=0.0, asked=asked, similarity=0.0, sentence="", row=0)


def by_slug(documents: Iterable[Document]) -> dict[str, Document]:
    return {document.slug: document for document in documents}
