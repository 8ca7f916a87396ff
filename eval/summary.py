"""Means of grades, by everything an evaluator asks about, each with its interval and its number of cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from eval.grade import METRICS, PROBLEMS, Grade
from eval.statistics import bootstrap_intervals

Summary = dict[str, dict[str, Any]]

_GROUPINGS: tuple[Callable[[Grade], Iterable[str]], ...] = (
    lambda _: ["all"],
    lambda grade: [f"split={grade.split}"],
    lambda grade: [f"kind={grade.kind}"],
    lambda grade: [f"split={grade.split} kind={grade.kind}"],
    lambda grade: [f"asker={grade.asker}"],
    lambda grade: [f"document={document}" for document in grade.documents] or ["document=none"],
)


def summarise(grades: Sequence[Grade]) -> Summary:
    """Summary by group name.

    Each value is ``{"cases": n, "metrics": {name: {"value", "low", "high", "n"}}, "problems": {name: count}}``.
    ``n`` is the number of cases that a metric applies to; exceptions are among them and score 0.
    """
    groups: dict[str, list[Grade]] = {}
    for grouping in _GROUPINGS:
        for grade in grades:
            for name in grouping(grade):
                groups.setdefault(name, []).append(grade)
    return {name: _group(members) for name, members in groups.items()}


def _group(grades: Sequence[Grade]) -> dict[str, Any]:
    names = [name for name in METRICS if any(name in grade.scores for grade in grades)]
    scores = np.asarray([[grade.scores.get(name, np.nan) for name in names] for grade in grades], dtype=np.float64)
    means = np.nanmean(scores, axis=0)
    bounds = bootstrap_intervals(scores)
    counted = (~np.isnan(scores)).sum(axis=0)
    problems = Counter(grade.problem for grade in grades)
    return {
        "cases": len(grades),
        "metrics": {
            name: {
                "value": round(float(means[column]), 4),
                "low": round(float(bounds[column, 0]), 4),
                "high": round(float(bounds[column, 1]), 4),
                "n": int(counted[column]),
            }
            for column, name in enumerate(names)
        },
        "problems": {name: problems[name] for name in PROBLEMS if problems[name]},
    }
