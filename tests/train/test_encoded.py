"""Records as numbers give the words back."""

from __future__ import annotations

import numpy as np

from tests.train.toy import ASKED, TOLD, tokenizer, words
from train.encoded import encode_source, encode_texts


def test_ids_stand_for_the_words_clause_by_clause() -> None:
    texts = encode_texts([record.passage for record in TOLD.records], tokenizer())
    known = words()
    assert len(texts) == len(TOLD.records)
    for number, record in enumerate(TOLD.records):
        clauses = [" ".join(known[token] for token in clause) for clause in texts.clauses(number)]
        assert tuple(clauses) == record.passage
        assert np.array_equal(texts.whole(number), np.concatenate(texts.clauses(number)))


def test_a_source_without_queries_is_text_alone() -> None:
    assert encode_source(TOLD, tokenizer()).queries is None


def test_equal_queries_share_a_key() -> None:
    source = encode_source(type(ASKED)("twice", (*ASKED.records, ASKED.records[3])), tokenizer())
    assert source.query_keys.tolist() == [*range(10), 3]
    assert source.queries is not None
    assert np.array_equal(source.queries.whole(10), source.queries.whole(3))
