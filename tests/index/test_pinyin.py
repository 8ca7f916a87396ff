"""How characters are read, and words found by their sound."""

from __future__ import annotations

import pytest

from index.pinyin import Sounds, alike, is_han, readings


@pytest.mark.parametrize(
    ("character", "spoken"),
    [("仓", ("cang",)), ("行", ("xing", "hang")), ("绿", ("lv", "lu")), ("a", ()), ("。", ())],
)
def test_readings_are_without_tones_and_most_usual_first(character: str, spoken: tuple[str, ...]) -> None:
    assert readings(character) == spoken


@pytest.mark.parametrize(
    ("one", "other"), [("shang", "san"), ("zhong", "zong"), ("chi", "ci"), ("ning", "lin"), ("nei", "lei")]
)
def test_syllables_that_are_mixed_up_are_alike(one: str, other: str) -> None:
    assert alike(one) == alike(other)


@pytest.mark.parametrize(("one", "other"), [("ang", "a"), ("hu", "fu"), ("li", "ri"), ("n", "l")])
def test_other_syllables_are_told_apart(one: str, other: str) -> None:
    assert alike(one) != alike(other)


def test_a_chinese_character_is_one_of_the_usual_block() -> None:
    assert is_han("仓")
    assert not any(map(is_han, "a1。 𬶏"))


def test_words_are_found_by_sound_and_by_how_they_begin() -> None:
    sounds = Sounds(("银行", "海外仓"), exact=True)
    assert sounds.words("yin hang ") == sounds.words("yin xing ") == ("银行",)
    assert sounds.words("hai wai ") == ()  # 海外仓 begins so
    assert sounds.words("wai cang ") is None


def test_without_exact_what_sounds_alike_is_found() -> None:
    assert Sounds(("商务局",)).words("san wu ju ") == ("商务局",)


def test_typed_letters_are_cut_into_the_syllables_of_the_words() -> None:
    sounds = Sounds(("方案", "饭", "干"))
    assert list(sounds.typed("fangan", 0)) == ["fang", "fan"]
    assert sounds.spells("fangan")
    assert not sounds.spells("fangx")
