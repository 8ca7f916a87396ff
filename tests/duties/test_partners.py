from __future__ import annotations

from duties.partners import Tie, ties
from duties.selection import Selection, chosen
from index.records import PolicyUnit
from tests.duties.samples import TASKS

ALL = chosen(TASKS, Selection())


def test_pairs_share_the_tasks_that_both_have() -> None:
    assert ties(ALL) == (
        Tie("a", "b", ("plan/1", "table/3")),
        Tie("a", "c", ("table/3",)),
        Tie("b", "c", ("table/3",)),
    )


def test_a_chosen_body_is_in_every_pair_and_named_first() -> None:
    assert ties(ALL, ["b"]) == (Tie("b", "a", ("plan/1", "table/3")), Tie("b", "c", ("table/3",)))


def test_the_numbers_are_those_of_the_data(units: tuple[PolicyUnit, ...]) -> None:
    for tie in ties(chosen(units, Selection())):
        both = [unit.unit_id for unit in units if {tie.first, tie.second} <= set(unit.agency_ids)]
        assert list(tie.units) == both
