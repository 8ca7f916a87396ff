"""The bodies that hold tasks, and finding them by any of their names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from index.agencies import KINDS, AgencyRegistry
from index.records import PolicyUnit
from index.text import normalise


@dataclass(frozen=True, slots=True)
class Body:
    """A body that holds tasks.

    Attributes:
        agency_id: its canonical id.
        name: its full present name.
        printed: the spelling that the documents use most.
        kind: one of :data:`index.agencies.KINDS`.
        tasks: how many units it is responsible for.
    """

    agency_id: str
    name: str
    printed: str
    kind: str
    tasks: int


class Bodies:
    """All bodies that are responsible for something.

    Args:
        registry: knows every name of every body.
        units: all units of the corpus.
    """

    def __init__(self, registry: AgencyRegistry, units: Iterable[PolicyUnit]) -> None:
        named = (pair for unit in units for pair in zip(unit.agency_ids, unit.agencies, strict=True))
        bodies = [pair for pair in named if pair[0]]
        tasks = Counter(agency_id for agency_id, _ in bodies)
        spellings = Counter(bodies)
        self._registry = registry
        self._bodies: dict[str, Body] = {}
        for agency_id, count in tasks.most_common():
            agency = registry[agency_id]
            printed = max(agency.printed, key=lambda name, held=agency_id: spellings[held, name])  # type: ignore[misc]
            self._bodies[agency_id] = Body(agency_id, agency.name, printed, agency.kind, count)
        self._names = {
            agency_id: tuple(map(normalise, (agency.name, *agency.printed, *agency.aliases, *agency.weak)))
            for agency_id, agency in ((agency_id, registry[agency_id]) for agency_id in self._bodies)
        }

    def __getitem__(self, agency_id: str) -> Body:
        return self._bodies[agency_id]

    def __contains__(self, agency_id: str) -> bool:
        return agency_id in self._bodies

    @property
    def all(self) -> tuple[Body, ...]:
        """Every body, most tasks first."""
        return tuple(self._bodies.values())

    def by_kind(self, ids: Iterable[str]) -> tuple[Body, ...]:
        """The bodies of ``ids``, those of a kind together and most tasks first."""
        wanted = set(ids)
        return tuple(sorted((body for body in self.all if body.agency_id in wanted), key=_kind))

    def search(self, text: str) -> tuple[Body, ...]:
        """Bodies that ``text`` names or begins to name, most tasks first; all of them for an empty text."""
        asked = normalise(text).strip()
        named = self._named_in(asked)
        return tuple(
            body
            for body in self.all
            if body.agency_id in named or any(asked in name for name in self._names[body.agency_id])
        )

    def entered(self, text: str) -> tuple[Body, ...]:
        """The bodies meant by a text that was entered: all that it names, or else the first that it begins to name."""
        asked = normalise(text).strip()
        if not asked:
            return ()
        named = self._named_in(asked)
        return tuple(body for body in self.all if body.agency_id in named) or self.search(text)[:1]

    def named(self, name: str) -> tuple[Body, ...]:
        """The bodies with this id or with exactly this name, former names and abbreviations included; mostly one."""
        if name in self._bodies:
            return (self._bodies[name],)
        asked = normalise(name).strip()
        return tuple(body for body in self.all if asked in self._names[body.agency_id])

    def _named_in(self, text: str) -> set[str]:
        return {agency_id for mention in self._registry.find(text) for agency_id in mention.agency_ids}


def _kind(body: Body) -> int:
    return KINDS.index(body.kind)
