"""Groundedness: whether an answer says nothing that its citations don't bear out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from eval.facts import find_values, unit_word
from index.agencies import AgencyRegistry
from index.catalogue import Catalogue
from index.numbering import find_mentions
from index.records import Answer, Citation, Document, PolicyUnit
from index.text import bigrams, normalise, sentences

_MARKUP = re.compile(r"^\s*(?:[>#]+|[-*•]|\d+[.、)])\s+|\*\*|`")
_BODIES = re.compile(r"^责任单位(?:是|为)?[:：]\s*(?P<names>[^。]*)")
_QUOTED = re.compile(r"“([^”]+)”")
_NO_BODIES = re.compile(r"没有|未写明|未列出|无责任单位")
_OFFER = "您想问的也可能是"  # a unit beside the answer is offered, not cited
_NEAR_COPY = 0.7
_NEAR_COPY_FROM = 8


@dataclass(frozen=True, slots=True)
class Grounding:
    """What was checked of an answer: how many statements, and those that failed with the reason."""

    checked: int
    unsupported: tuple[str, ...]

    @property
    def share(self) -> float:
        """Statements borne out / statements checked; 0 when an answer has none."""
        return (self.checked - len(self.unsupported)) / self.checked if self.checked else 0.0


class GroundingCheck:
    """Checks answers against the records of the units that they cite.

    A citation's label, number, bodies and quoted sentences must be those of its record. A sentence of the text is borne
    out when it is verbatim in the cited unit that it speaks of: the one whose place was named last, any when none was.
    Any other sentence is a frame (lead, label, list of bodies): its figures, dates, bodies and numbers must be those of
    cited units, of the question, or counts of the citations; a list of 责任单位 must be that of the unit spoken of,
    whole and in order. A sentence that is nearly but not quite one of a cited unit (at least 70 % of its character
    pairs) is an altered quotation and fails. A free paraphrase without figures, bodies or numbers can't be refuted
    this way and passes: the measure bounds the damage, it doesn't prove entailment.
    """

    def __init__(
        self, units: Mapping[str, PolicyUnit], documents: Mapping[str, Document], registry: AgencyRegistry
    ) -> None:
        self._units = units
        self._documents = documents
        self._registry = registry
        self._catalogue = Catalogue(documents.values(), list(units.values()))
        folded = {unit_id: normalise(unit.text) for unit_id, unit in units.items()}
        self._figures = {unit_id: _figures(text) for unit_id, text in folded.items()}
        self._pairs = {unit_id: frozenset(bigrams(text)) for unit_id, text in folded.items()}

    def check(self, answer: Answer) -> Grounding:
        """Every statement of ``answer``, checked."""
        cited = [self._units[item.unit_id] for item in answer.citations if item.unit_id in self._units]
        verdicts = [self._citation_fault(citation) for citation in answer.citations]
        near = [self._units[item.unit_id] for item in answer.related if item.unit_id in self._units]
        spoken_of = cited  # what a statement is about: the units whose place was named last
        for sentence in _statements(answer.answer):
            borne_by = [*cited, *near] if sentence.startswith(_OFFER) else cited
            named, rest = self._split_place(sentence, borne_by)
            spoken_of = named or spoken_of
            fault = self._sentence_fault(rest, answer, borne_by, spoken_of) if any(map(str.isalnum, rest)) else ""
            verdicts.append(fault)
        return Grounding(len(verdicts), tuple(verdict for verdict in verdicts if verdict))

    def _split_place(self, sentence: str, cited: Sequence[PolicyUnit]) -> tuple[list[PolicyUnit], str]:
        """The cited units whose place (第3条（序号7）) a sentence names, and the sentence less titles and places."""
        for document in self._documents.values():
            for name in (document.title, document.short_title):
                sentence = sentence.replace(name, "")
        places = {unit.unit_id: unit.label.removeprefix(self._documents[unit.document].title) for unit in cited}
        named = [unit for unit in cited if places[unit.unit_id] in sentence]
        for unit in named:
            sentence = sentence.replace(places[unit.unit_id], "")
            if unit.heading:
                sentence = sentence.replace(f"（{unit.heading}）", "")
        return named, sentence.strip()

    def _citation_fault(self, citation: Citation) -> str:
        unit = self._units.get(citation.unit_id)
        if unit is None:
            return f"{citation.unit_id}: there is no such unit"
        printed = (self._documents[unit.document].title, unit.measure, unit.serial, unit.label, unit.agencies)
        shown = (citation.document, citation.measure, citation.serial, citation.label, tuple(citation.agencies))
        if shown != printed:
            wrong = [name for name, a, b in zip(_PRINTED, shown, printed, strict=True) if a != b]
            return f"{citation.unit_id}: {', '.join(wrong)} not as in the record"
        strays = [sentence for sentence in sentences(citation.quote) if sentence not in unit.text]
        return f"{citation.unit_id}: quoted but not in the unit: {strays[0]}" if strays else ""

    def _sentence_fault(
        self, sentence: str, answer: Answer, cited: Sequence[PolicyUnit], spoken_of: Sequence[PolicyUnit]
    ) -> str:
        if any(sentence in unit.text for unit in spoken_of):
            return ""
        if match := _BODIES.search(sentence):
            return self._bodies_fault(match["names"], spoken_of)
        sentence = self._less_quotations(sentence, spoken_of)
        if altered := self._copied(sentence, cited):
            return f"altered quotation of {altered.unit_id}: {sentence}"
        folded, question = normalise(sentence), normalise(answer.question + answer.understood.standalone_question)
        known_bodies = {body for unit in cited for body in unit.agency_ids} | set(self._bodies(question))
        if strange := set(self._bodies(folded)) - known_bodies:
            return f"body not of a cited unit ({', '.join(sorted(strange))}): {sentence}"
        known_numbers = {unit.unit_id for unit in cited} | self._numbered(question)
        for mention in find_mentions(folded):
            if not {unit.unit_id for unit in self._catalogue.resolve(mention)} & known_numbers:
                return f"number not of a cited unit ({mention.phrase}): {sentence}"
        if strange := _figures(folded) - self._known_figures(question, cited):
            return f"figure not in a cited unit ({', '.join(sorted(strange))}): {sentence}"
        return ""

    @staticmethod
    def _less_quotations(sentence: str, spoken_of: Sequence[PolicyUnit]) -> str:
        """The sentence less what it quotes word for word from those units; inner marks count as outer ones."""

        def shortened(match: re.Match[str]) -> str:
            words = match.group(1).replace("‘", "“").replace("’", "”")
            return "“”" if any(words in unit.text for unit in spoken_of) else match.group()

        return _QUOTED.sub(shortened, sentence)

    def _known_figures(self, question: str, cited: Sequence[PolicyUnit]) -> set[str]:
        return _figures(question).union(self._counts(cited), *(self._figures[unit.unit_id] for unit in cited))

    def _copied(self, sentence: str, cited: Sequence[PolicyUnit]) -> PolicyUnit | None:
        """The cited unit that the sentence nearly repeats."""
        pairs = set(bigrams(normalise(sentence)))
        if len(pairs) < _NEAR_COPY_FROM:
            return None
        least = _NEAR_COPY * len(pairs)
        return next((unit for unit in cited if len(pairs & self._pairs[unit.unit_id]) >= least), None)

    def _bodies_fault(self, written: str, cited: Sequence[PolicyUnit]) -> str:
        names = tuple(name.strip() for name in re.split("[、,，]", written) if name.strip())
        together = tuple(dict.fromkeys(name for unit in cited for name in unit.agencies))
        if names == together or any(names == unit.agencies for unit in cited):
            return ""
        if _NO_BODIES.search(written) and any(not unit.agencies for unit in cited):
            return ""
        return f"not the responsible bodies of a cited unit: {written}"

    def _bodies(self, folded: str) -> Iterator[str]:
        for mention in self._registry.find(folded):
            if not mention.weak:
                yield mention.agency_ids[0]

    def _numbered(self, folded: str) -> set[str]:
        return {unit.unit_id for mention in find_mentions(folded) for unit in self._catalogue.resolve(mention)}

    def _counts(self, cited: Sequence[PolicyUnit]) -> set[str]:
        """Figures that count: citations in all, by document and by measure, units of a document, documents, bodies."""
        groups: list[Collection[PolicyUnit]] = [cited, self._units.values()]
        groups += [[unit for unit in cited if unit.document == slug] for slug in self._documents]
        groups += [[unit for unit in self._units.values() if unit.document == slug] for slug in self._documents]
        groups += [[unit for unit in cited if unit.measure == measure] for measure in {unit.measure for unit in cited}]
        counts = {len(group) for group in groups} | {len({unit.measure for unit in group}) for group in groups}
        counts |= {len(unit.agencies) for unit in cited} | {len(self._documents)}
        return {_counted(count) for count in counts}


_PRINTED = ("document", "measure", "serial", "label", "agencies")
_COUNTED = frozenset("项条个行款处家")


def _counted(count: int) -> str:
    return f"{count:g}项"


def _figures(folded: str) -> set[str]:
    """Figures of a normalised text in a form that compares: value with unit word, percentage, date; 一 is no figure."""
    values = find_values(folded)
    found = {f"{value:g}%" for value in values.percents} | set(values.dates)
    for item in values.quantities:
        word = unit_word(item.unit)
        if word and item.value != 1:
            found.add(_counted(int(item.value)) if word in _COUNTED and item.value < 1000 else f"{item.value:g}{word}")
    return found


def _statements(text: str) -> list[str]:
    """Sentences of an answer without its Markdown."""
    lines = (_MARKUP.sub("", _MARKUP.sub("", line)).strip() for line in text.splitlines())
    return [part for line in lines for part in sentences(line) if any(c.isalnum() for c in part)]
