"""What the words of one question name: documents, numbers, sections, bodies, cues and content."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from answering.understanding.bodies import agency_filter, is_office, unknown_bodies
from answering.understanding.cues import PARTNERS, cues_of
from answering.understanding.lexis import blank, content_runs, function_words, parts
from answering.understanding.places import Places
from answering.understanding.titles import Titles
from answering.words import UnitWords
from index.agencies import AgencyMention, AgencyRegistry
from index.names import Names
from index.numbering import Form, NumberMention, find_mentions
from index.places import names_of_place, place_at_start
from index.records import AgencyFilter, Cue, Document, PolicyUnit
from index.text import Segmenter, normalise

_TOO_COMMON = 0.3  # share of units from which a word (跨境电商) no longer tells units apart
_YEAR = re.compile(r"20\d\d")
_QUOTED = re.compile(r"[“\"「『]([^”\"」』]{2,20})[”\"」』]")
_AUDIENCE = re.compile(
    r"[给为对帮替让][^，。？]{0,3}(?:我们|咱们?|俺们?)?[^，。？]{0,4}(?:企业|公司|卖家|商户|工厂|老板|商家)"
)
_INCLUDED_TOO = re.compile(r"(?:包括|连同?|别把|加上|算上|[，,]也)$")
_REQUEST = re.compile("(?:请|帮我?|帮忙|麻烦)[您你]?(?:给我)?(?:统计|整理|梳理|汇总|查询?|列|找)(?:一下|下)?")
_RULED_OUT = re.compile(r"(?:除了?|不看|不算|不要|撇开)[“\"]?$")
_NOT_MEANT = re.compile(
    r"(?:我?不是(?:要?问|说|指)[^，。；？?！!]*|我?不是[^，。；？?！!吗]*那一?[个条项行]|(?:别|不要)[跟和与把][^，。；？?！!]*混[^，。；？?！!]*)"
)
_ON_THE_WAY = re.compile("[从到往去至]$")
_SECTION_MARK = re.compile(r"^[（(]?[一二三四五六七八九十]+[）)、]")


@dataclass(frozen=True, slots=True)
class Reading:
    """One question taken apart; see :class:`index.records.Query` for the meaning of the parts.

    ``documents`` are the slugs of the documents named, by name, number or place, each once; ``document_spans`` tells
    where names stand and which documents each may mean. ``content`` is ``text`` less the names of documents, and of the
    places that only some of them are of. ``subject`` is the part of ``topic`` that is left when bodies
    and section names are taken away too, as far as the documents know its words: what an agency's or a section's list
    would have to be narrowed to.
    """

    question: str
    text: str
    content: str
    documents: tuple[str, ...]
    document_spans: tuple[tuple[int, int, tuple[str, ...]], ...]
    places: tuple[str | None, ...]
    mentions: tuple[NumberMention, ...]
    sections: tuple[str, ...]
    agencies: AgencyFilter
    weak_agencies: AgencyFilter
    unknown_agencies: tuple[str, ...]
    cues: frozenset[Cue]
    topic: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]
    asking: tuple[bool, ...]
    subject: tuple[str, ...]
    quoted: tuple[str, ...]
    years: tuple[str, ...]
    region: str
    unknown_documents: tuple[str, ...] = ()

    @property
    def compares(self) -> bool:
        """True when it names documents or places by more than one name that mean different ones."""
        return len({slugs for _, _, slugs in self.document_spans}) > 1 or len(self.places) > 1


class Reader:
    """Takes questions apart, knowing the names that the corpus uses.

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
        self._registry = registry
        self._words = words
        self._segmenter = segmenter
        self._functions = function_words()
        self._titles = Titles(documents, segmenter)
        self._regions = {document.slug: document.region for document in documents}
        self._places = Places(set(self._regions.values()))
        headings: dict[str, dict[str, None]] = {}
        for unit in units:
            for heading in unit.section:
                headings.setdefault(normalise(_SECTION_MARK.sub("", heading)), {})[heading] = None
        self._sections = {name: tuple(found) for name, found in headings.items()}
        self._section_names = Names(self._sections)
        often = _TOO_COMMON * len(units)
        self._vocabulary = {word for word, count in words.counts.items() if len(word) > 1 and count <= often}

    def read(self, question: str) -> Reading:
        """Take ``question`` apart, name by name; each name found is blanked out for the searches after it."""
        text = normalise(question).strip()
        named = self._titles.find(text)
        spans = tuple(
            span
            for span in named
            if not _INCLUDED_TOO.search(text[: span[0]]) and (len(named) < 2 or not _RULED_OUT.search(text[: span[0]]))
        )
        rest = blank(text, ((start, end) for start, end, _ in named))
        sections = [(*span, self._sections[rest[slice(*span)]]) for span in self._section_names.longest(rest)]
        mentions = tuple(
            mention
            for mention in find_mentions(rest)
            if mention.form not in (Form.PART, Form.OUTLINE)
            or not any(0 <= start - mention.end <= 1 for start, _, _ in sections)
        )
        rest = blank(rest, ((mention.start, mention.end) for mention in mentions))
        meant = blank(rest, (match.span() for match in _NOT_MEANT.finditer(rest)))
        rest = meant if meant.strip(" ，。？?！!") else rest
        found, namesakes = self._bodies(rest)
        own = [mention for mention, other in zip(found, namesakes, strict=True) if other is None]
        foreign = [other for other in namesakes if other is not None]
        places, place_spans = self._places_named(rest, own, found)
        rest = blank(rest, place_spans)
        masked = blank(
            rest,
            [
                *((start, end) for start, end, _ in sections),
                *((mention.start, mention.end) for mention in found),
                *((start, end) for start, end, _ in foreign),
                *(match.span() for pattern in (PARTNERS, _AUDIENCE, _REQUEST) for match in pattern.finditer(rest)),
            ],
        )
        cues = frozenset(cues_of(text))
        asks_tasks = bool(cues & {Cue.TASKS, Cue.PARTNERS, Cue.LEAD})
        strangers = foreign or (list(unknown_bodies(masked)) if asks_tasks else [])
        before = {end: text[start:end] for start, end in place_spans}
        strangers = [(start, end, before.get(start, "") + name) for start, end, name in strangers]
        masked = blank(masked, ((start, end) for start, end, name in strangers if is_office(name)))
        found_parts = [(runs, asks) for part, asks in parts(rest) if (runs := self._part(part))]
        return Reading(
            question=question,
            text=text,
            content=blank(text, [*((start, end) for start, end, _ in named), *place_spans]).strip(),
            documents=self._documents(spans, places),
            document_spans=spans,
            places=places,
            mentions=mentions,
            sections=tuple(dict.fromkeys(heading for _, _, headings in sections for heading in headings)),
            agencies=agency_filter(rest, [mention for mention in own if not mention.weak]),
            weak_agencies=agency_filter(rest, own),
            unknown_agencies=tuple(name for _, _, name in strangers),
            cues=cues,
            topic=content_runs(rest, self._segmenter, self._functions),
            parts=tuple(runs for runs, _ in found_parts),
            asking=tuple(asks for _, asks in found_parts),
            subject=tuple(run for run in content_runs(masked, self._segmenter, self._functions) if self._knows(run)),
            quoted=tuple(words for match in _QUOTED.finditer(masked) if "  " not in (words := match.group(1))),
            years=tuple(dict.fromkeys(_YEAR.findall(text))),
            region=self._places.asked(text),
            unknown_documents=self._titles.unknown(text),
        )

    def _bodies(self, text: str) -> tuple[list[AgencyMention], list[tuple[int, int, str] | None]]:
        """Bodies named in a text, and for each the span and whole name of a namesake (杭州海关, 国家税务总局), if any.

        A place of documents right before a name that stands for bodies of several places tells which.
        """
        found: list[AgencyMention] = []
        others: list[tuple[int, int, str] | None] = []
        for mention in self._registry.find(text):
            before, after = text[: mention.start], text[mention.end :]
            place, regions = self._places.before(before)
            ids = self._registry.of_places(mention.agency_ids, regions) if regions else mention.agency_ids
            first, last = self._places.namesake(before, after)
            first = first if ids else place
            start, end = mention.start - len(first), mention.end + len(last)
            others.append((start, end, text[start:end]) if first or last else None)
            if len(ids) < len(mention.agency_ids):
                mention = replace(mention, start=mention.start - len(place), agency_ids=ids)  # noqa: PLW2901 - narrowed
            found.append(mention)
        return found, others

    def _places_named(
        self, text: str, own: Sequence[AgencyMention], found: Sequence[AgencyMention]
    ) -> tuple[tuple[str | None, ...], list[tuple[int, int]]]:
        """Regions of documents that a text is about, and where it names them outside the names of bodies."""
        inside = [
            region
            for mention in own
            for _, _, regions in self._places.named(text[mention.start : mention.end])
            for region in regions
            if set(mention.agency_ids) <= set(self._registry.of_places(mention.agency_ids, regions))
        ]
        outside = [
            (start, end, regions)
            for start, end, regions in self._places.named(
                blank(text, ((mention.start, mention.end) for mention in found))
            )
            if not _ON_THE_WAY.search(text[:start])
        ]
        named = dict.fromkeys((*inside, *(region for _, _, regions in outside for region in regions)))
        return tuple(named), [(start, end) for start, end, _ in outside]

    def _documents(
        self, spans: Sequence[tuple[int, int, tuple[str, ...]]], places: Sequence[str | None]
    ) -> tuple[str, ...]:
        """Documents named: of the places named, where there are such, and of these the ones also named otherwise."""
        named = tuple(dict.fromkeys(slug for _, _, slugs in spans for slug in slugs))
        if not places:
            return named
        there = [slug for slug, region in self._regions.items() if region in places]
        return tuple(slug for slug in named if slug in there) or tuple(there)

    def stand_ins(self, reading: Reading) -> Iterator[tuple[str, tuple[str, ...], str]]:
        """Where to look when the documents of the place asked about say nothing: its province, then the whole country.

        Yields the place, slugs of the documents that stand in for its own, and the question without the place.
        """
        place = place_at_start(reading.region)[0] or reading.region
        asked = reading.places or ((place,) if place else ())
        names = {normalise(name) for region in asked if region for name in names_of_place(region)}
        names.update(filter(None, (reading.region,)))
        text = reading.text
        for start, end in reversed(Names(names).longest(text)):
            text = text[:start] + text[end:].removeprefix("的")
        for regions in self._places.above(asked):
            slugs = tuple(slug for slug, region in self._regions.items() if region in regions)
            yield "、".join(filter(None, asked)), slugs, text

    def _part(self, text: str) -> tuple[str, ...]:
        """Content of one part of a question; empty when the documents and their questions know none of its words."""
        runs = content_runs(text, self._segmenter, self._functions)
        return runs if any(map(self._words.known, self._words.of_runs(runs))) else ()

    def _knows(self, run: str) -> bool:
        """True when some documents' units use a word of ``run`` and most don't; a bare number says nothing."""
        return not run.isdecimal() and any(
            len(word) > 1 and word in self._vocabulary for word in self._segmenter.words(run)
        )
