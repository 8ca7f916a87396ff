"""Every number of a text as a value with its unit: 15万元 is 150000元, 百分之十 is 10％, 3至5家 is neither 3家 nor 5家.

Stricter than :mod:`answering.writing.figures`, which reads questions and may overlook: here nothing that a reader
would take for a number may be overlooked, so 一站式 and 第三方 are numbers too, borne out by the same word in the
evidence.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from answering.writing.subject import telling_pairs

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
_CHARACTERS = r"\d零〇一二两三四五六七八九十百千万亿"
_RUN = rf"[{_CHARACTERS}]+(?:[.,点][{_CHARACTERS}]+)*"
_FEW = "余|多|来|几"
_UNIT = (
    "个?百分点|%|‰|美元|美金|欧元|日元|港元|港币|英镑|人民币|元|块|平方米|平方公里|平米|公里|亩|吨|标箱|年|月|日|号|天|周|"
    r"个?工作日|个?小时|分钟|个?月|个?季度|倍|番|成(?!立|为|本|果|效|长|熟|员|功|交)|折|[a-z]+|[^\W\da-z零〇一二两三四五六七八九十百千万亿]"
)
_SAME_UNIT = {"美金": "美元", "平米": "平方米", "块": "元", "人民币": "元"} | dict.fromkeys("家座所大类种", "个")
_NUMBER = re.compile(
    rf"(?P<low>{_RUN})(?:(?P<part>分之)(?P<of>{_RUN})|(?:(?P<low_unit>%|个月|[家个年月天元])?[至到\-~–—](?P<high>{_RUN}))?"
    rf"(?:(?P<few>{_FEW})(?P<scale>[十百千万亿]*))?(?P<unit>{_UNIT})?)"
)
_AT_LEAST = re.compile(
    r"(?:不低于|不少于|不小于|(?<!不)超过|突破|至少|最少|最低|高于|大于|多于|(?<!不)超|逾|不止|(?<!不)满)(?:等值)?$"
)
_AT_MOST = re.compile(
    r"(?:低于|不超过|不到|不足|不高于|少于|小于|不多于|不大于|最多|最高|至多|顶多|控制在|未满|不满)(?:等值)?$"
)
_ROUGHLY = re.compile(r"(?:近|约|大约|将近|接近|大概|数|几)(?:等值)?$")
_ABOVE = re.compile(r"^[及或]?(?:以上|之上|起)")
_BELOW = re.compile(r"^[及或]?(?:以内|以下|之内|之下|封顶|之前|以前)")
_ABOUT = re.compile("^(?:左右|上下)")
_IDIOM = re.compile(
    rf"(?<![{_CHARACTERS}第只仅唯共有])(?:进一步|统一|单一|同一|之一|专一|一般|一定(?!能|会|要|可)|一些|一批|一系列|一体化|一并|一同|"
    rf"一起|一旦|一直|一方面|另一方面|一套|一种|一类|一步|一项|一个(?!工作日|小时|百分|季度|月|部门|单位)|"
    rf"零售|零部件|零配件|零件|逐一|一一|十分(?!之)|第三方)(?![{_CHARACTERS}])"
)
_STOP = re.compile("[。；;]")
_STRIVES = re.compile("力争|争取")
_GOVERNING = re.compile("(?<!、)(?:力争|争取)")
_COMMA = re.compile("[，,]")
_CELL_END = re.compile(r"[，,。；;：:\n]|[、和及与](?=[^、，。；]{0,4}[\d一二三四五六七八九十百千万亿])")


class _Bound(Enum):
    EXACT = auto()
    AT_LEAST = auto()
    AT_MOST = auto()
    ROUGHLY = auto()


@dataclass(frozen=True, slots=True)
class Value:
    """A number with its unit.

    Attributes:
        low, high: value with its scale multiplied in; they differ for a range.
        unit: what it is measured in, one word for the counters of things (个); the next character where it is neither.
        bound: floor, ceiling, rough or exact.
        start: where it stands.
        aimed, striven: it is a target (力争 before it in its cell or governing its statement; anywhere before it).
        cell: telling pairs of the characters around it, up to the next comma or member of an enumeration.
    """

    low: float
    high: float
    unit: str
    bound: _Bound
    start: int
    aimed: bool
    striven: bool
    cell: frozenset[str]

    @property
    def is_year(self) -> bool:
        """True for a year of four figures."""
        return self.unit == "年" and 1900 <= self.low <= 2100

    def equals(self, other: Value) -> bool:
        """True for the same value in the same unit, with the same bound."""
        return (
            self.unit == other.unit
            and self.bound is other.bound
            and math.isclose(self.low, other.low)
            and math.isclose(self.high, other.high)
        )


@lru_cache(maxsize=512)
def find_values(folded: str) -> tuple[Value, ...]:
    """Every number in a folded text, left to right; idioms with 一 (进一步, 一批) are none."""
    text = _IDIOM.sub(lambda match: "·" * len(match.group()), folded)
    ends = [0, *(match.start() for match in _CELL_END.finditer(text)), len(text)]
    return tuple(_values(text, ends))


def borne_out(folded: str, units: Sequence[Sequence[Value]]) -> bool:
    """True when the units state every number of a folded sentence, those of a year or a clause in one unit."""
    values = find_values(folded)
    if any(_stated_together(values, stated) for stated in units):
        return True
    return all(any(_stated_together(group, stated) for stated in units) for group in _groups(folded, values))


def _groups(folded: str, values: Sequence[Value]) -> Iterator[list[Value]]:
    """Values by clause; a year begins a group that the clauses after it in its statement belong to."""
    group: list[Value] = []
    end, dated = 0, False
    for value in values:
        between = folded[end : value.start]
        if group and (value.is_year or _STOP.search(between) or (not dated and _COMMA.search(between))):
            yield group
            group, dated = [], False
        group.append(value)
        dated = dated or value.is_year
        end = value.start
    yield group


def _stated_together(values: Sequence[Value], stated: Sequence[Value]) -> bool:
    return all(_stated(value, stated) for value in values)


def _stated(value: Value, stated: Sequence[Value]) -> bool:
    """True when an equal value is stated, and no other of its unit stands among words more like those around it."""
    equal = [
        len(value.cell & other.cell)
        for other in stated
        if value.equals(other) and (value.striven or value.is_year or not other.aimed)
    ]
    other = [len(value.cell & other.cell) for other in stated if value.unit == other.unit and not value.equals(other)]
    return bool(equal) and max(equal) >= max(other, default=0)


def _values(text: str, ends: list[int]) -> Iterator[Value]:
    place = 0
    for match in _NUMBER.finditer(text):
        while ends[place + 1] < match.start():
            place += 1
        last = next(end for end in ends[place + 1 :] if end >= match.end())
        cell = telling_pairs(text[ends[place] : last])
        low, high, unit = _measured(match)
        before = _STOP.split(text[: match.start()])[-1]
        striven = bool(_STRIVES.search(before))
        aimed = bool(_STRIVES.search(text[ends[place] : match.start()]) or _GOVERNING.search(before))
        yield Value(low, high, unit, _bound(match, text), match.start(), aimed, striven, cell)


def _measured(match: re.Match[str]) -> tuple[float, float, str]:
    """Low, high and unit of what was found; not a number (never equal to anything) where it can't be read."""
    low = _value(match["low"])
    if match["part"]:
        share = _value(match["of"]) / low * 100 if low else math.nan
        return share, share, "%"
    high = _value(match["high"]) if match["high"] else low
    if match["high"] and low < high and not match["low"].endswith(("万", "亿")):
        low *= _scale(match["high"])
    unit = match["unit"] or ""
    if match["low_unit"] and match["low_unit"] != unit:
        return math.nan, math.nan, unit
    if match["scale"]:
        low, high = low * _scale(match["scale"]), high * _scale(match["scale"])
    if unit == "成":
        return low * 10, high * 10, "%"
    unit = unit.removeprefix("个") or unit
    return low, high, _SAME_UNIT.get(unit, unit)


