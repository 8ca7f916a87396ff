"""Word's automatic numbers: what Word prints before a paragraph, counted from ``numbering.xml`` and the styles.

As of ECMA-376 part 1, 17.9: a paragraph names a list and a level, itself or through its style; lists that share an
abstract definition share its counters, except where one overrides a level's start.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from index.numbering import to_chinese

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEEPEST = 20  # styles that may be based on each other
_LEGAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_IDEOGRAPHS, _WIDE = (
    str.maketrans("0123456789", "〇一二三四五六七八九"),
    str.maketrans("0123456789", "０１２３４５６７８９"),
)
_PLACE = re.compile("%([1-9])")


def printed(number: int, form: str) -> str:
    """``number`` in a number format of Word (``w:numFmt``); digits for one that is not known or does not go so far.

    >>> printed(14, "chineseCountingThousand"), printed(3, "decimalEnclosedCircle"), printed(2, "upperRoman")
    ('十四', '③', 'II')
    """
    if form in ("none", "bullet"):
        return ""
    write, last = _FORMS.get(form, (str, 99_999))
    return write(number) if 1 <= number <= last else str(number)


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    out = ""
    for value, letters in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        count, number = divmod(number, value)
        out += letters * min(count, 10)
    return out


_CHINESE = ("chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand")
_JAPANESE = ("japaneseCounting", "koreanCounting")
_DIGITAL = ("ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand", "koreanDigital")
_FORMAL = ("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal")
_ROUND = ("decimalEnclosedCircle", "decimalEnclosedCircleChinese")
_FORMS: dict[str, tuple[Callable[[int], str], int]] = {  # how a number is written, and the last that can be
    **dict.fromkeys(_CHINESE + _JAPANESE, (to_chinese, 9_999)),
    **dict.fromkeys(_DIGITAL, (lambda number: str(number).translate(_IDEOGRAPHS), 99_999)),
    **dict.fromkeys(_FORMAL, (lambda number: to_chinese(number).translate(_LEGAL), 9_999)),
    **dict.fromkeys(_ROUND, (lambda number: chr(ord("①") + number - 1), 20)),
    **dict.fromkeys(("decimalFullWidth", "decimalFullWidth2"), (lambda number: str(number).translate(_WIDE), 99_999)),
    "decimalEnclosedParen": (lambda number: f"({number})", 20),
    "decimalEnclosedFullstop": (lambda number: f"{number}.", 20),
    "decimalZero": (lambda number: f"{number:02}", 99_999),
    "lowerLetter": (_letters, 780),
    "upperLetter": (lambda number: _letters(number).upper(), 780),
    "upperRoman": (_roman, 9_999),
    "lowerRoman": (lambda number: _roman(number).lower(), 9_999),
    "ideographTraditional": (lambda number: "甲乙丙丁戊己庚辛壬癸"[number - 1], 10),
    "ideographZodiac": (lambda number: "子丑寅卯辰巳午未申酉戌亥"[number - 1], 12),
}


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list: where it starts, how its number is written, and after which level it starts again."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    legal: bool = False
    spaced: bool = True
    style: str | None = None
    restart: int | None = None


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and how far each has counted.

    Attributes:
        levels: by list and level, overrides included.
        abstract: the definition that a list is of; lists of one definition count together.
        overridden: levels that a list starts anew when it is first used.
        styles: list and level that a paragraph style names; level ``None`` where the list says which level is its.
    """

    levels: dict[tuple[str, int], Level] = field(default_factory=dict)
    abstract: dict[str, str] = field(default_factory=dict)
    overridden: dict[tuple[str, int], int] = field(default_factory=dict)
    styles: dict[str, tuple[str, int | None]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _used: set[tuple[str, int]] = field(default_factory=set)

    def before(self, paragraph: _Element) -> str:
        """What Word prints before ``paragraph``, and count it; empty for one that is in no list."""
        found = self._place(paragraph)
        if found is None or found not in self.levels:
            return ""
        (number, level), counts = found, self._counts.setdefault(self.abstract[found[0]], {})
        here = self.levels[found]
        if found in self.overridden and found not in self._used:
            counts[level] = self.overridden[found]
        else:
            counts[level] = counts[level] + 1 if level in counts else here.start
        self._used.add(found)
        for deeper in [other for other in counts if other > level]:
            after = self.levels.get((number, deeper), Level()).restart
            if after is None or 0 < level + 1 <= after:
                del counts[deeper]

        def count(match: re.Match[str]) -> str:
            of = int(match[1]) - 1
            other = self.levels.get((number, of), Level())
            return printed(counts.get(of, other.start), "decimal" if here.legal and of != level else other.form)

        text = "" if here.form == "bullet" else _PLACE.sub(count, here.text)
        return text + (" " if here.spaced and text[-1:].isalnum() else "")

    def _place(self, paragraph: _Element) -> tuple[str, int] | None:
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            style, own = None, None
        else:
            style, own = _value(properties.find(f"{W}pStyle")), properties.find(f"{W}numPr")
        by_style = self.styles.get(style or "")
        number = _value(own.find(f"{W}numId")) if own is not None else None
        level = _value(own.find(f"{W}ilvl")) if own is not None else None
        if number is None:
            if by_style is None:
                return None
            number = by_style[0]
            if level is None and by_style[1] is None:
                linked = (of for (name, of), found in self.levels.items() if name == number and found.style == style)
                return number, next(linked, 0)
            level = level or str(by_style[1])
        return (number, _whole(level, 0)) if number != "0" else None


def read_numbering(numbering: _Element | None, styles: _Element | None) -> Numbering:
    """The lists of a document from its ``w:numbering`` and ``w:styles`` elements."""
    found = Numbering()
    based = _styles(styles, found)
    if numbering is None:
        return found
    definitions = {item.get(f"{W}abstractNumId", ""): item for item in numbering.findall(f"{W}abstractNum")}
    for item in numbering.findall(f"{W}num"):
        number, of = item.get(f"{W}numId", ""), _value(item.find(f"{W}abstractNumId")) or ""
        found.abstract[number] = of
        definition = definitions.get(of)
        linked = _value(definition.find(f"{W}numStyleLink")) if definition is not None else None
        if linked and linked in based:
            of = _abstract(numbering, based[linked][0])
            definition = definitions.get(of, definition)
        for level in definition.findall(f"{W}lvl") if definition is not None else ():
            found.levels[number, _whole(level.get(f"{W}ilvl"), 0)] = _level(level)
        for override in item.findall(f"{W}lvlOverride"):
            place = (number, _whole(override.get(f"{W}ilvl"), 0))
            if (level := override.find(f"{W}lvl")) is not None:
                found.levels[place] = _level(level)
            if (start := _value(override.find(f"{W}startOverride"))) is not None:
                found.overridden[place] = _whole(start, 1)
    return found


def _abstract(numbering: _Element, number: str) -> str:
    lists = (item for item in numbering.findall(f"{W}num") if item.get(f"{W}numId") == number)
    return next((_value(item.find(f"{W}abstractNumId")) or "" for item in lists), "")


def _styles(styles: _Element | None, found: Numbering) -> dict[str, tuple[str, int | None]]:
    """Lists that styles name, inherited from the styles that they are based on."""
    elements = {
        item.get(f"{W}styleId", ""): item for item in (styles.findall(f"{W}style") if styles is not None else ())
    }
    for name, element in elements.items():
        item: _Element | None = element
        for _ in range(_DEEPEST):
            if item is None:
                break
            own = item.find(f"{W}pPr/{W}numPr")
            if own is not None and (number := _value(own.find(f"{W}numId"))) is not None:
                level = _value(own.find(f"{W}ilvl"))
                found.styles[name] = (number, None if level is None else _whole(level, 0))
                break
            item = elements.get(_value(item.find(f"{W}basedOn")) or "")
    return found.styles


def _level(element: _Element) -> Level:
    restart = _value(element.find(f"{W}lvlRestart"))
    return Level(
        start=_whole(_value(element.find(f"{W}start")), 1),
        form=_value(element.find(f"{W}numFmt")) or "decimal",
        text=_value(element.find(f"{W}lvlText")) or "",
        legal=element.find(f"{W}isLgl") is not None,
        spaced=_value(element.find(f"{W}suff")) != "nothing",
        style=_value(element.find(f"{W}pStyle")),
        restart=None if restart is None else _whole(restart, 0),
    )


def _value(element: _Element | None) -> str | None:
    return None if element is None else element.get(f"{W}val")


def _whole(text: str | None, otherwise: int) -> int:
    """A small whole number; ``otherwise`` for anything else."""
    return int(text) if text is not None and text.isascii() and text.isdecimal() and len(text) < 6 else otherwise
