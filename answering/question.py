"""Understanding: the words of a question and the turn before it become a query."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from answering.understanding.bodies import asks_what_it_holds
from answering.understanding.conversation import continued
from answering.understanding.leaning import leans, without_opening
from answering.understanding.reading import Reader, Reading
from answering.understanding.turn import Turn
from answering.words import UnitWords
from index.agencies import AgencyRegistry
from index.catalogue import Catalogue
from index.numbering import Form, NumberMention, spelled
from index.records import AgencyFilter, Combination, Cue, Document, Intent, PolicyUnit, Query
from index.text import Segmenter, plain

_ADJACENT = 8  # characters between a document's name and a number that belongs to it
_NEIGHBOUR = re.compile(r"^[的那]?(?P<way>下|后|上|前)[面边]?[的那]{0,2}一?[行条项个]")
_MOST_SUGGESTED = 8  # units of one number; more are no suggestion
_LISTING = frozenset({Cue.LIST, Cue.TASKS, Cue.PARTNERS, Cue.LEAD})


class Understanding:
    """Turns questions into queries over one corpus.

    Args:
        documents, units: the corpus.
        registry: bodies and their names.
        segmenter: the index's own.
        words: of the units.
    """

    def __init__(
        self,
        documents: Sequence[Document],
        units: Sequence[PolicyUnit],
        registry: AgencyRegistry,
        segmenter: Segmenter,
        words: UnitWords,
    ) -> None:
        self._documents = tuple(document.slug for document in documents)
        self._regions = {document.slug: document.region for document in documents}
        self._registry = registry
        self._units = tuple(units)
        self._places = {unit.unit_id: place for place, unit in enumerate(units)}
        self._catalogue = Catalogue(documents, units)
        self._reader = Reader(documents, units, registry, segmenter, words)

    def understand(self, question: str, turn: Turn | None = None) -> Query:
        """The query that ``question`` stands for after ``turn``."""
        reading = self._reader.read(question)
        if turn is None:
            return self._decide(reading, None)
        if not leans(reading, turn):
            return self._decide(self._reader.read(without_opening(question)), None)
        query = continued(self._decide(reading, turn), reading, turn, self._units)
        return replace(query, agencies=self._of_documents(query.agencies, query.documents))

    def elsewhere(self, query: Query) -> Iterator[Query]:
        """``query`` asked of the documents that stand in for those of its place, its province's, the nation's."""
        for place, slugs, text in self._reader.stand_ins(self._reader.read(query.question)):
            asked = self._decide(self._reader.read(text), None)
            yield replace(
                asked, question=query.question, standalone=query.standalone, documents=slugs, region="", instead=place
            )

    def _decide(self, reading: Reading, turn: Turn | None) -> Query:
        named = () if set(reading.documents) == set(self._documents) else reading.documents
        numbered, unknown = self._numbered(reading, turn)
        agencies = self._of_documents(self._agencies(reading), named)
        if reading.unknown_documents and not named:
            numbered, unknown = (), reading.unknown_documents
        intent = _intent(reading, agencies, numbered=bool(numbered or unknown))
        if intent is Intent.CONTENT and turn is None and reading.document_spans and not reading.topic:
            intent = Intent.OVERVIEW  # 国发〔2018〕39号讲什么
        unit_ids: tuple[str, ...] | None = None
        if intent is Intent.LOOKUP:
            unit_ids = numbered
        elif intent is Intent.OVERVIEW or (intent is Intent.AGENCY_TASKS and reading.sections):
            unit_ids = tuple(unit.unit_id for unit in self._units if _in_overview(unit, reading, named))
        return Query(
            question=reading.question,
            text=reading.content,
            standalone=reading.question.strip(),
            intent=intent,
            cues=reading.cues,
            documents=named,
            unit_ids=unit_ids,
            numbers=tuple(mention.phrase for mention in reading.mentions),
            unknown_numbers=unknown,
            suggested=self._suggested(reading, numbered, unknown=bool(unknown)),
            single=sum(len(mention.numbers) for mention in reading.mentions) == 1,
            agencies=agencies,
            unknown_agencies=reading.unknown_agencies if intent is Intent.AGENCY_TASKS else (),
            topic=reading.topic,
            parts=reading.parts,
            asking=reading.asking,
            subject=_mentioned(reading) if intent is Intent.MENTIONS else reading.subject,
            years=reading.years,
            region=reading.region,
            places=reading.places,
        )

    def _numbered(self, reading: Reading, turn: Turn | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Ids of the units named by number, in order, and the numbers that no document has."""
        found: dict[str, None] = {}
        unknown: list[str] = []
        bound = [_bound_document(reading, place) for place in range(len(reading.mentions))]
        for place, mention in enumerate(reading.mentions):
            after = reading.text[mention.end :]
            for number in mention.numbers:
                one = replace(mention, numbers=(number,))
                units = self._neighbours(self._resolve(reading, one, bound, place, turn), after)
                found.update(dict.fromkeys(unit.unit_id for unit in units))
                if not units and mention.form is not Form.OUTLINE:
                    unknown.append(mention.phrase if len(mention.numbers) == 1 else spelled(mention.form, number))
        return tuple(sorted(found, key=self._places.__getitem__)), tuple(unknown)

    def _resolve(
        self, reading: Reading, mention: NumberMention, bound: Sequence[tuple[str, ...]], place: int, turn: Turn | None
    ) -> tuple[PolicyUnit, ...]:
        """A number belongs to the document named just before it, or before its neighbour in a list (方案第1、第2项)."""
        own = next((slugs for slugs in reversed(bound[: place + 1]) if slugs), None)
        if own:
            return self._catalogue.resolve(mention, own)
        if any(bound):
            return self._catalogue.resolve(mention)
        if reading.documents:
            return self._catalogue.resolve(mention, reading.documents)
        if turn is None:
            return self._fitting(reading, mention)
        return self._catalogue.resolve_near(mention, [self._units[self._places[key]] for key in turn.unit_ids])

    def _fitting(self, reading: Reading, mention: NumberMention) -> tuple[PolicyUnit, ...]:
        """Units of a number without a document: those of the usual reading, unless only another's print the subject."""
        usual = self._catalogue.resolve(mention)
        subject = [plain(run) for run in reading.subject]
        if mention.form not in (Form.ARTICLE, Form.ITEM) or not subject:
            return usual
        texts = {unit.unit_id: plain(unit.text) for unit in usual}
        if any(run in text for text in texts.values() for run in subject):
            return usual
        either = self._catalogue.resolve(replace(mention, form=Form.ANY))
        other = [unit for unit in either if all(run in plain(unit.text) for run in subject)]
        return tuple(other) or usual

    def _suggested(self, reading: Reading, numbered: Sequence[str], *, unknown: bool) -> tuple[str, ...]:
        """Ids of the units that have a number in another numbering.

        第17项 of the plan for a 第17条 that no table has, or 第9项 of the plan for a 第9条 of no named document.
        """
        ambiguous = numbered and len(reading.mentions) == 1 and not reading.documents
        if not (ambiguous or (unknown and not numbered)) or len(numbered) > _MOST_SUGGESTED:
            return ()
        elsewhere = (replace(mention, form=Form.ANY) for mention in reading.mentions)
        found = (unit.unit_id for mention in elsewhere for unit in self._catalogue.resolve(mention))
        suggested = tuple(unit_id for unit_id in found if unit_id not in numbered)
        return suggested if len(suggested) <= _MOST_SUGGESTED else ()

    def _neighbours(self, units: tuple[PolicyUnit, ...], after: str) -> tuple[PolicyUnit, ...]:
        """The unit before or after when the words behind the number say so (序号40的下一行)."""
        step = _NEIGHBOUR.match(after)
        if not step or not units:
            return units
        place = self._places[units[0].unit_id] - 1 if step["way"] in "上前" else self._places[units[-1].unit_id] + 1
        inside = 0 <= place < len(self._units) and self._units[place].document == units[0].document
        return (self._units[place],) if inside else ()

    def _of_documents(self, agencies: AgencyFilter, documents: Sequence[str]) -> AgencyFilter:
        """``agencies`` less those of other places than the documents' that share a name with one of these."""
        if not documents:
            return agencies
        regions = {self._regions[slug] for slug in documents}
        included = (self._there(group, regions) for group in agencies.included)
        return replace(
            agencies,
            included=tuple(dict.fromkeys(included)),
            excluded=self._registry.of_places(agencies.excluded, regions) or agencies.excluded,
        )

    def _there(self, group: tuple[str, ...], regions: Collection[str | None]) -> tuple[str, ...]:
        """Of bodies with one name those of ``regions``, or their counterparts there; as they are when there is none."""
        return self._registry.of_places(group, regions) or self._registry.counterparts(group, regions) or group

    @staticmethod
    def _agencies(reading: Reading) -> AgencyFilter:
        """The bodies named; weak names count only where tasks are asked about, and nothing else or bodies together."""
        weak = reading.weak_agencies
        asks = bool(reading.cues & {Cue.TASKS, Cue.PARTNERS, Cue.LIST})
        several = len(weak.included) > 1
        joint = several and weak.combination is Combination.ALL
        return weak if joint or (asks and (several or not reading.subject)) else reading.agencies


