"""Bodies × measures as an HTML table, shaded by the number of tasks; each number leads to its first task."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from web.duties_list import body_link
from web.escape import escaped
from web.links import to_unit

if TYPE_CHECKING:
    from duties.ledger import Ledger, Report
    from duties.matrix import Matrix, Row

MOST_DOCUMENTS, MOST_BODIES, MOST_MEASURES = 6, 60, 60  # that fit; the Excel file holds all
_SHADES = 4  # shades of a number; from this many tasks on all are alike


def heat_map(report: Report, ledger: Ledger) -> str:
    """A table for each document of ``report``."""
    if not report.matrices:
        return '<p class="nothing">没有符合这些条件、又写明责任单位的任务。</p>'
    note = "格内数字是该单位在该条负责的任务项数，越多颜色越深；点数字看原文。"
    shown = report.matrices[:MOST_DOCUMENTS]
    if len(report.matrices) > len(shown):
        note += f"这里画出前 {len(shown)} 份文件，共 {len(report.matrices)} 份；请选文件或地区，或下载 Excel 看全部。"
    return f'<p class="note">{note}</p>{"".join(_table(_fitted(matrix), matrix, ledger) for matrix in shown)}'


def _fitted(matrix: Matrix) -> Matrix:
    """As much of it as fits: the busiest bodies, and the first measures."""
    rows = (replace(row, cells=row.cells[:MOST_MEASURES]) for row in matrix.rows[:MOST_BODIES])
    return replace(
        matrix, measures=matrix.measures[:MOST_MEASURES], units=matrix.units[:MOST_MEASURES], rows=tuple(rows)
    )


def _left_out(whole: Matrix) -> str:
    """What of a matrix is not shown, in words; empty for nothing."""
    bodies, measures = len(whole.rows) - MOST_BODIES, len(whole.measures) - MOST_MEASURES
    parts = [f"任务少的 {bodies} 家单位"] * (bodies > 0) + [f"后面的 {measures} 条"] * (measures > 0)
    return f'<p class="note">{"、".join(parts)}没有画出，下载的 Excel 里有。</p>' if parts else ""


def _table(matrix: Matrix, whole: Matrix, ledger: Ledger) -> str:
    title = ledger.documents[matrix.document].title
    heads = "".join(
        f'<th scope="col"><a href="{escaped(to_unit(units[0]))}">{escaped(ledger.measures[key])}</a></th>'
        for key, units in zip(matrix.measures, matrix.units, strict=True)
    )
    sums = "".join(f"<td>{len(units)}</td>" for units in matrix.units)
    rows = "".join(
        _row(row, held.total, matrix, ledger) for row, held in zip(matrix.rows, whole.rows[:MOST_BODIES], strict=True)
    )
    total = sum(map(len, whole.units))
    return (
        f'<section class="heat"><h3>{escaped(title)}</h3>{_left_out(whole)}<div class="scroll" tabindex="0" '
        f'role="region" aria-label="{escaped(title)}分工矩阵，可左右滚动">'
        f'<table><thead><tr><th scope="col">责任单位</th>{heads}<th scope="col">合计</th></tr></thead>'
        f"<tbody>{rows}</tbody>"
        f'<tfoot><tr><th scope="row">任务项数</th>{sums}<td>{total}</td></tr></tfoot></table></div></section>'
    )


def _row(row: Row, total: int, matrix: Matrix, ledger: Ledger) -> str:
    body = ledger.bodies[row.agency_id]
    cells = "".join(
        _cell(cell, body.printed, ledger.measures[key], ledger)
        for cell, key in zip(row.cells, matrix.measures, strict=True)
    )
    return f'<tr><th scope="row">{body_link(row.agency_id, body.printed)}</th>{cells}<td>{total}</td></tr>'


def _cell(cell: tuple[str, ...], body: str, measure: str, ledger: Ledger) -> str:
    if not cell:
        return "<td></td>"
    places = "、".join(ledger.place(ledger.units[unit_id]) for unit_id in cell)
    said = escaped(f"{body}，{measure}，{len(cell)} 项：{places}")
    return (
        f'<td class="s{min(len(cell), _SHADES)}"><a href="{escaped(to_unit(cell[0]))}" '
        f'aria-label="{said}" title="{said}">{len(cell)}</a></td>'
    )
