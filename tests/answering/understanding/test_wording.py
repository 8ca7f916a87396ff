"""A question in the words of the corpus: as asked where nothing has to be done."""

from __future__ import annotations

from collections import Counter

import pytest

from answering.understanding.wording import Wording, WordingReader
from index.agencies import Agency
from index.records import PolicyUnit
from index.spelling import Change
from index.text import Segmenter
from ingest.corpus import Corpus


@pytest.fixture(scope="module")
def printed(units: tuple[PolicyUnit, ...], segmenter: Segmenter) -> Counter[str]:
    return Counter(word for unit in units for word in segmenter.words(unit.text))


@pytest.fixture(scope="module")
def reader(corpus: Corpus, printed: Counter[str], segmenter: Segmenter) -> WordingReader:
    return WordingReader(corpus.documents, printed, corpus.agencies, corpus.lexicon, corpus.glossary, segmenter)


@pytest.mark.parametrize(
    "question", ["海外仓面积要达到多少？", "第３條讲什么", "  外管局有哪些任务 ", "AEO认证归谁管", "", "🙂", "\x00"]
)
def test_what_is_right_stays_as_it_was_asked(question: str, reader: WordingReader) -> None:
    assert reader.read(question) == Wording(question)


@pytest.mark.parametrize(
    ("question", "text", "changes"),
    [
        ("综服期业归谁管？", "综服企业归谁管?", (Change("综服期业", "综服企业"),)),
        ("海外苍面积", "海外仓面积", (Change("海外苍", "海外仓"),)),
        ("haiwaicang有什么支持", "海外仓有什么支持", (Change("haiwaicang", "海外仓"),)),
        ("實施方案裡的海外蒼", "实施方案里的海外仓", (Change("海外苍", "海外仓"),)),
    ],
)
def test_slips_and_pinyin_are_put_right_and_told(
    question: str, text: str, changes: tuple[Change, ...], reader: WordingReader
) -> None:
    assert reader.read(question) == Wording(text, changes)


def test_english_is_put_into_chinese_and_told(reader: WordingReader) -> None:
    assert reader.read("Who is in charge of bonded maintenance?") == Wording("保税维修由谁负责", english=True)


def test_a_mixed_question_is_no_english_one(reader: WordingReader) -> None:
    assert reader.read("FX settlement归谁管？") == Wording("外汇结算归谁管?")


def test_a_corpus_without_glossary_or_lexicon_is_read_all_the_same(
    corpus: Corpus, printed: Counter[str], segmenter: Segmenter
) -> None:
    bare = WordingReader(corpus.documents, printed, corpus.agencies, (), (), segmenter)
    assert bare.read("海外仓归谁管") == Wording("海外仓归谁管")
    assert bare.read("bonded maintenance归谁管") == Wording("bonded maintenance归谁管")


def test_bodies_of_many_places_are_put_right_by_their_names_without_a_place(segmenter: Segmenter) -> None:
    many = [
        Agency(place, f"{place}商务局", "市级部门", ("市商务局",), ("商务局", f"{place}商务局"), (), place)
        for place in ("武汉市", "赣州市")
    ]
    reader = WordingReader([], {}, many, (), (), segmenter)
    assert reader.read("武汉市商物局管什么").text == "武汉市商务局管什么"