def _intent(reading: Reading, agencies: AgencyFilter, *, numbered: bool) -> Intent:
    """What is asked for: rules in order, the first that fits."""
    cues = reading.cues
    listing = bool(cues & _LISTING)
    if numbered:
        return Intent.LOOKUP
    if agencies.count is not None:
        return Intent.AGENCY_TASKS
    bodies = len(agencies.included) + len(agencies.excluded)
    combined = agencies.combination is Combination.ALL or agencies.excluded or agencies.exclusive
    if bodies > 1 and combined and not (Cue.WHO in cues and reading.subject):
        return Intent.AGENCY_TASKS
    if Cue.MENTION in cues and reading.quoted and Cue.DIFFERENCE not in cues:
        return Intent.MENTIONS
    if (agencies or reading.unknown_agencies) and not reading.subject:
        return Intent.AGENCY_TASKS
    stranger = not agencies and Cue.VERIFIES not in cues and Cue.WHO not in cues
    if stranger and any(asks_what_it_holds(reading.text, body) for body in reading.unknown_agencies):
        return Intent.AGENCY_TASKS
    unheard = Cue.WHO in cues and reading.topic  # it asks who does what, in words that no document knows
    if not reading.subject and (reading.sections or (reading.documents and listing and not unheard)):
        return Intent.OVERVIEW
    if agencies and (Cue.PARTNERS in cues or (cues >= {Cue.TASKS, Cue.LIST} and Cue.WHO not in cues)):
        return Intent.AGENCY_TASKS
    if cues >= {Cue.MENTION, Cue.LIST} and reading.subject and Cue.DIFFERENCE not in cues:
        return Intent.MENTIONS
    if reading.subject and (
        cues & {Cue.BOTH_DOCUMENTS, Cue.EARLIER_AND_LATER} or reading.compares or len(reading.years) > 1
    ):
        return Intent.COMPARISON
    return Intent.RESPONSIBLE if Cue.WHO in cues else Intent.CONTENT


def _mentioned(reading: Reading) -> tuple[str, ...]:
    """The words whose places in the documents are asked for."""
    return reading.quoted or (reading.years if len(reading.subject) < 2 and reading.years else reading.subject)


def _in_overview(unit: PolicyUnit, reading: Reading, documents: tuple[str, ...]) -> bool:
    """True for a unit of the sections named, or of the documents; a document's tasks are its numbered units."""
    if documents and unit.document not in documents:
        return False
    if reading.sections:
        return bool(set(reading.sections) & set(unit.section))
    return "任务" not in reading.text or unit.measure.isdecimal() or unit.serial is not None


def _bound_document(reading: Reading, place: int) -> tuple[str, ...]:
    """Slugs of the documents whose name stands right before a number, after the number before it."""
    mention = reading.mentions[place]
    floor = reading.mentions[place - 1].end if place else 0
    near = [
        tuple(slug for slug in slugs if slug in reading.documents)
        for start, end, slugs in reading.document_spans
        if start >= floor and end <= mention.start and mention.start - end <= _ADJACENT
    ]
    return near[-1] if near else ()
