"""The words of units as numbers give back what the segmenter cuts."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from index.records import ExpectedQuestion
from index.text import Segmenter
from index.words import WordTable, remembering, terms, texts_of
from tests.samples import contents, unit

HELD = contents()
TEXTS = texts_of(HELD.units, HELD.questions)


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter(HELD.lexicon)


@pytest.fixture(scope="module")
def table(segmenter: Segmenter) -> WordTable:
    return WordTable.cut(HELD.units, TEXTS, segmenter.words)


def test_the_texts_of_a_unit_are_its_sections_its_text_and_its_questions() -> None:
    assert TEXTS[1] == ("一、主要任务", "推进天津国际邮件互换局建设。", "邮件互换局建在哪里")


def test_a_question_of_no_unit_is_an_error() -> None:
    with pytest.raises(KeyError):
        texts_of([unit(1, "甲")], [ExpectedQuestion("plan/9", "乙", "乙")])


def test_each_unit_has_the_words_that_the_segmenter_cuts(table: WordTable, segmenter: Segmenter) -> None:
    for row, (section, text, question) in enumerate(TEXTS):
        printed = {*segmenter.words(section), *segmenter.words(text)}
        assert table.printed(row) == printed
        assert table.held(row) == printed | {*segmenter.words(question)}


def test_words_of_the_texts_are_counted(table: WordTable, segmenter: Segmenter) -> None:
    assert table.text_counts() == Counter(word for unit in HELD.units for word in segmenter.words(unit.text))


@pytest.mark.parametrize("asked", [True, False])
def test_each_word_has_the_rows_that_hold_it(table: WordTable, asked: bool) -> None:
    rows, ends = table.rows(asked=asked)
    starts = [0, *ends[:-1].tolist()]
    for word, start, end in zip(table.vocabulary, starts, ends.tolist(), strict=True):
        words = [(table.held if asked else table.printed)(row) for row in range(len(table))]
        assert rows[start:end].tolist() == [row for row, held in enumerate(words) if word in held]


def test_it_is_saved_and_opened(table: WordTable, tmp_path: Path) -> None:
    table.save(tmp_path / "words")
    opened = WordTable.load(tmp_path / "words")
    assert opened.vocabulary == table.vocabulary
    for name in ("numbers", "ends", "pieces"):
        assert np.array_equal(getattr(opened, name), getattr(table, name))


def test_no_units_make_an_empty_table(tmp_path: Path) -> None:
    empty = WordTable.cut((), (), str.split)
    empty.save(tmp_path / "words")
    opened = WordTable.load(tmp_path / "words")
    assert (len(opened), opened.vocabulary, opened.text_counts()) == (0, (), {})
    assert opened.rows(asked=True)[0].size == 0


def test_known_texts_are_not_cut_again(table: WordTable, segmenter: Segmenter) -> None:
    cut: list[str] = []

    def noting(text: str) -> list[str]:
        cut.append(text)
        return segmenter.words(text)

    remembered = remembering(noting, TEXTS, table)
    for of_unit in TEXTS:
        assert [list(remembered(text)) for text in of_unit] == [segmenter.words(text) for text in of_unit]
    assert cut == []
    assert remembered("海外仓") == segmenter.words("海外仓")
    assert cut == ["海外仓"]


def test_terms_are_the_segmenters(segmenter: Segmenter) -> None:
    for text in (text for of_unit in TEXTS for text in of_unit):
        assert terms(text, segmenter.words) == segmenter.terms(text)
