"""Writing: findings in plain Chinese Markdown, every name and number from a record.

Sentences that a chat model wrote come here verified; code writes what stands before and after them, and where each is
from.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from answering.writing.modality import aspiration
from answering.writing.premises import About, Premises
from answering.writing.remarks import confirmation, correction, no_more_than
from index.agencies import AgencyRegistry
from index.failure import Failure
from index.prompts import fill
from index.records import SEARCHED, Combination, Cue, Document, Evidence, Findings, Intent, PolicyUnit, Query, Refusal

if TYPE_CHECKING:
    from answering.generation.draft import Sentence

_NO_BODY = "（文件没有为这一部分写明责任单位）"
_MOST_MISSING = 3
_NO_LEAD = "文件只列出责任单位，没有标明哪一家牵头。"
_MOST_TOLD = 4  # units that sentences may combine; more are a list
_ALIKE = 0.9  # of the best score: nobody can tell these apart by it; 3 of 16 answers with several units have such
_COUNTED = re.compile("(?:几|多少)[项条]")
_LISTED = frozenset({Cue.EVERY, Cue.PARTNERS})


def is_prose(query: Query, findings: Findings) -> bool:
    """True when a chat model may write the answer; refusals, lists and counts are code's."""
    count = len(findings.evidence)
    looked_up = query.intent is Intent.LOOKUP and count == 1
    if findings.refusal is not None or not (1 <= count <= _MOST_TOLD and (looked_up or query.intent in SEARCHED)):
        return False
    return not (query.cues & _LISTED or _COUNTED.search(query.text))


def suffices(query: Query, given: Sequence[Evidence], sentences: Sequence[Sentence]) -> bool:
    """True when verified sentences answer: they rest on a best unit, or in a comparison on all that are compared.

    Units whose scores are about alike are all best, in whatever order they were found.
    """
    cited = {handle for sentence in sentences for handle in sentence.handles}
    if query.intent is Intent.COMPARISON:
        return len(cited) == len(given)
    best = max(item.score for item in given)
    enough = best - (1 - _ALIKE) * abs(best)
    return any(item.score >= enough and handle in cited for handle, item in enumerate(given, 1))


