"""Tasks chosen, as HTML: how many, and each with its bodies; a table that a narrow screen shows as cards.

Pure functions from records to strings. Whatever they print passes :func:`web.escape.escaped`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from web.escape import escaped
from web.links import to_bodies, to_unit
from web.responsible import deadline, items

if TYPE_CHECKING:
    from duties.ledger import Ledger, Report
    from duties.selection import Duty
    from index.records import PolicyUnit


MOST = 300  # tasks that are listed; a page of thousands can't be scrolled, and files hold all of them
_NAMED = 6  # documents that the summary counts


def summary(report: Report, ledger: Ledger, unknown: Iterable[str] = ()) -> str:
    """The title, 共 N 项 by document, and the names asked for that no body with tasks has."""
    by_document = Counter(ledger.document(duty.unit) for duty in report.duties)
    parts = "，".join(f"{name} {count} 项" for name, count in by_document.most_common(_NAMED))
    parts += f"，另有 {len(by_document) - _NAMED} 份文件" if len(by_document) > _NAMED else ""
    without = sum(not duty.unit.agencies for duty in report.duties)
    note = f"；其中 {without} 项没有写明责任单位" if without else ""
    split = f"<span>{escaped(f'（{parts}{note}）')}</span>" if parts else ""
    missed = "".join(f'<p class="missed">{escaped(f"没有找到“{name}”，或文件没有给它任务。")}</p>' for name in unknown)
    return (
        f'<div class="duties-summary" role="status">{missed}<h2>{escaped(report.title)}</h2>'
        f'<p><strong class="count">共 {len(report.duties)} 项</strong>{split}</p></div>'
    )


def listed(report: Report, ledger: Ledger) -> str:
    """Each task: number, text, responsible bodies with those chosen marked."""
    if not report.duties:
        return '<p class="nothing">没有符合这些条件的任务。可以去掉一个条件，或改选“任一单位”。</p>'
    shown = report.duties[:MOST]
    rows = "".join(_row(number, duty, ledger, report.selection.words) for number, duty in enumerate(shown, 1))
    more = f"这里列出前 {MOST} 项；可加条件缩小范围，下载的 Excel 里有全部 {len(report.duties)} 项。"
    return (f'<p class="note">{more}</p>' if len(report.duties) > MOST else "") + (
        '<table class="duties-list" role="table"><thead role="rowgroup"><tr role="row">'
        '<th role="columnheader" scope="col">序号</th><th role="columnheader" scope="col">条目</th>'
        '<th role="columnheader" scope="col">任务内容</th>'
        '<th role="columnheader" scope="col">责任单位</th></tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table>'
    )


def unit_link(unit: PolicyUnit, ledger: Ledger) -> str:
    """A unit's number as a link to where it stands, with its document's tag."""
    return (
        f'<a class="unit" href="{escaped(to_unit(unit.unit_id))}">{escaped(ledger.place(unit))}</a>'
        f'<span class="tag">{escaped(ledger.document(unit))}</span>'
    )


def body_link(agency_id: str, shown: str, *, own: bool = False) -> str:
    """A body as a link to its tasks; plain where the registry has no such body."""
    if not agency_id:
        return escaped(shown)
    return f'<a class="body{" own" if own else ""}" href="{escaped(to_bodies([agency_id]))}">{escaped(shown)}</a>'


def _row(number: int, duty: Duty, ledger: Ledger, words: Sequence[str]) -> str:
    unit = duty.unit
    bodies = items(unit, lambda printed, agency_id: body_link(agency_id, printed, own=printed in duty.own))
    return (
        f'<tr role="row"><td role="cell" class="number">{number}</td>'
        f'<td role="cell" class="place">{unit_link(unit, ledger)}</td>'
        f'<td role="cell" class="text">{_marked(unit.text, words)}</td>'
        f'<td role="cell" class="bodies">{f"<ul>{bodies}</ul>" if bodies else "没有写明"}{deadline(unit)}</td></tr>'
    )


def _marked(text: str, words: Sequence[str]) -> str:
    """``text`` with the words looked for marked where they stand just as typed."""
    if not words:
        return escaped(text)
    parts = re.split("(" + "|".join(map(re.escape, words)) + ")", text, flags=re.IGNORECASE)
    return "".join(f"<mark>{escaped(part)}</mark>" if place % 2 else escaped(part) for place, part in enumerate(parts))
