"""Quantified targets as HTML: a column a year, targets of like things on one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from web.duties_list import unit_link
from web.escape import escaped

if TYPE_CHECKING:
    from datetime import date

    from duties.ledger import Ledger, Report
    from duties.targets import Target


_MOST = 150  # targets that are laid side by side, each compared with each


def goals(report: Report, ledger: Ledger) -> str:
    """Every target of ``report`` with value, year, what it is of and where it is printed."""
    from duties.targets import side_by_side

    if not report.targets:
        return '<p class="nothing">这些任务里没有写明数量的目标。</p>'
    shown = report.targets[:_MOST]
    columns = sorted({target.year for target in shown}, key=lambda year: year or 0)
    heads = "".join(f'<th role="columnheader" scope="col">{_year(year)}</th>' for year in columns)
    rows = "".join(
        f'<tr role="row">{"".join(_cell(line.get(year), report.day, ledger) for year in columns)}</tr>'
        for line in side_by_side(shown)
    )
    more = f"这里列出前 {_MOST} 项，下载的 Excel 里有全部。" if len(report.targets) > _MOST else ""
    return (
        f'<p class="note">共 {len(report.targets)} 项量化目标。同一行是同类目标，口径不一定相同，以原文为准。{more}</p>'
        f'<table class="duties-goals" role="table"><thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table>'
    )


def _cell(target: Target | None, day: date, ledger: Ledger) -> str:
    if target is None:
        return '<td role="cell" class="none">—</td>'
    state = "passed" if target.passed(day) else "open"
    return (
        f'<td role="cell"><p class="year">{_year(target.year)}<span class="{state}">{target.state(day)}</span></p>'
        f'<p class="value">{escaped(target.figure.phrase)}</p><p class="subject">{escaped(target.subject)}</p>'
        f'<p class="from">{unit_link(target.unit, ledger)}</p></td>'
    )


def _year(year: int | None) -> str:
    return f"{year}年" if year else "未写年份"
