"""One normalisation, one tokenizer, one sentence splitter."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.records import PolicyUnit
from index.text import Segmenter, bigrams, is_word, load_lexicon, normalise, sentences

PRINTED = "海外仓天津市FT（）〔〕“”、，。！？；：%+ \n\t　１2a"


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("海外倉", "海外仓"),
        ("兩頭在外", "两头在外"),
        ("第三條", "第三条"),
        ("對外貿易與稅務局", "对外贸易与税务局"),
        ("ＦＴ账户", "ft账户"),
        ("ＡＢＣ１２３", "abc123"),
        ("ＥＢＡＹ", "ebay"),
        ("10％", "10%"),
        ("（一）", "(一)"),
        ("1．", "1."),
        ("海外　仓", "海外 仓"),
        ("①", "1"),
        ("二零二七年", "2027年"),
        ("二〇二七年底", "2027年底"),
        ("一九九八", "1998"),
        ("二千零二十七", "二千零二十七"),  # a numeral with scales is for parse_number
        ("三百", "三百"),
        ("二零", "二零"),  # too short to be a year
        ("〔2023〕1号", "〔2023〕1号"),
        ("", ""),
    ],
)
def test_normal_forms(written: str, normal: str) -> None:
    assert normalise(written) == normal


@given(st.text(max_size=60))
def test_normalising_twice_changes_nothing_more_than_once_for_printed_text(text: str) -> None:
    kept = "".join(character for character in text if "\u4e00" <= character <= "\u9fa5" or character.isascii())
    assert normalise(normalise(kept)) == normalise(kept)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("甲。乙！丙？丁；戊", ("甲。", "乙！", "丙？", "丁；", "戊")),
        ("“甲。”乙", ("“甲。”", "乙")),
        ("（甲。）乙", ("（甲。）", "乙")),
        ("甲\n\n乙\n", ("甲", "乙")),
        ("力争到2027年增长3.5%。再说", ("力争到2027年增长3.5%。", "再说")),
        ("甲？！乙", ("甲？！", "乙")),
        ("  甲。 乙 ", ("甲。", "乙")),
        ("", ()),
        (" \n ", ()),
    ],
)
def test_sentences(text: str, parts: tuple[str, ...]) -> None:
    assert sentences(text) == parts


@given(st.text(alphabet=PRINTED, max_size=80))
def test_sentences_joined_give_the_text_less_outer_blanks(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


def test_sentences_of_the_documents_are_in_their_units(units: tuple[PolicyUnit, ...]) -> None:
    for unit in units:
        parts = sentences(unit.text)
        assert all(part in unit.text for part in parts)
        assert "".join(parts) == unit.text.replace("\n", "")


def test_words_carry_a_letter_a_digit_or_a_character() -> None:
    assert [token for token in ["海", "a", "5", "，", "%", " ", "", "〔"] if is_word(token)] == ["海", "a", "5"]


def test_bigrams_stay_inside_runs_of_chinese() -> None:
    assert list(bigrams("海外仓FT账户，仓")) == ["海外", "外仓", "账户"]


@pytest.mark.parametrize("word", ["海关", "退税", "融资", "口岸", "税务", "金融", "外汇", "物流", "品牌", "铁路"])
def test_terms_find_two_character_words(segmenter: Segmenter, word: str) -> None:
    assert segmenter.terms(word).count(word) == 1
    assert word in segmenter.terms(f"支持企业办理{word}业务。")


def test_terms_are_words_and_the_bigrams_that_are_no_words(segmenter: Segmenter) -> None:
    assert segmenter.terms("海外仓建设") == ["海外", "海外仓", "建设", "外仓", "仓建"]


def test_both_scripts_and_both_widths_give_the_same_terms(segmenter: Segmenter) -> None:
    assert segmenter.terms("對ＦＴ賬戶和海外倉") == segmenter.terms("对FT账户和海外仓")


def test_the_lexicon_of_a_segmenter_is_its_own() -> None:
    one, other = Segmenter(["船边直提"]), Segmenter()
    assert "船边直提" in one.words("提高船边直提应用率")
    assert "船边直提" not in other.words("提高船边直提应用率")
    assert (one.knows("船边直提"), other.knows("船边直提"), other.knows("海关")) == (True, False, True)


def test_segmented_text_is_words_between_blanks(segmenter: Segmenter) -> None:
    assert segmenter.segmented("支持海外仓，建设！").split(" ") == segmenter.words("支持海外仓，建设！")


def test_tokens_joined_give_the_text_back(segmenter: Segmenter, units: tuple[PolicyUnit, ...]) -> None:
    for unit in units:
        assert "".join(segmenter.tokens(unit.text)) == unit.text


def test_a_lexicon_file_has_comments_and_refused_words(tmp_path: Path) -> None:
    file = tmp_path / "lexicon.txt"
    file.write_text("# words\n海外仓\n\n-个以上\n退税 # two characters\n", encoding="utf-8")
    assert load_lexicon(file) == ("海外仓", "退税")


def test_jieba_keeps_its_cache_where_it_is_told(tmp_path: Path) -> None:
    assert Segmenter(cache_dir=tmp_path).words("海外") == ["海外"]
    assert any(tmp_path.iterdir())
