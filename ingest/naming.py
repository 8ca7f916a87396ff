"""What a document is called, by rule: the place it is of, its short title, and other names that people use for it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.places import (
    names_of_place,
    place_at_start,
    place_of_sign,
    small_place_at_start,
)

_KINDS = (
    "任务分工表|工作要点|若干政策措施|若干措施|若干政策|若干意见|若干规定|政策措施|实施方案|工作方案|行动方案|总体方案|"
    "三年行动计划|行动计划|实施计划|工作计划|实施意见|指导意见|管理办法|暂行办法|实施办法|实施细则|发展规划|"
    "方案|措施|意见|通知|办法|规定|条例|细则|规划|计划|决定|清单|要点|公告|通告"
)
_KIND = re.compile(f"(?:的)?(?P<kind>{_KINDS})(?:[（(][^（）()]*[）)])?$")
_ISSUED = re.compile("(?:关于)?(?:印发|转发|发布|公布|下发)(?P<inner>.+)的(?:通知|公告|通告|决定|函)$")
_ABOUT = re.compile("关于(?P<inner>.+)$")
_LEADING = re.compile(
    "^(?:的|关于|进一步|全面|深入|加快|大力|扎实|着力|持续|贯彻落实|落实|贯彻|做好|当前和今后一个时期|推进|推动|促进|加强|支持|"
    "鼓励|推行|深化|实施|开展|印发|优化|强化|完善|规范|健全|建立)+"
)
_TRAILING = re.compile("(?:高质量|加快|健康|创新|工作|建设|发展|的|有关|若干|事项)+$")
_BOOK = re.compile("^《(?P<inner>[^《》]+)》$")
_CHINA = re.compile(
    "国务院|中共中央|中央|国家|全国|中华人民共和国|中国(?:人民银行|证监会|银保监会)|海关总署|[一-鿿]{2,8}部(?:办公厅|等|$|关于|、)"
)
_SHORTEST = 3
_ISSUES = ("印发的", "发布的", "出台的", "发的", "的文件", "文件")


@dataclass(frozen=True, slots=True)
class Naming:
    """What a document is called; see :class:`index.records.Document` for the fields."""

    region: str | None
    short_title: str
    aliases: tuple[str, ...]


def region_of(title: str, issuer: str | None = None, number: str | None = None) -> str | None:
    """The place that a document is of, ``None`` for the whole country.

    Read from the issuer, then the title's beginning, then the title of what is issued (关于印发武汉市…的通知), and
    at last the sign of its number (京发改〔2023〕20号).
    """
    plain = title.strip("《》").replace("\n", "")
    inner = _inner(plain)
    for text in filter(None, (issuer, plain)):
        place = place_at_start(text.removeprefix("中共"), office=True)[0]
        if place:
            return place
        if _CHINA.match(text):
            return None
    if place := place_at_start(inner.strip("《》"))[0]:
        return place
    for text in (plain, inner.strip("《》")):
        if small := small_place_at_start(text):
            return small
    sign = (number or "").strip()
    return place_of_sign(sign[0]) if len(sign) > 1 and sign[1] in "政府发办人委商" else None


def naming(title: str, issuer: str | None = None, number: str | None = None, date: str | None = None) -> Naming:
    """What a document with this title is called.

    Args:
        title: with or without 《》; line breaks inside it don't matter.
        issuer, number: as printed.
        date: ISO 8601.
    """
    plain = (
        re.sub(r"\s+", "", title).removeprefix("《").removesuffix("》")
        if _BOOK.match(title)
        else re.sub(r"\s+", "", title)
    )
    region = region_of(plain, issuer, number)
    inner = _inner(plain)
    short = _without_place(inner, region)
    kind = match["kind"] if (match := _KIND.search(short)) else ""
    subject = short[: match.start()] if match else short
    bare = _TRAILING.sub("", _LEADING.sub("", subject))
    core = re.sub("[“”《》〈〉]", "", bare)
    simple = kind[-2:] if len(kind) > 2 else kind
    named = [plain, inner, short, *(f"{one}{word}" for one in (subject, bare, core) for word in (kind, simple, "文件"))]
    named += [f"{core}的{word}" for word in (simple, "文件")]
    named += [kind] if len(kind) > len(simple) else []
    named += ["方案"] if simple == "方案" else []
    if date and date[:4].isdecimal():
        named += [f"{date[:4]}年{word}" for word in ("文件", "的文件", "那个文件", "那份文件")]
    if region is None:  # a place's documents are found by the place
        named += [f"{office}{word}" for office in re.split("[、，,\\s]+", issuer or "") if office for word in _ISSUES]
    aliases = tuple(name for name in dict.fromkeys(named) if len(name) >= _SHORTEST or name == "方案")
    return Naming(region, short if len(short) >= _SHORTEST else plain, aliases)


def _inner(title: str) -> str:
    """What a title issues or is about: 推进…实施方案 of 某办公厅关于印发推进…实施方案的通知."""
    match = _ISSUED.search(title)
    if match:
        whole = _BOOK.match(match["inner"])
        return whole["inner"] if whole else match["inner"]
    about = _ABOUT.search(title)
    return about["inner"] if about and not title.startswith("关于") else title.removeprefix("关于")


def _without_place(text: str, region: str | None) -> str:
    names = sorted(names_of_place(region), key=len, reverse=True) if region else ()
    return next((text.removeprefix(name) for name in names if text.startswith(name)), text)
