"""A Markdown table whose ratios a reader can redo."""

from __future__ import annotations

from bench.table import Row, table


def test_ratios_are_to_the_last_row() -> None:
    rows = [Row("app.py", (3.0, 10.0, None)), Row("empty", (1.5, 8.0, 100.0))]
    assert table("start", {"page s": ".1f", "answer s": ".0f", "MiB": ".0f"}, rows).splitlines() == [
        "| start | page s | answer s | MiB |",
        "|---|---:|---:|---:|",
        "| app.py | 3.0 | 10 | – |",
        "| – × empty | 2.00× | 1.25× | – |",
        "| empty | 1.5 | 8 | 100 |",
    ]


def test_nothing_is_divided_by_nothing() -> None:
    assert "| – × b | – |" in table("t", {"x": ".0f"}, [Row("a", (1.0,)), Row("b", (0.0,))])
