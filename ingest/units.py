"""Documents cut into policy units, every character of the source accounted for: an outline, task tables, or both."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.numbering import parse_number
from index.records import Role
from index.text import sentences
from ingest.readers.source import Line, Row, Source
from ingest.structure.frontmatter import name_of
from ingest.structure.marks import Mark, Style
from ingest.structure.outline import Node, Paragraph, grow, walk
from ingest.structure.responsibility import LeadRule, lead_rule, led
from ingest.structure.tables import TableRow, read_rows

_NOISE = re.compile(r"\[bookmark:[^\]]*\]")
_CORE = re.compile("[、.．﹒：:\\s]+$")


class UnitError(ValueError):
    """A document's structure can't be read; the message names the place and what was expected."""


@dataclass(frozen=True, slots=True)
class Part:
    """A named piece of the source that is no unit (title, salutation, heading …), as a span."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ParsedUnit:
    """A unit as read from one document; fields as in :class:`index.records.PolicyUnit`.

    ``mark`` and ``notes`` are the printed number and responsibilities, kept so that the balance can put the unit
    together again and compare it with the source.
    """

    measure: str
    serial: int | None
    ordinal: tuple[int, ...]
    section: tuple[str, ...]
    heading: str
    text: str
    roles: tuple[Role, ...]
    deadline: str | None
    mark: str
    notes: tuple[str, ...]
    start: int
    end: int

    @property
    def agencies(self) -> tuple[str, ...]:
        """Responsible bodies in printed order, each once."""
        return tuple(dict.fromkeys(body for role in self.roles for body in role.bodies))


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document's units and its other parts; together they cover the source."""

    units: tuple[ParsedUnit, ...]
    parts: tuple[Part, ...]


def parse(source: Source) -> Parsed:
    """Cut a document into units.

    Raises:
        UnitError: no unit is found.
    """
    units: list[ParsedUnit] = []
    parts: list[Part] = []
    for blocks in _stretches(source.blocks):
        found = _table(blocks) if any(isinstance(block, Row) for block in blocks) else _outline(blocks)
        units.extend(found.units)
        parts.extend(found.parts)
    if not units:
        raise UnitError(f"{source.path}: no numbered measure found; expected a task table or an outline 一、（一）1．")
    return Parsed(tuple(units), tuple(sorted(parts, key=lambda part: part.start)))


def _stretches(blocks: Sequence[Line | Row]) -> Iterator[list[Line | Row]]:
    """Runs of lines, and tables with the blank lines between their rows."""
    table: int | None = None
    stretch: list[Line | Row] = []
    for block in blocks:
        of = block.table if isinstance(block, Row) else None if block.text.strip() else table
        if of != table and stretch:
            yield stretch
            stretch = []
        table = of
        stretch.append(block)
    if stretch:
        yield stretch


def strip_noise(text: str) -> str:
    """``text`` without what an editor left behind (``[bookmark: _GoBack]``) and without white space around it."""
    return _NOISE.sub("", text).strip()


def _outline(lines: Sequence[Line | Row]) -> Parsed:
    """Units of numbered paragraphs."""
    plain = [line for line in lines if isinstance(line, Line)]
    cleaned = [Line(strip_noise(line.text), line.start, line.end) for line in plain]
    root, before = grow(cleaned)
    parts = [Part("blank", line.start, line.end) for line in cleaned if not line.text]
    parts.extend(Part(name_of(line.text, opening=True) or "title", line.start, line.end) for line in before)
    found = list(walk(root))
    names = Counter(_core(node.mark) for node, _, _ in found if node.mark)
    units: list[ParsedUnit] = []
    rule = next(filter(None, (lead_rule(line.text) for line in before)), None)
    for node, path, whole in found:
        if node.mark is None or node.own is None:
            continue
        for paragraph in _paragraphs(node):
            rule = rule or lead_rule(paragraph.text)
        if not whole:
            parts.extend(Part("heading" if p is node.own else "lead-in", p.low, p.high) for p in _own(node))
            continue
        made, left = _units_of(node, path, names, rule)
        units.extend(made)
        parts.extend(left)
    return Parsed(tuple(units), tuple(parts))


def _units_of(
    node: Node, path: tuple[Node, ...], names: Counter[str], rule: LeadRule | None
) -> tuple[list[ParsedUnit], list[Part]]:
    """A node's unit, or one for each paragraph under a bare heading; and what is no part of it."""
    assert node.own is not None
    closing = _closing(node)
    parts = [Part(name_of(p.text.strip(), opening=False) or "closing", p.line.start, p.line.end) for p in closing]
    more = [paragraph for paragraph in node.more if paragraph not in closing]
    chain, inherited = _chain(node, path, names), _inherited(path)
    section = tuple(_printed(parent) for parent in path)
    if node.mark is not None and node.mark.style is Style.ATTACHMENT and not node.children and not more:
        return [], [*parts, Part("attachment", node.own.low, node.own.high)]
    if node.heading_only and not node.children and more and not node.own.notes:
        parts.append(Part("heading", node.own.line.start, node.own.line.end))
        section = (*section, _printed(node))
        return [
            _unit(chain, (place,), section, "", [paragraph], inherited, rule) for place, paragraph in enumerate(more, 1)
        ], parts
    paragraphs = [node.own, *more, *(p for child in node.children for p in _paragraphs(child))]
    return [_unit(chain, (), section, node.own.text, paragraphs, inherited, rule)], parts


