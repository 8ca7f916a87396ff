"""Metrics of one case, each a pure function with its formula and source; means are taken in :mod:`eval.summary`.

Sets are of unit ids (or bodies); a ranking is a sequence of unit ids, best first, without repetition. Every function
gives 0 to 1. Formulas of ranked retrieval: Manning, Raghavan & Schütze, *Introduction to Information Retrieval* (2008),
chapter 8; nDCG: Järvelin & Kekäläinen, *ACM TOIS* 20(4), 2002, with binary gain.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass


def recall_at(ranking: Sequence[str], gold: Collection[str], k: int) -> float:
    """|first k ∩ gold| / |gold|."""
    return len(set(ranking[:k]) & set(gold)) / len(set(gold))


def hit_at(ranking: Sequence[str], gold: Collection[str], k: int) -> float:
    """1 when one of the first k is gold, else 0."""
    return float(any(unit in gold for unit in ranking[:k]))


def reciprocal_rank(ranking: Sequence[str], gold: Collection[str]) -> float:
    """1 / rank of the first gold unit; 0 when none is ranked (Voorhees, TREC-8 question answering track, 1999)."""
    return next((1 / rank for rank, unit in enumerate(ranking, 1) if unit in gold), 0.0)


def ndcg_at(ranking: Sequence[str], gold: Collection[str], k: int) -> float:
    """DCG / ideal DCG over the first k, DCG = Σ gain / log2(rank + 1), gain 1 for gold."""
    gained = sum(1 / math.log2(rank + 1) for rank, unit in enumerate(ranking[:k], 1) if unit in gold)
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(k, len(set(gold))) + 1))
    return gained / ideal


@dataclass(frozen=True, slots=True)
class Agreement:
    """How a set found agrees with the set wanted."""

    precision: float
    recall: float
    f1: float


def agreement(found: Collection[str], gold: Collection[str], also_ok: Collection[str] = ()) -> Agreement:
    """Precision, recall and their harmonic mean (van Rijsbergen, 1979).

    precision = |found ∩ (gold ∪ also_ok)| / |found|, recall = |found ∩ gold| / |gold|, F1 = 2PR / (P + R). Finding
    nothing where something is wanted is 0 in all three.
    """
    found, gold = set(found), set(gold)
    precision = len(found & (gold | set(also_ok))) / len(found) if found else 0.0
    recall = len(found & gold) / len(gold) if gold else 1.0
    total = precision + recall
    return Agreement(precision, recall, 2 * precision * recall / total if total else 0.0)


def is_exact(found: Collection[str], gold: Collection[str], also_ok: Collection[str] = ()) -> bool:
    """Everything wanted is found, and nothing outside gold ∪ also_ok: gold ⊆ found ⊆ gold ∪ also_ok."""
    return set(gold) <= set(found) <= set(gold) | set(also_ok)


def completeness(shown: Collection[str], gold: Collection[str]) -> float:
    """Of a list: |shown ∩ gold| / |gold|, where shown are the units both cited and written out in the answer's text."""
    return len(set(shown) & set(gold)) / len(set(gold))


def share(flags: Collection[bool]) -> float:
    """Share of flags that are true; 1 when there are none."""
    return sum(flags) / len(flags) if flags else 1.0


def percentile(values: Sequence[float], percent: float) -> float:
    """Nearest-rank percentile: the smallest value with at least ``percent`` % of values at or below it."""
    return sorted(values)[max(0, math.ceil(percent / 100 * len(values)) - 1)]
