"""BM25 over terms, with a second implementation as referee."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index.lexical import LexicalIndex
from index.records import PolicyUnit
from index.text import Segmenter

K1, B = 1.5, 0.75
TEXTS = (
    ("海外仓", "建设", "海外仓"),
    ("海关", "退税"),
    ("海外仓", "退税", "融资", "保险", "出口"),
    ("人才",),
)


def referee(texts: Sequence[Sequence[str]], query: Sequence[str]) -> list[float]:
    """BM25 as Lucene has it: idf · tf / (tf + k1 · (1 - b + b · length / mean length)), summed over the query."""
    mean = sum(map(len, texts)) / len(texts)
    scores = []
    for text in texts:
        score = 0.0
        for term in query:
            holding = sum(term in other for other in texts)
            rarity = math.log(1 + (len(texts) - holding + 0.5) / (holding + 0.5))
            frequency = text.count(term)
            score += rarity * frequency / (frequency + K1 * (1 - B + B * len(text) / mean))
        scores.append(score)
    return scores


@pytest.fixture(scope="module")
def index() -> LexicalIndex:
    return LexicalIndex.build(TEXTS)


@pytest.mark.parametrize("query", [("海外仓",), ("退税", "融资"), ("海外仓", "海外仓"), ("人才", "海关", "建设")])
def test_scores_are_those_of_the_referee(index: LexicalIndex, query: tuple[str, ...]) -> None:
    assert index.scores(query) == pytest.approx(referee(TEXTS, query), abs=1e-5)


def test_one_score_by_hand(index: LexicalIndex) -> None:
    # 人才 is in 1 of 4 texts, whose length is 1 against a mean of 11/4
    expected = math.log(1 + (4 - 1 + 0.5) / (1 + 0.5)) * 1 / (1 + 1.5 * (1 - 0.75 + 0.75 * 1 / (11 / 4)))
    assert index.scores(["人才"]) == pytest.approx([0, 0, 0, expected], abs=1e-5)


def test_more_often_and_shorter_rank_higher(index: LexicalIndex) -> None:
    assert list(np.argsort(-index.scores(["海外仓"]), kind="stable")[:2]) == [0, 2]
    assert list(np.argsort(-index.scores(["退税"]), kind="stable")[:2]) == [1, 2]


@pytest.mark.parametrize("query", [(), ("天气",), ("天气", "雷雨")])
def test_unknown_words_give_zeros(index: LexicalIndex, query: tuple[str, ...]) -> None:
    scores = index.scores(query)
    assert scores.dtype == np.float32
    assert scores.tolist() == [0, 0, 0, 0]


def test_an_unknown_word_beside_a_known_one_changes_nothing(index: LexicalIndex) -> None:
    assert index.scores(["天气", "人才"]).tolist() == index.scores(["人才"]).tolist()


def test_the_documents_are_scored_as_the_referee_scores_them(
    units: tuple[PolicyUnit, ...], segmenter: Segmenter
) -> None:
    texts = [segmenter.terms(unit.text) for unit in units]
    index = LexicalIndex.build(texts)
    for question in ("船边直提由谁负责", "小微跨境电商企业免于登记的金额", "高校开设跨境电商专业", "海关"):
        query = segmenter.terms(question)
        assert index.scores(query) == pytest.approx(referee(texts, query), abs=1e-4)


@pytest.mark.parametrize(
    ("word", "unit_id"),
    [("直提", "task-table/24"), ("双罚", "task-table/11"), ("宠物", "task-table/3"), ("地毯", "plan/3")],
)
def test_two_character_words_find_their_unit(
    units: tuple[PolicyUnit, ...], segmenter: Segmenter, word: str, unit_id: str
) -> None:
    index = LexicalIndex.build([segmenter.terms(unit.text) for unit in units])
    assert units[int(index.scores(segmenter.terms(word)).argmax())].unit_id == unit_id


def test_saved_and_loaded_it_scores_the_same(index: LexicalIndex, tmp_path: Path) -> None:
    index.save(tmp_path / "lexical")
    loaded = LexicalIndex.load(tmp_path / "lexical", index.size)
    for query in (["海外仓"], ["退税", "天气"], []):
        assert loaded.scores(query).tolist() == index.scores(query).tolist()
