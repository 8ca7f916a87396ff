"""Search over three units whose scores a reader can follow: the embedder counts character pairs."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import pytest

from answering.retrieval import Retriever
from index.records import Query
from index.store import Index, write_index
from index.text import Segmenter
from tests.answering.samples import query
from tests.samples import WordEmbedder, contents, manifest


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Retriever]:
    segmenter, root = Segmenter(contents().lexicon), tmp_path_factory.mktemp("three") / "index"
    write_index(root, manifest(), contents(), WordEmbedder(), segmenter)
    index = Index(root, segmenter)
    yield Retriever(index, WordEmbedder(), segmenter)
    index.close()


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


def test_rarity_is_log_of_one_plus_units_over_units_with_the_word(retriever: Retriever) -> None:
    assert retriever.rarity("海外仓") == pytest.approx(math.log(1 + 3 / 1))
    assert retriever.rarity("建设") == pytest.approx(math.log(1 + 3 / 2))  # the first two units
    assert retriever.rarity("主要") == pytest.approx(math.log(1 + 3 / 3))  # the heading above all three
    assert retriever.rarity("公积金") == pytest.approx(math.log(1 + 3 / 1))  # as if one unit had it


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
