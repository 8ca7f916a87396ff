"""Documents cut into policy units, every character of the source accounted for.

Two shapes are read: a task table flattened to one cell a line (序号 / 措施序号 / 措施内容 / 主要责任单位), and an
outline (一、 / （一） / 1．) whose tasks end with 责任单位 in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from index.numbering import parse_number
from index.text import sentences
from ingest.readers import Line, Source

_NOISE = re.compile(r"\[bookmark:[^\]]*\]")
_COLUMNS = ("序号", "措施序号", "措施内容", "主要责任单位")
_NUMERAL = "[一二三四五六七八九十百]+"
_SECTION = re.compile(rf"({_NUMERAL})、(.+)")
_SUBSECTION = re.compile(rf"[（(]({_NUMERAL})[）)](.+)")
_TASK = re.compile(r"(\d+)[．.、](.+)")
_NOTE = re.compile(r"[（(〔\[]责任单位[：:](?P<agencies>.+)[）)〕\]]$")
_DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")


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

    ``mark`` and ``note`` are the printed number and responsibility note, kept so that the balance can put the unit
    together again and compare it with the source.
    """

    measure: str
    serial: int | None
    ordinal: tuple[int, ...]
    section: tuple[str, ...]
    heading: str
    text: str
    agencies: tuple[str, ...]
    mark: str
    note: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document's units and its other parts; together they cover the source."""

    units: tuple[ParsedUnit, ...]
    parts: tuple[Part, ...]


def parse(source: Source) -> Parsed:
    """Cut a document into units.

    Raises:
        UnitError: a row has the wrong number of cells, or no unit is found.
    """
    parsed = (
        _parse_table(source) if any(_clean(line) == _COLUMNS[1] for line in source.lines) else _parse_outline(source)
    )
    if not parsed.units:
        raise UnitError(f"{source.path}: no numbered measure found; expected a task table or an outline 一、（一）1．")
    return parsed


def strip_noise(text: str) -> str:
    """``text`` without what an editor left behind (``[bookmark: _GoBack]``) and without white space around it."""
    return _NOISE.sub("", text).strip()


def _clean(line: Line) -> str:
    return strip_noise(line.text)


def split_agencies(cell: str) -> tuple[str, ...]:
    """Bodies of a cell or note, at 、 ， and ； outside brackets, as printed."""
    names, depth = [""], 0
    for character in cell:
        depth += (character in "（(") - (character in "）)")
        if character in "、，；" and depth <= 0:
            names.append("")
        else:
            names[-1] += character
    return tuple(name.strip() for name in names if name.strip())


def _parse_table(source: Source) -> Parsed:
    """Rows are runs of lines that begin with a tab, one cell a line."""
    units: list[ParsedUnit] = []
    parts: list[Part] = []
    for is_cell, run in groupby(source.lines, key=lambda line: line.text.startswith("\t") and bool(_clean(line))):
        lines = list(run)
        cells = tuple(_clean(line) for line in lines)
        if not is_cell:
            parts.extend(Part("title" if _clean(line) else "blank", line.start, line.end) for line in lines)
        elif cells == _COLUMNS:
            parts.append(Part("column heads", lines[0].start, lines[-1].end))
        else:
            units.append(_table_row(source, cells, lines))
    return Parsed(tuple(units), tuple(parts))


def _table_row(source: Source, cells: tuple[str, ...], lines: Sequence[Line]) -> ParsedUnit:
    if len(cells) != len(_COLUMNS):
        raise UnitError(f"{source.path}: row {cells[0]!r} has {len(cells)} cells; expected {'、'.join(_COLUMNS)}")
    serial, measure, text, agencies = cells
    article = re.fullmatch(r"第(.+)条", measure)
    number = parse_number(article.group(1)) if article else None
    if not serial.isdecimal() or number is None:
        raise UnitError(f"{source.path}: row {serial!r} {measure!r}; expected a row number and 第N条")
    return ParsedUnit(
        measure=measure,
        serial=int(serial),
        ordinal=(number,),
        section=(),
        heading="",
        text=text,
        agencies=split_agencies(agencies),
        mark=serial + measure,
        note=agencies,
        start=lines[0].start,
        end=lines[-1].end,
    )


