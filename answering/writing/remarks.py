"""Remarks: what an answer says first when a question takes for granted what the documents don't say."""

from __future__ import annotations

from collections.abc import Sequence

from answering.writing.modality import Asked, Aspiration
from answering.writing.premises import About, Premise

_BACKING = ("鼓励", "支持", "引导")
_NOT_SAID = {
    Asked.ALLOWED: "没有写已经可以办理",
    Asked.DONE: "没有写已经实现",
    Asked.REQUIRED: "没有写成强制要求",
    Asked.PROMISED: "没有作出保证",
    Asked.PAID: "没有写补贴或奖励",
}


def correction(premises: Sequence[Premise]) -> str:
    """A sentence for each kind of premise that the evidence contradicts; empty when there is none."""
    wrong = [premise for premise in premises if not premise.holds]
    values = [premise for premise in wrong if premise.about in (About.FIGURE, About.YEAR)]
    parts = []
    if values:
        parts.append(
            "文件写的是" + "；是".join(f"{quoted(item.stated)}，不是{quoted(item.asserted)}" for item in values) + "。"
        )
    for item in wrong:
        if item.about is About.NUMBER:
            parts.append(f"这项内容写在{item.stated}，不是{quoted(item.asserted)}。")
        elif item.about is About.BODIES and item.stated:
            parts.append(f"文件写的责任单位是{item.stated}，不是{quoted(item.asserted)}。")
        elif item.about is About.BODIES:
            parts.append(f"文件没有写明这由{quoted(item.asserted)}负责。")
    return "".join(parts)


def confirmation(premises: Sequence[Premise]) -> str:
    """A sentence for what a question wants checked and the evidence bears out; empty when there is nothing such.

    Args:
        premises: of the question, all of which hold.
    """
    checked = [premise for premise in premises if premise.checked]
    values = [premise.stated for premise in checked if premise.about in (About.FIGURE, About.YEAR)]
    parts = [f"文件写的正是{'、'.join(map(quoted, values))}。"] if values else []
    for item in checked:
        if item.about is About.BODIES:
            parts.append(f"文件写的责任单位里有{quoted(item.asserted)}。")
    return "".join(parts)


def no_more_than(aim: Aspiration) -> str:
    """What the documents aim at, in their own words, and that they don't say more."""
    backing = aim.asked is Asked.ALLOWED and any(word in aim.verb for word in _BACKING)
    tail = f"{quoted(aim.verb)}不等于许可" if backing else _NOT_SAID[aim.asked]
    return f"文件提出{'、'.join(map(quoted, aim.words))}，{tail}。"


def quoted(words: str) -> str:
    """``words`` in quotation marks, those inside them turned into inner ones."""
    return "“" + words.replace("“", "‘").replace("”", "’") + "”"
