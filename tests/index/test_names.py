"""Names found by dictionary, against the pattern of all names as referee."""

from __future__ import annotations

import random
import re

from index.names import Names


def test_the_longest_at_each_place_from_left_to_right() -> None:
    names = Names(["商务局", "市商务局", "务局长"])
    assert list(names.leftmost("市商务局长和商务局")) == [(0, 4), (6, 9)]


def test_the_longest_first_wherever_it_stands() -> None:
    names = Names(["商务局", "市商务局", "务局长官会"])
    assert names.longest("市商务局长官会") == [(2, 7)]


def test_a_latin_name_is_a_word_of_its_own() -> None:
    names = Names(["safe", "外管局"])
    assert list(names.leftmost("unsafe safe safely 外管局safe")) == [(7, 11), (19, 22), (22, 26)]


def test_no_names_and_no_text() -> None:
    assert list(Names(["", ""]).leftmost("商务局")) == []
    assert Names(["商务局"]).longest("") == []


def test_it_finds_what_a_pattern_of_all_names_finds() -> None:
    dice = random.Random(7)
    names = ["".join(dice.choices("甲乙丙丁", k=dice.randint(1, 4))) for _ in range(30)]
    pattern = re.compile("|".join(sorted(set(names), key=lambda name: (-len(name), name))))
    for _ in range(200):
        text = "".join(dice.choices("甲乙丙丁戊", k=12))
        assert list(Names(names).leftmost(text)) == [match.span() for match in pattern.finditer(text)]
