"""The documents as HTML: each as published, its figures and balance, and the table of contents.

Pure functions from records to strings. Whatever they print passes :class:`web.documents_search.Marker` or
:func:`web.escape.escaped`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from index.published import UNIT, Passage, Published
from index.records import PolicyUnit
from web import remarks
from web.documents_search import Marker
from web.escape import escaped
from web.links import to_bodies, to_question, to_unit
from web.responsible import deadline, items
from web.sources import Sources

_KINDS = {
    "title": "标题",
    "column heads": "表头",
    "heading": "小标题",
    "salutation": "主送单位",
    "notice": "印发通知",
    "signature": "落款",
    "date": "日期",
    "publication mark": "公开说明",
    "preamble": "引言",
    "blank": "空行",
    "section row": "表中分节行",
    "table": "其他表格",
    "contents": "目录",
    "attachment": "附件",
    "document number": "文号",
    "lead-in": "引出下文的话",
    "closing": "结束语",
}


def document(published: Published, sources: Sources, mark: Marker) -> str:
    """One document: head with figures and balance, then everything printed in it, in order."""
    body = "".join(_passage(item, place, published, sources, mark) for place, item in enumerate(published.passages))
    return f'<article class="document" id="{_name(published)}">{_head(published, sources)}{body}</article>'


def contents(library: Sequence[Published], sources: Sources) -> str:
    """The table of contents of all documents: links to headings, units, and in a table to its measures."""
    parts = []
    for published in library:
        entries = "".join(_entries(published, sources))
        parts.append(
            f'<li><a class="whole" href="#{_name(published)}">{escaped(published.document.short_title)}</a>'
            f"<ul>{entries}</ul></li>"
        )
    return f'<ul class="contents">{"".join(parts)}</ul>'


def anchor(unit_id: str) -> str:
    """The id that a unit has in the tab's HTML."""
    return f"doc-{unit_id.replace('/', '-')}"


def _head(published: Published, sources: Sources) -> str:
    shown = published.document
    units = [unit for unit in sources.units.values() if unit.document == shown.slug]
    named = (pair for unit in units for pair in zip(unit.agency_ids, unit.agencies, strict=True))
    bodies = {agency_id or name for agency_id, name in named}
    facts: tuple[tuple[str, str], ...] = (
        ("发文机关", shown.issuer or "原文没有写明"),
        ("文号", shown.number or "原文没有写明"),
        ("日期", shown.date or "原文没有写明"),
        ("可引用的条目", f"{len(units)} 条"),
        ("责任单位", f"{len(bodies)} 家，共列出 {sum(len(unit.agencies) for unit in units)} 次"),
    )
    if shown.version > 1:
        facts += (("版次", f"第 {shown.version} 版"),)
    listed = "".join(f"<div><dt>{name}</dt><dd>{escaped(value)}</dd></div>" for name, value in facts)
    return f'<header><h2>{escaped(shown.title)}</h2><dl class="facts">{listed}</dl>{_balance(published)}</header>'


def _balance(published: Published) -> str:
    """The proof that every character was read: a sum that a reader can redo."""
    rows = [
        ("可引用的条目", published.in_units),
        *((_KINDS.get(name, name), count) for name, count in published.parts),
    ]
    listed = "".join(f"<tr><th>{escaped(name)}</th><td>{count:,}</td></tr>" for name, count in rows)
    total = sum(count for _, count in rows)
    sound = "编号连续，没有缺号、重号；每个字都归到且只归到一处；每个责任单位都认得。"
    verdict = f"<p>{'有对不上的地方：' if published.problems else sound}</p>{remarks.listed(published.remarks)}"
    state = remarks.verdict(published.remarks)
    return (
        f'<details class="balance"><summary>收录核对：全文 {published.characters:,} 个字符，{state}</summary>'
        f"<table><tbody>{listed}</tbody><tfoot><tr><th>合计</th><td>{total:,}</td></tr></tfoot></table>{verdict}</details>"
    )


def _is_unit(passage: Passage, sources: Sources) -> bool:
    return passage.kind == UNIT and passage.unit_id in sources.units


def _passage(passage: Passage, place: int, published: Published, sources: Sources, mark: Marker) -> str:
    if _is_unit(passage, sources):
        return _unit(sources.units[passage.unit_id], sources, mark)
    return _part(passage, place, published, mark)


