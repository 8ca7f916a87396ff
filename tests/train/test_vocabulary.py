"""The tokenizer takes the longest word it knows, then single characters, and no Chinese character is unknown."""

from __future__ import annotations

from collections import Counter

import pytest

from train.sources import Record, Source
from train.vocabulary import MAX_WORD_CHARACTERS, UNKNOWN, build_tokenizer, choose_words, count_words

CHARACTERS = 6763 + 26 + 10  # GB 2312, letters, digits


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("海外仓", ["海外仓"]),
        ("海外仓储", ["海外仓", "储"]),
        ("海外储", ["海外", "储"]),
        ("仓海", ["仓", "海"]),
        ("海外仓 仓储", ["海外仓", "仓", "储"]),
        ("龘仓", [UNKNOWN]),  # a word with an unknown character is lost, so the vocabulary has all that occur
        ("", []),
    ],
)
def test_longest_match_then_single_characters(text: str, pieces: list[str]) -> None:
    tokenizer = build_tokenizer([UNKNOWN, "海", "外", "仓", "储", "海外", "海外仓"])
    assert tokenizer.encode(text).tokens == pieces


def test_words_of_passages_and_queries_are_counted() -> None:
    source = Source("any", (Record(("海外仓 面积",), ("建设 海外仓", "海外仓")), Record((), ("面积",))))
    assert count_words([source, source]) == {"海外仓": 6, "面积": 4, "建设": 2}


def test_characters_come_first_then_what_must_stay_whole_then_the_most_frequent() -> None:
    counts = Counter({"电商": 3, "海外仓": 5, "罕见": 1, "龘": 1})
    chosen = choose_words(counts, 1 + CHARACTERS + 1 + 1 + 2, always=["综试区", "two words"])
    assert chosen[0] == UNKNOWN
    assert chosen[-3:] == ["综试区", "海外仓", "电商"]
    assert len(chosen) == len(set(chosen)) == 1 + CHARACTERS + 1 + 1 + 2  # 龘 is not in GB 2312
    assert {"龘", "仓", "a", "9"} <= set(chosen)


def test_characters_are_never_left_out_for_size() -> None:
    assert len(choose_words(Counter({"海外仓": 5}), 0)) == 1 + CHARACTERS


def test_a_run_too_long_to_be_a_word_is_left_out() -> None:
    long, longest = "x" * (MAX_WORD_CHARACTERS + 1), "y" * MAX_WORD_CHARACTERS
    chosen = choose_words(Counter({long: 9, longest: 1}), 100_000)
    assert long not in chosen
    assert longest in chosen
