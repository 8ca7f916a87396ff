"""What the tests of this folder write their expected values with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from answering.weighing.companions import PairModel
from answering.weighing.network import Network
from answering.weighing.verdict import FIGURES, Regression, VerdictModel
from index.records import AgencyFilter, Answer, Document, Evidence, Hit, Intent, PartMatch, PolicyUnit, Query

TABLE, PLAN = "task-table", "plan"


def by_figures(weights: Mapping[str, tuple[float, float, float]], bias: tuple[float, float, float]) -> VerdictModel:
    """A verdict that weighs a few figures, none of them negative, and no tokens: a hidden unit for each figure."""
    wiring = np.zeros((len(FIGURES) + 2 * len(bias), len(weights)))
    for place, name in enumerate(weights):
        wiring[FIGURES.index(name), place] = 1.0
    plain = np.zeros(len(FIGURES)), np.ones(len(FIGURES))
    output = np.array(list(weights.values()))
    silent = Regression({}, (0.0, 0.0, 0.0))
    network = Network(*plain, (wiring, np.zeros(len(weights))), (output, np.array(bias)))
    return VerdictModel(silent, silent, network)


def by_pair_figures(weights: Mapping[str, float], bias: float) -> PairModel:
    """A logistic of the weighted sum of a few figures, none of them negative: a hidden unit for each, and no tokens."""
    wiring = np.vstack([np.eye(len(weights)), np.zeros(len(weights))])
    plain = np.zeros(len(weights) + 1), np.ones(len(weights) + 1)
    output = np.array(list(weights.values()))[:, None]
    network = Network(*plain, (wiring, np.zeros(len(weights))), (output, np.array([bias])))
    return PairModel(tuple(weights), {}, 0.0, network)


# Models that a reader can follow. Answered beats out of scope from a coverage of 0.3 on; a missing fact beats both.
BY_COVERAGE = by_figures({"coverage": (10.0, 0.0, 0.0), "missing": (0.0, 20.0, 0.0)}, (-3.0, -10.0, 0.0))
BY_SCORE = by_pair_figures({"score_ratio": 20.0}, -18.0)  # likely from 0.9 of the best score on


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


def hit(
    unit: PolicyUnit,
    coverage: float,
    *,
    score: float = 1.0,
    asked: int = 5,
    row: int = 0,
    parts: tuple[PartMatch, ...] = (),
) -> Hit:
    """A hit on ``unit`` that no expected question helped to find; ``row`` matters where hits are told apart by it."""
    return Hit(
        unit=unit,
        score=score,
        coverage=coverage,
        figure=0.0,
        asked=asked,
        similarity=0.0,
        sentence="",
        row=row,
        parts=parts,
    )


def by_slug(documents: Iterable[Document]) -> dict[str, Document]:
    return {document.slug: document for document in documents}
