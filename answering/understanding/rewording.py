"""Follow-ups put as questions that stand alone, so that the asker sees how they were read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.records import PolicyUnit

_END = re.compile(r"[?？。.!！,，~\s]+$")
_OPENING = re.compile(r"^(?:对了?[，,、]|那么?|那个|然后|还有[，,]|嗯+|哦+|好的?)+[，,、\s]*(?!\d)")
_TITLE = re.compile(r"《[^》]*》[^第一二三四五六七八九十（]*")
_GAP = re.compile(r"[在对]?\s{2,}[里中上]?")  # where the name of a document was taken out
_MOST_NAMED = 3


def joined(before: str, question: str) -> str:
    """The question asked in one breath with the one before it: 津心融是个什么平台，谁在管？"""
    rest = bare(question)
    return f"{_END.sub('', before)}，{rest}？" if rest else f"{_END.sub('', before)}？"


def of_units(units: Sequence[PolicyUnit], question: str) -> str:
    """The question asked of units by their names: 《…》第15项讲什么？"""
    return f"{'、'.join(unit.label for unit in units)}{bare(question).removesuffix('呢') or '讲什么'}？"


def of_body(scope: Sequence[str], body: str) -> str:
    """A question for the tasks of a body, inside ``scope``: documents and numbers, as written."""
    return f"{''.join(scope)}{'里，' if scope else ''}{body}负责哪些任务？"


def of_document(document: str, before: str, question: str) -> str:
    """The question before, asked of another document."""
    subject = _END.sub("", _GAP.sub("", before)).lstrip("里中上的对,， ")
    rest = bare(question)
    return f"{document}里，{'，'.join(filter(None, (subject, rest)))}？"


def few(units: Sequence[PolicyUnit]) -> bool:
    """True when all of ``units`` can be named in a sentence."""
    return 0 < len(units) <= _MOST_NAMED


def title(units: Sequence[PolicyUnit], document: str) -> str:
    """A document's title, as the labels of its units print it."""
    label = next(unit.label for unit in units if unit.document == document)
    match = _TITLE.match(label)
    return match.group() if match else label


def bare(question: str) -> str:
    """A question without its opening (那, 对了) and its closing marks."""
    return _OPENING.sub("", _END.sub("", question.strip()))
