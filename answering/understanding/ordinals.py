"""Places in a list that was just shown: 第二个, 前两项, 后两个, 倒数第二个, 最后那条, 中间那个."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.numbering import parse_number

_N = "[一二两三四五六七八九十]{1,3}|\\d{1,2}"
_THING = "(?:个|项|件|点|样)(?!文件|政策|方案|问题|[份月年人])"
_THING_OR_ROW = "(?:个|项|件|点|样|条|行)(?!文件|政策|方案|问题|[份月年人])"
_FIRST = re.compile(f"前(?:面)?(?:的|这|那)?((?!一个|一[项条行件])(?:{_N})){_THING_OR_ROW}(?!措施)")
_LAST = re.compile(
    f"[最后]后(?:面)?(?:的|这|那)?({_N}){_THING_OR_ROW}|(?<![以之今最])后面?(?:的|这|那)?([两二三四五]){_THING_OR_ROW}"
)
_FROM_THE_END = re.compile(f"倒数第?({_N}){_THING_OR_ROW}")
_VERY_LAST = re.compile(
    "最后(?:面)?(?:的)?(?:那|这)?一?(?:个|项|件|点|样|条|行)|最后面?(?:那|这)(?!份|年|天)|末尾(?:那|的)?[个项条行]"
)
_VERY_FIRST = re.compile("(?:头|首|开头)(?:的|那)?一?(?:个|项|件|点|条|行)(?!月)|最前面(?:那|的)[个项条行]")
_MIDDLE = re.compile("(?:正?中间|当中)(?:的)?(?:那|这)?一?(?:个|项|件|点|条|行)")
_NUMBERED = re.compile(
    f"第({_N})((?:(?:{_THING})?\\s*(?:[和与跟及、到至]|以及)\\s*第?(?:{_N}))*)\\s*{_THING}|第({_N})行"
)
_FURTHER = re.compile(f"([和与跟及、到至]|以及)\\s*第?({_N})")


def chosen(text: str, length: int) -> tuple[tuple[int, ...], str] | None:
    """Places (from 0) that a normalised question picks out of a list of ``length``, and the words that do it.

    ``None`` when it picks none; no places when the list has none at that number.
    """
    for pattern, places in (
        (_FROM_THE_END, lambda n: (length - n,)),
        (_FIRST, lambda n: tuple(range(n))),
        (_LAST, lambda n: tuple(range(length - n, length))),
        (_VERY_LAST, lambda _: (length - 1,)),
        (_VERY_FIRST, lambda _: (0,)),
        (_MIDDLE, lambda _: (length // 2,) if length % 2 else ()),
    ):
        match = pattern.search(text)
        if match:
            number = next(filter(None, match.groups()), "1")
            return _inside(places(parse_number(number) or 0), length), match.group()
    match = _NUMBERED.search(text)
    if not match:
        return None
    return _inside([number - 1 for number in _numbers(match)], length), match.group()


def _numbers(match: re.Match[str]) -> list[int]:
    """Numbers of 第二个, 第二和第四个, 第二到第四个."""
    numbers = [parse_number(match[1] or match[3]) or 0]
    for joint, written in _FURTHER.findall(match[2] or ""):
        number = parse_number(written) or 0
        numbers.extend(range(numbers[-1] + 1, number + 1) if joint in "到至" else (number,))
    return numbers


def _inside(places: Sequence[int], length: int) -> tuple[int, ...]:
    """``places`` when the list has them all, else nothing."""
    return tuple(places) if all(0 <= place < length for place in places) else ()
