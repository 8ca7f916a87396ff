"""Which sentences of a unit a sentence about it retells: what its citation quotes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from answering.generation.claims import clauses_of
from answering.generation.source import fold
from answering.generation.values import find_values
from answering.writing.subject import telling_pairs
from index.text import sentences

_LEAST = 2  # marks that a clause must share with a sentence to retell it
_COVERED = 0.8  # of what the nearest sentence shares with a clause: those chosen before share that, and it adds none


def retold(told: str, text: str) -> tuple[str, ...]:
    """The sentences of ``text`` that ``told`` retells, verbatim and in order; empty when it retells none.

    A sentence is known by its marks: telling pairs of characters, and numbers with their units. Each clause of ``told``
    retells the sentence it shares most marks with, of several the one that all of ``told`` shares most with, of these
    the first; a clause with numbers retells none that has no number of its. One whose marks the sentences found before
    hold about as well adds none.
    """
    parts = sentences(text)
    held = [_Marks.of(fold(part)) for part in parts]
    folded = fold(told)
    whole = _Marks.of(folded)
    wanted = []
    for clause in clauses_of(folded):
        marks = _Marks.of(clause.words)
        fit = [at for at, part in enumerate(held) if not marks.values or marks.values & part.values]
        scored = [(marks.shared(held[at]), whole.shared(held[at]), -at) for at in fit]
        if scored:
            shared, _, place = max(scored)
            wanted.append((shared, marks, -place))
    chosen: list[int] = []
    for shared, marks, place in sorted(wanted, key=lambda item: -item[0]):
        known = marks.shared(_Marks.all(held[at] for at in chosen))
        if shared >= _LEAST and known < _COVERED * shared:
            chosen.append(place)
    return tuple(parts[place] for place in sorted(chosen))


@dataclass(frozen=True, slots=True)
class _Marks:
    """What a sentence is known by."""

    pairs: frozenset[str]
    values: frozenset[tuple[float, float, str]]

    @classmethod
    def of(cls, folded: str) -> _Marks:
        return cls(telling_pairs(folded), frozenset((v.low, v.high, v.unit) for v in find_values(folded)))

    @classmethod
    def all(cls, marks: Iterable[_Marks]) -> _Marks:
        several = tuple(marks)
        pairs = frozenset(pair for each in several for pair in each.pairs)
        return cls(pairs, frozenset(value for each in several for value in each.values))

    def shared(self, other: _Marks) -> int:
        return len(self.pairs & other.pairs) + len(self.values & other.values)
