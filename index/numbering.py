"""Numbers as Chinese documents and their readers write them, and the references that questions make with them.

第三条 / 第3条 / 序号27 / 第二十七行 / 第14项 / 任务14 / 保障措施第二条 / 三（二） / 第10至12条 / 最后一条 / 前三条.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_SCALES = {"十": 10, "百": 100, "千": 1000}
_CHINESE = "零〇一二两三四五六七八九十百千"


def parse_number(text: str) -> int | None:
    """Integer value of ``14``, ``１４``, ``十四``, ``二十七``, ``一百零五`` or ``一〇五``; ``None`` for anything else."""
    if text.isdecimal():
        return int(text)
    if not text or any(character not in _CHINESE for character in text):
        return None
    if not any(character in _SCALES for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))
    total, digit = 0, None
    for character in text:
        if character in _SCALES:
            total += (1 if digit is None else digit) * _SCALES[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + (digit or 0)


def to_chinese(number: int) -> str:
    """Chinese numeral of 0–9999 as documents print it: 10 → 十, 14 → 十四, 105 → 一百零五.

    Raises:
        ValueError: outside 0–9999.
    """
    if not 0 <= number <= 9999:
        raise ValueError(f"to_chinese takes 0 to 9999, not {number}")
    if number == 0:
        return "零"
    out, pending_zero = "", False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, scale)
        if digit:
            out += ("零" if pending_zero and out else "") + "零一二三四五六七八九"[digit] + name
            pending_zero = False
        else:
            pending_zero = True
    return out[1:] if out.startswith("一十") else out


class Form(StrEnum):
    """The word a number is counted with; it tells which numbering is meant."""

    ARTICLE = "条"
    ROW = "序号"
    ROW_OF_ARTICLE = "条的第几项"
    ITEM = "项"
    ANY = "措施"
    SAFEGUARD = "保障措施"
    OUTLINE = "（）"
    PART = "部分"


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A number named in a text: the words, their span, and the numbers they stand for.

    ``numbers`` holds integers, for :attr:`Form.OUTLINE` the path (三（二） is ``((3, 2),)``); ``end_relative`` marks
    最后一条 (numbers count from the end) and ``leading`` 前三条.
    """

    phrase: str
    start: int
    end: int
    form: Form
    numbers: tuple[tuple[int, ...], ...]
    end_relative: bool = False


_N = rf"(?:\d{{1,4}}|[{_CHINESE}]{{1,5}})"
_JOIN = r"(?:[、,，和与及跟]|以及|还有)"
_TO = r"(?:到|至|[-–—~～])"
_LIST = rf"(?:第?\s*{_N}\s*(?:条|项|行|号)?\s*(?:{_JOIN}|{_TO})\s*)*第?\s*{_N}"
_COUNTERS: tuple[tuple[str, Form], ...] = (
    ("条措施|条", Form.ARTICLE),
    ("行|号任务|号措施|号", Form.ROW),
    ("项任务|项措施|项工作|个任务|项", Form.ITEM),
    ("个措施|个", Form.ANY),
)
_COUNTER = "|".join(words for words, _ in _COUNTERS)

