"""How sure a figure is: bootstrap intervals, and paired tests of two runs over the same cases."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

SEED = 20241106
RESAMPLES = 2000
PERMUTATIONS = 10_000


def bootstrap_intervals(
    scores: NDArray[np.float64], confidence: float = 0.95, resamples: int = RESAMPLES, seed: int = SEED
) -> NDArray[np.float64]:
    """Percentile bootstrap intervals of column means (Efron & Tibshirani, 1993, chapter 13).

    Args:
        scores: shape ``(cases, metrics)``; NaN where a metric doesn't apply to a case.
        confidence: 0.95 gives the 2.5th to the 97.5th percentile of resampled means.
        resamples, seed: how many times, and from which random state; the same seed gives the same interval.

    Returns:
        Shape ``(metrics, 2)``: low and high; NaN for a metric that applies to no case.
    """
    n = len(scores)
    draws = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=resamples).astype(np.float64)
    applies = ~np.isnan(scores)
    weights = draws @ applies.astype(np.float64)
    sums = draws @ np.where(applies, scores, 0.0)
    means = np.divide(sums, weights, out=np.full_like(sums, np.nan), where=weights > 0)
    tail = (1 - confidence) / 2
    bounds = np.full((scores.shape[1], 2), np.nan)
    for column in np.flatnonzero(applies.any(axis=0)):
        bounds[column] = np.nanquantile(means[:, column], [tail, 1 - tail])
    return bounds


def sign_test(better: int, worse: int) -> float:
    """Two-sided exact sign test (McNemar's exact test for binary outcomes): chance of a split at least this uneven.

    p = min(1, 2 · Σ_{i ≤ min(better, worse)} C(n, i) / 2ⁿ) with n = better + worse; 1 when nothing changed.
    """
    n = better + worse
    tail: float = sum(math.comb(n, i) for i in range(min(better, worse) + 1)) / 2**n
    return min(1.0, 2 * tail)


def permutation_test(differences: Sequence[float], permutations: int = PERMUTATIONS, seed: int = SEED) -> float:
    """One-sided paired permutation test (Fisher): how often signs drawn at random give as low a mean difference.

    p = (1 + draws at or below the mean seen) / (1 + draws), so small means that the second run is really lower; zero
    differences carry no sign and change nothing.
    """
    seen = np.asarray([difference for difference in differences if difference], dtype=np.float64)
    if not len(seen):
        return 1.0
    signs = np.random.default_rng(seed).integers(0, 2, size=(permutations, len(seen))) * 2 - 1
    at_or_below = int(((signs * np.abs(seen)).sum(axis=1) <= seen.sum() + 1e-12).sum())
    return (1 + at_or_below) / (1 + permutations)
