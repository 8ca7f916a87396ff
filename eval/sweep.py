"""Where a threshold or a weight comes from: the development cases scored at several values of it.

The test half is never among the cases, so that no setting is tuned to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from answering.evidence import Thresholds
from answering.retrieval import Weights
from eval.cases import Case
from eval.grade import Grader
from eval.system import System, attempt

SWEPT = tuple(field.name for kind in (Weights, Thresholds) for field in fields(kind) if field.type == "float")
_SHOWN = ("right", "citation_f1", "false_refusal", "false_answer", "hit@1")


class SweepError(ValueError):
    """There is no such parameter; the message lists those there are."""


@dataclass(frozen=True, slots=True)
class Point:
    """Means over all cases to which a metric applies, at one value of the parameter."""

    value: float
    scores: Mapping[str, float]


def setting(parameter: str, value: float) -> tuple[Weights, Thresholds]:
    """The default weights and thresholds with one of them changed.

    Raises:
        SweepError: no weight or threshold has that name.
    """
    if parameter not in SWEPT:
        raise SweepError(f"no parameter {parameter!r}; there are {', '.join(SWEPT)}")
    change: dict[str, Any] = {parameter: value}
    weights, thresholds = Weights(), Thresholds()
    if hasattr(weights, parameter):
        return replace(weights, **change), thresholds
    return weights, replace(thresholds, **change)


def sweep(
    parameter: str,
    values: Iterable[float],
    cases: Sequence[Case],
    make: Callable[[Weights, Thresholds], System],
    grader: Grader,
) -> Iterator[Point]:
    """Score ``cases`` with ``parameter`` at each of ``values``.

    Args:
        make: opens the system with given weights and thresholds.
    """
    for value in values:
        system = make(*setting(parameter, value))
        grades = [grader.grade(case, attempt(system, case.question, case.history, case.id)) for case in cases]
        scores = {name: [grade.scores[name] for grade in grades if name in grade.scores] for name in _SHOWN}
        yield Point(value, {name: sum(found) / len(found) for name, found in scores.items() if found})


def _shown(score: float | None) -> str:
    return "–" if score is None else f"{score:.1%}"


def sweep_table(parameter: str, points: Iterable[Point]) -> str:
    """Markdown table of a sweep, a row a value."""
    lines = [f"| {parameter} | {' | '.join(_SHOWN)} |", "|---|" + "---|" * len(_SHOWN)]
    lines += [
        f"| {point.value:g} | {' | '.join(f'{_shown(point.scores.get(name))}' for name in _SHOWN)} |"
        for point in points
    ]
    return "\n".join(lines)
