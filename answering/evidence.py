"""Weighing: which units an answer rests on, which are merely near, and when there is no answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from answering.extract import Extractor
from answering.weighing.companions import Companions
from answering.weighing.facts import asks_deadline, asks_to_act, missing_kind
from answering.weighing.verdict import Features, Judgement, Verdict
from index.records import SEARCHED, Combination, Cue, Evidence, Findings, Hit, Intent, PolicyUnit, Query, Refusal
from index.roles import leading_ids, leads
from index.text import plain

_TELLING = 4  # characters of a subject that tells a unit from others
_AS_WORD = re.compile(r"(?P<word>[^\s，。；？?！!、的“”\"]{2,8}?)[”\"]?(?:一词|这个?词|[这那]?[两俩三几]个?字|字样)")
_SUPPORTS = re.compile("配合(?!单位|部门)")
_SOME_DETAIL = "这一具体内容"
_LISTS = (Intent.AGENCY_TASKS, Intent.OVERVIEW)
_TASK_CUES = frozenset({Cue.TASKS, Cue.PARTNERS, Cue.LEAD})
_BODIES_OR_LISTS = (*_LISTS, Intent.RESPONSIBLE, Intent.MENTIONS)

Likely = Sequence[tuple[PolicyUnit, float]]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where an answer begins and ends; see docs/measurements.md for the figures that set them.

    Attributes:
        answered: probability from which a question counts as answered by the documents, see
            :mod:`answering.weighing.verdict`.
        floor: coverage from which a unit counts as near.
        narrowing: coverage of the best unit from which a question is about its subject: a list is narrowed to it.
        companion: share of the best coverage that a further unit of a narrowed list needs.
        beside, most: probability from which a further unit is cited beside the best, and how many units in all.
        doubtful: the same probability from which a unit is offered as another reading.
        described: coverage from which a unit with another number than the one given is what the question means.
        second: share of the first document's coverage that the second's best unit needs in a comparison.
        whole: up to so many units looked up by number are quoted whole.
        related: how many near units are shown.
    """

    answered: float = 0.3
    floor: float = 0.2
    narrowing: float = 0.5
    companion: float = 0.93
    beside: float = 0.4
    most: int = 4
    doubtful: float = 0.15
    described: float = 0.7
    second: float = 0.4
    whole: int = 3
    related: int = 3