def _parse_outline(source: Source) -> Parsed:
    body = next((i for i, line in enumerate(source.lines) if _SECTION.fullmatch(_clean(line))), len(source.lines))
    parts = list(_front_matter(source.lines[:body]))
    units: list[ParsedUnit] = []
    section: tuple[str, ...] = ()
    path: tuple[int, ...] = ()
    for line in source.lines[body:]:
        text = _clean(line)
        top, sub, task = _SECTION.fullmatch(text), _SUBSECTION.fullmatch(text), _TASK.fullmatch(text)
        if not text:
            parts.append(Part("blank", line.start, line.end))
        elif top and "。" not in text:
            section, path = (text,), (_number(top.group(1)),)
            parts.append(Part("heading", line.start, line.end))
        elif sub and "。" not in text:
            section, path = (*section[:1], text), (*path[:1], _number(sub.group(1)))
            parts.append(Part("heading", line.start, line.end))
        elif task:
            mark = text[: task.start(2)]
            units.append(_outline_unit(task.group(1), (int(task.group(1)),), section, mark, task.group(2), line))
        elif sub:
            measure = f"{section[0].split('、')[0]}（{sub.group(1)}）"
            ordinal = (*path[:1], _number(sub.group(1)))
            units.append(_outline_unit(measure, ordinal, section[:1], text[: sub.start(2)], sub.group(2), line))
        elif units and units[-1].section == section and units[-1].mark:
            units[-1] = _continued(units[-1], text, line)
        else:
            paragraph = sum(unit.section == section for unit in units) + 1
            units.append(_outline_unit(section[0].split("、")[0], (*path, paragraph), section, "", text, line))
    return Parsed(tuple(units), tuple(parts))


def _number(written: str) -> int:
    return parse_number(written) or 0


def _outline_unit(
    measure: str, ordinal: tuple[int, ...], section: tuple[str, ...], mark: str, content: str, line: Line
) -> ParsedUnit:
    note = _NOTE.search(content)
    text = content[: note.start()].strip() if note else content.strip()
    parts = sentences(text)
    return ParsedUnit(
        measure=measure,
        serial=None,
        ordinal=ordinal,
        section=section,
        heading=parts[0].rstrip("。") if mark and len(parts) > 1 else "",
        text=text,
        agencies=split_agencies(note.group("agencies")) if note else (),
        mark=mark,
        note=note.group() if note else "",
        start=line.start,
        end=line.end,
    )


def _continued(unit: ParsedUnit, text: str, line: Line) -> ParsedUnit:
    """The unit with a further paragraph of it."""
    note = _NOTE.search(text)
    more = text[: note.start()].strip() if note else text
    return replace(
        unit,
        text=f"{unit.text}\n{more}".strip(),
        agencies=split_agencies(note.group("agencies")) if note else unit.agencies,
        note=note.group() if note else unit.note,
        end=line.end,
    )


def _front_matter(lines: Sequence[Line]) -> Iterator[Part]:
    """Name what stands before the first section: title, salutation, notice, signature, date, mark and preamble."""
    for line in lines:
        text = _clean(line)
        if not text:
            name = "blank"
        elif text.endswith("："):
            name = "salutation"
        elif _DATE.fullmatch(text):
            name = "date"
        elif re.fullmatch(r"[（(].+[）)]", text):
            name = "publication mark"
        elif text.endswith("。"):
            name = "preamble" if "制定本" in text else "notice"
        elif re.fullmatch(r".{2,30}(?:办公厅|人民政府|办公室|委员会|局|委|厅)", text):
            name = "signature"
        else:
            name = "title"
        yield Part(name, line.start, line.end)
