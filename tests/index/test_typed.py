"""Pinyin typed for characters."""

from __future__ import annotations

import pytest

from index.pinyin import Sounds
from index.text import Segmenter
from index.typed import TypedPinyin
from index.usage import Usage

TERMS = ("海外仓", "离岸贸易", "人社局")
TEXTS = ("ft账户", "tianjin customs")


@pytest.fixture(scope="module")
def typed() -> TypedPinyin:
    segmenter = Segmenter(TERMS)
    usage = Usage(TERMS, {word: 1 for text in TEXTS for word in segmenter.words(text)}, segmenter)
    return TypedPinyin(usage, Sounds(TERMS), segmenter.counts, TEXTS)


def words(typed: TypedPinyin, text: str, start: int = 0) -> set[str]:
    return {word for _, word, _ in typed.at(text, start, typed.runs(text))}


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("haiwaicang 怎么支持", {0: 10}),
        ("离岸maoyi", {2: 7}),
        ("haiwaicang he maoyi", {0: 10, 11: 13, 14: 19}),  # he is English, but nothing else is
        ("海外仓 export 政策", {}),  # no syllables
        ("export of haiwaicang", {}),  # most of it is English
        ("ft账户", {}),  # the documents' own, and no syllables
        ("data 中心", {}),  # English that reads as syllables
        ("人she局", {1: 4}),  # the same, but inside a word
        ("", {}),
    ],
)
def test_latin_words_that_may_be_pinyin(typed: TypedPinyin, text: str, runs: dict[int, int]) -> None:
    assert typed.runs(text) == runs


@pytest.mark.parametrize("text", ["haiwaicang", "hai wai cang", "海外cang", "haiwai仓", "海wai 仓"])
def test_a_word_typed_wholly_or_in_part_is_found(typed: TypedPinyin, text: str) -> None:
    assert "海外仓" in words(typed, text)


def test_a_syllable_that_sounds_alike_costs_more(typed: TypedPinyin) -> None:
    def price(text: str) -> float:
        return min(price for _, word, price in typed.at(text, 0, typed.runs(text)) if word == "海外仓")

    assert price("haiwaican") == pytest.approx(price("haiwaicang") + 3.0)


def test_a_character_that_is_another_is_not_overheard(typed: TypedPinyin) -> None:
    assert "海外仓" not in words(typed, "害waicang")


def test_what_is_left_costs_by_the_letter_unless_the_documents_have_it(typed: TypedPinyin) -> None:
    assert typed.left("haiwaicang", 0, 10) == pytest.approx(26.0)
    assert typed.left("ft账户", 0, 2) == 0.0


def test_asking_words_and_the_documents_tell_of_pinyin(typed: TypedPinyin) -> None:
    assert typed.speaks_of("海外仓")
    assert typed.speaks_of("怎么")
    assert not typed.speaks_of("小红书")
    assert not typed.speaks_of("的")