def _bound(match: re.Match[str], text: str) -> _Bound:
    before, after = text[max(0, match.start() - 8) : match.start()], text[match.end() : match.end() + 4]
    if match["few"] or _ROUGHLY.search(before) or _ABOUT.search(after):
        return _Bound.ROUGHLY
    if _AT_LEAST.search(before) or _ABOVE.search(after):
        return _Bound.AT_LEAST
    return _Bound.AT_MOST if _AT_MOST.search(before) or _BELOW.search(after) else _Bound.EXACT


def _value(written: str) -> float:
    """Value of ``1,000亿``, ``3亿5000万``, ``六十万``, ``三点五`` or ``12``; not a number for anything else."""
    if not re.fullmatch(r"[^,]*|\d{1,3}(?:,\d{3})+(?:\.\d+)?\D*", written):
        return math.nan
    total, rest = 0.0, written.replace(",", "")
    for large, scale in (("亿", 10**8), ("万", 10**4)):
        part, found, after = rest.rpartition(large)
        if found:
            total, rest = total + (_below_large(part) if part else 1) * scale, after
    return total + _below_large(rest) if rest else total


def _below_large(written: str) -> float:
    match = re.fullmatch(r"(\d+(?:\.\d+)?)([十百千万]*)", written)
    if match:
        return float(match.group(1)) * _scale(match.group(2))
    whole, point, part = written.partition("点")
    value = _han(whole)
    if point:
        digits = [_DIGITS.get(character) for character in part]
        return math.nan if None in digits or not part else value + float("0." + "".join(map(str, digits)))
    return value


def _han(written: str) -> float:
    """Value of Chinese numerals below 10000, with 万 for what stands before 亿."""
    if not any(character in _SCALES for character in written):
        digits = [_DIGITS.get(character) for character in written]
        if len(digits) != 1 or digits[0] is None:
            return math.nan  # a list of digits (二三, 十四五 is caught below) is no one number
        return float(digits[0])
    total, digit, least = 0, None, 10**4
    for character in written:
        if character in _SCALES:
            if _SCALES[character] >= least:
                return math.nan
            least = _SCALES[character]
            total, digit = total + (1 if digit is None else digit) * least, None
        elif character in _DIGITS and digit in (None, 0):
            digit = _DIGITS[character]
        else:
            return math.nan
    return float(total + (digit or 0))


def _scale(written: str) -> int:
    """Product of the scale words at the end of ``written``."""
    scale = 1
    for character in re.sub(r".*[\d一二两三四五六七八九.]", "", written):
        scale *= {**_SCALES, **_LARGE}.get(character, 1)
    return scale
