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


_N = rf"(?:\d{{1,6}}|[{_CHINESE}]{{1,5}})"
_JOIN = r"(?:[、,，和与及跟]|以及|还有|and)"
_TO = r"(?:到|至|to|[-–—~～])"
# 3、5和7, a list or range that is counted once, at its end (第3、5和7条). Two blanks never belong to it: they stand where a
# document's name was blanked out, and the number behind them is that document's.
_LIST = rf"{_N}(?:\s?(?:{_JOIN}|{_TO})\s?(?:第|任务|序号)?\s?{_N})*"
_COUNTERS: tuple[tuple[str, Form], ...] = (
    ("条措施|条", Form.ARTICLE),
    ("行|号任务|号措施|号", Form.ROW),
    ("项任务|项措施|项工作|个任务|项", Form.ITEM),
    ("个措施|个(?=[的讲说呢?？]|$)", Form.ANY),
)
_COUNTER = rf"(?P<c>{'|'.join(words for words, _ in _COUNTERS)})"
_TASK_COUNTER = r"(?P<c>条措施|条|行|项任务|项措施|项|个任务)"
_NOT_AN_AMOUNT = r"(?![\d.]|\s*[年月个家万亿%])"


@dataclass(frozen=True, slots=True)
class _Shape:
    """One way of writing a reference.

    Attributes:
        pattern: with the groups ``n`` (a number, list or range), or ``a`` and ``b`` (a number inside another), or
            neither (最后一条), and ``c`` (the counter) where the form follows from it.
        form: the form, ``None`` when the counter tells.
        end_relative: counts from the end.
        several: ``n`` says how many, not which (前三条).
    """

    pattern: re.Pattern[str]
    form: Form | None = None
    end_relative: bool = False
    several: bool = False


def _shape(pattern: str, form: Form | None = None, *, end_relative: bool = False, several: bool = False) -> _Shape:
    return _Shape(re.compile(pattern), form, end_relative, several)


# In order of precedence: a reference found by one shape hides what a later shape finds in the same words.
_SHAPES: tuple[_Shape, ...] = (
    _shape(rf"保障措施(?:的|里|中|部分|里的|中的)?\s*[（(]\s*(?P<n>{_N})\s*[）)]", Form.SAFEGUARD),
    _shape(rf"保障措施(?:的|里|中|部分|里的|中的)?[\s，,：:]*第?(?P<n>{_N})\s*(?:条|项|点|款|个)", Form.SAFEGUARD),
    _shape(rf"第(?P<n>{_N})\s*(?:条|项|点|款|个)保障措施?", Form.SAFEGUARD),
    _shape(rf"保障措施\s*(?P<n>{_N})(?=$|[\s的讲是说写归由谁怎:：?？])", Form.SAFEGUARD),
    _shape(
        r"保障措施(?:的|里|中|部分|里的|中的)?[\s，,：:]*最后一(?:条|项|点|款|个)", Form.SAFEGUARD, end_relative=True
    ),
    _shape(rf"(?P<a>[{_CHINESE}]{{1,3}})[、\s]*[（(]\s*(?P<b>{_N})\s*[）)]", Form.OUTLINE),
    _shape(
        rf"第(?P<a>{_N})\s*(?:大?部分|章)(?:的|里的|中的)?\s*第?[（(]?(?P<b>{_N})[）)]?\s*(?:小?节|部分)?", Form.OUTLINE
    ),
    _shape(rf"第(?P<n>{_N})\s*(?:大?部分|章)", Form.PART),
    _shape(rf"[（(]\s*(?P<n>[{_CHINESE}]{{1,3}})\s*[）)]", Form.OUTLINE),
    _shape(rf"第(?P<n>{_N})小?节", Form.OUTLINE),
    _shape(
        rf"第(?P<a>{_N})条(?:[的里中下内面,，\s]|往下数?|底下|当中){{0,6}}?第(?P<b>{_N}(?:\s?[行项个款件]?\s?{_JOIN}\s?第?\s?{_N})*)\s*(?:行|项|个|款|件)",
        Form.ROW_OF_ARTICLE,
    ),
    _shape(
        rf"第(?P<a>{_N})条(?:[的里中下内面,，\s]|往下数?|底下|当中){{0,6}}?(?:倒数第(?P<b>{_N})|最后一)\s*(?:行|项|个|款|件)",
        Form.ROW_OF_ARTICLE,
        end_relative=True,
    ),
    _shape(rf"第{_N}条\s*[（(]\s*序号\s*(?P<n>{_N})\s*[）)]", Form.ROW),  # a row as its label names it
    _shape(rf"序号(?:是|为|:|：|第|在|从)?\s*(?P<n>{_LIST})(?![\d条]|\s+条)(?:\s*[行号项])?", Form.ROW),
    _shape(
        rf"(?:任务|items?|tasks?)\s*(?P<n>{_LIST})(?:(?<=\d)|(?=$|[\s的是:：,，、?？。讲说写谁由归至到和与跟及里中有])){_NOT_AN_AMOUNT}",
        Form.ITEM,
    ),
    _shape(
        r"(?<=\s\s)(?P<n>\d{1,2}(?:[、,和]\d{1,2})*)(?!\d)\s*(?:[项条](?!任务|编号|主要|措施|工作)|(?![\d.年月个家万亿%项条]))",
        Form.ITEM,
    ),
    _shape(r"article\s*(?P<n>\d{1,3})", Form.ARTICLE),
    _shape(r"(?:row|no\.?|line)\s*(?P<n>\d{1,3})", Form.ROW),
    _shape(rf"措施\s*(?P<n>\d{{1,3}}){_NOT_AN_AMOUNT}", Form.ANY),
    _shape(rf"最后(?P<n>{_N}) ?(?:{_TASK_COUNTER})", end_relative=True, several=True),
    _shape(rf"(?:倒数第?(?P<n>{_N})|最后一?|最末一?|末尾那?|末) ?{_COUNTER}", end_relative=True),
    _shape(rf"(?:[前头](?P<n>{_N})|首|开头第一) ?{_TASK_COUNTER}", several=True),
    *(
        _shape(rf"第\s*(?P<n>{_N}(?:\s?{c}\s?(?:{_JOIN}\s?第|{_TO}\s?第?)\s?{_N})+)\s*(?P<c>{c})")  # 第3条和第5条
        for c in "条项行号"
    ),
    _shape(rf"第\s*(?P<n>{_LIST})\s*{_COUNTER}"),
    _shape(rf"(?P<n>{_N}\s*{_TO}\s*{_N})\s*(?P<c>条|行|项任务)(?!以上|以内|左右)"),
    _shape(
        rf"(?<![\d.年这那共有全前计的])(?P<n>\d{{1,3}}(?:\s*{_TO}\s*\d{{1,3}})?)\s*(?P<c>条|号任务|行)(?!以上|以内|左右|里|中|内|表)"
    ),
    _shape(rf"(?<![\d.月])(?P<n>\d{{1,3}}(?:号?\s*{_TO}\s*\d{{1,3}})?)号(?![楼馆文线])", Form.ROW),
)


