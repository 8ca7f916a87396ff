"""An answer's evidence as HTML: citation cards, near misses, and the notice that a refusal is.

Pure functions from records to strings. Whatever they print passes :func:`web.escape.escaped`.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.records import Answer, Citation, Refusal
from web.bilingual import both
from web.escape import escaped
from web.links import to_unit
from web.responsible import deadline, items
from web.source_table import body_link
from web.sources import Sources

OPEN_CARDS = 3  # more than these are folded under one line, or a list of 55 buries the conversation

_REFUSALS = {
    Refusal.OUT_OF_SCOPE: "不在文件范围内",
    Refusal.NOT_STATED: "文件没有写明",
    Refusal.NONEXISTENT: "文件里没有",
}


def below(answer: Answer, sources: Sources) -> str:
    """Everything shown under an answer's text: how it was checked and read, its citation cards, what is merely close.

    Raises:
        KeyError: the answer cites a unit that is not in ``sources``.
    """
    parts = (
        _checked(answer),
        _understood(answer),
        _basis(answer.citations, sources),
        _related(answer.related, sources),
    )
    return f'<div class="evidence">{"".join(parts)}</div>' if any(parts) else ""


def notice(answer: Answer) -> str:
    """A refusal, set apart from answers by look and by its first words."""
    title = _REFUSALS[answer.refusal] if answer.refusal else "没有答案"
    lines = "".join(f"<p>{escaped(line)}</p>" for line in answer.answer.split("\n\n"))
    return f'<section class="refusal"><h4>{title}</h4>{lines}</section>'


def card(citation: Citation, sources: Sources) -> str:
    """One citation: document, number, quoted sentences, and bodies that lead to their tasks."""
    unit = sources.units[citation.unit_id]
    tag = sources.documents[unit.document].short_title
    place = citation.label.removeprefix(citation.document)
    link = escaped(to_unit(unit.unit_id))
    chips = items(unit, body_link)
    bodies = f'<ul class="agencies" aria-label="责任单位">{chips}</ul>' if chips else ""
    bodies += deadline(unit)
    path = " › ".join(unit.section)
    return (
        f'<article class="card"><header><span class="tag" title="{escaped(citation.document)}">{escaped(tag)}</span>'
        f'<a class="place" href="{link}">{escaped(place)}</a>'
        f'<a class="open" href="{link}">{both("看原文", "Source")}</a></header>'
        f'<p class="path">{escaped(path)}</p><blockquote>{escaped(citation.quote)}</blockquote>{bodies}</article>'
    )


def _checked(answer: Answer) -> str:
    """A word on what a chat model wrote of the answer; empty when that is nothing."""
    if answer.generation is None or not answer.generation.verified:
        return ""
    return f'<p class="checked"><small>已核对 {answer.generation.verified} 句，均与所引条目一致</small></p>'


def _understood(answer: Answer) -> str:
    standalone = answer.understood.standalone_question
    if standalone.strip() == answer.question.strip():
        return ""
    return f'<p class="understood">理解为：{escaped(standalone)}</p>'


def _basis(citations: Sequence[Citation], sources: Sources) -> str:
    if not citations:
        return ""
    cards = "".join(card(citation, sources) for citation in citations)
    if len(citations) <= OPEN_CARDS:
        return f'<section class="basis"><h4>依据</h4>{cards}</section>'
    return f'<details class="basis"><summary>依据（共 {len(citations)} 项）</summary>{cards}</details>'


def _related(related: Sequence[Citation], sources: Sources) -> str:
    if not related:
        return ""
    cards = "".join(card(citation, sources) for citation in related)
    return f'<details class="related"><summary>相近内容（不是依据）· {len(related)} 项</summary>{cards}</details>'
