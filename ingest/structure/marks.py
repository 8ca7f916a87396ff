"""Numbers that begin a paragraph: 第一章 · 第 1 0 条 · 一、 · （一） · ㈠ · 1. · （1） · 1） · ① · 1.2 · 任务一：.

A number that a sentence merely refers to (第五条规定的…, 1.5亿元) is none.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from index.numbering import parse_number


class Style(StrEnum):
    """How a number is printed; a document uses each style for one level."""

    ATTACHMENT = "附件"
    PART = "第…部分"
    CHAPTER = "第…章"
    SECTION = "第…节"
    ARTICLE = "第…条"
    CHINESE = "一、"
    CHINESE_BRACKETED = "（一）"
    TASK = "任务一"
    ARABIC = "1."
    DOTTED = "1.2"
    DOUBLY_DOTTED = "1.2.1"
    ARABIC_BRACKETED = "（1）"
    ARABIC_HALF_BRACKETED = "1）"
    CIRCLED = "①"


@dataclass(frozen=True, slots=True)
class Mark:
    """A number at the beginning of a paragraph.

    Attributes:
        style: see :class:`Style`.
        number: its value; the last of 1.2.1's.
        printed: as it stands, white space removed.
        end: where the paragraph's own words begin.
    """

    style: Style
    number: int
    printed: str
    end: int

    @property
    def numbers(self) -> tuple[int, ...]:
        """All its numbers, outermost first: (1, 2, 1) of 1.2.1, else one."""
        if self.style in (Style.DOTTED, Style.DOUBLY_DOTTED):
            return tuple(map(int, re.findall("[0-9]+", self.printed)))
        return (self.number,)


_CN = "[一二三四五六七八九十百零〇]"
_SPACED_CN = rf"{_CN}(?:[ \u3000]*{_CN})*"
_SPACED_DIGITS = r"[0-9０-９](?:[ \u3000]*[0-9０-９])*"
_EITHER = rf"(?:{_SPACED_CN}|{_SPACED_DIGITS})"
_BLANK = r"[ \t\u3000\xa0]*"
_UNITS = "[年月日个家亿万千元号条项次人天%％倍吨公平度户位名类种所座]"
_NAMED = {
    "部分": Style.PART,
    "编": Style.PART,
    "章": Style.CHAPTER,
    "节": Style.SECTION,
    "条": Style.ARTICLE,
}
# 第五条规定 and 第三条、第四条 refer; 第五条　国家鼓励… and 第五条（名称） begin.
_NAMED_MARK = re.compile(
    rf"第{_BLANK}(?P<number>{_EITHER}){_BLANK}(?P<unit>{'|'.join(_NAMED)})(?!(?:规定|的|所|之|、|和|与|至|到|及|第|中|款|项|以|要求|明确))"
    rf"(?:之[一二三四五六])?{_BLANK}[：:、.．]?{_BLANK}"
)
_MARKS: tuple[tuple[Style, re.Pattern[str]], ...] = (
    (
        Style.ATTACHMENT,
        re.compile(
            rf"附{_BLANK}[件录表]{_BLANK}(?P<number>{_EITHER})?{_BLANK}(?:[：:]{_BLANK})?(?=$|[^一-鿿]|.{{2,40}}$)"
        ),
    ),
    (
        Style.CHINESE_BRACKETED,
        re.compile(rf"[（(〔\[]{_BLANK}(?P<number>{_SPACED_CN}){_BLANK}[）)〕\]]{_BLANK}[、.．]?{_BLANK}"),
    ),
    (
        Style.ARABIC_BRACKETED,
        re.compile(rf"[（(〔\[]{_BLANK}(?P<number>[0-9０-９]{{1,2}}){_BLANK}[）)〕\]]{_BLANK}[、.．]?{_BLANK}"),
    ),
    (Style.TASK, re.compile(rf"(?:任务|措施){_BLANK}(?P<number>{_EITHER}){_BLANK}[：:、.．]{_BLANK}")),
    (Style.TASK, re.compile(rf"【{_BLANK}(?:任务|措施|举措|政策){_BLANK}(?P<number>{_EITHER}){_BLANK}】{_BLANK}")),
    (Style.CHINESE_BRACKETED, re.compile(rf"(?P<number>[㈠-㈩]){_BLANK}[、.．]?{_BLANK}")),
    (Style.ARABIC_BRACKETED, re.compile(rf"(?P<number>[⑴-⒇]){_BLANK}")),
    # 一、二、三产业 and 三、四线城市 list
    (Style.CHINESE, re.compile(rf"(?P<number>{_SPACED_CN}){_BLANK}[、.．﹒]{_BLANK}(?!第|{_CN}(?:、|[线级次类]))")),
    (Style.ARABIC, re.compile(rf"(?P<number>[⒈-⒛]){_BLANK}")),
    (
        Style.DOUBLY_DOTTED,
        re.compile(
            rf"[0-9]{{1,2}}[.．][0-9]{{1,2}}[.．](?P<number>[0-9]{{1,2}})(?![0-9%％.．]){_BLANK}[、.．]?{_BLANK}(?=[^0-9%％])"
        ),
    ),
    (
        Style.DOTTED,
        re.compile(
            rf"[0-9]{{1,2}}[.．](?P<number>[0-9]{{1,2}})"
            rf"(?:[ \t\u3000]+|[、.．](?![0-9])|(?=[一-鿿“《])(?!{_UNITS}))(?=[^0-9%％])"
        ),
    ),
    (
        Style.ARABIC,
        re.compile(rf"(?P<number>[0-9０-９]{{1,3}}){_BLANK}(?:[．﹒、·]|[.](?![0-9]))[.．、]?{_BLANK}(?=[^0-9%％])"),
    ),
    (Style.ARABIC, re.compile(rf"(?P<number>[0-9]{{1,2}})[ \u3000\t]+(?!{_UNITS})(?=[一-鿿“《])")),
    (Style.ARABIC_HALF_BRACKETED, re.compile(rf"(?P<number>[0-9０-９]{{1,2}})[）)]{_BLANK}")),
    (Style.CIRCLED, re.compile(rf"(?P<number>[①-⑳]){_BLANK}")),
)
_SPACES = re.compile(r"\s+")
_INLINE = {
    Style.ARABIC_BRACKETED: re.compile(r"[（(](?P<number>[0-9]{1,2})[）)]"),
    Style.CIRCLED: re.compile(r"(?P<number>[①-⑳])"),
    Style.CHINESE_BRACKETED: re.compile(rf"[（(](?P<number>{_CN}{{1,2}})[）)]"),
    Style.ARABIC: re.compile(r"(?<=[：:；;。，])(?P<number>[0-9]{1,2})[.．、](?![0-9])"),
}


def read_mark(text: str) -> Mark | None:
    """The number that ``text`` begins with, if it begins with one."""
    indent = len(text) - len(text.lstrip())
    if named := _NAMED_MARK.match(text, indent):
        number = _value(named["number"])
        return Mark(_NAMED[named["unit"]], number, _squash(text[indent : named.end()]), named.end()) if number else None
    for style, pattern in _MARKS:
        if found := pattern.match(text, indent):
            number = _value(found["number"] or "") if style is not Style.ATTACHMENT else _value(found["number"] or "1")
            if number:
                return Mark(style, number, _squash(text[indent : found.end()]), found.end())
    return None


def inline_marks(text: str, start: int) -> list[tuple[int, Mark]]:
    """Numbers inside a paragraph that count 1, 2, 3 … in one style, with their places; empty when there are not two."""
    best: list[tuple[int, Mark]] = []
    for style, pattern in _INLINE.items():
        found: list[tuple[int, Mark]] = []
        for match in pattern.finditer(text, start):
            number = _value(match["number"])
            if number == len(found) + 1:
                found.append((match.start(), Mark(style, number, match.group(), match.end())))
        if len(found) > max(1, len(best)):
            best = found
    return best


def _value(written: str) -> int:
    """Value of a number as printed; 0 for none."""
    squashed = _squash(written)
    if len(squashed) == 1 and not squashed.isdecimal() and squashed not in _CN:
        return int(unicodedata.numeric(squashed, 0))
    return parse_number(squashed.translate(_HALF_WIDTH)) or 0


_HALF_WIDTH = {0xFF10 + digit: 0x30 + digit for digit in range(10)}


def _squash(text: str) -> str:
    return _SPACES.sub("", text)
