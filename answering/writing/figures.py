"""Figures in text, as values: how many of what, and whether that is a floor or a ceiling."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from index.numbering import parse_number

_LARGE = {"万": 10**4, "亿": 10**8}
_SCALES = {"十": 10, "百": 100, "千": 1000, **_LARGE}
_NUMERAL = r"(?:\d+(?:,\d{3})*(?:\.\d+)?[十百千万亿]*|[一二两三四五六七八九十百千万亿]+)"
_COUNTERS = r"(?:家|个(?!月|工作日|小时|百分点)|座|所|名)(?!字|数|词|文件|部门|单位|机构|局|委|方面|问题|部分|阶段)"
_UNITS = rf"美元|美金|刀|元|块钱|%|平方米|平米|{_COUNTERS}|大[\u4e00-\u9fff]{{2}}|g(?![a-z])"
_SAME_UNIT = {"美金": "美元", "刀": "美元", "块钱": "元", "平米": "平方米", "个": "家", "座": "家", "所": "家"}
_LARGE_UNITS = ("元", "美元", "平方米")
_AT_LEAST = r"不低于|不少于|不小于|(?<!不)超过|突破|至少|高于|大于|多于|超(?!过)"
_AT_MOST = r"(?<!不)低于|不超过|不到|不足|不高于|(?<!不)少于|小于|不多于|最多|至多|顶多|控制在"
_FIGURE = re.compile(
    rf"(?P<before>(?:{_AT_LEAST}|{_AT_MOST})(?:等值|约|大约)?)?"
    rf"(?<![第\d.号年月几])(?P<low>(?:百分之)?{_NUMERAL})(?:(?:至|到|[-~～—])(?P<high>{_NUMERAL}))?"
    rf"\s*(?P<unit>{_UNITS})?(?P<after>以上|及以上|之上|以内|之内|以下|之下|封顶)?(?P<note>[(（](?:不?含)[)）])?",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"(?:第|序号|任务|措施|item|no\.?)\s*$")
_NOT_A_FIGURE = re.compile(r"\s*(?:[年月日号条项行款来多余几]|天|成[^立为]|小时|工作日)")


class Bound(Enum):
    """Which side of its value a figure leaves open."""

    EXACT = auto()
    AT_LEAST = auto()
    AT_MOST = auto()


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit.

    Attributes:
        low, high: value with its scale multiplied in; they differ for a range (3至5家).
        unit: what it is measured in or counted by, one word for all counters of things (家); empty when not written.
        bound: floor, ceiling or neither.
        phrase: as written, with the words of its bound.
        start, end: span of ``phrase``.
    """

    low: float
    high: float
    unit: str
    bound: Bound
    phrase: str
    start: int
    end: int

    @property
    def names(self) -> bool:
        """True when it is part of a name (8大场景): whoever writes it takes the number for granted."""
        return self.unit.startswith("大")

    @property
    def counts(self) -> bool:
        """True when it counts things, so that the noun tells what: 12家, 6个."""
        return self.unit in ("家", "名")

    def measures_like(self, other: Figure) -> bool:
        """True for the same unit; a large number without one (突破1000亿) may be money or an area."""
        return self.unit == other.unit or (not self.unit and other.unit in _LARGE_UNITS)

    def agrees(self, other: Figure) -> bool:
        """True when both may be said of the same thing: inside the other's range is enough, 以内 isn't 以上."""
        if {self.bound, other.bound} == {Bound.AT_LEAST, Bound.AT_MOST}:
            return False
        return other.low <= self.low and self.high <= other.high


def find_figures(text: str) -> Iterator[Figure]:
    """Figures in ``text``, left to right; years, ordinals, rough numbers (二十来万) and a mere 一 are none."""
    for match in _FIGURE.finditer(text):
        written, unit = match["low"], match["unit"]
        if _ORDINAL.search(text[: match.start("low")]) or (not unit and _NOT_A_FIGURE.match(text, match.end("low"))):
            continue
        if written.startswith("百分之"):
            written, unit = written.removeprefix("百分之"), "%"
        low = _value(written)
        high = _value(match["high"]) if match["high"] else low
        if low is None or high is None or (high < low and not match["high"]):
            continue
        if match["high"] and low < high and not any(scale in written for scale in _LARGE):
            low *= _scale(match["high"])
        if not unit and low < 10**4:
            continue
        if low == high == 1 and not match["before"]:
            continue
        unit = (unit or "").lower()
        yield Figure(
            low, high, _SAME_UNIT.get(unit, unit), _bound(match), match.group().strip(), match.start(), match.end()
        )


def _bound(match: re.Match[str]) -> Bound:
    before, after = match["before"] or "", match["after"] or ""
    if re.match(_AT_LEAST, before) or after.endswith(("以上", "之上")):
        return Bound.AT_LEAST
    return Bound.AT_MOST if before or after else Bound.EXACT


def _value(written: str) -> float | None:
    """Value of ``1,000亿``, ``六十万``, ``两千亿`` or ``12``; ``None`` for anything else."""
    match = re.fullmatch(r"([\d,.]+)([十百千万亿]*)", written)
    if match:
        return float(match.group(1).replace(",", "")) * _scale(match.group(2))
    total, rest = 0.0, written
    for scale in ("亿", "万"):
        part, found, after = rest.rpartition(scale)
        if found:
            value = _value(part) if scale in part or "万" in part else parse_number(part)
            if value is None:
                return None
            total, rest = total + value * _LARGE[scale], after
    if not rest:
        return total
    last = parse_number(rest)
    return None if last is None else total + last


def _scale(written: str) -> int:
    """Product of the scale words at the end of ``written``."""
    scale = 1
    for character in re.sub(r".*[\d一二两三四五六七八九]", "", written):
        scale *= _SCALES[character]
    return scale
