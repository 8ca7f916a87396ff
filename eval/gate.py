"""The gate: a run must not fall below the baseline by more than chance explains."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.grade import LOWER_IS_BETTER, Grade
from eval.run import PRODUCT, Run, RunError
from eval.statistics import permutation_test

GATED = (
    "right",
    "citation_f1",
    "list_completeness",
    "agency_f1",
    "bodies_complete",
    "facts",
    "refusal_kind",
    "false_refusal",
    "false_answer",
    "grounded",
    "labels_exact",
    "error",
)
SIGNIFICANCE = 0.05
SHARED = 0.9
_SCHEMA = 1


@dataclass(frozen=True, slots=True)
class GateLine:
    """One metric at the gate, over the cases that baseline and run share."""

    name: str
    baseline: float
    now: float
    cases: int
    p: float
    passed: bool


def write_baseline(run: Run, path: Path) -> None:
    """Keep the scores of every case of ``run`` as the baseline; a case's scores of full marks are left out."""
    cases = {
        grade.id: {name: grade.scores[name] for name in GATED if grade.scores.get(name, _full(name)) != _full(name)}
        for grade in run.grades[PRODUCT]
    }
    record = {
        "schema": _SCHEMA,
        "run": run.name,
        "means": {name: round(_mean(run.grades[PRODUCT], name), 4) for name in GATED if _applies(run, name)},
        "cases": cases,
    }
    path.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def check_gate(run: Run, path: Path) -> tuple[GateLine, ...]:
    """Every gated metric of ``run`` beside the baseline's, case by case.

    A metric fails when its mean is worse and a one-sided paired permutation test gives such a fall by chance in less
    than 5 % of draws. Errors have no noise to allow for: one more than in the baseline fails.

    Raises:
        RunError: the baseline can't be read, or shares less than 90 % of its cases with the run.
    """
    kept = _read(path)
    grades = [grade for grade in run.grades[PRODUCT] if grade.id in kept]
    if len(grades) < SHARED * max(len(kept), len(run.grades[PRODUCT])):
        raise RunError(
            f"{path}: {len(grades)} cases in common, of {len(kept)} in the baseline and {len(run.cases)} in the run; "
            "run both splits, or write a new baseline with python -m eval gate --write"
        )
    return tuple(line for name in GATED if (line := _line(name, grades, kept)))


def _line(name: str, grades: Sequence[Grade], kept: dict[str, dict[str, float]]) -> GateLine | None:
    scored = [(kept[grade.id].get(name, _full(name)), grade.scores[name]) for grade in grades if name in grade.scores]
    if not scored:
        return None
    sign = -1 if name in LOWER_IS_BETTER else 1
    differences = [sign * (now - before) for before, now in scored]
    p = permutation_test(differences)
    fell = sum(differences) < -1e-9
    passed = not fell if name == "error" else not (fell and p < SIGNIFICANCE)
    n = len(scored)
    return GateLine(name, sum(a for a, _ in scored) / n, sum(b for _, b in scored) / n, n, p, passed)


def _full(name: str) -> float:
    return 0.0 if name in LOWER_IS_BETTER else 1.0


def _applies(run: Run, name: str) -> bool:
    return any(name in grade.scores for grade in run.grades[PRODUCT])


def _mean(grades: Sequence[Grade], name: str) -> float:
    scores = [grade.scores[name] for grade in grades if name in grade.scores]
    return sum(scores) / len(scores)


def _read(path: Path) -> dict[str, dict[str, float]]:
    try:
        record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if record["schema"] != _SCHEMA:
            raise RunError(f"{path}: another schema; write it anew with python -m eval gate --write")
        return dict(record["cases"])
    except FileNotFoundError as error:
        raise RunError(f"{path}: no baseline; write one with python -m eval gate --write") from error
    except (ValueError, KeyError, TypeError) as error:
        if isinstance(error, RunError):
            raise
        raise RunError(f"{path}: not a baseline ({error}); write it anew with python -m eval gate --write") from error


def gate_text(lines: Sequence[GateLine]) -> str:
    """The gate's verdict for a terminal, one metric a line."""
    return "\n".join(
        f"{'ok  ' if line.passed else 'FAIL'} {line.name:<18} {line.baseline:>7.1%} → {line.now:>7.1%}"
        f"  ({line.cases} cases, p {line.p:.3f})"
        for line in lines
    )
