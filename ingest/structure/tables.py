"""Task tables: rows whose columns are told by their heads, whatever an office calls them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from index.records import Role
from ingest.readers.source import Row
from ingest.structure.responsibility import split_bodies


class Column(StrEnum):
    """What a column holds."""

    SERIAL = "serial"
    MEASURE = "measure"
    SECTION = "section"
    TEXT = "text"
    BODIES = "bodies"
    DEADLINE = "deadline"
    OTHER = "other"


_HEADS: tuple[tuple[Column, re.Pattern[str]], ...] = (
    (
        Column.BODIES,
        re.compile("(?:单位|部门|处室|科室|机构|主体|责任人|领导)(?:及.{1,6})?$|^(?:牵头|配合|责任|主办|协办)$"),
    ),
    (Column.DEADLINE, re.compile("时限|期限|时间|进度")),
    (Column.MEASURE, re.compile("^(?:措施|任务|条款|条目|项目|政策)?(?:序号|编号|条目|条款)$")),
    (Column.TEXT, re.compile("内容|举措|措施|任务|事项|要求|政策")),
    (Column.SECTION, re.compile("类别|领域|类型|板块|方面|一级|分类")),
)
_SERIAL = re.compile("^(?:序号|编号|项次|序|No\\.?)$", re.IGNORECASE)
_LEADS = re.compile("牵头|主办|第一责任")


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row read by its columns.

    Attributes:
        serial, measure, section: as printed; empty where the table has no such column.
        text: the cells that say what is to be done; several are a line each.
        roles: a role for each column of bodies that has any.
        deadline: as printed.
        row: where it stands.
    """

    serial: str
    measure: str
    section: str
    text: str
    roles: tuple[Role, ...]
    deadline: str | None
    row: Row


def columns_of(row: Row) -> tuple[tuple[Column, str], ...] | None:
    """What the columns hold, when ``row`` is the head of a task table: it names text with bodies or numbers."""
    heads = ["".join(cell.text.split()) for cell in row.cells]
    found: list[tuple[Column, str]] = []
    for head in heads:
        if _SERIAL.match(head) and Column.SERIAL not in (column for column, _ in found):
            found.append((Column.SERIAL, head))
        else:
            found.append((next((column for column, pattern in _HEADS if pattern.search(head)), Column.OTHER), head))
    kinds = {column for column, _ in found}
    longest = max(map(len, heads), default=0)
    told = Column.TEXT in kinds and kinds & {Column.BODIES, Column.SERIAL}
    return tuple(found) if told and longest <= _LONGEST_HEAD else None


_LONGEST_HEAD = 16  # characters of a column's head


def read_rows(rows: Sequence[Row]) -> Iterator[TableRow | Row]:
    """The rows of one table: those read by their columns, and heads, section rows and others as they are."""
    columns: tuple[tuple[Column, str], ...] | None = None
    section = ""
    above: dict[int, str] = {}
    for row in rows:
        if head := columns_of(row):
            columns = head
            yield row
        elif columns is None:
            yield row
        elif len({cell.text.strip() for cell in row.cells if cell.text.strip()}) == 1 and len(columns) > 1:
            section = next(cell.text.strip() for cell in row.cells if cell.text.strip())
            yield row
        elif len(row.cells) != len(columns):
            yield row
        else:
            yield _read(row, columns, section, above)


def _read(row: Row, columns: Sequence[tuple[Column, str]], section: str, above: dict[int, str]) -> TableRow:
    cells: dict[Column, list[str]] = {}
    roles: list[Role] = []
    for place, ((column, head), cell) in enumerate(zip(columns, row.cells, strict=True)):
        text = cell.text.strip()
        if column in (Column.SECTION, Column.MEASURE):
            text = above[place] = text or above.get(place, "")
        if column is Column.BODIES:
            if bodies := split_bodies(text.replace("\n", "、")):
                roles.append(Role(head, bodies, bool(_LEADS.search(head))))
        elif text:
            cells.setdefault(column, []).append(text)
    return TableRow(
        serial="".join(cells.get(Column.SERIAL, [])),
        measure="".join(cells.get(Column.MEASURE, [])),
        section=" ".join(cells.get(Column.SECTION, [])) or section,
        text="\n".join(cells.get(Column.TEXT, [])),
        roles=tuple(roles),
        deadline="；".join(cells.get(Column.DEADLINE, [])) or None,
        row=row,
    )
