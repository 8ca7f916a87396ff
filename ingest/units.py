"""Documents cut into policy units, every character of the source accounted for: an outline, task tables, or both."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.numbering import parse_number
from index.records import Role
from ingest.readers.source import Line, Row, Source
from ingest.structure.heads import Columns
from ingest.structure.kinds import kind_of
from ingest.structure.leads import LeadRule, lead_rule, led
from ingest.structure.marks import Style
from ingest.structure.outline import Outline, grow
from ingest.structure.responsibility import is_list_alone
from ingest.structure.tables import Table, TableRow, read_table
from ingest.structure.writing import Written, core_of, write

_NOISE = re.compile(r"\[bookmark:[^\]]*\]")
_HABIT = 3
_REMARK = re.compile("[（(]?(?:注|备注|说明|填表说明)[：:]")


class UnitError(ValueError):
    """A document's structure can't be read; the message names the place and what was expected."""


@dataclass(frozen=True, slots=True)
class Part:
    """A named piece of the source that is no unit (title, salutation, heading …), as a span."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Numbered:
    """A number as the source prints it, for checking that the numbers run through.

    Attributes:
        level: its style, ``序号`` for a table's rows.
        under: the heading that it stands below, or the table; empty at the top.
        numbers: its value, outermost first: (1, 2) of 1.2.
        start: where it stands.
    """

    level: str
    under: str
    numbers: tuple[int, ...]
    start: int


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
    """A document's units and its other parts, which together cover the source.

    Attributes:
        units, parts: in order of the source.
        numbers: as the source prints them.
        unread: rows of task tables that don't fit the table's columns.
        apart: rows of tables that are no lists of tasks.
    """

    units: tuple[ParsedUnit, ...]
    parts: tuple[Part, ...]
    numbers: tuple[Numbered, ...] = ()
    unread: tuple[Row, ...] = ()
    apart: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class _Rule:
    """A lead rule, and where it begins to hold."""

    says: LeadRule
    start: int


def parse(source: Source) -> Parsed:
    """Cut a document into units.

    Raises:
        UnitError: no unit is found.
    """
    lines = [_cleaned(block) for block in source.blocks if isinstance(block, Line)]
    tables = list(_tables(source.blocks))
    rule = _rule(source.blocks)
    outline = grow(lines, _behind_tables(source.blocks), bare=rule is not None or _lists_alone(lines))
    units, parts, numbers = _outline(outline, rule)
    parts.extend(Part("blank", line.start, line.end) for line in lines if not line.text)
    unread, apart = list[Row](), list[Row]()
    for number, table in enumerate(tables, 1):
        found = [row for row in table.rows if row.text and (table.names_bodies or not units)]
        kept = {row.start for one in found for row in one.rows}
        left = [*(row for one in table.rows for row in one.rows), *table.unread]
        parts.extend(Part("table", row.start, row.end) for row in left if row.start not in kept)
        parts.extend(Part("column heads", row.start, row.end) for row in table.heads)
        parts.extend(Part("section row", row.start, row.end) for row in table.sections)
        (unread if found else apart).extend(table.unread)
        apart.extend(row for one in table.rows if one not in found for row in one.rows)
        units.extend(_table_unit(row, place, rule) for place, row in enumerate(found, 1))
        numbers.extend(_serials(found, f"表{number}"))
    if not units:
        raise UnitError(f"{source.path}: no numbered measure found; expected a task table or an outline 一、（一）1．")
    ordered = sorted(units, key=lambda unit: unit.start)
    others = sorted(_outside(parts, ordered), key=lambda part: part.start)
    return Parsed(tuple(ordered), tuple(others), tuple(numbers), tuple(unread), tuple(apart))


def strip_noise(text: str) -> str:
    """``text`` without what an editor left behind (``[bookmark: _GoBack]``) and without white space around it."""
    return _NOISE.sub("", text).strip()


def _cleaned(line: Line) -> Line:
    return Line(strip_noise(line.text), line.start, line.end)


def _outside(parts: Sequence[Part], units: Sequence[ParsedUnit]) -> Iterator[Part]:
    """``parts`` less the blank lines within units, which run over them."""
    starts = [unit.start for unit in units]
    for part in parts:
        before = bisect_right(starts, part.start)
        if part.name != "blank" or not before or units[before - 1].end <= part.start:
            yield part


def _tables(blocks: Sequence[Line | Row]) -> Iterator[Table]:
    """Every table; one without heads goes on with the columns of the one before."""
    columns: Columns | None = None
    rows: list[Row] = []
    for block in [*blocks, None]:
        if isinstance(block, Row) and (not rows or block.table == rows[-1].table):
            rows.append(block)
        elif rows and not (isinstance(block, Line) and not block.text.strip()):
            table = read_table(rows, columns)
            yield table
            columns = table.columns or columns
            rows = [block] if isinstance(block, Row) else []


