"""Two runs over the same cases: what changed, case by case, and whether it is more than chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eval.grade import LOWER_IS_BETTER, METRICS, Grade
from eval.run import PRODUCT, Run
from eval.statistics import permutation_test, sign_test


@dataclass(frozen=True, slots=True)
class Change:
    """A case that is right in one run and not in the other."""

    id: str
    question: str
    better: bool
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class MetricChange:
    """A metric's mean in both runs over the cases that both scored, and how likely chance alone does as much.

    ``p`` is two-sided: an exact sign test for ``right``, a paired permutation test of the mean for the others.
    """

    name: str
    before: float
    after: float
    cases: int
    better: int
    worse: int
    p: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that changed from one run to another."""

    metrics: tuple[MetricChange, ...]
    changes: tuple[Change, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]


def compare(before: Run, after: Run, system: str = PRODUCT) -> Comparison:
    """Compare ``system`` in two runs, case by case over the cases that both have."""
    olds = {grade.id: grade for grade in before.grades[system]}
    news = {grade.id: grade for grade in after.grades[system]}
    shared = [case for case in after.cases if case.id in olds]
    pairs = [(olds[case.id], news[case.id]) for case in shared]
    changes = tuple(
        Change(case.id, case.question, new.right, _outcome(old), _outcome(new))
        for case, (old, new) in zip(shared, pairs, strict=True)
        if old.right != new.right
    )
    metrics = tuple(found for name in METRICS if (found := _metric_change(name, pairs)))
    return Comparison(
        metrics,
        changes,
        tuple(case_id for case_id in olds if case_id not in news),
        tuple(case_id for case_id in news if case_id not in olds),
    )


def _metric_change(name: str, pairs: Sequence[tuple[Grade, Grade]]) -> MetricChange | None:
    scored = [(old.scores[name], new.scores[name]) for old, new in pairs if name in old.scores and name in new.scores]
    if not scored:
        return None
    sign = -1 if name in LOWER_IS_BETTER else 1
    differences = [sign * (new - old) for old, new in scored]
    better, worse = sum(d > 0 for d in differences), sum(d < 0 for d in differences)
    if name == "right":
        p = sign_test(better, worse)
    else:
        p = min(1.0, 2 * min(permutation_test(differences), permutation_test([-d for d in differences])))
    n = len(scored)
    return MetricChange(name, sum(old for old, _ in scored) / n, sum(new for _, new in scored) / n, n, better, worse, p)


def _outcome(grade: Grade) -> str:
    return "right" if grade.right else f"{grade.problem} [{' '.join(grade.cited)}]"


def comparison_text(comparison: Comparison, before: str, after: str) -> str:
    """The comparison for a terminal."""
    lines = [f"{before} → {after}", "metric".ljust(20) + "before   after  change  better  worse  p".rjust(44)]
    for item in comparison.metrics:
        lines.append(
            f"{item.name:<20}{item.before:>10.1%}{item.after:>8.1%}{100 * (item.after - item.before):>+8.1f}"
            f"{item.better:>8}{item.worse:>7}  {item.p:.3f}{' *' if item.p < 0.05 else ''}"
        )
    lines.append("* less than 5 % likely by chance")
    for better, title in ((True, "now right"), (False, "no longer right")):
        found = [change for change in comparison.changes if change.better is better]
        lines.append(f"\n{title}: {len(found)}")
        lines += (f"  {change.id}  {change.question}\n      {change.before} → {change.after}" for change in found)
    for ids, title in ((comparison.only_before, before), (comparison.only_after, after)):
        if ids:
            lines.append(f"\nonly in {title}, not compared: {', '.join(ids)}")
    return "\n".join(lines)
