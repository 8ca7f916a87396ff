"""Weighing: which units an answer rests on, which are merely near, and when there is no answer."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from answering.extract import Extractor
from answering.facts import asks_to_act, missing_kind
from index.records import Combination, Cue, Evidence, Findings, Hit, Intent, PolicyUnit, Query, Refusal
from index.text import plain

_LISTS = (Intent.AGENCY_TASKS, Intent.OVERVIEW)
_BODIES_OR_LISTS = (*_LISTS, Intent.RESPONSIBLE, Intent.MENTIONS)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where an answer begins and ends; see docs/measurements.md for the figures that set them.

    Attributes:
        relevance, per_word, floor: a hit answers when its coverage reaches ``floor`` and, with ``per_word`` times the
            log of one plus the number of words asked, ``relevance``: a long question is never covered whole.
        narrowing: coverage of the best unit from which a list is narrowed to the subject asked about.
        companion: share of the best coverage that a further unit of a narrowed list needs.
        rival: share of the best score from which the second best unit is cited too.
        second: share of the first document's coverage that the second's best unit needs in a comparison.
        whole: up to so many units looked up by number are quoted whole.
        related: how many near units are shown.
        facts: whether the kind of fact asked for must be told by the evidence.
    """

    relevance: float = 1.17
    per_word: float = 0.56
    floor: float = 0.2
    narrowing: float = 0.5
    companion: float = 0.93
    rival: float = 0.88
    second: float = 0.4
    whole: int = 3
    related: int = 3
    facts: bool = True


