"""Metrics against values that can be redone by hand."""

from __future__ import annotations

import math

import pytest

from eval.metrics import (
    agreement,
    completeness,
    hit_at,
    is_exact,
    ndcg_at,
    percentile,
    recall_at,
    reciprocal_rank,
    share,
)

RANKING = ("a", "b", "c", "d")


def test_recall() -> None:
    assert recall_at(RANKING, {"b", "d"}, 2) == 1 / 2
    assert recall_at(RANKING, {"b", "d"}, 4) == 1


def test_hit_and_reciprocal_rank() -> None:
    assert (hit_at(RANKING, {"b"}, 1), hit_at(RANKING, {"b"}, 2)) == (0, 1)
    assert reciprocal_rank(RANKING, {"c", "d"}) == 1 / 3
    assert reciprocal_rank(RANKING, {"x"}) == 0


def test_ndcg() -> None:
    # gold at ranks 2 and 4; ideal at 1 and 2
    gained = 1 / math.log2(3) + 1 / math.log2(5)
    assert ndcg_at(RANKING, {"b", "d"}, 4) == pytest.approx(gained / (1 + 1 / math.log2(3)))
    assert ndcg_at(("b", "d"), {"b", "d"}, 4) == 1


def test_agreement() -> None:
    found = agreement({"a", "b", "c"}, {"a", "d"}, {"b"})
    assert (found.precision, found.recall) == (2 / 3, 1 / 2)
    assert found.f1 == pytest.approx(2 * (2 / 3) * (1 / 2) / (2 / 3 + 1 / 2))
    nothing = agreement((), {"a"})
    assert (nothing.precision, nothing.recall, nothing.f1) == (0, 0, 0)


@pytest.mark.parametrize(("found", "exact"), [("a", True), ("ab", True), ("abc", False), ("b", False), ("", False)])
def test_exact_set_allows_what_is_also_ok_and_needs_all_gold(found: str, exact: bool) -> None:
    assert is_exact(set(found), {"a"}, {"b"}) is exact


def test_completeness_share_percentile() -> None:
    assert completeness({"a", "x"}, {"a", "b"}) == 1 / 2
    assert (share([True, False]), share([])) == (1 / 2, 1)
    assert [percentile([4, 1, 3, 2], percent) for percent in (0, 25, 50, 95, 100)] == [1, 1, 2, 4, 4]
