"""Who works with whom: pairs of bodies and the tasks that they share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from duties.selection import Duty


@dataclass(frozen=True, slots=True)
class Tie:
    """Two bodies, by id, and the ids of the units that both are responsible for."""

    first: str
    second: str
    units: tuple[str, ...]


def ties(duties: Iterable[Duty], of: Iterable[str] = ()) -> tuple[Tie, ...]:
    """The pairs that share tasks, most tasks first, then in order of appearance.

    Args:
        duties: the tasks looked at.
        of: bodies one of which must be in each pair, named first in it; any when empty.
    """
    centre = tuple(of)
    shared: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for duty in duties:
        ids = sorted(dict.fromkeys(filter(None, duty.unit.agency_ids)), key=lambda agency_id: agency_id not in centre)
        for first, second in combinations(ids, 2):
            if not centre or first in centre:
                pair = (second, first) if (second, first) in shared else (first, second)
                shared[pair].append(duty.unit.unit_id)
    return tuple(
        Tie(first, second, tuple(units))
        for (first, second), units in sorted(shared.items(), key=lambda item: -len(item[1]))
    )
