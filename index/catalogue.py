"""Which units a number means, over the numberings of all documents."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from enum import Enum, auto
from functools import lru_cache

from index.numbering import Form, NumberMention, parse_number
from index.records import Document, PolicyUnit

_PLAIN = re.compile("[一二三四五六七八九十百]+|（[一二三四五六七八九十百]+）")
_SECTION_NUMBER = re.compile(r"[（(]?([零〇一二两三四五六七八九十百千]+)[）)、]")


class _Reading(Enum):
    """One way of counting the units of a document."""

    ARTICLE = auto()  # 第3条, printed in a table's own column
    ITEM = auto()  # 14．
    ROW = auto()  # 序号7
    ROW_OF_ARTICLE = auto()  # 第12条的第三行
    NESTED = auto()  # 三（二）, a unit
    SAFEGUARD = auto()  # 保障措施第二条
    PART = auto()  # 第三部分: all units below 三、
    SUBPART = auto()  # （三）: all units below it
    PATH = auto()  # 二（三）: all units below it


# The first step whose numbering the documents asked about have at all decides, so that a number beyond its last is
# missing and not silently another document's; the readings inside one step are all meant. 条 is what a table prints, 项
# what people say of numbered tasks, 序号 and 行 what a table has; the later steps serve documents that lack the first
# (实施方案第14条). （三） alone may be a unit or a section, whichever there is.
_READINGS: dict[Form, tuple[tuple[_Reading, ...], ...]] = {
    Form.ARTICLE: ((_Reading.ARTICLE,), (_Reading.ITEM,)),
    Form.ROW: ((_Reading.ROW,), (_Reading.ITEM,)),
    Form.ROW_OF_ARTICLE: ((_Reading.ROW_OF_ARTICLE,),),
    Form.ITEM: ((_Reading.ITEM,), (_Reading.ROW,)),
    Form.ANY: ((_Reading.ARTICLE, _Reading.ITEM),),
    Form.SAFEGUARD: ((_Reading.SAFEGUARD,),),
    Form.OUTLINE: ((_Reading.NESTED,), (_Reading.PATH,), (_Reading.SUBPART,)),
    Form.PART: ((_Reading.PART,),),
}


class Catalogue:
    """Resolves number mentions to units.

    Args:
        documents: the documents, in corpus order.
        units: all units, in document order.
    """

    def __init__(self, documents: Iterable[Document], units: Sequence[PolicyUnit]) -> None:
        self._order = {unit.unit_id: place for place, unit in enumerate(units)}
        self._places: defaultdict[str | None, list[str]] = defaultdict(list)
        for document in documents:
            self._places[document.region].append(document.slug)
        self._units: defaultdict[tuple[_Reading, str], defaultdict[tuple[int, ...], list[PolicyUnit]]] = defaultdict(
            lambda: defaultdict(list)
        )
        rows: Counter[tuple[str, str]] = Counter()
        counted = {unit.document for unit in units if unit.measure.startswith("第") or unit.measure[:1].isdecimal()}
        for unit in units:
            rows[unit.document, unit.measure] += 1
            plain = unit.document not in counted and bool(_PLAIN.fullmatch(unit.measure))
            for reading, number in _numbers(unit, rows[unit.document, unit.measure], plain=plain):
                self._units[reading, unit.document][number].append(unit)

    def resolve(self, mention: NumberMention, documents: Sequence[str] = ()) -> tuple[PolicyUnit, ...]:
        """Units that ``mention`` names in ``documents`` (all when empty), in order; empty when none has that number."""
        wanted = set(documents)
        scopes = ([slug for slug in slugs if not wanted or slug in wanted] for slugs in self._places.values())
        found = [unit for scope in scopes if scope for unit in self._resolve(mention, scope)]
        return tuple(sorted(found, key=lambda unit: self._order[unit.unit_id]))

    def _resolve(self, mention: NumberMention, scope: Sequence[str]) -> list[PolicyUnit]:
        """The units named in documents of one place: another place's numbering decides nothing for it."""
        for readings in _READINGS[mention.form]:
            if not any(self._units.get((reading, document)) for reading in readings for document in scope):
                continue
            found = {
                unit.unit_id: unit
                for reading in readings
                for document in scope
                for unit in self._match(mention, reading, document)
            }
            if found or mention.form is not Form.OUTLINE:
                return list(found.values())
        return []

    def resolve_near(self, mention: NumberMention, units: Sequence[PolicyUnit]) -> tuple[PolicyUnit, ...]:
        """Units that ``mention`` names where the conversation is about ``units``: in their document, if it is one.

        After a safeguard (三（一）), 第三条 is the third safeguard.
        """
        documents = tuple(dict.fromkeys(unit.document for unit in units))
        if len(documents) != 1:
            return self.resolve(mention)
        if all("（" in unit.measure for unit in units) and mention.form in (Form.ARTICLE, Form.ITEM, Form.ANY):
            part = units[0].ordinal[0]
            nested = tuple((part, *number) for number in mention.numbers)
            return self.resolve(replace(mention, form=Form.OUTLINE, numbers=nested), documents)
        return self.resolve(mention, documents)

    def _match(self, mention: NumberMention, reading: _Reading, document: str) -> Iterator[PolicyUnit]:
        numbered = self._units.get((reading, document))
        if not numbered:
            return
        for path in mention.numbers:
            if mention.end_relative:
                last = max((number[-1] for number in numbered if number[:-1] == path[:-1]), default=0)
                path = (*path[:-1], last + 1 - path[-1])  # noqa: PLW2901 - the same path, counted from the front
            yield from numbered.get(path, ())


def _numbers(unit: PolicyUnit, row: int, *, plain: bool) -> Iterator[tuple[_Reading, tuple[int, ...]]]:
    """Every number that a unit goes by.

    Args:
        unit: the unit.
        row: its place among the units of its measure.
        plain: its document counts its measures 一、二、 or （一）（二） and no other way.
    """
    if unit.serial is not None:
        yield _Reading.ROW, (unit.serial,)
    if unit.measure.startswith("第"):
        yield _Reading.ARTICLE, unit.ordinal
        yield _Reading.ROW_OF_ARTICLE, (*unit.ordinal, row)
    elif unit.measure.isdecimal():
        yield _Reading.ITEM, unit.ordinal
    elif plain:
        yield _Reading.ITEM, unit.ordinal[-1:]
    elif "（" in unit.measure:
        yield _Reading.NESTED, unit.ordinal
        if unit.measure[0].isdecimal():
            yield _Reading.ITEM, unit.ordinal[:1]
        if unit.section and unit.section[0].endswith("保障措施"):
            yield _Reading.SAFEGUARD, unit.ordinal[1:]
    part, subpart = (_section_number(unit.section[depth : depth + 1]) for depth in (0, 1))
    if part:
        yield _Reading.PART, (part,)
    if subpart:
        yield _Reading.SUBPART, (subpart,)
        yield _Reading.PATH, (part, subpart)


@lru_cache(maxsize=4096)
def _section_number(heading: tuple[str, ...]) -> int:
    """Printed number of a section heading, 0 where there is none."""
    match = _SECTION_NUMBER.match(heading[0]) if heading else None
    return (match and parse_number(match.group(1))) or 0