def _part(passage: Passage, place: int, published: Published, mark: Marker) -> str:
    text = (
        "　".join(cell.strip() for cell in passage.text.split("\n\t"))
        if passage.kind == "column heads"
        else passage.text
    )
    if passage.kind == "heading":
        level, kind = (3, "section") if "、" in text[:4] else (4, "subsection")
        return f'<h{level} class="{kind}" id="{_place(published, place)}">{mark(text)}</h{level}>'
    css = passage.kind.replace(" ", "-")
    return "".join(f'<p class="part {css}">{mark(line)}</p>' for line in text.split("\n") if line.strip())


def _unit(unit: PolicyUnit, sources: Sources, mark: Marker) -> str:
    place = sources.documents[unit.document].place(unit)
    number = unit.measure if unit.serial is not None else place
    serial = f'<span class="serial">序号 {unit.serial}</span>' if unit.serial is not None else ""
    text = "".join(f"<p>{_with_heading(line, unit, mark)}</p>" for line in unit.text.split("\n") if line.strip())
    chips = items(unit, lambda name, agency_id: _chip(name, agency_id, mark))
    bodies = f'<div class="bodies"><span>责任单位</span><ul>{chips}</ul></div>' if chips else ""
    bodies += deadline(unit)
    question = escaped(to_question(sources.question(unit.unit_id)))
    return (
        f'<section class="unit" id="{anchor(unit.unit_id)}" aria-label="{escaped(place)}">'
        f'<div class="number"><a href="{escaped(to_unit(unit.unit_id))}" title="在问答旁查看这一条">'
        f'{escaped(number)}</a>{serial}</div><div class="text">{text}{bodies}'
        f'<p class="more"><a href="{question}">问这一条</a></p></div></section>'
    )


def _chip(name: str, agency_id: str, mark: Marker) -> str:
    return (
        f'<a href="{escaped(to_bodies([agency_id]))}">{mark(name)}</a>' if agency_id else f"<span>{mark(name)}</span>"
    )


def _with_heading(line: str, unit: PolicyUnit, mark: Marker) -> str:
    """A paragraph; the unit's own heading sentence in bold where the paragraph begins with it."""
    if not unit.heading or not line.startswith(unit.heading):
        return mark(line)
    return f"<strong>{mark(unit.heading)}</strong>{mark(line[len(unit.heading) :])}"


def _entries(published: Published, sources: Sources) -> Iterator[str]:
    passages = list(enumerate(published.passages))
    for key, run in groupby(passages, key=_entry_key(sources)):
        first, *rest = run
        _, passage = first
        if key == "heading":
            for at, heading in (first, *rest):
                css = "section" if "、" in heading.text[:4] else "subsection"
                yield f'<li class="{css}"><a href="#{_place(published, at)}">{escaped(heading.text)}</a></li>'
        elif key.startswith("measure"):
            units = [sources.units[item.unit_id] for _, item in (first, *rest)]
            serials = f"{units[0].serial}–{units[-1].serial}" if len(units) > 1 else f"{units[0].serial}"
            yield (
                f'<li><a href="#{anchor(passage.unit_id)}">{escaped(units[0].measure)}'
                f"<small>序号 {serials}</small></a></li>"
            )
        elif key.startswith("unit"):
            unit = sources.units[passage.unit_id]
            name = " ".join(filter(None, (unit.measure, unit.heading or unit.text[:12] + "…")))
            yield f'<li><a href="#{anchor(unit.unit_id)}">{escaped(name)}</a></li>'


def _entry_key(sources: Sources) -> Callable[[tuple[int, Passage]], str]:
    """Neighbours of one key make one entry: rows of a table's measure; headings and other units one each."""

    def key(item: tuple[int, Passage]) -> str:
        place, passage = item
        if not _is_unit(passage, sources):
            return "heading" if passage.kind == "heading" else "other"
        unit = sources.units[passage.unit_id]
        return f"measure {unit.measure}" if unit.serial is not None else f"unit {place}"

    return key


def _name(published: Published) -> str:
    return f"doc-{published.document.slug}"


def _place(published: Published, place: int) -> str:
    return f"{_name(published)}-part-{place}"
