"""Understanding: the words of a question and the turn before it become a query."""

from __future__ import annotations

from collections.abc import Sequence

from answering.conversation import Turn, continued, leans
from answering.reading import Reader, Reading
from index.agencies import AgencyRegistry
from index.catalogue import Catalogue
from index.numbering import Form, NumberMention
from index.records import AgencyFilter, Combination, Cue, Document, Intent, PolicyUnit, Query
from index.text import Segmenter

_ADJACENT = 8  # characters between a document's name and a number that belongs to it


class Understanding:
    """Turns questions into queries over one corpus.

    Args:
        documents, units: the corpus.
        registry: bodies and their names.
        segmenter: the index's own.
    """

    def __init__(
        self,
        documents: Sequence[Document],
        units: Sequence[PolicyUnit],
        registry: AgencyRegistry,
        segmenter: Segmenter,
    ) -> None:
        self._documents = tuple(document.slug for document in documents)
        self._units = tuple(units)
        self._catalogue = Catalogue(documents, units)
        self._reader = Reader(documents, units, registry, segmenter)

    def understand(self, question: str, turn: Turn | None = None) -> Query:
        """The query that ``question`` stands for after ``turn``."""
        reading = self._reader.read(question)
        if turn is None or not leans(reading):
            return self._decide(reading, ())
        own = self._decide(reading, _documents_of(turn, self._units))
        return continued(own, reading, turn, self._units)

    def _decide(self, reading: Reading, implied: tuple[str, ...]) -> Query:
        named = () if set(reading.documents) == set(self._documents) else reading.documents
        unit_ids, unknown = self._numbered(reading, implied)
        agencies = self._agencies(reading)
        intent = self._intent(reading, agencies, numbered=bool(reading.mentions) and bool(unit_ids or unknown))
        if intent is Intent.OVERVIEW:
            unit_ids = tuple(unit.unit_id for unit in self._units if self._in_overview(unit, reading, named))
        return Query(
            question=reading.question,
            standalone=reading.question.strip(),
            intent=intent,
            cues=reading.cues,
            documents=named,
            unit_ids=unit_ids if intent in (Intent.LOOKUP, Intent.OVERVIEW) else None,
            numbers=tuple(mention.phrase for mention in reading.mentions),
            unknown_numbers=unknown,
            agencies=agencies,
            unknown_agencies=reading.unknown_agencies if intent is Intent.AGENCY_TASKS else (),
            topic=reading.topic,
            subject=tuple(reading.quoted or reading.subject) if intent is Intent.MENTIONS else reading.subject,
            years=reading.years,
            region=reading.region,
        )

    def _numbered(self, reading: Reading, implied: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Ids of the units named by number, in order, and the numbers that no document has."""
        found: dict[str, None] = {}
        unknown: list[str] = []
        bound = [_bound_document(reading, place) for place in range(len(reading.mentions))]
        for place, mention in enumerate(reading.mentions):
            units = self._resolve(mention, bound, place, reading.documents or implied)
            found.update(dict.fromkeys(unit.unit_id for unit in units))
            if not units and mention.form is not Form.OUTLINE:
                unknown.append(mention.phrase)
        order = {unit.unit_id: place for place, unit in enumerate(self._units)}
        return tuple(sorted(found, key=order.__getitem__)), tuple(unknown)

    def _resolve(
        self, mention: NumberMention, bound: Sequence[str | None], place: int, default: tuple[str, ...]
    ) -> tuple[PolicyUnit, ...]:
        """A number belongs to the document named just before it, or before its neighbour in a list (方案第1、第2项)."""
        own = next((slug for slug in reversed(bound[: place + 1]) if slug), None)
        if own:
            return self._catalogue.resolve(mention, (own,))
        if any(bound):
            return self._catalogue.resolve(mention)
        return self._catalogue.resolve(mention, default)

    def _agencies(self, reading: Reading) -> AgencyFilter:
        """The bodies named; weak names count only where tasks are asked about and nothing else is."""
        asks = bool(reading.cues & {Cue.TASKS, Cue.PARTNERS})
        joint = reading.weak_agencies.combination is Combination.ALL and len(reading.weak_agencies.included) > 1
        return reading.weak_agencies if asks and (joint or not reading.subject) else reading.agencies

    def _intent(self, reading: Reading, agencies: AgencyFilter, *, numbered: bool) -> Intent:
        cues = reading.cues
        listing = bool(cues & {Cue.LIST, Cue.TASKS, Cue.PARTNERS, Cue.LEAD})
        both = Cue.BOTH_DOCUMENTS in cues or len(reading.documents) > 1
        if numbered:
            return Intent.LOOKUP
        if (agencies or reading.unknown_agencies) and not reading.subject:
            return Intent.AGENCY_TASKS
        if not reading.subject and (reading.sections or (reading.documents and listing)):
            return Intent.OVERVIEW
        if agencies and (Cue.PARTNERS in cues or (cues >= {Cue.TASKS, Cue.LIST} and Cue.WHO not in cues)):
            return Intent.AGENCY_TASKS
        if (
            Cue.MENTION in cues
            and Cue.LIST in cues
            and (reading.quoted or (reading.subject and Cue.DIFFERENCE not in cues))
        ):
            return Intent.MENTIONS
        if reading.subject and (both or len(reading.years) > 1):
            return Intent.COMPARISON
        return Intent.RESPONSIBLE if Cue.WHO in cues else Intent.CONTENT

    @staticmethod
    def _in_overview(unit: PolicyUnit, reading: Reading, documents: tuple[str, ...]) -> bool:
        if reading.sections:
            return bool(set(reading.sections) & set(unit.section))
        return not documents or unit.document in documents


def _bound_document(reading: Reading, place: int) -> str | None:
    """Slug of the document whose name stands right before a number, after the number before it."""
    mention = reading.mentions[place]
    floor = reading.mentions[place - 1].end if place else 0
    near = [
        slug
        for start, end, slug in reading.document_spans
        if start >= floor and end <= mention.start and mention.start - end <= _ADJACENT
    ]
    return near[-1] if near else None


def _documents_of(turn: Turn, units: Sequence[PolicyUnit]) -> tuple[str, ...]:
    """The document that the conversation is in: the one named, or the only one cited."""
    if turn.query.documents:
        return turn.query.documents
    cited = {unit.document for unit in units if unit.unit_id in turn.unit_ids}
    return tuple(cited) if len(cited) == 1 else ()
