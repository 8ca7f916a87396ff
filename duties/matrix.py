"""Which body has how many tasks in which measure of a document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from duties.selection import Duty, measure_key


@dataclass(frozen=True, slots=True)
class Row:
    """A body's tasks, as unit ids, measure by measure."""

    agency_id: str
    cells: tuple[tuple[str, ...], ...]

    @property
    def total(self) -> int:
        """How many tasks the body has."""
        return sum(map(len, self.cells))


@dataclass(frozen=True, slots=True)
class Matrix:
    """Bodies × measures of one document.

    Attributes:
        document: its slug.
        measures: keys of the measures, in order of the document, a column each.
        units: ids of each measure's units.
        rows: bodies, most tasks first.
    """

    document: str
    measures: tuple[str, ...]
    units: tuple[tuple[str, ...], ...]
    rows: tuple[Row, ...]

    @property
    def most(self) -> int:
        """The largest count of a cell, 0 without rows."""
        return max((len(cell) for row in self.rows for cell in row.cells), default=0)


def matrices(duties: Iterable[Duty]) -> tuple[Matrix, ...]:
    """A matrix for each document that has a unit with a responsible body, in order of first appearance."""
    held: dict[str, dict[str, tuple[str, tuple[str, ...]]]] = {}
    for unit in (duty.unit for duty in duties if duty.unit.agency_ids):
        held.setdefault(unit.document, {})[unit.unit_id] = (measure_key(unit), unit.agency_ids)
    return tuple(_matrix(document, units) for document, units in held.items())


def _matrix(document: str, units: dict[str, tuple[str, tuple[str, ...]]]) -> Matrix:
    """A document's matrix from measure and bodies of each unit."""
    measures = tuple(dict.fromkeys(measure for measure, _ in units.values()))
    columns = tuple(tuple(unit_id for unit_id, (of, _) in units.items() if of == measure) for measure in measures)
    bodies = dict.fromkeys(agency_id for _, ids in units.values() for agency_id in ids if agency_id)
    rows = (
        Row(agency_id, tuple(tuple(unit for unit in column if agency_id in units[unit][1]) for column in columns))
        for agency_id in bodies
    )
    return Matrix(document, measures, columns, tuple(sorted(rows, key=lambda row: -row.total)))
