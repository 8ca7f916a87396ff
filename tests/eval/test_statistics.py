"""Intervals and tests of significance."""

from __future__ import annotations

import numpy as np
import pytest

from eval.statistics import bootstrap_intervals, permutation_test, sign_test


def test_interval_holds_the_mean_and_follows_the_seed() -> None:
    scores = np.array([[1.0]] * 80 + [[0.0]] * 20)
    low, high = bootstrap_intervals(scores)[0]
    # normal approximation: 0.8 ± 1.96 · √(0.8 · 0.2 / 100) = 0.8 ± 0.078
    assert (low, high) == pytest.approx((0.722, 0.878), abs=0.02)
    assert np.array_equal(bootstrap_intervals(scores), bootstrap_intervals(scores))


def test_cases_that_a_metric_does_not_apply_to_leave_its_interval_alone() -> None:
    one, two = bootstrap_intervals(np.array([[1.0, np.nan], [1.0, np.nan], [1.0, np.nan]]))
    assert tuple(one) == (1, 1)
    assert np.isnan(two).all()


@pytest.mark.parametrize(
    ("better", "worse", "p"), [(0, 0, 1), (1, 0, 1), (0, 5, 2 / 32), (1, 5, 2 * (1 + 6) / 64), (3, 3, 1)]
)
def test_sign_test(better: int, worse: int, p: float) -> None:
    assert sign_test(better, worse) == pytest.approx(p)


def test_permutation_test() -> None:
    # all five signs must come out negative: 1/32
    assert permutation_test([-1, -1, -1, -1, -1, 0, 0]) == pytest.approx(1 / 32, abs=0.01)
    assert permutation_test([0, 0]) == 1
    assert permutation_test([1, 1, 1, 1, 1]) == pytest.approx(1)
