"""A question, what was found for it, and what that amounts to."""

from __future__ import annotations

from dataclasses import dataclass

from index.records import Findings, Hit, Query


@dataclass(frozen=True, slots=True)
class Found:
    """A question as it is understood, all units found for it, best first, and what the evidence amounts to."""

    query: Query
    hits: tuple[Hit, ...]
    findings: Findings

    @property
    def best(self) -> Hit:
        """The best unit; there must be one."""
        return self.hits[0]

    @property
    def unit_ids(self) -> tuple[str, ...]:
        """Ids of the units that the answer rests on, in order."""
        return tuple(item.unit.unit_id for item in self.findings.evidence)
