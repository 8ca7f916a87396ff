"""What checking a document found, as HTML: by severity, each with its place and the words that stand there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from index.published import Remark, Severity
from web.escape import escaped

IN_CHINESE = {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.NOTE: "说明"}
MOST = 60  # of a list; a document that goes wholly wrong has thousands


def verdict(remarks: Sequence[Remark]) -> str:
    """In a few words: 核对无误, or how many of each kind."""
    counts: Counter[Severity] = Counter(remark.severity for remark in remarks if remark.severity is not Severity.NOTE)
    return "，".join(f"{counts[one]} 处{IN_CHINESE[one]}" for one in Severity if counts[one]) or "核对无误"


def listed(remarks: Sequence[Remark]) -> str:
    """The remarks as a list, the first :data:`MOST`; empty without any."""
    if not remarks:
        return ""
    rest = f"<li>另有 {len(remarks) - MOST} 处，没有列出</li>" if len(remarks) > MOST else ""
    return f'<ul class="remarks">{"".join(map(_item, remarks[:MOST]))}{rest}</ul>'


def _item(remark: Remark) -> str:
    place = f"{escaped(remark.place)}：" if remark.place else ""
    excerpt = f"<q>{escaped(remark.excerpt)}</q>" if remark.excerpt else ""
    return (
        f'<li class="found-{remark.severity.value}"><b>{IN_CHINESE[remark.severity]}</b>'
        f"{place}{escaped(remark.words)}{excerpt}</li>"
    )
