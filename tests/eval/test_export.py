"""A run for Excel and for Ragas."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from eval.export import ragas_rows, write_ragas, write_sheets, write_workbook
from eval.run import Run
from index.records import PolicyUnit


def test_workbook(tmp_path: Path, refusing_run: Run, by_id: dict[str, PolicyUnit]) -> None:
    path = tmp_path / "x.xlsx"
    write_workbook(refusing_run, by_id, path)
    book = openpyxl.load_workbook(path)
    assert {"总体指标", "按题型", "逐题", "没有全对的题"} <= set(book.sheetnames)
    assert [row[0].value for row in book["逐题"].iter_rows(min_row=2)] == [case.id for case in refusing_run.cases]
    assert book["没有全对的题"].max_row == 1 + 5


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    write_sheets(tmp_path / "x.xlsx", {"a": [("头",), ("=1+1",), (2.5,), (None,), ("坏\x00字",)]})
    cells = [row[0] for row in openpyxl.load_workbook(tmp_path / "x.xlsx")["a"].iter_rows()]
    assert [(cell.value, cell.data_type) for cell in cells[1:3]] == [("=1+1", "s"), (2.5, "n")]
    assert cells[4].value == "坏字"


def test_ragas_rows(tmp_path: Path, small_run: Run, by_id: dict[str, PolicyUnit]) -> None:
    rows = list(ragas_rows(small_run, by_id))
    assert set(rows[0]) == {"user_input", "retrieved_contexts", "reference_contexts", "response", "reference"}
    assert rows[0]["user_input"] == "2027年海外仓企业要有多少家？"
    assert rows[0]["retrieved_contexts"] == rows[0]["reference_contexts"]
    assert by_id["plan/14"].text in rows[0]["reference"]
    assert rows[4]["retrieved_contexts"] == []
    write_ragas(small_run, by_id, tmp_path / "r.jsonl")
    assert len((tmp_path / "r.jsonl").read_text(encoding="utf-8").splitlines()) == len(rows)
