"""Means by group, over all cases a metric applies to."""

from __future__ import annotations

import pytest

from eval.run import PRODUCT, Run
from eval.summary import summarise


def test_groups_and_means(refusing_run: Run) -> None:
    summary = summarise(refusing_run.grades[PRODUCT])
    assert summary["all"]["cases"] == 6
    right = summary["all"]["metrics"]["right"]
    assert right["value"] == pytest.approx(1 / 6, abs=1e-4)  # only the question out of scope
    assert right["low"] <= right["value"] <= right["high"]
    assert summary["all"]["metrics"]["false_refusal"] == {"value": 1.0, "low": 1.0, "high": 1.0, "n": 4}
    assert summary["all"]["problems"] == {"false_refusal": 4, "wrong_refusal": 1}
    assert summary["kind=agency"]["cases"] == 2
    assert summary["document=task-table"]["cases"] == 3
    assert summary["document=none"]["cases"] == 2
    assert "citation_f1" not in summary["kind=out_of_scope"]["metrics"]
