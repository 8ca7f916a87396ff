"""What the words of one question name: documents, numbers, sections, bodies, cues and content."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from answering.understanding.bodies import agency_filter, is_office, unknown_bodies
from answering.understanding.cues import PARTNERS, cues_of
from answering.understanding.lexis import blank, content_runs, function_words, parts
from answering.understanding.places import namesake, region_asked
from answering.words import UnitWords
from index.agencies import AgencyMention, AgencyRegistry
from index.numbering import Form, NumberMention, find_mentions
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
_SECTION_MARK = re.compile(r"^[（(]?[一二三四五六七八九十]+[）)、]")


@dataclass(frozen=True, slots=True)
class Reading:
    """One question taken apart; see :class:`index.records.Query` for the meaning of the parts.

    ``content`` is ``text`` less the names of documents. ``subject`` is the part of ``topic`` that is left when bodies
    and section names are taken away too, as far as the documents know its words: what an agency's or a section's list
    would have to be narrowed to.
    """

    question: str
    text: str
    content: str
    document_spans: tuple[tuple[int, int, str], ...]
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

    @property
    def documents(self) -> tuple[str, ...]:
        """Slugs of the documents named, each once."""
        return tuple(dict.fromkeys(slug for _, _, slug in self.document_spans))


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
        names = {
            normalise(name): document.slug
            for document in documents
            for name in (document.title, document.short_title, *document.aliases)
        }
        self._document_names = dict(sorted(names.items(), key=lambda item: -len(item[0])))
        self._sections = {
            normalise(_SECTION_MARK.sub("", heading)): heading for unit in units for heading in unit.section
        }
        often = _TOO_COMMON * len(units)
        self._vocabulary = {word for word, count in words.counts.items() if len(word) > 1 and count <= often}

    def read(self, question: str) -> Reading:
        """Take ``question`` apart, name by name; each name found is blanked out for the searches after it."""
        text = normalise(question).strip()
        named = _named(text, self._document_names)
        documents = tuple(
            span
            for span in named
            if not _INCLUDED_TOO.search(text[: span[0]]) and (len(named) < 2 or not _RULED_OUT.search(text[: span[0]]))
        )
        rest = blank(text, ((start, end) for start, end, _ in named))
        sections = _named(rest, self._sections)
        mentions = tuple(
            mention
            for mention in find_mentions(rest)
            if mention.form not in (Form.PART, Form.OUTLINE)
            or not any(0 <= start - mention.end <= 1 for start, _, _ in sections)
        )
        rest = blank(rest, ((mention.start, mention.end) for mention in mentions))
        meant = blank(rest, (match.span() for match in _NOT_MEANT.finditer(rest)))
        rest = meant if meant.strip(" ，。？?！!") else rest
        found = self._registry.find(rest)
        namesakes = [_namesake(rest, mention) for mention in found]
        own = [mention for mention, other in zip(found, namesakes, strict=True) if other is None]
        foreign = [other for other in namesakes if other is not None]
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
        masked = blank(masked, ((start, end) for start, end, name in strangers if is_office(name)))
        found_parts = [(runs, asks) for part, asks in parts(rest) if (runs := self._part(part))]
        return Reading(
            question=question,
            text=text,
            content=blank(text, ((start, end) for start, end, _ in named)).strip(),
            document_spans=documents,
            mentions=mentions,
            sections=tuple(dict.fromkeys(heading for _, _, heading in sections)),
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
            region=region_asked(text),
        )

    def _part(self, text: str) -> tuple[str, ...]:
        """Content of one part of a question; empty when the documents and their questions know none of its words."""
        runs = content_runs(text, self._segmenter, self._functions)
        return runs if any(map(self._words.known, self._words.of_runs(runs))) else ()

    def _knows(self, run: str) -> bool:
        """True when some documents' units use a word of ``run`` and most don't; a bare number says nothing."""
        return not run.isdecimal() and any(
            len(word) > 1 and word in self._vocabulary for word in self._segmenter.words(run)
        )


def _namesake(text: str, mention: AgencyMention) -> tuple[int, int, str] | None:
    """Span and whole name of a namesake (杭州海关, 国家税务总局); ``None`` when the mention is our own body."""
    first, last = namesake(text[: mention.start], text[mention.end :])
    start, end = mention.start - len(first), mention.end + len(last)
    return (start, end, text[start:end]) if first or last else None


def _named(text: str, names: dict[str, str]) -> tuple[tuple[int, int, str], ...]:
    """Where ``names`` stand in ``text`` and what they mean, longest name first at each place, left to right."""
    found: list[tuple[int, int, str]] = []
    for name, meaning in names.items():
        if name not in text:
            continue
        for match in re.finditer(re.escape(name), text):
            if not any(start < match.end() and match.start() < end for start, end, _ in found):
                found.append((match.start(), match.end(), meaning))
    return tuple(sorted(found))
