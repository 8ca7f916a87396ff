"""Questions made of two: what they ask after, and that both halves are in them."""

from __future__ import annotations

from itertools import combinations

import pytest

from tests.eval.perfect import case
from train.joined import joined

CASES = [
    case("a", "请问海外仓建设归谁管？", ["plan/14"]),
    case("b", "海外仓有什么政策", ["plan/14"]),
    case("c", "高校人才培养由哪些部门负责", ["plan/17"]),
    case("two", "海外仓和高校", ["plan/14", "plan/17"]),
    case("long", "海外仓" * 20, ["plan/14"]),
]


def test_what_is_made_asks_after_the_units_of_both() -> None:
    found = list(joined(CASES, 40))
    assert len({item.id for item in found}) == 40
    golds = {item.gold for item in found}
    assert golds == {("plan/14",), ("plan/14", "plan/17"), ("plan/17", "plan/14")}
    for item in found:
        subjects = ("海外仓建设", "海外仓", "高校人才培养")
        assert any(item.question.count(one) and item.question.count(other) for one, other in combinations(subjects, 2))
        assert ("高校" in item.question) is ("plan/17" in item.gold)
        assert "请问" not in item.question


def test_it_is_the_same_each_time() -> None:
    assert list(joined(CASES, 10)) == list(joined(CASES, 10))
    assert list(joined(CASES, 10)) != list(joined(CASES, 10, seed=1))


def test_one_case_can_not_be_joined() -> None:
    with pytest.raises(ValueError, match="pass more training cases"):
        next(joined(CASES[3:], 1))
