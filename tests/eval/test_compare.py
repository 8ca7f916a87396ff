"""What changed from one run to another."""

from __future__ import annotations

from dataclasses import replace

from eval.compare import compare, comparison_text
from eval.run import PRODUCT, Run


def test_a_run_beside_itself(small_run: Run) -> None:
    found = compare(small_run, small_run)
    assert found.changes == ()
    assert {(item.better, item.worse, item.p) for item in found.metrics} == {(0, 0, 1.0)}


def test_changes_case_by_case(small_run: Run, refusing_run: Run) -> None:
    found = compare(small_run, refusing_run)
    assert [(change.id, change.better) for change in found.changes] == [
        (key, False) for key in ("target", "body", "bodies", "list", "unstated")
    ]
    right = found.metrics[0]
    assert (right.name, right.better, right.worse, right.p) == ("right", 0, 5, 2 / 32)
    false_refusal = next(item for item in found.metrics if item.name == "false_refusal")
    assert (false_refusal.before, false_refusal.after, false_refusal.worse) == (0, 1, 4)
    text = comparison_text(found, "a", "b")
    assert "no longer right: 5" in text
    assert "right [plan/14] → false_refusal []".replace("right [plan/14]", "right") in text


def test_cases_of_one_run_only_are_named_and_left_out(small_run: Run) -> None:
    fewer = replace(small_run, cases=small_run.cases[1:], grades={PRODUCT: small_run.grades[PRODUCT][1:]})
    found = compare(small_run, fewer)
    assert (found.only_before, found.only_after) == (("target",), ())
    assert "only in a, not compared: target" in comparison_text(found, "a", "b")
