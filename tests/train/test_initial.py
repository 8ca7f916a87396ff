"""Starting vectors: the shape asked for, zero for what never occurs, and near for words in like company."""

from __future__ import annotations

from math import log, sqrt

import numpy as np
import pytest

from tests.train.toy import told, words
from train.encoded import encode_texts
from train.initial import SIF, initial_vectors
from train.vocabulary import UNKNOWN, build_tokenizer

pytestmark = pytest.mark.filterwarnings("ignore:Sparse CSR tensor support is in beta state")


def test_shape_and_zero_rows() -> None:
    vectors = initial_vectors([told().passages], len(words()), 8)
    assert vectors.shape == (len(words()), 8)
    assert vectors.dtype == np.float32
    assert np.isfinite(vectors).all()
    occurring = {words()[token] for token in told().passages.ids}
    assert {word for word, row in zip(words(), vectors, strict=True) if row.any()} == occurring


def test_the_same_text_gives_the_same_vectors() -> None:
    one, other = (initial_vectors([told().passages], len(words()), 4) for _ in range(2))
    assert np.array_equal(one, other)


def test_two_pairs_of_words_by_hand() -> None:
    """甲乙 and 丙丁 stand side by side, once each: of 4 counts each word has 1, so PPMI is log(1·4 / 1·1) for a pair.

    The matrix has the blocks [[0, log 4], [log 4, 0]]: every singular value is log 4, every vector as long.
    """
    known = [UNKNOWN, "甲", "乙", "丙", "丁"]
    texts = encode_texts([("甲 乙",), ("丙 丁",)], build_tokenizer(known))
    vectors = initial_vectors([texts], len(known), 4).astype(float)
    weight = SIF / (SIF + 1 / 4)
    lengths = np.linalg.norm(vectors, axis=1)
    mean = 4 * sqrt(log(4)) / 5  # over five rows, of which [UNK] is zero
    assert lengths[1:] == pytest.approx([weight * sqrt(log(4)) / mean] * 4, rel=1e-4)
    assert lengths[0] == 0


def test_words_in_like_company_are_near() -> None:
    lines = [f"{kind} {word} {kind}化" for kind, pair in (("税", "甲乙"), ("仓", "丙丁")) for word in pair] * 5
    known = [UNKNOWN, *dict.fromkeys(word for line in lines for word in line.split())]
    texts = encode_texts([(line,) for line in lines], build_tokenizer(known))
    vectors = initial_vectors([texts], len(known), 4)
    unit = vectors[1:] / np.linalg.norm(vectors[1:], axis=1, keepdims=True)
    place = {word: number for number, word in enumerate(known[1:])}
    assert unit[place["甲"]] @ unit[place["乙"]] > 0.9
    assert abs(unit[place["甲"]] @ unit[place["丙"]]) < 0.1
