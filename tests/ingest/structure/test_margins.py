"""Contents pages, lists of attachments, explanations."""

from __future__ import annotations

import pytest

from ingest.structure.margins import attachments, contents, is_explanation


def test_contents_are_the_lines_printed_again_below() -> None:
    lines = ["方案", "目  录", "一、目标……1", "二、任务……2", "一、目标", "提高。", "二、任务", "推进。"]
    assert contents(lines) == {1, 2, 3}
    assert contents(["一、目标", "提高。"]) == frozenset()


def test_a_list_of_attachments_begins_none() -> None:
    lines = ["一、推进。", "附件：1.任务分工表", "2.名词解释", "市政府", "2024年1月2日", "附件1", "任务分工表"]
    assert attachments(lines) == (frozenset({5}), frozenset({1, 2}))


def test_an_attachment_with_its_title_in_the_same_line() -> None:
    assert attachments(["推进。", "附件2 名词解释", "甲是乙。"]) == (frozenset({1}), frozenset())
    assert attachments(["推进。", "附件：目标分解表"]) == (frozenset(), frozenset({1}))


@pytest.mark.parametrize("line", ["名词解释", "政策解读", "《若干措施》政策解读", "相关名词解释"])
def test_explanations_are_told_by_their_heading(line: str) -> None:
    assert is_explanation(line)
    assert not is_explanation(f"加强{line}工作")
