"""Choosing tasks: by responsible bodies, document, section, measure and words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from index.records import AgencyFilter, PolicyUnit
from index.text import plain

_ANY_BODY = AgencyFilter()


@dataclass(frozen=True, slots=True)
class Selection:
    """Conditions on units, all of which must hold; an empty one holds always. A unit doesn't tell its region.

    Attributes:
        bodies: which bodies must be responsible, and which must not.
        regions: places of documents, any of which; ``None`` is the whole country.
        documents: slugs, any of which.
        sections: headings, any of which the unit stands below.
        measures: keys as :func:`measure_key` makes them, any of which.
        keyword: words between blanks, each of which the unit's text must hold.
    """

    bodies: AgencyFilter = _ANY_BODY
    documents: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    keyword: str = ""
    regions: tuple[str | None, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """The words of :attr:`keyword` as written, less those without a letter or digit."""
        return tuple(word for word in self.keyword.split() if plain(word))

    def matches(self, unit: PolicyUnit) -> bool:
        """True when ``unit`` meets every condition."""
        return (
            self.bodies.matches(unit.agency_ids)
            and (not self.documents or unit.document in self.documents)
            and (not self.sections or not set(self.sections).isdisjoint(unit.section))
            and (not self.measures or measure_key(unit) in self.measures)
            and (not self.words or all(plain(word) in plain(unit.text) for word in self.words))
        )


@dataclass(frozen=True, slots=True)
class Duty:
    """A unit that was chosen.

    Attributes:
        own: its responsible bodies that were chosen, as printed, in order.
        shared: its other responsible bodies, as printed, in order.
    """

    unit: PolicyUnit
    own: tuple[str, ...]
    shared: tuple[str, ...]


def measure_key(unit: PolicyUnit) -> str:
    """The measure that a unit belongs to, unique over all documents: ``task-table/第3条``."""
    return f"{unit.document}/{unit.measure}"


def chosen(units: Iterable[PolicyUnit], selection: Selection) -> tuple[Duty, ...]:
    """The units that meet ``selection``, in the order given."""
    return tuple(_duty(unit, set(selection.bodies.ids)) for unit in units if selection.matches(unit))


def _duty(unit: PolicyUnit, ids: set[str]) -> Duty:
    bodies = tuple(zip(unit.agencies, unit.agency_ids, strict=True))
    return Duty(
        unit,
        tuple(printed for printed, agency_id in bodies if agency_id in ids),
        tuple(printed for printed, agency_id in bodies if agency_id not in ids),
    )