def _behind_tables(blocks: Sequence[Line | Row]) -> frozenset[int]:
    """Starts of the lines right behind a table."""
    found: set[int] = set()
    behind = False
    for block in blocks:
        if isinstance(block, Row):
            behind = True
        elif block.text.strip():
            if behind:
                found.add(block.start)
            behind = False
    return frozenset(found)


def _rule(blocks: Sequence[Line | Row]) -> _Rule | None:
    """The rule on leads that a document states, which a remark states for all of it."""
    for block in blocks:
        for line in block.cells if isinstance(block, Row) else (block,):
            if says := lead_rule(line.text):
                whole = _REMARK.match(line.text.strip()) or isinstance(block, Row)
                return _Rule(says, 0 if whole else block.start)
    return None


def _lists_alone(lines: Sequence[Line]) -> bool:
    """True in a document that prints its responsibilities as （甲局、乙局）: behind a heading that is one too."""
    return sum(is_list_alone(line.text) for line in lines) >= _HABIT


def _outline(outline: Outline, rule: _Rule | None) -> tuple[list[ParsedUnit], list[Part], list[Numbered]]:
    """Units, other parts and numbers of an outline."""
    written = write(outline.root)
    parts = [Part(kind_of(line.text, opening=True) or "title", line.start, line.end) for line in outline.before]
    parts.extend(Part("contents", line.start, line.end) for line in outline.listed)
    parts.extend(
        Part(kind_of(line.text.strip(), opening=False) or "attachment", line.start, line.end) for line in outline.loose
    )
    parts.extend(Part(part.name, part.start, part.end) for part in written.parts)
    numbers = [
        Numbered(node.mark.style, " ".join(under), node.mark.numbers, node.own.low)
        for node, under in written.numbered
        if node.mark and node.own and node.mark.style is not Style.ATTACHMENT
    ]
    return [_outline_unit(one, rule) for one in written.units], parts, numbers


def _outline_unit(found: Written, rule: _Rule | None) -> ParsedUnit:
    first, last = found.paragraphs[0], found.paragraphs[-1]
    notes = [(one.text[note.start : note.end], note) for one in found.paragraphs for note in one.notes]
    applies = rule and last.high > rule.start
    roles = tuple(
        role
        for printed, note in notes
        for role in (led(printed, note.roles, rule.says) if rule and applies else note.roles)
    )
    if not roles:
        roles = found.inherited
    elif not any(role.leads for role in roles):
        roles = (*(role for role in found.inherited if role.leads), *roles)
    return ParsedUnit(
        measure="".join(map(core_of, found.chain)),
        serial=None,
        ordinal=(*(number for mark in found.chain for number in mark.numbers), *found.paragraph),
        section=found.section,
        heading=found.heading,
        text="\n".join(filter(None, (first.plain, *(one.numbered for one in found.paragraphs[1:])))),
        roles=roles,
        deadline=next((note.deadline for _, note in notes if note.deadline), None),
        mark=found.chain[-1].printed if not found.paragraph else "",
        notes=tuple(printed for printed, _ in notes),
        start=first.low,
        end=last.high,
    )


def _table_unit(row: TableRow, place: int, rule: _Rule | None) -> ParsedUnit:
    article = re.fullmatch(r"第(.+)[条项]", row.measure)
    number = parse_number(article.group(1) if article else row.measure) if row.measure else None
    inner = core_of(row.mark) if row.mark else ""
    dot = "." if row.serial[-1:].isdecimal() and inner[:1].isdecimal() else ""
    measure = row.measure or row.serial + dot + inner or str(place)
    serial = int(row.serial) if row.serial.isdecimal() else None
    own = row.mark.numbers if row.mark and not row.serial else None
    roles = (
        led("、".join(body for role in row.roles for body in role.bodies), row.roles, rule.says) if rule else row.roles
    )
    return ParsedUnit(
        measure=measure,
        serial=serial,
        ordinal=(number,)
        if number is not None
        else own or (*_ordinal(row.serial, place), *(row.mark.numbers if row.mark else ())),
        section=row.section,
        heading="",
        text=row.text,
        roles=roles,
        deadline=row.deadline,
        mark=row.number,
        notes=row.besides,
        start=row.rows[0].start,
        end=row.rows[-1].end,
    )


def _ordinal(serial: str, place: int) -> tuple[int, ...]:
    """A row's number as integers: (1, 2) of 1.2; its place where it has none that is printed."""
    digits = tuple(map(int, re.findall("[0-9]{1,4}", serial)))
    number = parse_number(serial.strip("（）()、."))
    return digits or ((number,) if number is not None else (place,))


def _serials(rows: Sequence[TableRow], table: str) -> Iterator[Numbered]:
    """Numbers of a table's rows, each once where it is merged over several."""
    for row in rows:
        if row.serial.isdecimal() and row.number.startswith(row.serial):
            yield Numbered("序号", table, (int(row.serial),), row.rows[0].start)
