"""What clauses claim, on sentences of a few words; what verification makes of it is in test_verify."""

from __future__ import annotations

import pytest

from answering.generation.claims import Clause, clauses_of, denied_otherwise, nearest, strengthened


def words(clauses: list[Clause]) -> list[str]:
    return [clause.words for clause in clauses]


def test_clauses_end_at_commas_and_statements_at_stops() -> None:
    found = clauses_of("探索甲业务,完善乙制度。丙项目可以登记")
    assert [(clause.words, clause.statement, clause.before) for clause in found] == [
        ("探索甲业务", "探索甲业务,完善乙制度", "探索甲业务"),
        ("完善乙制度", "探索甲业务,完善乙制度", "探索甲业务,完善乙制度"),
        ("丙项目可以登记", "丙项目可以登记", "丙项目可以登记"),
    ]


@pytest.mark.parametrize(
    ("text", "governed"),
    [
        ("探索甲业务,完善乙制度", [(True, False, False), (False, False, True)]),
        ("鼓励甲业务,完善乙制度", [(False, True, False), (False, False, True)]),
        ("完善乙制度,探索甲业务", [(False, False, False), (True, False, False)]),
        ("探索甲业务,企业可以登记,完善乙制度", [(True, False, False), (False, False, False), (False, False, False)]),
        ("探索甲业务。完善乙制度", [(True, False, False), (False, False, False)]),
    ],
)
def test_an_aim_governs_what_follows_up_to_a_rule_in_force(text: str, governed: list[tuple[bool, bool, bool]]) -> None:
    """Each clause as (trying, backing, inherited)."""
    assert [(clause.trying, clause.backing, clause.inherited) for clause in clauses_of(text)] == governed


def test_nearest_are_those_that_share_four_fifths_of_the_most() -> None:
    """Shared with 冷链物流仓储中心 (7 pairs): 7, 5 (冷链物流仓储) and 3 (冷链物流); 5 is less than 0.8 · 7 = 5.6."""
    (clause,) = clauses_of("冷链物流仓储中心")
    sources = [each for text in ("冷链物流仓储中心", "冷链物流仓储", "冷链物流") for each in clauses_of(text)]
    assert words(nearest(clause, sources)) == ["冷链物流仓储中心"]
    assert words(nearest(clause, sources[1:])) == ["冷链物流仓储"]
    assert nearest(clause, clauses_of("税收")) == []


@pytest.mark.parametrize(
    ("told", "printed", "too_strong"),
    [
        ("探索开展保税维修业务", "探索开展保税维修业务", False),
        ("提出探索开展保税维修业务", "探索开展保税维修业务", False),
        ("开展保税维修业务", "探索开展保税维修业务", True),
        ("鼓励开展保税维修业务", "探索开展保税维修业务", True),  # backing leaves less open than trying
        ("探索开展保税维修业务", "鼓励开展保税维修业务", False),
        ("已开展保税维修业务", "开展保税维修业务", True),
        ("可以开展保税维修业务", "开展保税维修业务", True),
        ("可以开展保税维修业务", "允许开展保税维修业务", False),
        ("必须开展保税维修业务", "开展保税维修业务", True),
        ("确保开展保税维修业务", "开展保税维修业务", True),
        ("所有企业开展保税维修业务", "企业开展保税维修业务", True),
        ("企业可免于名录登记", "符合条件的企业可免于名录登记", True),  # the condition is lost
        ("满足条件的企业可免于名录登记", "符合条件的企业可免于名录登记", False),
    ],
)
def test_what_says_more_than_is_printed(told: str, printed: str, too_strong: bool) -> None:
    assert strengthened(clauses_of(told), clauses_of(printed)) is too_strong


def test_of_clauses_that_are_as_near_one_that_bears_it_out_is_enough_whatever_their_order() -> None:
    aim, fact = clauses_of("探索保税维修业务"), clauses_of("实行保税维修业务")
    told = clauses_of("保税维修业务")
    assert strengthened(told, aim)
    assert not strengthened(told, fact)
    assert not strengthened(told, (*aim, *fact))
    assert not strengthened(told, (*fact, *aim))
    assert strengthened(told, (*aim, *aim))


@pytest.mark.parametrize(
    ("told", "printed", "turned"),
    [
        ("支持保税维修业务", "支持保税维修业务", False),
        ("不支持保税维修业务", "支持保税维修业务", True),
        ("无需办理名录登记", "免于办理名录登记", False),
        ("办理名录登记手续", "免于办理名录登记手续", True),
        ("不断支持保税维修业务", "支持保税维修业务", False),  # 不断 denies nothing
        ("限制保税维修业务", "支持保税维修业务", True),
        ("取消保税维修收费", "取消保税维修收费", False),
    ],
)
def test_what_denies_what_is_printed(told: str, printed: str, turned: bool) -> None:
    assert denied_otherwise(clauses_of(told), clauses_of(printed), printed) is turned
