"""What a document says of itself: title, number, date and issuer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from index.numbering import parse_number
from ingest.readers.source import Source
from ingest.structure.kinds import DATE, DIGITS, NUMBER, kind_of
from ingest.units import Parsed, strip_noise

_OF_MEASURES = frozenset(
    {"heading", "lead-in", "column heads", "section row", "table", "contents", "list of attachments"}
)
_ZEROS = 3  # the first four of DIGITS are ways to write 0
_RUN_ON = re.compile(r"(?<=委员会)|(?<=办公厅)|(?<=办公室)|(?<=人民政府)(?!办)|(?<=[局厅部署])(?![门长])")
_ISSUED = re.compile(
    "(?P<issuer>.+?)(?:等[0-9一二三四五六七八九十]*(?:个)?(?:部门|单位))?\\s*(?:关于|印发|转发|发布|批转)(?P<matter>.*)"
)
_FORWARDED = re.compile("关于(?:印发|转发|发布|公布|下发)(?P<inner>.*?)的?(?:通知|公告|函|决定|通告)$")
_FORWARDING = re.compile("关于(?:印发|转发|发布|公布|下发)")
_LETTER_END = re.compile("(?:通知|公告|函|决定|通告)$")
_JOINT = re.compile("[局厅部委会] ")  # 江苏省科学技术厅 江苏省财政厅关于…
_ATTACHMENT = re.compile(r"附\s*[件录表]\s*[0-9一二三四五六七八九十]*\s*[：:]?")
_TITLE_END = re.compile(
    "(?:通知|意见|办法|方案|措施|计划|规定|细则|决定|公告|函|政策|条例|清单|要点|表|规划|举措|分工|通告|批复|任务)(?:（.*）|\\(.*\\))?$"
)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a document says of itself; ``None`` where it doesn't.

    Attributes:
        title: of the document itself where a letter forwards it (关于印发…的通知), else of the letter; lines joined.
        number: 文号, white space removed.
        date: of the signature, ISO 8601.
        issuer: who signed, else who stands in the title; several joined by 、.
    """

    title: str
    number: str | None
    date: str | None
    issuer: str | None


def front_matter(source: Source, parsed: Parsed) -> FrontMatter:
    """What a document says of itself, before its first unit and behind its units."""
    first = parsed.units[0].start
    before, behind = list[str](), list[str]()
    for part in sorted(parsed.parts, key=lambda part: part.start):
        text = strip_noise(source.text[part.start : part.end])
        if text and part.name not in _OF_MEASURES:
            (before if part.start < first else behind).append(text)
    return read_front_matter(before, behind)


def read_front_matter(before: Sequence[str], behind: Sequence[str]) -> FrontMatter:
    """What a document says of itself.

    Args:
        before: its lines before the first measure, headings left out, in order.
        behind: those behind measures that belong to none, in order.
    """
    texts, ends = list(before), list(behind)
    titles = list(_titles(texts))
    letter = titles[0] if titles else ""
    number = next((found["number"] for text in texts if (found := NUMBER.fullmatch(text))), None)
    dates = [iso for text in (*texts, *ends) if (iso := _iso(text))]
    return FrontMatter(
        title=_title(titles),
        number="".join(number.split()) if number else None,
        date=dates[0] if dates else None,
        issuer=_issuer(letter, [text for text in (*texts, *ends) if kind_of(text, opening=True) == "signature"]),
    )


def _titles(texts: Sequence[str]) -> Iterator[str]:
    """Titles in order, the lines of each joined: they stand together, and end with what kind of paper it is."""
    held = ""
    for place, text in enumerate(texts):
        following = texts[place + 1] if place + 1 < len(texts) else ""
        named = kind_of(text, opening=True)
        heads = named == "signature" and following.startswith(("关于", "印发", "转发"))
        if _ATTACHMENT.fullmatch(text) or not (named == "title" or heads):
            if held:
                yield held
            held = ""
            continue
        forwarding = _FORWARDING.search(held) and not _LETTER_END.search(held)
        if held and not forwarding and _TITLE_END.search(held):
            yield held
            held = ""
        held += re.sub(r"\s+", " " if _JOINT.search(text) else "", text)
    if held:
        yield held


def _title(titles: Sequence[str]) -> str:
    """The title of what is forwarded, when it is printed again on its own, else the first."""
    if not titles:
        return ""
    forwarded = _FORWARDED.search(titles[0])
    return titles[1] if forwarded and len(titles) > 1 else titles[0]


def _issuer(title: str, signatures: Sequence[str]) -> str | None:
    issued = _ISSUED.match(title)
    written = list(signatures) or ([issued["issuer"]] if issued else [])
    names = [name for text in dict.fromkeys(written) for name in _issuers(text)]
    return "、".join(dict.fromkeys(names)) or None


def _issuers(text: str) -> list[str]:
    """Offices that sign together: set apart by blanks, or run together (北京市发展和改革委员会北京市商务局)."""
    found: list[str] = []
    for written in re.split(r"[\s、，]+", text):
        held = ""
        for piece in filter(None, _RUN_ON.split(written)):
            if held and piece[:2] == written[:2]:
                found.append(held)
                held = ""
            held += piece
        found.append(held)
    return [name for name in found if name]


def _iso(text: str) -> str | None:
    found = DATE.fullmatch(text)
    if not found:
        return None
    year = "".join(str(max(0, DIGITS.index(sign) - _ZEROS)) if sign in DIGITS else sign for sign in found["y"])
    return _calendar(year, found["m"], found["d"])


def _calendar(year: str, month: str, day: str) -> str | None:
    numbers = [int(year.replace("〇", "0")), parse_number(month), parse_number(day)]
    try:
        return date(numbers[0] or 0, numbers[1] or 0, numbers[2] or 0).isoformat()
    except ValueError:
        return None
