"""Weighing: which units an answer rests on, which are merely near, and when there is no answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from answering.extract import Extractor
from index.records import Evidence, Findings, Hit, Intent, PolicyUnit, Query, Refusal
from index.text import normalise


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where an answer begins and ends; set on ``eval/cases/dev``, see docs/measurements.md."""

    coverage: float = 0.3
    similarity: float = 0.55
    narrowing: float = 0.5
    companion: float = 0.93
    related: int = 3


class Weigher:
    """Turns a query and its hits into findings.

    Args:
        units: all units, in document order.
        extractor: picks the sentences that matter.
        thresholds: see :class:`Thresholds`.
    """

    def __init__(self, units: Sequence[PolicyUnit], extractor: Extractor, thresholds: Thresholds = Thresholds()) -> None:
        self._units = tuple(units)
        self._documents = tuple(dict.fromkeys(unit.document for unit in units))
        self._extract = extractor
        self._thresholds = thresholds
        self._rules: dict[Intent, Callable[[Query, Sequence[Hit]], list[PolicyUnit]]] = {
            Intent.LOOKUP: self._looked_up,
            Intent.AGENCY_TASKS: self._agency_tasks,
            Intent.OVERVIEW: self._named,
            Intent.MENTIONS: self._mentioning,
            Intent.COMPARISON: self._compared,
            Intent.RESPONSIBLE: self._relevant,
            Intent.CONTENT: self._relevant,
        }

    def weigh(self, query: Query, hits: Sequence[Hit]) -> Findings:
        """Findings for ``query``; ``hits`` are best first."""
        units = self._rules[query.intent](query, hits)
        if not units:
            return self._refusal(query, hits)
        chosen = {unit.unit_id for unit in units}
        by_id = {hit.unit.unit_id: hit for hit in hits}
        whole = query.intent in (Intent.AGENCY_TASKS, Intent.OVERVIEW) or (
            query.intent is Intent.LOOKUP and not query.topic
        )
        evidence = tuple(
            Evidence(
                unit,
                self._extract.opening(unit) if whole and len(units) > 1 else self._extract.sentences(query, unit, by_id.get(unit.unit_id)),
                by_id[unit.unit_id].score if unit.unit_id in by_id else 0.0,
            )
            for unit in units
        )
        return Findings(evidence, self._nearest(query, hits, chosen) if len(units) <= self._thresholds.related else ())

    def _nearest(self, query: Query, hits: Sequence[Hit], chosen: set[str]) -> tuple[Evidence, ...]:
        near = [hit for hit in hits if hit.unit.unit_id not in chosen and query.topic]
        return tuple(
            Evidence(hit.unit, self._extract.sentences(query, hit.unit, hit), hit.score)
            for hit in near[: self._thresholds.related]
        )

    def _refusal(self, query: Query, hits: Sequence[Hit]) -> Findings:
        missing = (*query.unknown_numbers, *query.unknown_agencies)
        reason = Refusal.NONEXISTENT if missing or query.intent is Intent.AGENCY_TASKS else Refusal.OUT_OF_SCOPE
        return Findings((), self._nearest(query, hits, set()), reason, "、".join(missing))

    def _named(self, query: Query, hits: Sequence[Hit]) -> list[PolicyUnit]:
        """The units the query names."""
        return [unit for unit in self._units if query.unit_ids and unit.unit_id in query.unit_ids]

    def _looked_up(self, query: Query, hits: Sequence[Hit]) -> list[PolicyUnit]:
        """The units named by number, narrowed by the bodies or the subject that the question adds."""
        units = self._named(query, hits)
        if len(units) < 2:
            return units
        if query.agencies and not query.subject:
            return [unit for unit in units if query.agencies.matches(unit.agency_ids)] or units
        if not query.subject:
            return units
        allowed = {unit.unit_id for unit in units}
        within = [hit for hit in hits if hit.unit.unit_id in allowed]
        best = max((hit.coverage for hit in within), default=0.0)
        if best < self._thresholds.narrowing:
            return units
        return [within[0].unit] if within else units

    def _agency_tasks(self, query: Query, hits: Sequence[Hit]) -> list[PolicyUnit]:
        """Every unit of the bodies named, by set lookup; narrowed to the subject when the question has one."""
        if query.unknown_agencies and not query.agencies:
            return []
        units = [
            unit
            for unit in self._units
            if query.agencies.matches(unit.agency_ids)
            and (not query.documents or unit.document in query.documents)
            and (query.unit_ids is None or unit.unit_id in query.unit_ids)
        ]
        if not query.subject:
            return units
        held = {unit.unit_id for unit in units}
        within = [hit for hit in hits if hit.unit.unit_id in held]
        best = max((hit.coverage for hit in within), default=0.0)
        return [hit.unit for hit in within if hit.coverage >= self._thresholds.companion * best and best > 0]

    def _mentioning(self, query: Query, hits: Sequence[Hit]) -> list[PolicyUnit]:
        """Every unit that prints all the words asked about, brackets and quotation marks aside."""
        terms = [_plain(term) for term in query.subject]
        found = [
            unit
            for unit in self._units
            if all(term in _plain(unit.text) for term in terms)
            and (not query.documents or unit.document in query.documents)
            and (query.unit_ids is None or unit.unit_id in query.unit_ids)
        ]
        return found or self._relevant(query, hits)

    def _compared(self, query: Query, hits: Sequence[Hit]) -> list[PolicyUnit]:
        """The best unit of each document."""
        best = [next((hit for hit in hits if hit.unit.document == document), None) for document in self._documents]
        return [hit.unit for hit in best if hit is not None and self._is_answer(hit)]

    def _relevant(self, query: Query, hits: Sequence[Hit]) -> list[PolicyUnit]:
        """The best unit, when it is good enough."""
        if query.unknown_agencies or not hits or not query.topic:
            return []
        return [hits[0].unit] if self._is_answer(hits[0]) else []

    def _is_answer(self, hit: Hit) -> bool:
        return hit.coverage >= self._thresholds.coverage or hit.similarity >= self._thresholds.similarity


def _plain(text: str) -> str:
    return "".join(character for character in normalise(text) if character.isalnum())
