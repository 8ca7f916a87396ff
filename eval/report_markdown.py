"""A report as Markdown."""

from __future__ import annotations

from collections.abc import Mapping

from eval.report import Failure, Table, failures_of, latency_table, provenance_table, tables_of
from eval.report_model import model_tables
from eval.run import Run
from index.records import PolicyUnit


def markdown_report(run: Run, units: Mapping[str, PolicyUnit]) -> str:
    """The whole report of ``run``."""
    failures = failures_of(run, units)
    tables = (*tables_of(run, units), *model_tables(run), latency_table(run), provenance_table(run))
    parts = [
        "# 评测报告",
        *(_table(table) for table in tables),
        f"## 没有全对的题（{len(failures)} / {len(run.cases)}）",
        *(_failure(failure) for failure in failures),
    ]
    return "\n\n".join(parts) + "\n"


def _table(table: Table) -> str:
    lines = [
        _row(table.head),
        _row(tuple("---" for _ in table.head)),
        *(_row(row) for row in table.rows),
    ]
    body = "\n".join(lines) if table.rows else "（无）"
    return f"## {table.title}\n\n{body}" + (f"\n\n{table.note}" if table.note and table.rows else "")


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _failure(failure: Failure) -> str:
    lines = [f"### {failure.id} · {failure.kind} · {failure.problem}", ""]
    lines += (f"- 前一问：{turn}" for turn in failure.history)
    lines += [
        f"- 问：{failure.question}",
        f"- 应为：{'；'.join(failure.expected)}",
        f"- 实得：{'；'.join(failure.got)}",
    ]
    if failure.considered:
        lines.append(f"- 检索到的：{'；'.join(failure.considered)}")
    if failure.note:
        lines.append(f"- 出题说明：{failure.note}")
    if failure.answer:
        lines += ["", *(f"> {line}" for line in failure.answer.splitlines())]
    return "\n".join(lines)
