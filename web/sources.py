"""The units and documents that citations point at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from index.records import Document, PolicyUnit


@dataclass(frozen=True, slots=True)
class Sources:
    """Units by id and documents by slug."""

    units: Mapping[str, PolicyUnit]
    documents: Mapping[str, Document]

    @classmethod
    def of(cls, units: Iterable[PolicyUnit], documents: Mapping[str, Document]) -> Sources:
        """Sources from a service's units and documents."""
        return cls({unit.unit_id: unit for unit in units}, documents)

    def name(self, unit_id: str) -> str:
        """What people call a unit: 实施方案第9项.

        Raises:
            KeyError: no such unit.
        """
        unit = self.units[unit_id]
        document = self.documents[unit.document]
        return f"{document.short_title}{document.place(unit)}"

    def question(self, unit_id: str) -> str:
        """What to ask to be told of a unit: 实施方案第9项讲什么.

        Raises:
            KeyError: no such unit.
        """
        return f"{self.name(unit_id)}讲什么"

    def of_document(self, slug: str) -> tuple[PolicyUnit, ...]:
        """The units of a document, in order."""
        return tuple(unit for unit in self.units.values() if unit.document == slug)
