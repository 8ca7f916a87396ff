"""Values in text, parsed and compared as values: 15万元 is not 5万元, 六十万平方米 is 60万平方米, 3至5家 holds 5家."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from eval.cases import Fact, FactType
from index.text import normalise

_HAN_DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
_HAN_NUMBER = "零〇一二两三四五六七八九十百千万亿"
_NUMERAL = rf"(?:\d+(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*[千万亿]*|[{_HAN_NUMBER}]+(?:点[零〇一二三四五六七八九]+)?"
_COUNTERS = "项条个家款件类处行"
_UNIT = r"%|[a-z]+|平方米|平方公里|公里|标箱|小时|分钟|工作日|[\u4e00-\u9fff]{0,6}"
_TO = r"\s*(?:至|到|[-–—~～])\s*"
_ORDINAL = re.compile(r"(?:第|序号|任务|措施|no\.?)\s*$")

_PERCENT = re.compile(rf"百分之\s*(?P<han>[{_HAN_NUMBER}点]+|\d+(?:\.\d+)?)|(?P<digits>\d+(?:\.\d+)?)\s*%")
_RANGE_PERCENT = re.compile(r"(?P<low>\d+(?:\.\d+)?)\s*%?" + _TO + r"(?P<high>\d+(?:\.\d+)?)\s*%")
_QUANTITY = re.compile(rf"(?P<low>{_NUMERAL})(?:{_TO}(?P<high>{_NUMERAL}))?\s*(?=(?P<unit>{_UNIT}))")
_DATE = re.compile(
    r"(?<![\d.])(?P<year>(?:19|20)\d\d|[二一][零〇九]?[零〇一二三四五六七八九]{2,3})\s*(?:年|[-./](?=\d))"
    r"(?:\s*(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})\s*(?:月|[-./](?=\d))"
    r"(?:\s*(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})\s*[日号]?)?)?"
)
_BARE_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]*\d)(?!\s*[\u4e00-\u9fff%])")
_TOTAL = re.compile(
    rf"(?:共计?有?|一共|总共|合计|总计)\s*(?:涉及|包括|包含|列出|找到)?\s*(?P<n>\d+|[{_HAN_NUMBER}]+)\s*[{_COUNTERS}]"
)
_COUNT = re.compile(rf"(?P<n>\d+|[{_HAN_NUMBER}]+)\s*[{_COUNTERS}]")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its scale multiplied in, and the words that follow it."""

    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class Values:
    """Every value that a text states.

    Attributes:
        quantities: numbers with units, both ends of a range.
        percents: percentages, 10% and 百分之十 alike.
        dates: ISO 8601, as fine as they are written: ``2027``, ``2024-11``, ``2024-11-06``.
        counts: what 共 N 项 says; without any such phrase, every N 项.
    """

    quantities: tuple[Quantity, ...]
    percents: tuple[float, ...]
    dates: tuple[str, ...]
    counts: tuple[int, ...]


def numeral(text: str) -> float | None:
    """Value of ``1000亿``, ``5,500``, ``六十万``, ``两千``, ``三点五`` or ``二〇二七``; ``None`` for anything else."""
    text = text.replace(",", "").replace(" ", "")
    match = re.fullmatch(r"(\d+(?:\.\d+)?)([千万亿]*)", text)
    if match:
        value = float(match.group(1))
        for scale in match.group(2):
            value *= {"千": 1000, **_LARGE}[scale]
        return value
    whole, _, part = text.partition("点")
    if not whole or any(character not in _HAN_NUMBER for character in whole):
        return None
    value = float(_han_integer(whole))
    return value + float("0." + "".join(str(_HAN_DIGITS[digit]) for digit in part)) if part else value


def _han_integer(text: str) -> int:
    if not any(character in _SMALL or character in _LARGE for character in text):
        return int("".join(str(_HAN_DIGITS[digit]) for digit in text))
    total, section, digit = 0, 0, 0
    for character in text:
        if character in _HAN_DIGITS:
            digit = _HAN_DIGITS[character]
        elif character in _SMALL:
            section += (digit or 1) * _SMALL[character]
            digit = 0
        else:
            total = (total + section + digit or 1) * _LARGE[character]
            section, digit = 0, 0
    return total + section + digit


def find_values(text: str) -> Values:
    """Every value in ``text`` as a reader would see it: Markdown's asterisks aside, ordinals (第14项) left out."""
    plain = normalise(text).replace("*", "")
    dates = tuple(dict.fromkeys(_dates(plain)))
    without_dates = _DATE.sub(lambda match: "。" * len(match.group()), plain)
    percents = tuple(dict.fromkeys(_percents(without_dates)))
    without_percents = _PERCENT.sub("。", _RANGE_PERCENT.sub("。", without_dates))
    return Values(tuple(dict.fromkeys(_quantities(without_percents))), percents, dates, _counts(without_percents))


