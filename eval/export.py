"""A run for other tools: an Excel workbook, and the rows that Ragas reads.

Ragas is no dependency. ``python -m eval export RUN -o rows.jsonl`` gives what its ``EvaluationDataset.from_jsonl``
loads; its metrics that let a language model judge can then be computed wherever Ragas and a chat model are at hand.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.grade import METRICS
from eval.report import KIND_NAMES, METRIC_NAMES, PROBLEM_NAMES, failures_of, latency_table, provenance_table, tables_of
from eval.run import PRODUCT, Run
from index.records import PolicyUnit

_WIDEST = 60
_LONGEST_CELL = 32_000  # Excel refuses cells beyond 32,767 characters


def write_workbook(run: Run, units: Mapping[str, PolicyUnit], path: Path) -> None:
    """Write ``run`` as xlsx: its tables, every case with its scores, and every failure."""
    sheets: dict[str, Sequence[Sequence[object]]] = {}
    for table in (*tables_of(run, units), latency_table(run), provenance_table(run)):
        note: list[tuple[str, ...]] = [(table.note,)] if table.note else []
        sheets[_sheet_name(table.title)] = [table.head, *table.rows, *note]
    sheets["逐题"] = [_CASE_HEAD, *_case_rows(run, units)]
    sheets["没有全对的题"] = [
        ("编号", "题型", "问题类型", "前文", "问题", "应为", "实得", "检索到的", "回答全文", "出题说明"),
        *(
            (
                failure.id,
                failure.kind,
                failure.problem,
                "\n".join(failure.history),
                failure.question,
                "\n".join(failure.expected),
                "\n".join(failure.got),
                "\n".join(failure.considered),
                failure.answer,
                failure.note,
            )
            for failure in failures_of(run, units)
        ),
    ]
    write_sheets(path, sheets)


_CASE_HEAD = (
    "编号", "题集", "题型", "前文", "问题", "全对", "问题类型", "应引", "实引", "回答", "毫秒",
    *(METRIC_NAMES[name] for name in METRICS),
)  # fmt: skip


def _case_rows(run: Run, units: Mapping[str, PolicyUnit]) -> Iterator[tuple[object, ...]]:
    def labels(unit_ids: Sequence[str]) -> str:
        return "\n".join(units[unit_id].label if unit_id in units else unit_id for unit_id in unit_ids)

    for case, grade, found in zip(run.cases, run.grades[PRODUCT], run.attempts[PRODUCT], strict=True):
        yield (
            case.id,
            case.split,
            KIND_NAMES.get(case.kind, case.kind),
            "\n".join(case.history),
            case.question,
            "是" if grade.right else "否",
            PROBLEM_NAMES.get(grade.problem, ""),
            labels(case.gold),
            labels(grade.cited),
            found.answer.answer if found.answer else found.error,
            found.answer.latency_ms if found.answer else None,
            *(grade.scores.get(name) for name in METRICS),
        )


def _sheet_name(title: str) -> str:
    return title.replace("：", " ").replace("/", " ")[:31]


def write_sheets(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> None:
    """Write rows as an xlsx workbook: first row bold and fixed, columns as wide as they need, long text wrapped."""
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row, values in enumerate(rows, 1):
            for column, value in enumerate(values, 1):
                shown = ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST_CELL] if isinstance(value, str) else value
                cell = sheet.cell(row, column)
                cell.value = shown
                if isinstance(shown, str):
                    cell.data_type = "s"  # text stays text, also when it begins with =
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                if row == 1:
                    cell.font = Font(bold=True)
        widths = [
            max((_width(value) for value in column), default=8) for column in zip(*rows[:1], *rows[1:50], strict=False)
        ]
        for column, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(column)].width = min(_WIDEST, max(8, width + 2))
        sheet.freeze_panes = "A2"
    book.save(path)


def _width(value: object) -> int:
    lines = str(value if value is not None else "").splitlines() or [""]
    return max(sum(2 if ord(character) > 0x2E80 else 1 for character in line) for line in lines)


def ragas_rows(run: Run, units: Mapping[str, PolicyUnit]) -> Iterator[dict[str, Any]]:
    """Rows of Ragas' ``SingleTurnSample``, one a case.

    ``retrieved_contexts`` are the cited units' texts, ``reference_contexts`` those of the gold, ``reference`` the
    reader's own reference answer or else the gold units' texts and bodies.
    """
    for case, found in zip(run.cases, run.attempts[PRODUCT], strict=True):
        cited = [citation.unit_id for citation in found.answer.citations] if found.answer else []
        gold = [_context(units[unit_id]) for unit_id in case.gold if unit_id in units]
        yield {
            "user_input": "\n".join((*case.history, case.question)),
            "retrieved_contexts": [_context(units[unit_id]) for unit_id in cited if unit_id in units],
            "reference_contexts": gold,
            "response": found.answer.answer if found.answer else "",
            "reference": case.reference or "\n".join(gold) or "文件中没有相关内容，应当拒答。",
        }


def _context(unit: PolicyUnit) -> str:
    bodies = f"（责任单位：{'、'.join(unit.agencies)}）" if unit.agencies else ""
    return f"{unit.label}：{unit.text}{bodies}"


def write_ragas(run: Run, units: Mapping[str, PolicyUnit], path: Path) -> None:
    """Write :func:`ragas_rows` as JSON lines."""
    rows = (json.dumps(row, ensure_ascii=False) + "\n" for row in ragas_rows(run, units))
    path.write_text("".join(rows), encoding="utf-8")
