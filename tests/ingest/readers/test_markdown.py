"""Markdown: what marks it up is dropped, what it prints is kept."""

from __future__ import annotations

from pathlib import Path

from tests.ingest.readers.papers import shown, source_of


def test_headings_emphasis_lists_and_tables(tmp_path: Path) -> None:
    text = (
        "# 若干措施\n\n**一、主要任务**\n\n1. 支持企业。\n2. 发展产业。\n\n- 甲\n\n"
        "| 序号 | 任务 |\n|---|---|\n| 1 | **甲**<br>乙 |\n\n1、不是列表\n"
    )
    assert shown(source_of(tmp_path, "a.md", text)) == [
        "若干措施",
        "一、主要任务",
        "1. 支持企业。",
        "2. 发展产业。",
        "甲",
        ("序号", "任务"),
        ("1", "甲\n乙"),
        "1、不是列表",
    ]


def test_lines_without_a_blank_one_between_are_paragraphs(tmp_path: Path) -> None:
    assert shown(source_of(tmp_path, "a.md", "一、甲\n二、乙\n")) == ["一、甲", "二、乙"]


def test_indented_text_is_no_code(tmp_path: Path) -> None:
    assert shown(source_of(tmp_path, "a.md", "    一、甲\n")) == ["一、甲"]