class Writer:
    """Writes answers over one corpus.

    Args:
        documents: by slug.
        units: all units, in document order.
        registry: names of bodies.
    """

    def __init__(
        self, documents: Mapping[str, Document], units: Sequence[PolicyUnit], registry: AgencyRegistry
    ) -> None:
        self._documents = documents
        self._units = tuple(units)
        self._registry = registry
        self._premises = Premises(documents, units, registry)

    def write(self, query: Query, findings: Findings) -> str:
        """The answer's text."""
        if findings.refusal is not None:
            return self._refusal(query, findings)
        if len(findings.evidence) == 1 and query.intent is not Intent.AGENCY_TASKS:
            text = self._single(query, findings.evidence[0])
        else:
            text = self._remark(query, findings.evidence)[0] + self._list(query, findings.evidence)
        return _joined(text, self._last(query, findings))

    def opening(self, query: Query, findings: Findings) -> str:
        """What code says before a model's sentences: what is put right or confirmed, and the bodies asked for."""
        evidence = findings.evidence
        return self._head(query, evidence[0])[0] if len(evidence) == 1 else self._remark(query, evidence)[0]

    def told(self, opening: str, sentences: Sequence[Sentence], given: Sequence[Evidence]) -> str:
        """``opening`` and a model's sentences, each with the places it is from.

        Args:
            opening: see :meth:`opening`.
            sentences: verified.
            given: the evidence that their handles count.
        """
        paragraphs: list[str] = []
        for sentence in sentences:
            places = "、".join(self._named(given[handle - 1].unit) for handle in sentence.handles)
            text = f"{sentence.text}（{places}）" if places else sentence.text
            if sentence.opens or not paragraphs:
                paragraphs.append(text)
            else:
                paragraphs[-1] += text
        return _joined(opening, *paragraphs)

    def narrated(self, query: Query, findings: Findings, told: str) -> str:
        """The answer that a model told, with the units it rests on: those of ``findings``."""
        return _joined(told, *(_basis(item.unit) for item in findings.evidence), self._last(query, findings))

    def verbatim(self, query: Query, findings: Findings, opening: str, told: str, failure: Failure) -> str:
        """The answer in the documents' own words, and why; after what a model told as far as it came.

        Args:
            query, findings: as for :meth:`write`.
            opening: what :meth:`opening` said.
            told: what :meth:`told` made of sentences that answer but may not be all; empty when they don't.
            failure: why there are no more.
        """
        text = self.write(query, findings)
        if told:
            return _joined(told, f"（{failure.phrase}，以下为文件原文。）", text.removeprefix(opening).strip())
        return _joined(text, f"（大模型暂不可用：{failure.phrase}，已改用文件原文。）")

    def _named(self, unit: PolicyUnit) -> str:
        return f"{self._documents[unit.document].short_title}{self.place(unit)}"

    def _last(self, query: Query, findings: Findings) -> str:
        """What comes last: numbers that the documents don't have, or another reading."""
        missing = "、".join(dict.fromkeys(query.unknown_numbers[:_MOST_MISSING]))
        if missing:
            return f"文件里没有{missing}。{self._extent()}"
        return self._offer(findings.alternative) if findings.alternative else ""

    def _offer(self, unit: PolicyUnit) -> str:
        """Another reading, to be asked for."""
        named = self._named(unit)
        return f"您想问的也可能是{named}{f'（{unit.heading}）' if unit.heading else ''}，可以再问“{named}讲什么”。"

    def place(self, unit: PolicyUnit) -> str:
        """The unit's label without the document's title."""
        return unit.label.removeprefix(self._documents[unit.document].title)

    def _remark(self, query: Query, evidence: Sequence[Evidence]) -> tuple[str, bool]:
        """What to say first of a question that takes something for granted, and whether this tells the bodies."""
        premises = self._premises.check(query, evidence)
        if wrong := correction(premises):
            return wrong, any(item.about is About.BODIES and item.stated and not item.holds for item in premises)
        if aim := aspiration(query, evidence):
            return no_more_than(aim), False
        return confirmation(premises), False

    def _head(self, query: Query, evidence: Evidence) -> tuple[str, bool]:
        """What is said before one unit's words, and whether it tells the bodies."""
        unit = evidence.unit
        remark, tells_bodies = self._remark(query, [evidence])
        if tells_bodies:
            return f"{remark}{_NO_LEAD if Cue.LEAD in query.cues and len(unit.agencies) > 1 else ''}", True
        if not (query.cues & {Cue.WHO, Cue.LEAD, Cue.PARTNERS} or query.intent is Intent.RESPONSIBLE):
            return remark, False
        if not unit.agencies:
            return f"{remark}文件没有为这一部分写明责任单位。", True
        no_lead = _NO_LEAD if Cue.LEAD in query.cues else ""
        return f"{remark}责任单位共 {len(unit.agencies)} 家：**{'、'.join(unit.agencies)}**。{no_lead}", True

    def _single(self, query: Query, evidence: Evidence) -> str:
        unit = evidence.unit
        head, tells_bodies = self._head(query, evidence)
        if tells_bodies:
            written = ""
        else:
            heading = f"（{unit.heading}）" if unit.heading and unit.heading not in evidence.sentences[0] else ""
            written = f"{self._named(unit)}{heading}写道："
        return _joined(head, written, f"> {''.join(evidence.sentences)}", _basis(unit))

    def _list(self, query: Query, evidence: Sequence[Evidence]) -> str:
        groups = [
            (self._documents[slug], list(items))
            for slug, items in groupby(
                sorted(evidence, key=lambda item: list(self._documents).index(item.unit.document)),
                key=lambda item: item.unit.document,
            )
        ]
        parts = [self._list_lead(query, len(evidence), groups)]
        if Cue.PARTNERS in query.cues and query.agencies.ids:
            parts.append(self._partners(query, evidence))
        number = 0
        for document, items in groups:
            rows = []
            for item in items:
                number += 1
                bodies = "、".join(item.unit.agencies) or _NO_BODY
                rows.append(f"{number}. **{self.place(item.unit)}** {''.join(item.sentences)}  \n   责任单位：{bodies}")
            parts.append(f"**{document.title}**（{len(items)} 项）\n\n" + "\n".join(rows))
        return "\n\n".join(parts)

    def _list_lead(self, query: Query, count: int, groups: Sequence[tuple[Document, Sequence[Evidence]]]) -> str:
        where = "，".join(f"{document.short_title} {len(items)} 项" for document, items in groups)
        subject = self._list_subject(query)
        split = f"（{where}）" if len(groups) > 1 else ""
        note = _NO_LEAD if Cue.LEAD in query.cues else ""
        return f"{subject}共 **{count} 项**{split}。{note}"

    def _list_subject(self, query: Query) -> str:
        if query.intent is not Intent.AGENCY_TASKS:
            return "相关规定"
        about = f"、与“{'、'.join(query.subject)}”有关的" if query.subject and Cue.SCOPE in query.cues else ""
        return f"{self._bodies(query).removesuffix('的')}的{about.removeprefix('、')}任务"

    def _partners(self, query: Query, evidence: Sequence[Evidence]) -> str:
        """Bodies that share the listed tasks with the one asked about, most frequent first."""
        own = set(query.agencies.ids)
        shared = Counter(agency_id for item in evidence for agency_id in item.unit.agency_ids if agency_id not in own)
        named = "、".join(
            f"{self._registry[agency_id].name}（{count} 项）" for agency_id, count in shared.most_common()
        )
        return f"一起承担这些任务的单位：{named}。" if named else "这些任务没有其他责任单位。"

    def _refusal(self, query: Query, findings: Findings) -> str:
        titles = "和".join(document.title for document in self._documents.values())
        searched = {"titles": titles, "count": str(len(self._units))}
        if findings.refusal is Refusal.NOT_STATED:
            return fill("not_stated", fact=findings.unsaid, **searched)
        if findings.refusal is Refusal.OUT_OF_SCOPE:
            return fill("out_of_scope", **searched)
        if query.unknown_numbers:
            numbers = "、".join(query.unknown_numbers)
            return fill("nonexistent_number", number=numbers, extent=self._extent(), **searched)
        strangers = f"“{'、'.join(query.unknown_agencies)}”的"
        bodies = strangers if query.unknown_agencies else self._bodies(query)
        return fill("nonexistent_task", bodies=bodies, **searched)

    def _bodies(self, query: Query) -> str:
        """The set expression of the query in words: 天津海关和天津市税务局共同负责、没有天津市商务局的."""
        agencies = query.agencies
        names = self._registry.names(agencies.ids)
        if agencies.count is not None:
            return "没有写明责任单位的" if agencies.count == 0 else f"只有 {agencies.count} 家责任单位的"
        parts = []
        if len(names) > 1 and agencies.combination is Combination.ALL:
            parts.append(f"{'、'.join(names)}{'且没有其他单位' if agencies.exclusive else ''}共同负责")
        elif names:
            parts.append(f"{'、'.join(names)}{'单独' if agencies.exclusive else ''}负责")
        if agencies.excluded:
            parts.append(f"没有{'、'.join(self._registry.names(agencies.excluded))}")
        return "、".join(parts) + "的" if parts else ""

    def _extent(self) -> str:
        """How far each document's numbers go."""
        numbered = (unit for unit in self._units if unit.measure.startswith("第") or unit.measure.isdecimal())
        last = {unit.document: unit for unit in numbered}
        parts = [
            f"{document.short_title}最后一项是{self.place(last[slug])}"
            for slug, document in self._documents.items()
            if slug in last
        ]
        return "；".join(parts) + "。"


def _basis(unit: PolicyUnit) -> str:
    return f"**依据**：{unit.label}  \n**责任单位**：{'、'.join(unit.agencies) or _NO_BODY}"


def _joined(*paragraphs: str) -> str:
    """The paragraphs that say something."""
    return "\n\n".join(filter(None, paragraphs))
