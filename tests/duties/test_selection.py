from __future__ import annotations

import pytest

from duties.selection import Selection, chosen, measure_key
from index.records import AgencyFilter, Combination, PolicyUnit
from tests.duties.samples import TASKS

ANY_OF_BC = AgencyFilter((("b",), ("c",)))
BOTH_BC = AgencyFilter((("b",), ("c",)), Combination.ALL)


def numbers(selection: Selection) -> list[int]:
    return [duty.unit.ordinal[0] for duty in chosen(TASKS, selection)]


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(), [1, 2, 3, 4]),
        (Selection(ANY_OF_BC), [1, 3]),
        (Selection(BOTH_BC), [3]),
        (Selection(AgencyFilter((("a",),), excluded=("b",))), [2]),
        (Selection(AgencyFilter(excluded=("b",))), [2]),  # a unit without a body is nobody's task, not b's neighbour's
        (Selection(documents=("table",)), [3, 4]),
        (Selection(measures=("table/1",)), [3, 4]),
        (Selection(measures=("plan/1", "plan/2")), [1, 2]),
        (Selection(sections=("一、主要任务",)), [1, 2, 3, 4]),
        (Selection(sections=("二、保障措施",)), []),
        (Selection(keyword="海外仓"), [1, 3]),
        (Selection(keyword="海外仓 企业"), [3]),
        (Selection(keyword="ｆｔ"), [2]),  # full width, lower case
        (Selection(keyword="海外倉"), [1, 3]),  # traditional
        (Selection(keyword=" ，"), [1, 2, 3, 4]),
        (Selection(ANY_OF_BC, documents=("plan",), keyword="海外仓"), [1]),
    ],
)
def test_every_condition_must_hold(selection: Selection, expected: list[int]) -> None:
    assert numbers(selection) == expected


def test_a_duty_tells_the_chosen_bodies_from_the_others() -> None:
    duty = chosen(TASKS, Selection(AgencyFilter((("b",),))))[1]
    assert (duty.own, duty.shared) == (("天津乙署",), ("市甲局", "市丙委"))


def test_the_list_of_a_body_is_complete(units: tuple[PolicyUnit, ...]) -> None:
    for agency_id in {agency_id for unit in units for agency_id in unit.agency_ids}:
        duties = chosen(units, Selection(AgencyFilter(((agency_id,),))))
        assert [duty.unit for duty in duties] == [unit for unit in units if agency_id in unit.agency_ids]
        assert all(sorted((*d.own, *d.shared)) == sorted(d.unit.agencies) for d in duties)


def test_measures_of_two_documents_are_told_apart() -> None:
    assert [measure_key(unit) for unit in TASKS] == ["plan/1", "plan/2", "table/1", "table/1"]