def _dates(text: str) -> Iterator[str]:
    for match in _DATE.finditer(text):
        year = numeral(match["year"])
        parts = [year, *(numeral(match[name]) for name in ("month", "day") if match[name])]
        if year and 1900 <= year < 2100 and None not in parts:
            yield "-".join(f"{int(part):02d}" for part in parts if part is not None)
    yield from _BARE_YEAR.findall(text)


def _percents(text: str) -> Iterator[float]:
    for match in _RANGE_PERCENT.finditer(text):
        yield float(match["low"])
        yield float(match["high"])
    for match in _PERCENT.finditer(text):
        value = numeral(match["han"] or match["digits"])
        if value is not None:
            yield value


def _quantities(text: str) -> Iterator[Quantity]:
    for match in _QUANTITY.finditer(text):
        if _ORDINAL.search(text[: match.start()]):
            continue
        written_high = match["high"]
        high, low = numeral(written_high) if written_high else None, numeral(match["low"])
        if low is None or (written_high and high is None):
            continue
        if written_high and high is not None:
            yield Quantity(high, match["unit"])
            if not re.search("[千万亿]", match["low"]):  # 3至5万元 is 3万元 to 5万元
                low *= _scale(written_high)
        yield Quantity(low, match["unit"])


def _scale(written: str) -> int:
    scale = 1
    for character in re.sub(r".*\d|\s", "", written):
        scale *= {"千": 1000, **_LARGE}.get(character, 1)
    return scale


def _counts(text: str) -> tuple[int, ...]:
    found = [match["n"] for match in _TOTAL.finditer(text)] or [
        match["n"] for match in _COUNT.finditer(text) if not _ORDINAL.search(text[: match.start()])
    ]
    return tuple(dict.fromkeys(int(value) for value in map(numeral, found) if value is not None))


def states(text: str, fact: Fact) -> bool:
    """True when ``text`` states ``fact``.

    Quantities agree in value and unit (``万``, ``亿`` multiplied in), percentages and counts in value; a date agrees
    when the text gives the same date at least as finely; names and terms are found with punctuation aside and not
    inside a longer run of Latin letters or digits (5G is not in 15G).
    """
    if fact.type in (FactType.NAME, FactType.TERM):
        return _contains(text, str(fact.value))
    values = find_values(text)
    if fact.type is FactType.DATE:
        wanted = str(fact.value)
        return any(date == wanted or date.startswith(f"{wanted}-") for date in values.dates)
    if fact.type is FactType.PERCENT:
        return fact.value in values.percents
    if fact.type is FactType.COUNT:
        return fact.value in values.counts
    wanted_value, unit = _scaled(float(fact.value), fact.unit)
    return any(
        abs(quantity.value - wanted_value) <= 1e-9 * abs(wanted_value) and quantity.unit.startswith(unit)
        for quantity in values.quantities
    )


def _scaled(value: float, unit: str) -> tuple[float, str]:
    folded = normalise(unit)
    while folded[:1] in ("千", "万", "亿") and folded[:2] != "千米":
        value *= {"千": 1000, **_LARGE}[folded[0]]
        folded = folded[1:]
    return value, folded


def _contains(text: str, words: str) -> bool:
    squeezed, wanted = _squeeze(text), _squeeze(words)
    before = (
        r"(?<![a-z])" if wanted[:1].isascii() and wanted[:1].isalpha() else r"(?<!\d)" if wanted[:1].isdigit() else ""
    )
    after = (
        r"(?![a-z])" if wanted[-1:].isascii() and wanted[-1:].isalpha() else r"(?!\d)" if wanted[-1:].isdigit() else ""
    )
    return bool(wanted) and re.search(before + re.escape(wanted) + after, squeezed) is not None


def _squeeze(text: str) -> str:
    return "".join(character for character in normalise(text) if character.isalnum())


def facts_in(text: str) -> tuple[Fact, ...]:
    """Facts that a reference answer states in figures: its quantities with a unit, percentages and dates."""
    values = find_values(text)
    quantities = (Fact(FactType.QUANTITY, item.value, unit_word(item.unit)) for item in values.quantities)
    return (
        *(fact for fact in quantities if fact.unit),
        *(Fact(FactType.PERCENT, value) for value in values.percents),
        *(Fact(FactType.DATE, value) for value in values.dates),
    )


_UNIT_WORDS = re.compile(
    r"%|平方米|平方公里|公里|标箱|小时|分钟|个?工作日|个?百分点|[元家个项条户所座人次天日年月件吨艘架列班]|美元|人民币"
)


def unit_word(following: str) -> str:
    """The unit that words after a number begin with, empty when they begin with none."""
    match = _UNIT_WORDS.match(following)
    return match.group() if match else ""
