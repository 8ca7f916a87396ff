from __future__ import annotations

from duties.matrix import matrices
from duties.selection import Selection, chosen, measure_key
from index.records import PolicyUnit
from tests.duties.samples import TASKS


def test_cells_hold_a_bodys_tasks_in_a_measure() -> None:
    plan, table = matrices(chosen(TASKS, Selection()))
    assert (plan.document, plan.measures, plan.units) == ("plan", ("plan/1", "plan/2"), (("plan/1",), ("plan/2",)))
    assert [(row.agency_id, row.cells, row.total) for row in plan.rows] == [
        ("a", (("plan/1",), ("plan/2",)), 2),
        ("b", (("plan/1",), ()), 1),
    ]
    assert table.units == (("table/3",),)  # unit 4 has no body
    assert [row.agency_id for row in table.rows] == ["a", "b", "c"]
    assert (plan.most, table.most) == (1, 1)


def test_nothing_chosen_makes_no_matrix() -> None:
    assert matrices(()) == ()


def test_the_numbers_are_those_of_the_data(units: tuple[PolicyUnit, ...]) -> None:
    counted = {
        (matrix.measures[place], row.agency_id): len(cell)
        for matrix in matrices(chosen(units, Selection()))
        for row in matrix.rows
        for place, cell in enumerate(row.cells)
        if cell
    }
    expected: dict[tuple[str, str], int] = {}
    for unit in units:
        for agency_id in unit.agency_ids:
            key = (measure_key(unit), agency_id)
            expected[key] = expected.get(key, 0) + 1
    assert counted == expected
