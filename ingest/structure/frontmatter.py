"""What stands around the measures of a document: title, number, salutation, signature, date, notes to the reader."""

from __future__ import annotations

import re

_DATE = re.compile(
    r"[0-9〇○零一二三四五六七八九十]{4}\s*年\s*[0-9〇一二三四五六七八九十]{1,3}\s*月\s*[0-9〇一二三四五六七八九十]{1,3}\s*日"
)
_NUMBER = re.compile(r"[一-鿿]{1,12}(?:〔|\[|【|﹝)\s*20\d\d\s*(?:〕|\]|】|﹞)\s*(?:第\s*)?\d+\s*号")
_SIGNATURE = re.compile(r"[^，。；：]{2,40}(?:办公厅|人民政府|办公室|委员会|局|委|厅|部|国务院|管委会)")
_MARK = re.compile(r"[（(\[【].{2,30}[）)\]】]")
_ENDING = re.compile("特此(?:通知|公告|函告)|此件(?:主动|依申请|不予)?公开|抄送|主题词|（?联系人|责任编辑")


def name_of(text: str, *, opening: bool) -> str | None:
    """What a line that is no measure is; ``None`` for a plain paragraph.

    Args:
        text: the line without white space around it.
        opening: true before the first measure, where titles, salutations and a preamble stand.
    """
    if not text:
        return "blank"
    if _NUMBER.fullmatch(text):
        return "document number"
    if _DATE.fullmatch(text):
        return "date"
    if _MARK.fullmatch(text) and len(text) < 40 and "负责" not in text and "单位" not in text:
        return "publication mark"
    if _ENDING.match(text):
        return "notice"
    if _SIGNATURE.fullmatch(text) and not (opening and text.endswith(("通知", "意见"))):
        return "signature"
    if not opening:
        return None
    if text.endswith(("：", ":")):
        return "salutation"
    if text.endswith("。"):
        return "preamble" if re.search("制[定订]|提出|现就", text) else "notice"
    return "title"
