"""Heads of task tables: what each column holds, told by its head, whatever an office calls it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from ingest.readers.source import Row


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
    (Column.OTHER, re.compile("^(?!.*(?:单位|部门)).*(?:领导|责任人|负责人)|联系|电话|备注")),
    (
        Column.BODIES,
        re.compile(
            "(?:责任|负责|主责|牵头|配合|主办|协办|承办|主管|指导|落实|实施|参与|参加|协同|监督).{0,4}"
            "(?:单位|部门|处室|科室|机构|主体)(?:[及和与、/（(].{1,24})?$"
            "|(?:责任|落实|实施|牵头|涉及)(?:县|市|区|镇|乡|街道|属地|地区|园区)"
            "|^(?:单位|部门|处室|科室|牵头|配合|责任|主办|协办|分工|责任分工|职责分工)$"
        ),
    ),
    (Column.DEADLINE, re.compile("时限|期限|时间|进度|完成日期")),
    (Column.MEASURE, re.compile("^(?:措施|任务|条款|条目|项目|政策)?(?:序号|编号|条目|条款)$")),
    (Column.SECTION, re.compile("类别|领域|类型|板块|方面|一级|分类")),
    (Column.TEXT, re.compile("内容|举措|措施|任务|事项|要求|政策|工作|目标|项目|名称|活动|要点")),
)
_SERIAL = re.compile("^(?:序号|编号|项次|序|No\\.?)$", re.IGNORECASE)
_MEASURED = re.compile("指标|数值|数量|属性|基期|实际|20[0-9]{2}年")  # beside these, 单位 is one of measure
_LONGEST_HEAD = 20  # characters of a column's head

Columns = tuple[tuple[Column, str], ...]


def columns_of(row: Row) -> Columns | None:
    """What the columns hold, when ``row`` is the head of a task table: it names text with bodies or numbers."""
    return _columns(["".join(cell.text.split()) for cell in row.cells])


def two_rows(upper: Row, lower: Row, below: Sequence[Row]) -> Columns | None:
    """Columns of a head in two rows, 责任分工 over 牵头单位 and 配合单位; ``None`` when ``lower`` is no head.

    Args:
        upper, lower: the rows; what is merged over both stands in the upper, what is merged over several columns in
            the first of them.
        below: rows under the head, which tell how many columns a lower row of its own width stands for.
    """
    over = ["".join(cell.text.split()) for cell in upper.cells]
    under = ["".join(cell.text.split()) for cell in lower.cells]
    said = [head for head in under if head]
    if not said or any(len(head) > _LONGEST_HEAD for head in said):
        return None
    if _split_below(over, under):
        above = [next(filter(None, over[place::-1]), "") for place in range(len(over))]
        named = [low if _kind(low) is not Column.OTHER else top + low for low, top in zip(under, above, strict=True)]
        return _columns([name if low else high for name, low, high in zip(named, under, over, strict=True)])
    if any(_kind(head) is Column.OTHER for head in said):
        return None
    if len(under) == len(over):
        again = [head for place, head in enumerate(under) if head and head != over[place]]
        merged = any(not head or head == over[place] for place, head in enumerate(under))
        return _columns([low or high for low, high in zip(under, over, strict=True)]) if merged and again else None
    wide = len(over) + len(said) - 1
    place = next((at for at, head in enumerate(over) if _kind(head) is Column.BODIES), None)
    if place is None or not below or len(below[0].cells) != wide:
        return None
    return _columns([*over[:place], *said, *over[place + 1 :]])


def _split_below(over: Sequence[str], under: Sequence[str]) -> bool:
    """True when the lower row names just the columns over which one of the upper row is merged."""
    if len(over) != len(under) or not all(over[:1]):
        return False
    merged = [not head or (place + 1 < len(over) and not over[place + 1]) for place, head in enumerate(over)]
    return any(merged) and [bool(head) for head in under] == merged


def _kind(head: str) -> Column:
    if _SERIAL.match(head):
        return Column.SERIAL
    return next((column for column, pattern in _HEADS if pattern.search(head)), Column.OTHER)


def _columns(heads: Sequence[str]) -> Columns | None:
    found: list[tuple[Column, str]] = []
    for head in heads:
        if _SERIAL.match(head) and Column.SERIAL not in (column for column, _ in found):
            found.append((Column.SERIAL, head))
        elif not head and found and found[-1][0] in (Column.TEXT, Column.SECTION):
            found.append((Column.TEXT, found[-1][1]))  # merged with the head on its left
        elif head == "单位" and any(_MEASURED.search(other) for other in heads):
            found.append((Column.OTHER, head))
        else:
            kind = _kind(head)
            found.append((Column.OTHER if kind is Column.SERIAL else kind, head))
    if any(len(head) > _LONGEST_HEAD or head.isdecimal() or head.endswith("。") for head in heads):
        return None
    kinds = [column for column, _ in found]
    if Column.TEXT not in kinds and Column.BODIES in kinds:
        for instead in (Column.OTHER, Column.SECTION):
            if instead in kinds:
                found[kinds.index(instead)] = (Column.TEXT, found[kinds.index(instead)][1])
                break
    kinds = [column for column, _ in found]
    told = Column.TEXT in kinds and (Column.BODIES in kinds or Column.SERIAL in kinds)
    return tuple(found) if told else None