class Weigher:
    """Turns a query and its hits into findings.

    Args:
        units: all units, in document order.
        extractor: picks the sentences that matter.
        years: all years that the documents print.
        thresholds: see :class:`Thresholds`.
    """

    def __init__(
        self,
        units: Sequence[PolicyUnit],
        extractor: Extractor,
        years: frozenset[str],
        thresholds: Thresholds = Thresholds(),
    ) -> None:
        self._units = tuple(units)
        self._documents = tuple(dict.fromkeys(unit.document for unit in units))
        self._years = years
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
            missing = bool(query.unknown_numbers) or query.intent is Intent.AGENCY_TASKS
            before = [unit for unit in self._units if unit.unit_id in query.context]
            unsaid = self._unsaid(query, before) if before and not missing else self._year_unsaid(query)
            if unsaid:
                return Findings((), self._nearest(query, hits, ()), Refusal.NOT_STATED, unsaid)
            reason = Refusal.NONEXISTENT if missing else Refusal.OUT_OF_SCOPE
            suggested = tuple(
                Evidence(unit, self._extract.opening(unit)) for unit in self._units if unit.unit_id in query.suggested
            )
            return Findings((), suggested or self._nearest(query, hits, ()), reason)
        unsaid = self._unsaid(query, units) if self._thresholds.facts else None
        if unsaid:
            return Findings((), self._nearest(query, hits, ()), Refusal.NOT_STATED, unsaid)
        by_id = {hit.unit.unit_id: hit for hit in hits}
        listed = len(units) > 1 and (query.intent in _LISTS or not query.topic)
        whole = query.intent is Intent.LOOKUP and len(units) <= self._thresholds.whole
        evidence = tuple(
            self._evidence(query, unit, by_id.get(unit.unit_id), whole=whole, listed=listed) for unit in units
        )
        return Findings(evidence, () if listed else self._nearest(query, hits, units))

    def _year_unsaid(self, query: Query) -> str | None:
        """A year that no document speaks of, in a question that is otherwise about their subjects."""
        unknown = [year for year in query.years if year not in self._years]
        return f"{unknown[0]}年的数据" if unknown and query.subject else None

    def _unsaid(self, query: Query, units: Sequence[PolicyUnit]) -> str | None:
        """The kind of fact that the question asks for and the units don't tell."""
        asks_body = Cue.WHO in query.cues or query.intent in _BODIES_OR_LISTS
        if query.intent is Intent.LOOKUP and not asks_to_act(query.question):
            asks_body = True  # it is shown whole: which names and figures it tells can be seen
        years = self._years | set(query.years) if Cue.VERIFIES in query.cues else self._years
        return missing_kind(query.question, [unit.text for unit in units], years, asks_body=asks_body)

    def _evidence(self, query: Query, unit: PolicyUnit, hit: Hit | None, *, whole: bool, listed: bool) -> Evidence:
        """A unit with the sentences to quote: all of them, its opening in a list, or those that answer."""
        if whole:
            sentences = self._extract.whole(unit)
        elif listed:
            sentences = self._extract.opening(unit)
        else:
            sentences = self._extract.sentences(query, unit, hit)
        return Evidence(unit, sentences, hit.score if hit else 0.0)

    def _nearest(self, query: Query, hits: Sequence[Hit], chosen: Sequence[PolicyUnit]) -> tuple[Evidence, ...]:
        """The best hits that the answer does not rest on."""
        used = {unit.unit_id for unit in chosen}
        near = [hit for hit in hits if hit.unit.unit_id not in used and hit.coverage >= self._thresholds.floor]
        return tuple(
            Evidence(hit.unit, self._extract.sentences(query, hit.unit, hit), hit.score)
            for hit in near[: self._thresholds.related]
        )

    def _allowed(self, query: Query) -> list[PolicyUnit]:
        """Units inside the documents and the units that the query names."""
        return [
            unit
            for unit in self._units
            if (not query.documents or unit.document in query.documents or query.unit_ids is not None)
            and (query.unit_ids is None or unit.unit_id in query.unit_ids)
        ]

    def _named(self, query: Query, _: Sequence[Hit] = ()) -> list[PolicyUnit]:
        """The units the query names."""
        return self._allowed(query) if query.unit_ids else []

    def _looked_up(self, query: Query, hits: Sequence[Hit]) -> list[PolicyUnit]:
        """The units named by number; a single number that means several is narrowed by what the question adds."""
        units = self._named(query)
        if len(units) < 2 or (query.numbers and not query.single):
            return units
        set_expression = query.agencies.exclusive or len(query.agencies.included) > 1 or not query.subject
        if query.agencies and set_expression:
            units = [unit for unit in units if query.agencies.matches(unit.agency_ids)] or units
        if len(units) < 2 or not query.subject:
            return units
        printing = [] if Cue.EVERY in query.cues else self._printing(units, query.subject)
        if printing or Cue.LIST in query.cues:
            return printing or units
        within = self._hits_of(hits, units)
        if within and Cue.DIFFERENCE in query.cues:
            return self._covering(query, within)
        return [within[0].unit] if within and within[0].coverage >= self._thresholds.narrowing else units

    def _agency_tasks(self, query: Query, hits: Sequence[Hit]) -> list[PolicyUnit]:
        """Every unit of the bodies named, by set lookup; narrowed to the subject when the question has one."""
        if query.unknown_agencies and (not query.agencies or query.agencies.combination is Combination.ALL):
            return []
        units = [unit for unit in self._allowed(query) if query.agencies.matches(unit.agency_ids)]
        if not query.subject or Cue.SCOPE not in query.cues or len(units) < 2:
            return units
        if printing := self._printing(units, query.subject):
            return printing
        within = self._hits_of(hits, units)
        best = max((hit.coverage for hit in within), default=0.0)
        if best < self._thresholds.narrowing:
            return units
        enough = {hit.unit.unit_id for hit in within if hit.coverage >= self._thresholds.companion * best}
        return [unit for unit in units if unit.unit_id in enough]

    def _mentioning(self, query: Query, hits: Sequence[Hit]) -> list[PolicyUnit]:
        """Every unit that prints the words asked about: all of them, or else the rarest that any prints."""
        terms = [plain(term) for term in query.subject]
        texts = [(unit, plain(unit.text)) for unit in self._allowed(query)]
        found = [unit for unit, text in texts if all(term in text for term in terms)]
        singly = [[unit for unit, text in texts if term in text] for term in terms]
        return found or min(filter(None, singly), key=len, default=[]) or self._relevant(query, hits)

    def _compared(self, query: Query, hits: Sequence[Hit]) -> list[PolicyUnit]:
        """The best unit of each document, or of each year named."""
        years = [year for year in query.years if year in self._years]
        if len(years) > 1:
            groups = [[hit for hit in hits if year in hit.unit.text] for year in years]
        else:
            groups = [[hit for hit in hits if hit.unit.document == document] for document in self._documents]
        best = [group[0] for group in groups if group]
        if not best or not self._is_answer(max(best, key=lambda hit: hit.score)):
            return []
        if query.region and not any(query.region in hit.unit.text for hit in best):
            return []
        floor = self._thresholds.second * max(hit.coverage for hit in best)
        return self._in_order([hit.unit for hit in best if hit.coverage >= floor])

    def _relevant(self, query: Query, hits: Sequence[Hit]) -> list[PolicyUnit]:
        """The best unit, when it is good enough; several when the question asks what tells them apart.

        A follow-up that points back and finds nothing of its own rests on the few units that it points at.
        """
        if not hits or not query.topic or not self._is_answer(hits[0]):
            back = query.cues & {Cue.BACKWARD, Cue.WITHIN} and len(query.context) <= self._thresholds.whole
            return [unit for unit in self._units if back and unit.unit_id in query.context]
        if query.region and query.region not in hits[0].unit.text:
            return []
        if Cue.DIFFERENCE in query.cues:
            return self._covering(query, hits)
        if query.context:
            return [hits[0].unit]
        floor = self._thresholds.rival * hits[0].score
        return self._in_order([hit.unit for hit in hits[:2] if hit is hits[0] or hit.score >= floor > 0])

    def _covering(self, query: Query, hits: Sequence[Hit]) -> list[PolicyUnit]:
        """The best unit, and for each run of words that no chosen unit prints the best unit that does."""
        chosen = [hits[0].unit]
        for run in (plain(run) for run in query.subject):
            if len(run) < 4 or any(run in plain(unit.text) for unit in chosen):
                continue
            printing = next((hit.unit for hit in hits if run in plain(hit.unit.text)), None)
            if printing:
                chosen.append(printing)
        return self._in_order(chosen)

    def _in_order(self, units: Sequence[PolicyUnit]) -> list[PolicyUnit]:
        """The units in document order."""
        chosen = {unit.unit_id for unit in units}
        return [unit for unit in self._units if unit.unit_id in chosen]

    def _printing(self, units: Sequence[PolicyUnit], runs: Sequence[str]) -> list[PolicyUnit]:
        """The units that print every word of every run."""
        return [unit for unit in units if all(self._extract.prints(unit, run) for run in runs)]

    def _is_answer(self, hit: Hit) -> bool:
        limits = self._thresholds
        return (
            hit.coverage >= limits.floor and hit.coverage + limits.per_word * math.log1p(hit.asked) >= limits.relevance
        )

    @staticmethod
    def _hits_of(hits: Sequence[Hit], units: Sequence[PolicyUnit]) -> list[Hit]:
        wanted = {unit.unit_id for unit in units}
        return [hit for hit in hits if hit.unit.unit_id in wanted]
