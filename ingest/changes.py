"""What a build changed, document by document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from index.records import PolicyUnit


@dataclass(frozen=True, slots=True)
class Changes:
    """What became of the units of one document.

    Attributes:
        document: its slug.
        added, changed, removed: labels of the units, in order; those removed as they were.
        kept: how many are as before.
    """

    document: str
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    kept: int

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def changes(before: Sequence[PolicyUnit], after: Sequence[PolicyUnit]) -> tuple[Changes, ...]:
    """The changes of every document from ``before`` to ``after``, those of documents that are gone last."""
    old, new = ({unit.unit_id: unit for unit in units} for units in (before, after))
    documents = dict.fromkeys(unit.document for unit in (*after, *before))
    added = _by_document(unit for unit in after if unit.unit_id not in old)
    changed = _by_document(
        unit for unit in after if unit.unit_id in old and _content(old[unit.unit_id]) != _content(unit)
    )
    removed = _by_document(unit for unit in before if unit.unit_id not in new)
    sizes = {slug: len(units) for slug, units in _by_document(after).items()}
    return tuple(
        Changes(
            slug,
            _labels(added.get(slug, ())),
            _labels(changed.get(slug, ())),
            _labels(removed.get(slug, ())),
            sizes.get(slug, 0) - len(added.get(slug, ())) - len(changed.get(slug, ())),
        )
        for slug in documents
    )


def _content(unit: PolicyUnit) -> PolicyUnit:
    """The unit less its place in the file, which moves with every word before it, and the title and edition on it."""
    return replace(unit, start=0, end=0, label="")


def _by_document(units: Iterable[PolicyUnit]) -> dict[str, list[PolicyUnit]]:
    found: dict[str, list[PolicyUnit]] = {}
    for unit in units:
        found.setdefault(unit.document, []).append(unit)
    return found


def _labels(units: Iterable[PolicyUnit]) -> tuple[str, ...]:
    return tuple(unit.label for unit in units)
