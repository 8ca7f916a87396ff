"""Sentences stay whole, nothing is lost, no piece is longer than allowed."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.numbering import ordinal_label
from index.records import PolicyUnit
from index.text import Segmenter, sentences
from ingest.chunks import JiebaTextSplitter, chunk_units
from ingest.corpus import Corpus
from tests.samples import document, unit

SEGMENTER = Segmenter()
WORDS = ["海外仓", "建设", "支持", "企业", "3.5%", "FT", "的", "2027年", "“专精特新”", "（一）"]
MARKS = ["，", "、", "：", "。", "；", "！", "\n", "。”", ""]
TEXT = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(MARKS)), max_size=40).map(
    lambda pairs: "".join(word + mark for word, mark in pairs)
)
SIZE = st.integers(1, 30)


def length(text: str) -> int:
    return len(SEGMENTER.tokens(text))


def split(text: str, size: int) -> list[str]:
    return JiebaTextSplitter(SEGMENTER, size).split_text(text)


@given(TEXT, SIZE)
def test_nothing_is_lost_repeated_or_moved(text: str, size: int) -> None:
    assert "".join(split(text, size)) == "".join(sentences(text))


@given(TEXT, SIZE)
def test_no_piece_is_too_long(text: str, size: int) -> None:
    assert all(length(piece) <= size for piece in split(text, size))


@given(TEXT, SIZE)
def test_a_sentence_that_fits_is_never_cut(text: str, size: int) -> None:
    pieces = split(text, size)
    for sentence in sentences(text):
        if length(sentence) <= size:
            assert any(sentence in piece for piece in pieces)


@given(TEXT)
@example("")
@example("海外仓")
def test_a_text_that_fits_stays_in_one_piece(text: str) -> None:
    whole = "".join(sentences(text))
    assert split(text, max(length(whole), 1)) == ([whole] if whole else [])


@given(TEXT, SIZE)
def test_two_neighbours_would_not_have_fitted_into_one(text: str, size: int) -> None:
    pieces = split(text, size)
    for one, other in pairwise(pieces):
        first = sentences(other)[0] if sentences(other) else other
        assert length(one + first) > size or length(first) > size or not one.endswith(("。", "；", "！"))


def test_cuts_between_sentences_then_clauses_then_tokens() -> None:
    # 支持|企业|建设|海外|仓|。 are six tokens for a segmenter without lexicon
    assert SEGMENTER.tokens("支持企业建设海外仓。") == ["支持", "企业", "建设", "海外", "仓", "。"]
    assert split("支持企业。建设海外仓。", 4) == ["支持企业。", "建设海外仓。"]
    assert split("支持企业，建设海外仓。", 4) == ["支持企业，", "建设海外仓。"]
    assert split("支持企业建设海外仓。", 4) == ["支持企业建设海外", "仓。"]


def test_the_units_are_whole_in_their_chunks(corpus: Corpus, units: tuple[PolicyUnit, ...]) -> None:
    segmenter = Segmenter(corpus.lexicon)
    titles = {document.slug: document.short_title for document in corpus.documents}
    for size in (20, 160):
        chunks = chunk_units(units, corpus.documents, JiebaTextSplitter(segmenter, size))
        assert len({chunk.chunk_id for chunk in chunks}) == len(chunks)
        assert list(dict.fromkeys(chunk.unit_id for chunk in chunks)) == [whole.unit_id for whole in units]
        for whole in units:
            own = [chunk for chunk in chunks if chunk.unit_id == whole.unit_id]
            assert "".join(chunk.text for chunk in own) == whole.text
            assert [chunk.chunk_id for chunk in own] == [f"{whole.unit_id}#{n}" for n in range(1, len(own) + 1)]
            prefix = titles[whole.document] + ordinal_label(whole.measure)
            assert all(chunk.embedding_text.startswith(prefix) for chunk in own)
            assert all(chunk.embedding_text.endswith(chunk.text) for chunk in own)
            if len(segmenter.tokens(whole.text)) <= size:
                assert len(own) == 1


def test_what_is_embedded_begins_with_document_and_number() -> None:
    (chunk,) = chunk_units([unit(14, "建设海外仓。")], [document()], JiebaTextSplitter(SEGMENTER, 160))
    assert (chunk.chunk_id, chunk.text) == ("plan/14#1", "建设海外仓。")
    assert chunk.embedding_text.split() == ["实施方案第14项", "建设海外仓。"]


def test_it_is_a_langchain_splitter() -> None:
    splitter = JiebaTextSplitter(SEGMENTER, 4)
    (one, other) = splitter.create_documents(["支持企业。建设海外仓。"], [{"unit_id": "plan/1"}])
    assert (one.page_content, other.page_content) == ("支持企业。", "建设海外仓。")
    assert one.metadata == {"unit_id": "plan/1"}


@pytest.mark.parametrize("size", [0, -1])
def test_a_size_below_one_is_refused(size: int) -> None:
    with pytest.raises(ValueError, match="chunk_size"):
        JiebaTextSplitter(SEGMENTER, size)
