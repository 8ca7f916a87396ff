"""A document as published, as HTML: its headings and units in order, one of them shown and its sentence marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from index.records import Document, PolicyUnit
from web.bilingual import both
from web.escape import escaped
from web.links import to_unit
from web.marking import marked
from web.responsible import in_words
from web.source_table import Shown, is_row, table

CLOSE = f'<button type="button" class="close" data-to="close" data-value="1">{both("关闭", "Close")}</button>'
_RESIDUE = re.compile(r"\[bookmark: [^\]]*\]")  # what the conversion from Word left in the file


def source(document: Document, units: Sequence[PolicyUnit], text: str, shown: str, quote: str = "") -> str:
    """The document with a heading that leads from unit to unit.

    Args:
        units: those of the document, in order.
        text: of its file, in which units have their spans; where it is empty the units alone are shown.
        shown: id of the unit that is looked at.
        quote: sentences of that unit to mark.

    Raises:
        KeyError: the document has no unit ``shown``.
    """
    ids = [unit.unit_id for unit in units]
    if shown not in ids:
        raise KeyError(shown)
    parts = _with_text(document, units, text, shown, quote) if text else _units_alone(units, shown, quote)
    head = _head(document, units, ids.index(shown))
    return f'<section class="source" aria-label="{escaped(document.title)}">{head}{_paper("".join(parts))}</section>'


def _paper(body: str) -> str:
    return f'<div class="paper" tabindex="0" role="region" aria-label="原文">{body}</div>'


def _head(document: Document, units: Sequence[PolicyUnit], at: int) -> str:
    before = _step("prev", units[at - 1].unit_id if at else "", "上一项", "Previous")
    after = _step("next", units[at + 1].unit_id if at + 1 < len(units) else "", "下一项", "Next")
    facts = "，".join(fact for fact in (document.issuer, document.number, document.date) if fact)
    where = "　".join(part for part in (facts, document.place(units[at])) if part)
    return (
        f'<header class="side-head"><div><h2>{escaped(document.title)}</h2>'
        f"<p>{escaped(where)} · {at + 1}/{len(units)}</p></div>"
        f"<nav>{before}{after}{CLOSE}</nav></header>"
    )


def _step(kind: str, unit_id: str, chinese: str, english: str) -> str:
    if not unit_id:
        return f'<a class="{kind}" role="link" aria-disabled="true">{both(chinese, english)}</a>'
    return f'<a class="{kind}" href="{escaped(to_unit(unit_id))}">{both(chinese, english)}</a>'


def _with_text(document: Document, units: Sequence[PolicyUnit], text: str, shown: str, quote: str) -> Iterator[str]:
    """Every line of the file in its place; rows of a table as a table."""
    headings = {heading: level for unit in units for level, heading in enumerate(unit.section)}
    done = 0
    for in_table, run in groupby(units, lambda unit: is_row(text[unit.start : unit.end])):
        rows = list(run)
        yield from _between(text[done : rows[0].start], headings, document, in_table)
        if in_table:
            yield table(rows, text[done : rows[0].start], text, Shown(shown, quote))
            done = rows[-1].end
            continue
        for unit in rows:
            yield from _between(text[done : unit.start], headings, document, False) if unit is not rows[0] else ()
            yield _passage(unit, _RESIDUE.sub("", text[unit.start : unit.end]).strip(), shown, quote)
            done = unit.end
    yield from _between(text[done:], headings, document, False)


def _between(text: str, headings: dict[str, int], document: Document, before_table: bool) -> Iterator[str]:
    """Lines that belong to no unit: titles, headings of sections, salutation, signature."""
    for line in _RESIDUE.sub("", text).splitlines():
        words = line.strip()
        if not words or (before_table and line.startswith("\t")):  # the head of a table is drawn with it
            continue
        if words in headings:
            level = min(3 + headings[words], 6)
            yield f"<h{level}>{escaped(words)}</h{level}>"
        elif words in document.title or words.removeprefix("落实") in document.title:
            yield f'<p class="title">{escaped(words)}</p>'
        else:
            yield f"<p>{escaped(words)}</p>"


def _passage(unit: PolicyUnit, printed: str, shown: str, quote: str) -> str:
    """A unit in running text; its number and its responsibility note stand around :attr:`PolicyUnit.text`."""
    before, text, after = printed.partition(unit.text)
    if not text:
        before, text, after = f"{unit.measure} ", unit.text, f"（{in_words(unit)}）" if in_words(unit) else ""
    words = marked(text, quote) if unit.unit_id == shown else escaped(text)
    if unit.heading and words.startswith(escaped(unit.heading)):
        words = f"<strong>{escaped(unit.heading)}</strong>{words.removeprefix(escaped(unit.heading))}"
    return (
        f'<div class="unit{_current(unit, shown)}" data-unit="{escaped(unit.unit_id)}">'
        f'<p>{escaped(before)}{words}<span class="note">{escaped(after)}</span></p></div>'
    )


def _units_alone(units: Sequence[PolicyUnit], shown: str, quote: str) -> Iterator[str]:
    before: tuple[str, ...] = ()
    for in_table, run in groupby(units, lambda unit: unit.serial is not None):
        rows = list(run)
        if in_table:
            yield table(rows, "", "", Shown(shown, quote))
            continue
        for unit in rows:
            for level, heading in enumerate(unit.section):
                if before[: level + 1] != unit.section[: level + 1]:
                    yield f"<h{3 + level}>{escaped(heading)}</h{3 + level}>"
            before = unit.section
            yield _passage(unit, "", shown, quote)


def _current(unit: PolicyUnit, shown: str) -> str:
    return " current" if unit.unit_id == shown else ""
