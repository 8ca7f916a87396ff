"""Which words of a question carry its content."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answering.understanding.lexis import blank, content_runs, function_words, parts
from index.text import Segmenter


def test_function_words_are_read_from_lines_of_words(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("# 的 is a comment here\n什么 哪些\n\n哪裡 ＷＨＯ\n", encoding="utf-8")
    assert function_words(path) == {"什么", "哪些", "哪里", "who"}


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("海外仓有什么支持", ("海外仓", "支持")),
        ("支持海外仓", ("支持海外仓",)),  # neighbours make one run
        ("海外仓，支持", ("海外仓", "支持")),  # a mark ends a run
        ("海外仓aeo认证", ("海外仓", "aeo", "认证")),  # Latin stands alone
        ("有什么", ()),
        ("？？！", ()),
        ("", ()),
    ],
)
def test_runs_of_content_words(text: str, runs: tuple[str, ...], segmenter: Segmenter) -> None:
    assert content_runs(text, segmenter, frozenset({"有", "什么"})) == runs


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("海外仓面积多大,补贴是70家", [("海外仓面积多大", False), ("补贴是70家", False)]),
        ("海外仓有多少,听说要补贴", [("海外仓有多少", True), ("听说要补贴", False)]),
        ("海关和税务局、商务局归谁管?", [("海关", True), ("税务局", True), ("商务局归谁管", True)]),
        ("既有海关又有税务局", [("有海关", False), ("有税务局", False)]),
        ("说说面积另外还想问补贴?", [("说说面积", True), ("问补贴", True)]),
        ("海外仓 面积", [("海外仓", False), ("面积", False)]),
        ("", []),
        ("?!", []),
        ("海关参与和普及涉及的事", [("海关参与", False), ("普及涉及的事", False)]),
    ],
)
def test_parts_are_members_of_clauses_that_ask_or_not(text: str, found: list[tuple[str, bool]]) -> None:
    assert list(parts(text)) == found


def test_blanked_spans_leave_all_positions() -> None:
    assert blank("第三条和海关", [(0, 3), (4, 6)]) == "   和  "
    assert blank("第三条", []) == "第三条"


@given(st.text(max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_blanking_keeps_length_and_what_lies_outside(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    blanked = blank(text, [(start, end)])
    assert (blanked[:start], blanked[end:]) == (text[:start], text[end:])
    assert blanked[start:end] == " " * (end - start)