class Weigher:
    """Turns a query and its hits into findings.

    Args:
        units: all units, in document order.
        extractor: picks the sentences that matter.
        verdict: knows which questions the documents answer.
        companions: knows which further units an answer rests on.
        years: all years that the documents print.
        thresholds: see :class:`Thresholds`.
    """

    def __init__(
        self,
        units: Sequence[PolicyUnit],
        extractor: Extractor,
        companions: Companions,
        verdict: Verdict,
        years: frozenset[str],
        thresholds: Thresholds = Thresholds(),
    ) -> None:
        self._units = tuple(units)
        self._places = {unit.unit_id: place for place, unit in enumerate(units)}
        self._documents = tuple(dict.fromkeys(unit.document for unit in units))
        self._years = years
        self._extract = extractor
        self._companions = companions
        self._verdict = verdict
        self._thresholds = thresholds
        self._rules: dict[Intent, Callable[[Query, Sequence[Hit]], list[PolicyUnit]]] = {
            Intent.LOOKUP: self._looked_up,
            Intent.AGENCY_TASKS: self._agency_tasks,
            Intent.OVERVIEW: self._named,
            Intent.MENTIONS: self._mentioning,
        }

    def weigh(self, query: Query, hits: Sequence[Hit]) -> Findings:
        """Findings for ``query``; ``hits`` are best first."""
        return self._searched(query, hits) if query.intent in SEARCHED else self._listed(query, hits)

    def _searched(self, query: Query, hits: Sequence[Hit]) -> Findings:
        """Findings where search decides: what the verdict says of the best unit."""
        elsewhere = query.region and not (hits and query.region in hits[0].unit.text)
        if hits and query.topic and not elsewhere and hits[0].coverage:
            missing = self.unsaid(query, [hits[0].unit])
            verdict = self._verdict.judge(query, hits, missing)
            if verdict[Judgement.ANSWERED] >= self._thresholds.answered or self._tells_deadline(query, hits[0]):
                likely = [] if query.context else self._companions.likely(query, hits)
                compared = query.intent is Intent.COMPARISON
                units = self._compared(query, hits, likely) if compared else self._relevant(hits[0].unit, likely)
                return self._answer(query, hits, units, likely)
            not_stated = verdict[Judgement.NOT_STATED] > verdict[Judgement.OUT_OF_SCOPE]
        else:
            missing = self._year_unsaid(query)
            not_stated = missing is not None
        pointed_at = self._of(query.context)
        if pointed_at and len(pointed_at) <= self._thresholds.whole and query.cues & {Cue.BACKWARD, Cue.WITHIN}:
            missing = self.unsaid(query, pointed_at)
            if not missing:
                return self._answer(query, hits, pointed_at)
            not_stated = True
        if not_stated:
            return Findings((), self._nearest(query, hits, ()), Refusal.NOT_STATED, missing or _SOME_DETAIL)
        return Findings((), self._nearest(query, hits, ()), Refusal.OUT_OF_SCOPE)

    def _tells_deadline(self, query: Query, best: Hit) -> bool:
        """True when the question asks until when, and the unit it is about has a deadline."""
        asked = best.unit.deadline is not None and asks_deadline(query.text)
        return asked and best.coverage >= self._thresholds.narrowing

    def _listed(self, query: Query, hits: Sequence[Hit]) -> Findings:
        """Findings where units are looked up: by number, body, section or word."""
        units = self._rules[query.intent](query, hits)
        if self._numbered_elsewhere(query, units):
            return Findings((), self._nearest(query, hits, ()), Refusal.OUT_OF_SCOPE)
        if not units and query.intent is Intent.AGENCY_TASKS and query.subject and not query.unknown_agencies:
            return self._searched(replace(query, intent=Intent.RESPONSIBLE), hits)
        if not units and query.intent is Intent.MENTIONS:
            return self._searched(replace(query, intent=Intent.CONTENT), hits)
        if not units:
            missing = bool(query.unknown_numbers) or query.intent is Intent.AGENCY_TASKS
            suggested = tuple(Evidence(unit, self._extract.opening(unit)) for unit in self._of(query.suggested))
            reason = Refusal.NONEXISTENT if missing else Refusal.OUT_OF_SCOPE
            return Findings((), suggested or self._nearest(query, hits, ()), reason)
        unsaid = self.unsaid(query, units)
        if unsaid:
            return Findings((), self._nearest(query, hits, ()), Refusal.NOT_STATED, unsaid)
        if self._asks_more(query, hits):
            return self._searched(query, hits)
        return self._answer(query, hits, units)

    @staticmethod
    def _numbered_elsewhere(query: Query, units: Sequence[PolicyUnit]) -> bool:
        """True for 北京第11条 where no document is of 北京: the number is one of a document that isn't here."""
        if not query.region or query.documents or query.intent is not Intent.LOOKUP:
            return False
        return bool(units) and not any(query.region in unit.text for unit in units)

    def _asks_more(self, query: Query, hits: Sequence[Hit]) -> bool:
        """True when a question that names a body seems to ask of something else that the body does."""
        if query.intent is not Intent.AGENCY_TASKS or not hits or query.cues & _TASK_CUES:
            return False
        if not self.verdict_features(query, hits).pieces:
            return False  # it says nothing beyond the body's name
        verdict = self._verdict.judge(query, hits, self.unsaid(query, [hits[0].unit]))
        return verdict[Judgement.ANSWERED] < self._thresholds.answered

    def _answer(self, query: Query, hits: Sequence[Hit], units: Sequence[PolicyUnit], likely: Likely = ()) -> Findings:
        """Findings that rest on ``units``; ``likely`` are those beside the best, see :class:`Companions`."""
        by_id = {hit.unit.unit_id: hit for hit in hits}
        listed = len(units) > 1 and (query.intent in _LISTS or not query.topic)
        whole = query.intent is Intent.LOOKUP and len(units) <= self._thresholds.whole
        evidence = tuple(
            self._evidence(query, unit, by_id.get(unit.unit_id), whole=whole, listed=listed) for unit in units
        )
        related = () if listed else self._nearest(query, hits, units)
        other = self._other_reading(query, units, likely)
        if other is None:
            return Findings(evidence, related)
        rest = tuple(item for item in related if item.unit is not other)[: self._thresholds.related - 1]
        first = self._evidence(
            query, other, by_id.get(other.unit_id), whole=False, listed=query.intent is Intent.LOOKUP
        )
        return Findings(evidence, (first, *rest), alternative=other)

    def _other_reading(self, query: Query, units: Sequence[PolicyUnit], likely: Likely) -> PolicyUnit | None:
        """What the question may have meant instead: its number in another document, or a unit nearly cited too."""
        if query.intent is Intent.LOOKUP:
            return next((unit for unit in self._of(query.suggested) if unit not in units), None)
        if len(units) > 1:
            return None
        unit, probability = next(iter(likely), (None, 0.0))
        return unit if probability >= self._thresholds.doubtful else None

    def verdict_features(self, query: Query, hits: Sequence[Hit]) -> Features:
        """Features of the verdict on ``query``."""
        return self._verdict.features(query, hits, self.unsaid(query, [hits[0].unit]))

    def probability(self, query: Query, hits: Sequence[Hit]) -> float:
        """Probability that the documents answer ``query``, by the first of ``hits``; there must be one."""
        return self._verdict.judge(query, hits, self.unsaid(query, [hits[0].unit]))[Judgement.ANSWERED]

    def _year_unsaid(self, query: Query) -> str | None:
        """A year that no document speaks of, in a question that is otherwise about their subjects."""
        unknown = [year for year in query.years if year not in self._years]
        return f"{unknown[0]}年的数据" if unknown and query.subject else None

    def unsaid(self, query: Query, units: Sequence[PolicyUnit]) -> str | None:
        """The kind of fact that the question asks for and the units don't tell."""
        asks_body = Cue.WHO in query.cues or query.intent in _BODIES_OR_LISTS
        if query.intent is Intent.LOOKUP and not asks_to_act(query.text):
            asks_body = True  # it is shown whole: which names and figures it tells can be seen
        if any(unit.deadline for unit in units) and asks_deadline(query.text):
            return None
        years = self._years | set(query.years) if Cue.VERIFIES in query.cues else self._years
        return missing_kind(query.text, [unit.text for unit in units], years, asks_body=asks_body)

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
        if query.unit_ids is not None:
            return self._of(query.unit_ids)
        documents = frozenset(query.documents)
        return [unit for unit in self._units if not documents or unit.document in documents]

    def _named(self, query: Query, _: Sequence[Hit] = ()) -> list[PolicyUnit]:
        """The units the query names."""
        return self._allowed(query) if query.unit_ids else []

    def _looked_up(self, query: Query, hits: Sequence[Hit]) -> list[PolicyUnit]:
        """The units named by number; a single number that means several is narrowed by what the question adds."""
        units = self._named(query)
        if elsewhere := self._elsewhere(query, hits, units):
            return elsewhere
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

    def _elsewhere(self, query: Query, hits: Sequence[Hit], units: Sequence[PolicyUnit]) -> list[PolicyUnit]:
        """The unit that a question describes when the one number it gives belongs to units that say nothing of it."""
        if not (query.single and units and len("".join(query.subject)) >= _TELLING and hits) or hits[0].unit in units:
            return []
        told = any(self._extract.prints(unit, run) for unit in units for run in query.subject)
        described = hits[0].coverage >= self._thresholds.described and self._printing([hits[0].unit], query.subject[:1])
        return [hits[0].unit] if described and not told else []

    def _agency_tasks(self, query: Query, hits: Sequence[Hit]) -> list[PolicyUnit]:
        """Every unit of the bodies named, by set lookup; narrowed to the subject when the question has one."""
        if query.unknown_agencies and (not query.agencies or query.agencies.combination is Combination.ALL):
            return []
        units = [unit for unit in self._allowed(query) if query.agencies.matches(unit.agency_ids)]
        if Cue.LEAD in query.cues or _SUPPORTS.search(query.text):
            units = self._in_role(units, query.agencies.ids, lead=Cue.LEAD in query.cues)
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

    @staticmethod
    def _in_role(units: list[PolicyUnit], agency_ids: Sequence[str], *, lead: bool) -> list[PolicyUnit]:
        """Of ``units`` those that the bodies lead, or don't lead, and all of documents that mark no leads.

        All when none is left.
        """
        marking = {unit.document for unit in units if leads(unit)}
        own = set(agency_ids)
        chosen = [unit for unit in units if unit.document not in marking or bool(own & leading_ids(unit)) is lead]
        return chosen or units

    def _mentioning(self, query: Query, _: Sequence[Hit]) -> list[PolicyUnit]:
        """Every unit that prints the words asked about: all of them, or else the longest that any prints."""
        terms = [plain(term) for term in query.subject]
        texts = [(unit, plain(unit.text)) for unit in self._allowed(query)]
        found = [unit for unit, text in texts if all(term in text for term in terms)]
        singly = ([unit for unit, text in texts if term in text] for term in sorted(terms, key=len, reverse=True))
        return found or next(filter(None, singly), [])

    def _compared(self, query: Query, hits: Sequence[Hit], likely: Likely) -> list[PolicyUnit]:
        """The best unit of each document and those likely besides, the best of each year, or all that print a word."""
        if word := _AS_WORD.search(query.text):
            printing = [unit for unit in self._allowed(query) if plain(word["word"]) in plain(unit.text)]
            if printing:
                return printing
        years = [year for year in query.years if year in self._years]
        if len(years) > 1:
            groups = [[hit for hit in hits if year in hit.unit.text] for year in years]
        else:
            by_document: dict[str, list[Hit]] = {document: [] for document in self._documents}
            for hit in hits:
                by_document[hit.unit.document].append(hit)
            groups = list(by_document.values())
        best = sorted((group[0] for group in groups if group), key=lambda hit: -hit.score)[: self._thresholds.most]
        if not best:
            return []
        floor = self._thresholds.second * max(hit.coverage for hit in best)
        chosen = [hit.unit for hit in best if hit.coverage >= floor]
        if len(years) > 1:
            return self._in_order(chosen)
        speaking = {unit.document for unit in chosen}
        return self._relevant(hits[0].unit, [pair for pair in likely if pair[0].document in speaking], *chosen)

    def _relevant(self, best: PolicyUnit, likely: Likely, *also: PolicyUnit) -> list[PolicyUnit]:
        """The best unit, those that the answer rests on besides, and ``also``."""
        beside = [unit for unit, share in likely[: self._thresholds.most - 1] if share >= self._thresholds.beside]
        return self._in_order([best, *beside, *also])

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
        return self._of([unit.unit_id for unit in units])

    def _of(self, unit_ids: Iterable[str]) -> list[PolicyUnit]:
        """Units by id, in document order."""
        return [self._units[place] for place in sorted({self._places[unit_id] for unit_id in unit_ids})]

    def _printing(self, units: Sequence[PolicyUnit], runs: Sequence[str]) -> list[PolicyUnit]:
        """The units that print every word of every run."""
        return [unit for unit in units if all(self._extract.prints(unit, run) for run in runs)]

    @staticmethod
    def _hits_of(hits: Sequence[Hit], units: Sequence[PolicyUnit]) -> list[Hit]:
        wanted = {unit.unit_id for unit in units}
        return [hit for hit in hits if hit.unit.unit_id in wanted]
