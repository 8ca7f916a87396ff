"""Writing without a language model: findings in plain Chinese Markdown, every name and number from a record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from index.agencies import AgencyRegistry
from index.records import Cue, Document, Evidence, Findings, Intent, PolicyUnit, Query, Refusal

_NO_BODY = "（文件没有为这一部分写明责任单位）"
_NO_LEAD = "文件只列出责任单位，没有标明哪一家牵头。"


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

    def write(self, query: Query, findings: Findings) -> str:
        """The answer's text."""
        if findings.refusal is not None:
            return self._refusal(findings.refusal, findings.refusal_subject)
        if len(findings.evidence) == 1 and query.intent is not Intent.AGENCY_TASKS:
            return self._single(query, findings.evidence[0])
        return self._list(query, findings.evidence)

    def place(self, unit: PolicyUnit) -> str:
        """The unit's label without the document's title."""
        return unit.label.removeprefix(self._documents[unit.document].title)

    def _single(self, query: Query, evidence: Evidence) -> str:
        unit = evidence.unit
        asks_body = bool(query.cues & {Cue.WHO, Cue.LEAD, Cue.PARTNERS}) or query.intent is Intent.RESPONSIBLE
        if asks_body and unit.agencies:
            lead = f"责任单位是：**{'、'.join(unit.agencies)}**。" + (_NO_LEAD if Cue.LEAD in query.cues else "")
        elif asks_body:
            lead = "文件没有为这一部分写明责任单位。"
        else:
            heading = f"（{unit.heading}）" if unit.heading and unit.heading not in evidence.sentences[0] else ""
            lead = f"{self._documents[unit.document].short_title}{self.place(unit)}{heading}写道："
        return "\n\n".join(
            [
                lead,
                f"> {''.join(evidence.sentences)}",
                f"**依据**：{unit.label}  \n**责任单位**：{'、'.join(unit.agencies) or _NO_BODY}",
            ]
        )

    def _list(self, query: Query, evidence: Sequence[Evidence]) -> str:
        groups = [
            (self._documents[slug], list(items))
            for slug, items in groupby(
                sorted(evidence, key=lambda item: list(self._documents).index(item.unit.document)),
                key=lambda item: item.unit.document,
            )
        ]
        parts = [self._list_lead(query, len(evidence), groups)]
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
        joined = {"all": "共同负责", "any": "负责或参与"}[query.agencies.combination.value]
        names = "、".join(self._registry.names(query.agencies.ids))
        without = "、".join(self._registry.names(query.agencies.excluded))
        if query.agencies.exclusive:
            joined = "单独负责"
        about = f"与“{'、'.join(query.subject)}”有关的" if query.subject else ""
        excluded = f"、没有{without}的" if without else "的"
        return f"{names}{joined}{excluded}{about}任务" if names else f"没有{without}的任务"

    def _refusal(self, refusal: Refusal, subject: str) -> str:
        titles = "和".join(document.title for document in self._documents.values())
        searched = f"已查：{titles}，共 {len(self._units)} 条措施、任务和要求。"
        if refusal is Refusal.NONEXISTENT:
            what = f"“{subject}”" if subject else "符合这些条件的任务"
            return f"文件里没有{what}。{self._extent()}\n\n{searched}"
        if refusal is Refusal.NOT_STATED:
            return f"文件里没有写明您问的{subject or '内容'}。\n\n{searched}"
        return f"这个问题不在所收文件的范围内，无法依据文件回答。\n\n{searched}"

    def _extent(self) -> str:
        """How far each document's numbers go."""
        parts = []
        for slug, document in self._documents.items():
            own = [unit for unit in self._units if unit.document == slug]
            numbered = [unit for unit in own if unit.measure.startswith("第") or unit.measure.isdecimal()]
            if numbered:
                parts.append(f"{document.short_title}最后一项是{self.place(numbered[-1])}")
        return "；".join(parts) + "。"