_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"保障措施(?:的|里|中|部分|里的|中的)?\s*[（(]\s*(?P<n>{_N})\s*[）)]"), "safeguard"),
    (re.compile(rf"保障措施(?:的|里|中|部分|里的|中的)?[\s，,：:]*第?(?P<n>{_N})\s*(?:条|项|点|款|个)"), "safeguard"),
    (re.compile(rf"第(?P<n>{_N})\s*(?:条|项|点|款|个)保障措施?"), "safeguard"),
    (re.compile(rf"(?P<a>[{_CHINESE}]{{1,3}})[、\s]*[（(]\s*(?P<b>{_N})\s*[）)]"), "path"),
    (
        re.compile(
            rf"第(?P<a>{_N})\s*(?:部分|大部分|章)(?:的|里的|中的)?\s*第?[（(]?(?P<b>{_N})[）)]?\s*(?:节|小节|部分)"
        ),
        "path",
    ),
    (re.compile(rf"第(?P<n>{_N})\s*(?:部分|大部分|章)"), "part"),
    (re.compile(rf"[（(]\s*(?P<n>[{_CHINESE}]{{1,3}})\s*[）)]|第(?P<m>{_N})小?节"), "subpart"),
    (re.compile(rf"第(?P<a>{_N})条\S{{0,6}}?第(?P<b>{_N})\s*(?:行|项|个|款|件)"), "inside"),
    (re.compile(rf"(?:措施)?序号(?:是|为|:|：|第)?\s*(?P<n>{_LIST})(?:\s*[行号项])?"), "row"),
    (
        re.compile(
            rf"(?:任务|item|task)\s*(?P<n>\d{{1,3}}|[{_CHINESE}]{{1,4}}(?![个项条家]))(?![\d.]|\s*[年月个家万亿%])"
        ),
        "item",
    ),
    (re.compile(r"(?:article)\s*(?P<n>\d{1,3})"), "article"),
    (re.compile(r"(?:row|no\.?|line)\s*(?P<n>\d{1,3})"), "row"),
    (re.compile(r"措施\s*(?P<n>\d{1,3})(?![\d.]|\s*[年月个家万亿%])"), "any"),
    (re.compile(rf"(?:倒数第?(?P<n>{_N})|(?P<last>最后[一1]?|最末[一1]?|末尾那?)) ?(?P<c>{_COUNTER})"), "last"),
    (
        re.compile(rf"(?:前(?P<n>{_N})|(?P<first>头一|开头第一)) ?(?P<c>条措施|条|行|项任务|项措施|项|个任务)"),
        "leading",
    ),
    (re.compile(rf"最后(?P<n>{_N}) ?(?P<c>条措施|条|行|项任务|项措施|项|个任务)"), "trailing"),
    (re.compile(rf"第\s*(?P<n>{_LIST})\s*(?P<c>{_COUNTER})"), "counted"),
    (
        re.compile(
            rf"(?<![\d.年这那共有全前计的])(?P<n>\d{{1,3}}(?:\s*{_TO}\s*\d{{1,3}})?)\s*(?P<c>条|号任务|行)(?!以上|以内|左右)"
        ),
        "counted",
    ),
)


def find_mentions(text: str) -> tuple[NumberMention, ...]:
    """Every number reference in a normalised text, left to right, none overlapping another."""
    found: list[NumberMention] = []
    for pattern, kind in _PATTERNS:
        for match in pattern.finditer(text):
            mention = _mention(match, kind)
            if mention and not any(mention.start < other.end and other.start < mention.end for other in found):
                found.append(mention)
    return tuple(sorted(found, key=lambda mention: mention.start))


def _mention(match: re.Match[str], kind: str) -> NumberMention | None:
    groups = match.groupdict()
    form = _FORM_OF_KIND.get(kind) or _form_of_counter(groups["c"])
    end_relative = kind in ("last", "trailing")
    numbers: tuple[tuple[int, ...], ...]
    if kind in ("path", "inside"):
        pair = (parse_number(groups["a"]), parse_number(groups["b"]))
        numbers = ((pair[0], pair[1]),) if pair[0] and pair[1] else ()
    elif kind in ("leading", "trailing"):
        count = parse_number(groups["n"] or "") if groups["n"] else 1
        numbers = tuple((n,) for n in range(1, count + 1)) if count and count <= 100 else ()
    else:
        written = groups.get("n") or groups.get("m") or "1"
        numbers = tuple((n,) for n in _expand(written))
    return NumberMention(match.group(0), match.start(), match.end(), form, numbers, end_relative) if numbers else None


_FORM_OF_KIND = {
    "safeguard": Form.SAFEGUARD,
    "path": Form.OUTLINE,
    "part": Form.PART,
    "subpart": Form.OUTLINE,
    "inside": Form.ROW_OF_ARTICLE,
    "row": Form.ROW,
    "item": Form.ITEM,
    "article": Form.ARTICLE,
    "any": Form.ANY,
}


def _form_of_counter(counter: str) -> Form:
    return next(form for words, form in _COUNTERS if counter in words.split("|"))


def _expand(written: str) -> Iterator[int]:
    """Numbers of ``3``, ``3、5和7`` or ``10至12`` (a range of at most 200)."""
    parts = re.split(rf"({_JOIN}|{_TO})", re.sub(r"[第条项行号\s]", "", written))
    previous: int | None = None
    ranged = False
    for part in parts:
        if re.fullmatch(_TO, part):
            ranged = True
        elif (number := parse_number(part)) is not None:
            if ranged and previous is not None and previous < number <= previous + 200:
                yield from range(previous + 1, number + 1)
            else:
                yield number
            previous, ranged = number, False


def ordinal_label(measure: str) -> str:
    """``14`` → ``第14项``; a measure that carries its own words (第3条, 三（一）) stays as printed."""
    return f"第{measure}项" if measure.isdecimal() else measure
