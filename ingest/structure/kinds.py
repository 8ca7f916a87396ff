"""What the lines that are no measures are: title, number, salutation, signature, date, notes to the reader."""

from __future__ import annotations

import re

DIGITS = "〇○零Ｏ一二三四五六七八九"
_DAY = r"[0-9０-９〇○零一二三四五六七八九十]{1,3}"
DATE = re.compile(rf"[（(]?\s*(?P<y>[0-9０-９{DIGITS}]{{4}})\s*年\s*(?P<m>{_DAY})\s*月\s*(?P<d>{_DAY})\s*日\s*[）)]?")
NUMBER = re.compile(
    r"(?:(?:发文字号|文号)[：:]\s*)?(?P<number>"
    r"[一-鿿]{1,16}(?:〔|\[|【|﹝|（|\()\s*20\d\d\s*(?:年)?\s*(?:〕|\]|】|﹞|）|\))\s*(?:第\s*)?\d+\s*号"
    r"|[一-鿿]{0,20}(?:20\d\d\s*年)?\s*第\s*\d+\s*号)"
)
_OFFICE = "办公厅|人民政府|办公室|委员会|管委会|国务院|总局|总署|[局委厅部署院]"
_SIGNATURE = re.compile(rf"[^，。；：、《》]{{2,60}}(?:{_OFFICE})|国务院")
_MARK = re.compile(r"[（(\[【].{2,30}[）)\]】]")
_ENDING = re.compile(
    "特此(?:通知|公告|函告)|此件(?:主动|依申请|不予)?公开|抄送|主题词|（?联系人|责任编辑|来源：|扫一扫|相关链接"
)


def kind_of(text: str, *, opening: bool) -> str | None:
    """What a line that is no measure is; ``None`` for a plain paragraph.

    Args:
        text: the line without white space around it.
        opening: true before the first measure, where titles, salutations and a preamble stand.
    """
    if not text:
        return "blank"
    if NUMBER.fullmatch(text):
        return "document number"
    if DATE.fullmatch(text):
        return "date"
    if _MARK.fullmatch(text) and len(text) < 40 and "负责" not in text and "单位" not in text:
        return "publication mark"
    if _ENDING.match(text):
        return "notice"
    if _SIGNATURE.fullmatch(text) and not (opening and (text.endswith(("通知", "意见")) or "关于" in text)):
        return "signature"
    if not opening:
        return None
    if text.endswith(("：", ":")):
        return "salutation"
    if text.endswith("。"):
        return "preamble" if re.search("制[定订]|提出|现就", text) else "notice"
    return "title"
