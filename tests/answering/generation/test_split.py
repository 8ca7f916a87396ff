"""Where sentences end, and as of which character that is known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answering.generation.split import LONGEST_SENTENCE, MOST_CHARACTERS, Splitter, Written


def split(*pieces: str) -> list[str]:
    """Sentences of a whole reply."""
    return [written.text for written in read(*pieces)]


def read(*pieces: str) -> list[Written]:
    splitter = Splitter()
    found = [written for piece in pieces for written in splitter.feed(piece)]
    return [*found, *splitter.finish()]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("甲[1]。乙[2]！丙[3]？丁[1]", ["甲[1]。", "乙[2]！", "丙[3]？", "丁[1]"]),
        ("甲[1]；乙[2]。", ["甲[1]；", "乙[2]。"]),
        ("甲；乙[2]。", ["甲；乙[2]。"]),  # the handle is meant for both
        ("甲。[1]乙。[2][3]", ["甲。[1]", "乙。[2][3]"]),
        ("甲。 【1】乙", ["甲。 【1】", "乙"]),
        ("他说“甲。乙。”然后[1]。丙", ["他说“甲。乙。”", "然后[1]。", "丙"]),
        ("写明“甲。”[1]。丙", ["写明“甲。”[1]。", "丙"]),
        ("写明“甲。”，又写“乙”[1]。丙", ["写明“甲。”，又写“乙”[1]。", "丙"]),
        ("见《甲。乙》（丙！丁）[1]。戊", ["见《甲。乙》（丙！丁）[1]。", "戊"]),
        ('称"甲。乙"的[1]。丙', ['称"甲。乙"的[1]。', "丙"]),
        ("占10.5%，第3.2版[1]。乙", ["占10.5%，第3.2版[1]。", "乙"]),
        ("甲[1].乙[2]. 丙", ["甲[1].", "乙[2].", "丙"]),
        ("甲[1]！！？乙", ["甲[1]！！？", "乙"]),
        ("未闭合（甲。乙[1]\n丙[1]。", ["未闭合（甲。乙[1]", "丙[1]。"]),
        ("- 甲[1]。\n- 乙[1]。", ["甲[1]。", "乙[1]。"]),
        ("1. 甲[1]。\n2、乙[1]。\n（3）丙[1]。", ["甲[1]。", "乙[1]。", "丙[1]。"]),
        ("3.5%[1]。\n2027年[1]。", ["3.5%[1]。", "2027年[1]。"]),
        ("### **甲**乙[1]。", ["甲乙[1]。"]),
        ("[1]说，甲。\n[2]说，乙。", ["[1]说，甲。", "[2]说，乙。"]),
        ("<think>甲。</think>乙[1]。<THINKING>丙。</thinking>丁[1]。", ["乙[1]。", "丁[1]。"]),
        ("甲想乙想</think>丙[1]。", ["丙[1]。"]),
        ("1<2，a<b[1]。", ["1<2，a<b[1]。"]),
        ("甲\u200b乙\x00丙\u202e[1]。", ["甲乙丙[1]。"]),
        ("甲[1]\u2028乙[1]", ["甲[1]", "乙[1]"]),
        ("", []),
        (" \n。！\n", []),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert split(text) == sentences
    assert [_han([part]) for part in split(*text)] == [_han([part]) for part in sentences]


def test_a_sentence_is_given_as_soon_as_it_is_complete() -> None:
    splitter = Splitter()
    assert list(splitter.feed("甲[1")) == []
    assert list(splitter.feed("]。")) == [Written("甲[1]。", opens=True)]
    assert list(splitter.feed("[2]乙。")) == []  # its handle may follow
    assert list(splitter.feed("[")) == []
    assert list(splitter.feed("2]")) == [Written("乙。[2]", opens=False)]
    assert list(splitter.feed("丙。丁")) == [Written("丙。", opens=False)]


def test_paragraphs() -> None:
    assert [written.opens for written in read("甲[1]。乙[1]。\n\n丙[1]。丁[1]。\n")] == [True, False, True, False]
    assert [written.opens for written in read(*"甲[1]。乙[1]。\n\n丙[1]。丁[1]。\n")] == [True, False, True, False]


def test_a_sentence_that_is_too_long_is_left_out_whole() -> None:
    splitter = Splitter()
    pieces = ["甲" * (LONGEST_SENTENCE + 50), "乙" * 300, "[1]。丙[1]。"]
    assert [written.text for piece in pieces for written in splitter.feed(piece)] == ["丙[1]。"]
    assert splitter.overlong == 1


def test_a_bracket_that_is_never_closed_costs_its_own_sentence() -> None:
    assert split("（甲[1]。", "乙" * LONGEST_SENTENCE, "[1]。丙[1]。") == ["（甲[1]。", "丙[1]。"]


def test_more_than_is_read_is_not_read() -> None:
    splitter = Splitter()
    assert len(list(splitter.feed("甲[1]。" * 10_000))) == MOST_CHARACTERS // 5
    assert splitter.full
    assert list(splitter.feed("乙[1]。")) == []


def test_thoughts_do_not_count() -> None:
    splitter = Splitter()
    assert list(splitter.feed(f"<think>{'想' * 10_000}")) == []
    assert splitter.empty
    assert [written.text for written in splitter.feed("</think>甲[1]。")] == ["甲[1]。"]
    assert not splitter.full
    assert not splitter.empty


@given(st.text(alphabet='甲乙。！；;\n“”（）()[]【】12., <think/>-#*"、', max_size=80), st.data())
def test_pieces_of_any_size_give_the_same_characters(text: str, data: st.DataObject) -> None:
    """Where lookahead is cut short a sentence may end earlier; nothing is invented, and nothing comes twice."""
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    assert _han(split(*pieces)) == _han(split(text))


def _han(sentences: list[str]) -> str:
    return "".join(character for character in "".join(sentences) if character in "甲乙丙丁")
