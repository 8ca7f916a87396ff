"""A report as one HTML file that asks nothing of any other host."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from eval.cases import KINDS
from eval.charts import WIDE, Bar, Room, bar_chart, histogram
from eval.grade import PROBLEMS
from eval.report import (
    KIND_NAMES,
    PROBLEM_NAMES,
    Failure,
    Table,
    failures_of,
    latency_table,
    percent,
    provenance_table,
    tables_of,
)
from eval.report_model import model_tables
from eval.run import PRODUCT, Run
from index.records import PolicyUnit

_STYLE = """
body{font:15px/1.6 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",system-ui,sans-serif;color:#1f2933;
max-width:1080px;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2.2rem;border-bottom:1px solid #d5dce4;padding-bottom:.2rem}
table{border-collapse:collapse;width:100%;font-size:13px}th,td{border-bottom:1px solid #e3e8ee;padding:.3rem .5rem;
text-align:left;vertical-align:top}th{background:#f5f7fa}.note{color:#5b6875;font-size:13px}
.wide{overflow-x:auto}details{border:1px solid #e3e8ee;border-radius:6px;margin:.5rem 0;padding:.4rem .8rem}
summary{cursor:pointer}.tag{background:#fdecea;color:#9b2c1f;border-radius:4px;padding:0 .4rem;font-size:12px;
margin-right:.4rem}.kind{background:#eef1f5;color:#40505f}dl{display:grid;grid-template-columns:6em 1fr;gap:.2rem .6rem;
margin:.6rem 0}dt{color:#5b6875}dd{margin:0}pre{white-space:pre-wrap;font:inherit;background:#f8fafc;padding:.6rem;
border-radius:4px;margin:.3rem 0}
"""


def html_report(run: Run, units: Mapping[str, PolicyUnit]) -> str:
    """The whole report of ``run``."""
    failures = failures_of(run, units)
    tables = (*tables_of(run, units), *model_tables(run))
    body = [
        "<h1>评测报告</h1>",
        "<h2>各题型全对率</h2>",
        kinds_chart(run),
        "<h2>各系统全对率</h2>" + _systems_chart(run) if len(run.summaries) > 1 else "",
        "<h2>错误类型分布</h2>" + problems_chart(run),
        *(_table(table) for table in tables),
        _table(latency_table(run)),
        histogram(run.latencies(), "ms"),
        _table(provenance_table(run)),
        f"<h2>没有全对的题（{len(failures)} / {len(run.cases)}）</h2>",
        *(_failure(failure) for failure in failures),
    ]
    return (
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<title>评测报告</title><style>"
        + _STYLE
        + "</style></head>\n<body>\n"
        + "\n".join(part for part in body if part)
        + "\n</body></html>\n"
    )


def kinds_chart(run: Run, room: Room = WIDE) -> str:
    """The share of cases that are right, by kind and in all, as SVG."""
    summary = run.summaries[PRODUCT]
    kinds = [name.removeprefix("kind=") for name in summary if name.startswith("kind=")]
    kinds.sort(key=lambda kind: (KINDS.index(kind) if kind in KINDS else len(KINDS), kind))
    bars = []
    for kind, label in [*((f"kind={kind}", KIND_NAMES.get(kind, kind)) for kind in kinds), ("all", "全部")]:
        cell = summary[kind]["metrics"]["right"]
        bars.append(Bar(label, cell["value"], f"{percent(cell)}（{cell['n']} 题）", cell["low"], cell["high"]))
    return bar_chart(bars, room=room)


def _systems_chart(run: Run) -> str:
    cells = {system: summary["all"]["metrics"]["right"] for system, summary in run.summaries.items()}
    return bar_chart(
        [Bar(name, cell["value"], percent(cell), cell["low"], cell["high"]) for name, cell in cells.items()]
    )


def problems_chart(run: Run, room: Room = WIDE) -> str:
    """What is wrong with the cases that are not right, as SVG."""
    group = run.summaries[PRODUCT]["all"]
    counts = [(name, group["problems"][name]) for name in PROBLEMS if name in group["problems"]]
    if not counts:
        return "<p>没有错误。</p>"
    most = max(count for _, count in counts)
    return bar_chart([Bar(PROBLEM_NAMES[name], count / most, f"{count} 题") for name, count in counts], "#b4513f", room)


def _table(table: Table) -> str:
    if not table.rows:
        return f"<h2>{escape(table.title)}</h2><p>（无）</p>"
    head = "".join(f"<th>{escape(cell)}</th>" for cell in table.head)
    rows = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in table.rows)
    note = f'<p class="note">{escape(table.note)}</p>' if table.note else ""
    return (
        f'<h2>{escape(table.title)}</h2><div class="wide"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>{note}"
    )


def _failure(failure: Failure) -> str:
    fields = [
        *(("前一问", turn) for turn in failure.history),
        ("应为", "\n".join(failure.expected)),
        ("实得", "\n".join(failure.got)),
        ("检索到的", "\n".join(failure.considered)),
        ("出题说明", failure.note),
        ("回答全文", failure.answer),
    ]
    listed = "".join(f"<dt>{name}</dt><dd><pre>{escape(value)}</pre></dd>" for name, value in fields if value)
    return (
        f'<details><summary><span class="tag">{escape(failure.problem)}</span>'
        f'<span class="tag kind">{escape(failure.kind)}</span>{escape(failure.question)} '
        f'<span class="note">{escape(failure.id)}</span></summary><dl>{listed}</dl></details>'
    )