def _unit(
    chain: Sequence[Mark],
    paragraph: tuple[int, ...],
    section: tuple[str, ...],
    own: str,
    paragraphs: Sequence[Paragraph],
    inherited: tuple[Role, ...],
    rule: LeadRule | None,
) -> ParsedUnit:
    first, *further = paragraphs
    text = "\n".join(filter(None, (_without_notes(first), *(_numbered(one) for one in further))))
    notes = [note for one in paragraphs for note in one.notes]
    roles = tuple(
        role
        for one in paragraphs
        for note in one.notes
        for role in (led(one.text[note.start : note.end], note.roles, rule) if rule else note.roles)
    )
    if inherited and not any(role.leads for role in roles):
        roles = (*inherited, *roles)
    parts = sentences(_without_notes(paragraphs[0])) if own else ()
    return ParsedUnit(
        measure="".join(map(_core, chain)),
        serial=None,
        ordinal=(*(number for mark in chain for number in mark.numbers), *paragraph),
        section=section,
        heading=parts[0].rstrip("。") if len(parts) > 1 else "",
        text=text,
        roles=roles,
        deadline=next((note.deadline for note in notes if note.deadline), None),
        mark=chain[-1].printed if not paragraph else "",
        notes=tuple(one.text[note.start : note.end] for one in paragraphs for note in one.notes),
        start=paragraphs[0].low,
        end=paragraphs[-1].high,
    )


def _without_notes(paragraph: Paragraph) -> str:
    """A paragraph's words without its responsibilities."""
    kept, done = "", 0
    for note in paragraph.notes:
        kept += paragraph.text[done : note.start]
        done = note.end
    return (kept + paragraph.text[done:]).strip()


def _numbered(paragraph: Paragraph) -> str:
    """A further paragraph's words with its number, less its responsibilities."""
    return (paragraph.line.text[: paragraph.start] + _without_notes(paragraph)).strip()


def _inherited(path: tuple[Node, ...]) -> tuple[Role, ...]:
    """Leads named on the nearest heading above."""
    for node in reversed(path):
        roles = tuple(role for p in _own(node) if p is node.own for note in p.notes for role in note.roles)
        if roles:
            return roles
    return ()


def _closing(node: Node) -> list[Paragraph]:
    """Paragraphs after a node that are no part of it: the document's end, and plain ones behind a responsibility."""
    found: list[Paragraph] = []
    noted = bool(node.own and node.own.notes)
    for paragraph in node.more:
        ends = bool(found) or name_of(paragraph.text.strip(), opening=False) is not None
        if not paragraph.notes and (ends or noted):
            found.append(paragraph)
        noted = noted or bool(paragraph.notes)
    return found


def _chain(node: Node, path: tuple[Node, ...], names: Counter[str]) -> tuple[Mark, ...]:
    """The node's number, with those above as far as it takes to tell it from all others."""
    marks = [parent.mark for parent in (*path, node) if parent.mark]
    for length in range(1, len(marks)):
        if names[_core(marks[-length])] == 1:
            return tuple(marks[-length:])
    return tuple(marks)


def _core(mark: Mark) -> str:
    """A number as a citation names it: 14 for ``14．``, 三 for ``三、``, （二）, 第5条."""
    printed = _CORE.sub("", mark.printed)
    return f"第{mark.number}条" if mark.style is Style.ARTICLE else printed


def _printed(node: Node) -> str:
    """A heading as printed, its responsibilities left out."""
    assert node.own is not None
    return (node.own.line.text[: node.own.start] + _without_notes(node.own)).strip()


def _own(node: Node) -> list[Paragraph]:
    return [*([node.own] if node.own else []), *node.more]


def _paragraphs(node: Node) -> Iterator[Paragraph]:
    """All paragraphs of a node and what is in it, numbers included, in order."""
    yield from _own(node)
    for child in node.children:
        yield from _paragraphs(child)


def _table(blocks: Sequence[Line | Row]) -> Parsed:
    """Units of a table's rows."""
    units: list[ParsedUnit] = []
    parts = [Part("blank", block.start, block.end) for block in blocks if isinstance(block, Line)]
    for row in read_rows([block for block in blocks if isinstance(block, Row)]):
        if isinstance(row, TableRow) and row.text:
            units.append(_table_unit(row))
        else:
            place = row.row if isinstance(row, TableRow) else row
            parts.append(Part("column heads or section row", place.start, place.end))
    return Parsed(tuple(units), tuple(parts))


def _table_unit(row: TableRow) -> ParsedUnit:
    serial = int(row.serial) if row.serial.isdecimal() else None
    article = re.fullmatch(r"第(.+)[条项]", row.measure)
    number = parse_number(article.group(1)) if article else parse_number(row.measure)
    return ParsedUnit(
        measure=row.measure or row.serial,
        serial=serial,
        ordinal=(number if number is not None else serial or 0,),
        section=(row.section,) if row.section else (),
        heading="",
        text=row.text,
        roles=row.roles,
        deadline=row.deadline,
        mark=row.serial + row.measure,
        notes=tuple("、".join(role.bodies) for role in row.roles),
        start=row.row.start,
        end=row.row.end,
    )
