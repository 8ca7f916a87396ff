"""Plain text: places kept, and the ways a table is written in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.readers.plain import read_plain
from ingest.readers.source import Line, ReadError, Row
from tests.ingest.readers.papers import shown, source_of

ROWS = [("序号", "任务", "单位"), ("1", "甲", "市商务局"), ("2", "乙", "")]


def test_lines_keep_their_places(tmp_path: Path) -> None:
    assert source_of(tmp_path, "a.txt", "一、甲\r\n\n乙").blocks == (
        Line("一、甲", 0, 5),
        Line("", 5, 6),
        Line("乙", 6, 7),
    )


def test_cells_on_lines_of_their_own(tmp_path: Path) -> None:
    text = "表\n\n" + "\n\n".join("".join(f"\t{cell or ' '}\n" for cell in row[:2]) for row in ROWS)
    assert shown(source_of(tmp_path, "a.txt", text)) == ["表", *(row[:2] for row in ROWS)]


@pytest.mark.parametrize("bar", ["\t", "|", "｜"])
def test_rows_on_lines_of_their_own(tmp_path: Path, bar: str) -> None:
    text = "表\n" + "\n".join(bar.join((*row[:2], row[2] or "—")) for row in ROWS) + "\n尾"
    found = shown(source_of(tmp_path, "a.txt", text))
    assert found == ["表", ROWS[0], ROWS[1], ("2", "乙", "—"), "尾"]


def test_a_frame_of_bars_is_no_cell(tmp_path: Path) -> None:
    text = "| 序号 | 任务 | 单位 |\n|---|---|---|\n| 1 | 甲 | 市商务局 |\n"
    assert shown(source_of(tmp_path, "a.txt", text)) == ROWS[:2]


def test_a_contents_page_is_no_table(tmp_path: Path) -> None:
    assert shown(source_of(tmp_path, "a.txt", "目录\n一、甲\t1\n二、乙\t2\n")) == ["目录", "一、甲\t1", "二、乙\t2"]


def test_paragraphs_indented_by_a_tab_are_no_row(tmp_path: Path) -> None:
    lines = [f"\t{number}．支持企业。" for number in range(1, 21)]
    assert shown(source_of(tmp_path, "a.txt", "\n".join(lines))) == lines


def test_nothing_to_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"a\.txt: holds no text; put the document's text into it"):
        source_of(tmp_path, "a.txt", " \n\t\n")


def test_a_single_cell_between_rows_is_a_section_row(tmp_path: Path) -> None:
    text = "标题\n\t序号\n\t内容\n\n\t一、总则\n\n\t1\n\t甲\n"
    rows = [block for block in read_plain(tmp_path / "a.txt", text.encode()).blocks if isinstance(block, Row)]
    assert [[cell.text.strip() for cell in row.cells] for row in rows] == [["序号", "内容"], ["一、总则"], ["1", "甲"]]
    assert len({row.table for row in rows}) == 1
