"""Task tables: rows whose columns are told by their heads, whatever an office calls them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.records import Role
from ingest.readers.source import Row
from ingest.structure.heads import Column, Columns, columns_of, two_rows
from ingest.structure.marks import Mark, Style, read_mark
from ingest.structure.responsibility import roles_in_cell

_SECTIONS = frozenset({Style.CHINESE, Style.CHINESE_BRACKETED, Style.CHAPTER, Style.PART})
_A_NUMBER = re.compile("[0-9０-９一二三四五六七八九十]")
_CHINESE_NUMBER = re.compile("[（(]?[一二三四五六七八九十]+[）)]?[、.．]?")

_NUMBERS = frozenset({Column.SERIAL, Column.MEASURE})
_BESIDES = frozenset({Column.SECTION, Column.BODIES, Column.DEADLINE})


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row read by its columns, with those below it that go on with it.

    Attributes:
        serial, measure: as printed; empty where the table has no such column.
        section: heads of the section that it is in, outermost first.
        text: the cells that say what is to be done; several are a line each.
        mark: the number that ``text`` began with, where the table has no column of numbers or merges its cells.
        roles: a role for each column of bodies that has any.
        deadline: as printed.
        rows: where it stands.
        number: its number as this row prints it; empty where that is merged with the row above.
        besides: what it prints that is neither number nor text.
    """

    serial: str
    measure: str
    section: tuple[str, ...]
    text: str
    mark: Mark | None
    roles: tuple[Role, ...]
    deadline: str | None
    rows: tuple[Row, ...]
    number: str
    besides: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table's rows.

    Attributes:
        columns: of its last head; ``None`` for a table that is no list of tasks.
        rows: those read by their columns.
        heads, sections: those that name columns, and what follows.
        unread: others.
    """

    columns: Columns | None
    rows: tuple[TableRow, ...]
    heads: tuple[Row, ...]
    sections: tuple[Row, ...]
    unread: tuple[Row, ...]

    @property
    def names_bodies(self) -> bool:
        """True for a table that says who is responsible."""
        return any(column is Column.BODIES for column, _ in self.columns or ())


def read_table(rows: Sequence[Row], before: Columns | None) -> Table:
    """The rows of one table.

    Args:
        rows: in order.
        before: the columns of the table before, which this one goes on with when it has no heads of its own.
    """
    columns = before if before and rows and _fits(rows[0], before) else None
    section: tuple[str, ...] = ()
    above: list[str] = []
    found: list[TableRow] = []
    heads: list[Row] = []
    sections: list[Row] = []
    unread: list[Row] = []
    merged: frozenset[int] = frozenset()
    for place, row in enumerate(rows):
        under = two_rows(heads[-1], row, rows[place + 1 :]) if heads and rows[place - 1] is heads[-1] else None
        if head := under or columns_of(row):
            columns, above = head, []
            merged = _merged(rows[place + 1 :], columns)
            heads.append(row)
        elif columns is None:
            unread.append(row)
        elif (title := _section_of(row, columns)) is not None:
            section = (title,)
            sections.append(row)
        elif (cells := _fitted(row, columns)) is None:
            unread.append(row)
        else:
            columns_here = tuple(
                (Column.SECTION if at in merged else column, name) for at, (column, name) in enumerate(columns)
            )
            if found and _goes_on(cells, columns_here):
                found[-1] = _continued(found[-1], cells, columns_here, row)
                continue
            above = _filled(cells, above, columns_here, row)
            found.append(_read(row, cells, above, columns_here, section))
    if heads:
        titles = [row for row in unread if row.start < heads[0].start and _says_one_thing(row)]
        sections.extend(titles)
        unread = [row for row in unread if row not in titles]
    return Table(columns, tuple(_numbered(found)), tuple(heads), tuple(sections), tuple(unread))


def _says_one_thing(row: Row) -> bool:
    """True for a row of one text: a table's title."""
    return len({cell.text.strip() for cell in row.cells} - {""}) == 1


def _fits(row: Row, columns: Columns) -> bool:
    """True for a first row that may go on with the table before: as many cells, and a number where those have one."""
    if len(row.cells) != len(columns):
        return False
    serials = [cell.text.strip() for cell, (column, _) in zip(row.cells, columns, strict=True) if column in _NUMBERS]
    return all(not serial or _A_NUMBER.search(serial) for serial in serials)


def _numbered(rows: Sequence[TableRow]) -> Iterator[TableRow]:
    """``rows``; those under one merged number that begin with numbers of their own (1. 2. 3.) carry these too."""
    for place, row in enumerate(rows):
        low = next((at for at in range(place, -1, -1) if rows[at].number), place)
        high = next((at for at in range(place + 1, len(rows)) if rows[at].number), len(rows))
        marks = [read_mark(other.text) for other in rows[low:high]]
        mark = marks[place - low]
        if mark is None or len(marks) < 2 or not row.serial or not all(marks):
            yield row
        else:
            text = row.text[mark.end :].lstrip()
            yield replace(row, text=text, mark=mark, number=row.number + mark.printed)


