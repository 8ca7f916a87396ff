"""What words cost, and where a text falls into unusual pieces."""

from __future__ import annotations

import math

import pytest

from index.text import Segmenter
from index.usage import BESIDE, LOOSE, Usage

# 支持海外仓建设。天津市海外仓。 as search mode cuts it: with the words inside long ones.
WORDS = {"支持": 1, "海外": 2, "海外仓": 2, "建设": 1, "天津": 1, "津市": 1, "天津市": 1}


@pytest.fixture(scope="module")
def usage() -> Usage:
    return Usage(("离岸贸易",), WORDS, Segmenter(("海外仓",)))


def test_the_documents_words_and_jieba_count_half_each(usage: Usage) -> None:
    counts = Segmenter(("海外仓",)).counts
    # 支持, 海外仓, 建设, 天津市, 海外仓: five words, two of them 海外仓; what search mode finds inside is not counted.
    expected = -math.log(0.5 * 2 / 5 + 0.5 * counts["海外仓"] / sum(counts.values()))
    assert usage.price("海外仓") == pytest.approx(expected)


def test_a_word_inside_a_longer_one_is_not_the_documents_own(usage: Usage) -> None:
    assert "天津市" in usage.own
    assert "津市" not in usage.own


def test_usual_words_are_cheap_and_unknown_ones_dear(usage: Usage) -> None:
    assert usage.price("的") < usage.price("贸易") < usage.price("退水") < usage.price("苍菊仓") == 18.0


def test_a_text_is_cut_into_the_cheapest_words(usage: Usage) -> None:
    text = "离岸贸易有fx吗"
    assert [text[start:end] for start, end, _ in usage.cut(text)] == ["离岸贸易", "有", "f", "x", "吗"]


@pytest.mark.parametrize(
    ("text", "loose"),
    [
        ("海外仓的建设", [0, 0, 0, 0, 0, 0]),
        ("支持海外苍", [0, 0, 0, 0, LOOSE]),
        ("的苍", [BESIDE, LOOSE]),
        ("退水", [LOOSE, LOOSE]),  # in jieba's dictionary, three times in 60 million words
        ("", []),
    ],
)
def test_what_stands_alone_may_be_a_slip(usage: Usage, text: str, loose: list[int]) -> None:
    assert usage.loose(text) == loose
