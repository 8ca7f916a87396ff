"""A document's table as HTML, with the columns that it prints itself.

A source gives each cell on a line that begins with a tab. A row that can't be laid out under the document's own heads,
for merged cells or lost ones, is shown by what was read of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.records import PolicyUnit
from web.escape import escaped
from web.links import to_bodies
from web.marking import marked
from web.responsible import deadline, line

_CELL = re.compile(r"(?:^|\n)[ \r]*\t")
_READ = ("序号", "条目", "内容", "责任单位")  # heads for what was read of a row


def body_link(name: str, agency_id: str) -> str:
    """A body's printed name as link to its tasks; plain where the registry has no such body."""
    return f'<a href="{escaped(to_bodies([agency_id]))}">{escaped(name)}</a>' if agency_id else escaped(name)


def bodies(unit: PolicyUnit) -> str:
    """The responsible bodies, each leading to its tasks, by role where roles are marked, and the deadline."""
    return line(unit, body_link) + deadline(unit)


def cells(printed: str) -> tuple[str, ...]:
    """The cells of one or more rows as a source prints them, in order."""
    return tuple(cell.strip() for cell in _CELL.split(printed)[1:])


def is_row(printed: str) -> bool:
    """True for what a source prints of a table."""
    return printed.lstrip("\n\r ").startswith("\t")


@dataclass(frozen=True, slots=True)
class Shown:
    """Which unit is looked at, and the sentences of it that are marked."""

    unit_id: str
    quote: str


def table(rows: Sequence[PolicyUnit], before: str, text: str, shown: Shown) -> str:
    """Neighbouring rows of a table.

    Args:
        rows: its units, in order.
        before: what the source prints before the first, back to the unit before.
        text: of the source; empty where it isn't there.
    """
    heads = cells(before)
    own = [cells(text[unit.start : unit.end]) if text else () for unit in rows]
    fits = bool(heads) and all(found and len(found) % len(heads) == 0 for found in own)
    heads = heads if fits else _READ
    head = "".join(f'<th scope="col">{escaped(name)}</th>' for name in heads)
    return (
        f"<table><thead><tr>{head}</tr></thead>"
        f"<tbody>{''.join(_rows(rows, own if fits else (), text, heads, shown))}</tbody></table>"
    )


def _rows(
    rows: Sequence[PolicyUnit], own: Sequence[tuple[str, ...]], text: str, heads: Sequence[str], shown: Shown
) -> Iterator[str]:
    done = rows[0].start
    for place, unit in enumerate(rows):
        for section in cells(text[done : unit.start]) or text[done : unit.start].split("\n"):
            if section.strip():
                yield f'<tr class="section"><th colspan="{len(heads)}">{escaped(section.strip())}</th></tr>'
        done = unit.end
        laid = _own_cells(unit, own[place], heads, shown) if own else _read_cells(unit, shown)
        current = " current" if unit.unit_id == shown.unit_id else ""
        yield f'<tr class="unit{current}" data-unit="{escaped(unit.unit_id)}">{laid}</tr>'


def _own_cells(unit: PolicyUnit, printed: tuple[str, ...], heads: Sequence[str], shown: Shown) -> str:
    """The cells as printed; those of several rows that make one unit joined, column by column."""
    columns = (dict.fromkeys(filter(None, printed[column :: len(heads)])) for column in range(len(heads)))
    first, *others = zip(heads, map("\n".join, columns), strict=True)
    return _row_head(*first) + "".join(_own_cell(unit, head, cell, shown) for head, cell in others)


def _own_cell(unit: PolicyUnit, head: str, cell: str, shown: Shown) -> str:
    if cell == unit.measure:
        return f'<td class="measure">{escaped(cell)}</td>'
    if cell in unit.text:
        return f"<td>{marked(cell, shown.quote) if shown.unit_id == unit.unit_id else escaped(cell)}</td>"
    linked = _with_links(cell, unit)
    # Narrow screens show no heads: what is neither text nor bodies is told by its own.
    return f"<td>{linked}</td>" if linked != escaped(cell) else f'<td data-head="{escaped(head)}">{linked}</td>'


def _row_head(head: str, cell: str) -> str:
    return f'<th scope="row" data-head="{escaped(head)}">{escaped(cell)}</th>'


def _with_links(cell: str, unit: PolicyUnit) -> str:
    """A cell, in which each responsible body leads to its tasks."""
    ids = dict(zip(unit.agencies, unit.agency_ids, strict=True))
    if not ids:
        return escaped(cell)
    names = sorted(ids, key=len, reverse=True)
    parts = re.split(f"({'|'.join(map(re.escape, names))})", cell)
    return "".join(body_link(part, ids[part]) if part in ids else escaped(part) for part in parts)


def _read_cells(unit: PolicyUnit, shown: Shown) -> str:
    words = marked(unit.text, shown.quote) if unit.unit_id == shown.unit_id else escaped(unit.text)
    serial = str(unit.serial) if unit.serial is not None else ""
    return (
        f'{_row_head(_READ[0], serial)}<td class="measure">{escaped(unit.measure)}</td>'
        f"<td>{words}</td><td>{bodies(unit)}</td>"
    )