def find_mentions(text: str) -> tuple[NumberMention, ...]:
    """Every number reference in a normalised text, left to right, none overlapping another."""
    found: list[NumberMention] = []
    for shape in _SHAPES:
        for match in shape.pattern.finditer(text):
            mention = _mention(match, shape)
            if mention and not any(mention.start < other.end and other.start < mention.end for other in found):
                found.append(mention)
    return tuple(sorted(found, key=lambda mention: mention.start))


def _mention(match: re.Match[str], shape: _Shape) -> NumberMention | None:
    groups = match.groupdict()
    form = shape.form or _form_of_counter(groups["c"])
    written = groups.get("n") or "1"
    numbers: tuple[tuple[int, ...], ...]
    if "a" in groups:
        outer = parse_number(groups["a"])
        numbers = tuple((outer, inner) for inner in _expand(groups["b"] or "1")) if outer else ()
    elif shape.several:
        count = parse_number(written) or 0
        numbers = tuple((number,) for number in range(1, min(count, 100) + 1))
    else:
        numbers = tuple((number,) for number in _expand(written))
    if not numbers:
        return None
    return NumberMention(match.group(0), match.start(), match.end(), form, numbers, shape.end_relative)


def _form_of_counter(counter: str) -> Form:
    return next(form for words, form in _COUNTERS if re.fullmatch(words, counter))


def _expand(written: str) -> Iterator[int]:
    """Numbers of ``3``, ``3、5和7`` or ``10至12`` (a range of at most 200)."""
    previous: int | None = None
    ranged = False
    for part in re.split(rf"({_JOIN}|{_TO})", re.sub(r"[第条项行号个款件\s]|任务|序号", "", written)):
        if re.fullmatch(_TO, part):
            ranged = True
        elif (number := parse_number(part)) is not None:
            if ranged and previous is not None and previous < number <= previous + 200:
                yield from range(previous + 1, number + 1)
            else:
                yield number
            previous, ranged = number, False


def spelled(form: Form, number: tuple[int, ...]) -> str:
    """A number as people write it in ``form``: 第17条, 序号60, 第6条第5项, 三（二）."""
    last = number[-1]
    match form:
        case Form.ROW:
            return f"序号{last}"
        case Form.ROW_OF_ARTICLE:
            return f"第{number[0]}条第{last}项"
        case Form.SAFEGUARD:
            return f"保障措施（{to_chinese(last)}）"
        case Form.PART:
            return f"第{to_chinese(last)}部分"
        case Form.OUTLINE:
            return "".join(map(to_chinese, number[:-1])) + f"（{to_chinese(last)}）"
        case Form.ARTICLE:
            return f"第{last}条"
        case Form.ITEM | Form.ANY:
            return f"第{last}项"


def ordinal_label(measure: str) -> str:
    """``14`` → ``第14项``; a measure that carries its own words (第3条, 三（一）) stays as printed."""
    return f"第{measure}项" if measure.isdecimal() else measure
