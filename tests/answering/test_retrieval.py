"""Search over three units whose scores a reader can follow: the embedder counts character pairs."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from answering.retrieval import Retriever, Weights
from answering.words import UnitWords
from index.records import Intent, Query
from index.store import Contents, Index, write_index
from index.text import Segmenter
from tests.answering.samples import query
from tests.samples import WordEmbedder, contents, manifest


@contextmanager
def opened(root: Path, held: Contents, weights: Weights = Weights()) -> Iterator[Retriever]:
    """A retriever over an index of ``held``, made in ``root``."""
    segmenter = Segmenter(held.lexicon)
    write_index(root, manifest(), held, WordEmbedder(), segmenter)
    index = Index(root, segmenter)
    yield Retriever(index, WordEmbedder(), segmenter, UnitWords(index.units, index.questions, segmenter), weights)
    index.close()


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Retriever]:
    with opened(tmp_path_factory.mktemp("three") / "index", contents()) as made:
        yield made


def about(*topic: str) -> Query:
    return query(question="".join(topic), topic=topic)


@pytest.mark.parametrize(("topic", "unit_id"), [("海外仓", "plan/1"), ("邮件互换局", "plan/2"), ("高校专业", "plan/3")])
def test_the_unit_that_holds_the_words_is_first(topic: str, unit_id: str, retriever: Retriever) -> None:
    hits = retriever.search(about(topic))
    assert hits[0].unit.unit_id == unit_id
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_coverage_is_the_share_of_words_weighted_by_rarity(retriever: Retriever) -> None:
    by_id = {hit.unit.unit_id: hit for hit in retriever.search(about("高校", "推进"))}
    assert by_id["plan/3"].asked == 2  # 高校 only in the third unit, 推进 only in the second: equally rare
    assert by_id["plan/1"].coverage == 0
    assert by_id["plan/2"].coverage == pytest.approx(1 / 2)
    assert by_id["plan/3"].coverage == pytest.approx(1 / 2)


def test_the_nearest_expected_question_gives_its_sentence(retriever: Retriever) -> None:
    best = retriever.search(about("高校开什么专业"))[0]
    assert best.similarity == pytest.approx(1.0, abs=1e-3)  # asked in the very words
    assert best.sentence == "鼓励高校设置跨境电商专业。"


def test_without_words_there_is_no_search(retriever: Retriever) -> None:
    assert retriever.search(about()) == ()


def test_units_that_the_question_does_not_allow_are_left_out(retriever: Retriever) -> None:
    asked = about("海外仓")
    assert [hit.unit.unit_id for hit in retriever.search(replace(asked, unit_ids=("plan/2",)))] == ["plan/2"]
    assert retriever.search(replace(asked, documents=("task-table",))) == ()
    assert len(retriever.search(replace(asked, documents=("plan",)))) == 3


def test_what_the_question_names_lifts_a_unit(retriever: Retriever) -> None:
    def score(asked: Query) -> float:
        return next(hit.score for hit in retriever.search(asked) if hit.unit.unit_id == "plan/2")

    plain = about("海外仓")
    assert score(replace(plain, context=("plan/2",))) > score(plain)
    assert score(replace(plain, context_topic=("邮件互换局",))) > score(plain)


def test_a_number_may_be_wrong_so_that_all_units_stay(retriever: Retriever) -> None:
    asked = replace(about("海外仓"), intent=Intent.LOOKUP, unit_ids=("plan/2",))
    assert len(retriever.search(asked)) == 3


def test_a_hit_knows_its_place_in_the_index(retriever: Retriever) -> None:
    assert {hit.row: hit.unit.unit_id for hit in retriever.search(about("专业"))} == {
        0: "plan/1",
        1: "plan/2",
        2: "plan/3",
    }


def test_each_part_of_a_question_is_matched_by_itself(retriever: Retriever) -> None:
    """BM25 of the first part is (s, 0, 0): as z-scores √2 and twice -√½; full coverage adds its weight."""
    asked = replace(about("海外仓", "邮件互换局"), parts=(("海外仓",), ("邮件互换局",)))
    by_id = {hit.unit.unit_id: hit for hit in retriever.search(asked)}
    first, second = (by_id[f"plan/{number}"].parts for number in (1, 2))
    assert first[0].score == pytest.approx(math.sqrt(2) + Weights().coverage, abs=1e-4)
    assert second[0].score == pytest.approx(-math.sqrt(1 / 2), abs=1e-4)
    assert (first[0].coverage, first[0].printed, second[0].coverage, second[0].printed) == (1, 1, 0, 0)
    assert second[1].coverage == 1.0
    assert first[1].coverage == 0.0


def test_words_that_only_its_questions_hold_count_as_covered_and_not_as_printed(retriever: Retriever) -> None:
    asked = replace(about("高校开什么专业"), parts=(("开",), ("什么",)))
    assert [(part.coverage, part.printed) for part in retriever.search(asked)[0].parts] == [(0.0, 0.0), (1.0, 0.0)]


def test_a_question_of_very_many_parts_is_matched_by_its_first_six(retriever: Retriever) -> None:
    asked = replace(about("海外仓"), parts=(("海外仓",),) * 9)
    assert {len(hit.parts) for hit in retriever.search(asked)} == {6}


def test_a_figure_of_what_is_asked_lifts_a_unit(tmp_path: Path) -> None:
    """70 counts 龙头, one of two equally rare words asked; 通关 stands in another clause."""
    first, *others = contents().units
    held = replace(contents(), units=(replace(first, text="培育龙头70家，改善通关。"), *others), questions=())
    with opened(tmp_path / "plain", held, Weights(figure=0.0)) as plain, opened(tmp_path / "own", held) as lifting:
        asked = about("龙头", "通关")
        seeking = replace(asked, text="通关龙头有多少家")
        assert lifting.search(asked)[0].figure == 0.0
        best = lifting.search(seeking)[0]
        assert best.unit.unit_id == "plan/1"
        assert best.figure == pytest.approx(1 / 2)
        assert best.score == pytest.approx(plain.search(seeking)[0].score + Weights().figure / 2, abs=1e-5)