def _merged(rows: Sequence[Row], columns: Columns) -> frozenset[int]:
    """Columns of text that head several rows: cells are empty or repeated below them, and another says what to do."""
    texts = [place for place, (column, _) in enumerate(columns) if column is Column.TEXT]
    found: set[int] = set()
    for place in texts[:-1]:
        cells = [row.cells[place].text.strip() for row in rows if len(row.cells) == len(columns)]
        if any(not cell or cell == above for above, cell in pairwise(cells)):
            found.add(place)
    return frozenset(found)


def _section_of(row: Row, columns: Columns) -> str | None:
    """The words of a row that heads those below it: it says one thing, behind a number 一 perhaps."""
    said = [cell.text.strip() for cell in row.cells if cell.text.strip()]
    if len(set(said)) == 1 and len(columns) > 1:
        first = bool(row.cells[0].text.strip())
        mark = read_mark(said[0])
        return said[0] if first or (mark is not None and mark.style in _SECTIONS) else None
    numbered = (
        len(said) == 2 and columns[0][0] is Column.SERIAL and _CHINESE_NUMBER.fullmatch(row.cells[0].text.strip())
    )
    return "、".join(said) if numbered and len(columns) > 2 and "。" not in said[1] else None


def _fitted(row: Row, columns: Columns) -> list[str] | None:
    """The row's cells, one a column; a row with fewer that begins with a number ends early."""
    cells = [cell.text.strip() for cell in row.cells]
    if len(cells) < len(columns) and columns[0][0] is Column.SERIAL and cells[0].isdecimal():
        cells += [""] * (len(columns) - len(cells))
    return cells if len(cells) == len(columns) else None


def _goes_on(cells: Sequence[str], columns: Columns) -> bool:
    """True for a row under merged cells that has neither a number nor bodies of its own, where rows have numbers."""
    named = {column for column, _ in columns}
    said = {column for (column, _), cell in zip(columns, cells, strict=True) if cell}
    return Column.SERIAL in named and Column.BODIES in named and not said & {Column.SERIAL, Column.BODIES}


def _continued(held: TableRow, cells: Sequence[str], columns: Columns, row: Row) -> TableRow:
    kept = (Column.TEXT, Column.OTHER, Column.DEADLINE, Column.SECTION, Column.MEASURE)
    more = [cell for (column, _), cell in zip(columns, cells, strict=True) if cell and column in kept]
    return replace(held, text="\n".join((held.text, *more)), rows=(*held.rows, row))


def _filled(cells: Sequence[str], above: Sequence[str], columns: Columns, row: Row) -> list[str]:
    """The cells, empty ones filled from above where they are merged: numbers and sections, and bodies that all are.

    A row that ends early has no last cells: they are not merged, they are not there.
    """
    if not above:
        return list(cells)
    bodies = [place for place, (column, _) in enumerate(columns) if column is Column.BODIES]
    shared = len(row.cells) == len(columns) and bool(bodies) and not cells[bodies[0]]
    kinds = {Column.SERIAL, Column.SECTION, Column.MEASURE} | ({Column.BODIES, Column.DEADLINE} if shared else set())
    merged_kinds = kinds | {Column.BODIES, Column.DEADLINE}
    return [
        cell or (over if column in (merged_kinds if place in row.above else kinds) else "")
        for place, (cell, over, (column, _)) in enumerate(zip(cells, above, columns, strict=True))
    ]


def _read(
    row: Row, printed: Sequence[str], values: Sequence[str], columns: Columns, section: tuple[str, ...]
) -> TableRow:
    cells: dict[Column, list[str]] = {}
    roles: list[Role] = []
    deadlines: list[str] = []
    for text, (column, head) in zip(values, columns, strict=True):
        if column is Column.BODIES:
            found, until = roles_in_cell(text, head)
            roles.extend(found)
            deadlines.extend([until] if until else [])
        elif text:
            cells.setdefault(column, []).append(text)
    words = "\n".join((*cells.get(Column.TEXT, ()), *cells.get(Column.OTHER, ())))
    numbers = [cell for (column, _), cell in zip(columns, printed, strict=True) if column in _NUMBERS]
    besides = [cell for (column, _), cell in zip(columns, printed, strict=True) if column in _BESIDES]
    numbered = Column.SERIAL in cells or Column.MEASURE in cells
    mark = None if numbered else read_mark(words)
    return TableRow(
        serial="".join(cells.get(Column.SERIAL, ())),
        measure="".join(cells.get(Column.MEASURE, ())),
        section=(*section, *cells.get(Column.SECTION, ())),
        text=words[mark.end :].lstrip() if mark else words,
        mark=mark,
        roles=tuple(roles),
        deadline="；".join((*cells.get(Column.DEADLINE, ()), *deadlines)) or None,
        rows=(row,),
        number="".join(numbers) + (mark.printed if mark else ""),
        besides=tuple(filter(None, besides)),
    )
