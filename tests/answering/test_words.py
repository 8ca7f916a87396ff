"""Which words units hold, and how rare a word is, over three units that a reader can count in."""

from __future__ import annotations

import math

import pytest

from answering.words import UnitWords
from index.records import ExpectedQuestion
from index.text import Segmenter
from tests.samples import contents, unit


@pytest.fixture(scope="module")
def three() -> UnitWords:
    """支持多元企业主体建设海外仓… · 推进天津国际邮件互换局建设 · 鼓励高校设置跨境电商专业, a question each."""
    held = contents()
    return UnitWords(held.units, held.questions, Segmenter(held.lexicon))


def pair(first: str, second: str) -> UnitWords:
    """Two units under no heading, and no questions."""
    return UnitWords([unit(1, first), unit(2, second)], (), Segmenter(("甲甲", "乙乙", "丙丙", "丁丁")))


def test_a_unit_holds_its_text_its_sections_and_its_questions(three: UnitWords) -> None:
    assert {"邮件", "互换局", "主要", "任务", "哪里"} <= three.held[1]  # text, heading 一、主要任务, 邮件互换局建在哪里
    assert {"邮件", "互换局", "主要", "任务"} <= three.printed[1]
    assert "哪里" not in three.printed[1]
    assert "海外仓" not in three.held[1]


def test_rarity_is_log_of_one_plus_units_over_units_with_the_word(three: UnitWords) -> None:
    assert three.rarity("海外仓") == pytest.approx(math.log(1 + 3 / 1))
    assert three.rarity("建设") == pytest.approx(math.log(1 + 3 / 2))  # the first two units
    assert three.rarity("主要") == pytest.approx(math.log(1 + 3 / 3))  # the heading above all three
    assert three.rarity("公积金") == pytest.approx(math.log(1 + 3 / 1))  # as if one unit had it


def test_a_word_is_known_when_a_unit_or_a_question_of_it_holds_it(three: UnitWords) -> None:
    assert [word for word in ("海外仓", "哪里", "公积金") if three.known(word)] == ["海外仓", "哪里"]


def test_words_of_runs_are_different_and_longer_than_a_character(three: UnitWords) -> None:
    assert three.of_runs(("海外仓", "建海外仓", "邮件互换局")) == ("海外", "海外仓", "邮件", "互换", "互换局")
    assert three.of_runs(("建", "1")) == three.of_runs(()) == ()


def test_coverage_is_the_share_held_weighted_by_rarity(three: UnitWords) -> None:
    asked = ("海外仓", "建设")
    rare, common = math.log(4), math.log(5 / 2)
    assert three.coverage(asked, three.held[0]) == 1
    assert three.coverage(asked, three.held[1]) == pytest.approx(common / (rare + common))
    assert three.coverage(asked, three.held[2]) == 0
    assert three.coverage((), three.held[0]) == 0


def test_similarity_is_the_cosine_of_rarities() -> None:
    """甲甲 丙丙 beside 乙乙 丙丙 under the heading 主要任务: what both hold weighs ln 2, what one holds ln 3."""
    words = pair("甲甲丙丙", "乙乙丙丙")
    shared = len(words.held[0] & words.held[1]) * math.log(2) ** 2
    assert words.held[0] ^ words.held[1] == {"甲甲", "乙乙"}
    assert words.similarity(0, 1) == pytest.approx(shared / (shared + math.log(3) ** 2))
    assert words.similarity(0, 1) == words.similarity(1, 0)
    assert words.similarity(0, 0) == pytest.approx(1.0)


def test_a_question_of_no_unit_is_an_error() -> None:
    with pytest.raises(KeyError):
        UnitWords([unit(1, "甲甲")], [ExpectedQuestion("plan/9", "乙乙", "乙乙")], Segmenter(()))
