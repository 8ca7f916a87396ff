"""The gate lets noise through and a real fall not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from eval.gate import check_gate, gate_text, write_baseline
from eval.grade import Grade
from eval.run import PRODUCT, Run, RunError


def many(run: Run, times: int, spoiled: int = 0) -> Run:
    """The run's cases ``times`` over, the first ``spoiled`` not right."""
    cases, grades = [], []
    for number in range(times):
        for case, grade in zip(run.cases, run.grades[PRODUCT], strict=True):
            cases.append(replace(case, id=f"{case.id}-{number}"))
            grades.append(replace(grade, id=f"{grade.id}-{number}"))
    return replace(run, cases=tuple(cases), grades={PRODUCT: (*map(_wrong, grades[:spoiled]), *grades[spoiled:])})


def _wrong(grade: Grade) -> Grade:
    return replace(grade, right=False, scores={**grade.scores, "right": 0.0})


def test_no_change_passes(tmp_path: Path, small_run: Run) -> None:
    write_baseline(many(small_run, 10), tmp_path / "b.json")
    lines = check_gate(many(small_run, 10), tmp_path / "b.json")
    assert all(line.passed for line in lines)
    assert {line.name for line in lines} >= {"right", "facts", "false_answer", "grounded"}


@pytest.mark.parametrize(("spoiled", "passed"), [(1, True), (3, True), (8, False)])
def test_a_fall_beyond_noise_fails(tmp_path: Path, small_run: Run, spoiled: int, passed: bool) -> None:
    # k cases worse and none better: p = 1 / 2^k, 0.5, 0.125 and 0.004
    write_baseline(many(small_run, 10), tmp_path / "b.json")
    right = check_gate(many(small_run, 10, spoiled), tmp_path / "b.json")[0]
    assert (right.name, right.passed) == ("right", passed)
    assert right.p == pytest.approx(1 / 2**spoiled, abs=0.02)


def test_what_was_wrong_already_is_no_fall(tmp_path: Path, small_run: Run) -> None:
    write_baseline(many(small_run, 10, 8), tmp_path / "b.json")
    assert all(line.passed for line in check_gate(many(small_run, 10, 8), tmp_path / "b.json"))


def test_refusing_everything_fails_by_name(tmp_path: Path, small_run: Run, refusing_run: Run) -> None:
    write_baseline(many(small_run, 10), tmp_path / "b.json")
    lines = check_gate(many(refusing_run, 10), tmp_path / "b.json")
    failed = {line.name for line in lines if not line.passed}
    assert failed >= {"right", "false_refusal", "citation_f1", "list_completeness", "grounded"}
    assert "false_answer" not in failed
    assert "FAIL right" in gate_text(lines)


def test_one_error_more_fails(tmp_path: Path, small_run: Run) -> None:
    write_baseline(small_run, tmp_path / "b.json")
    grades = small_run.grades[PRODUCT]
    broken = replace(grades[0], scores={**grades[0].scores, "error": 1.0})
    lines = check_gate(replace(small_run, grades={PRODUCT: (broken, *grades[1:])}), tmp_path / "b.json")
    assert [line.name for line in lines if not line.passed] == ["error"]


def test_other_cases_need_another_baseline(tmp_path: Path, small_run: Run) -> None:
    write_baseline(many(small_run, 10), tmp_path / "b.json")
    with pytest.raises(RunError, match="write a new baseline"):
        check_gate(small_run, tmp_path / "b.json")
    with pytest.raises(RunError, match="no baseline"):
        check_gate(small_run, tmp_path / "c.json")
    (tmp_path / "b.json").write_text("[]", encoding="utf-8")
    with pytest.raises(RunError, match="not a baseline"):
        check_gate(small_run, tmp_path / "b.json")
