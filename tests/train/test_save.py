"""What is saved is read alike by the run time and by sentence-transformers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.embedding import SentenceTransformerEmbedder, StaticEmbedder, Vectors
from index.text import Segmenter
from tests.train.toy import ASKED, tokenizer, words
from train.save import quantised, save_model

TEXTS = [clause for record in ASKED.records for clause in (*record.query, *record.passage)]


@pytest.fixture(scope="module")
def vectors() -> Vectors:
    rows = np.random.default_rng(0).normal(size=(len(words()), 16)).astype(np.float32)
    rows[0] = 0.0
    return rows


def test_quantised_rows_come_back_within_half_a_step(vectors: Vectors) -> None:
    rows, scales = quantised(vectors)
    assert rows.dtype == np.int8
    assert scales.dtype == np.float32
    assert scales.shape == (len(vectors),)
    assert np.abs(rows[1:]).max(axis=1).tolist() == [127] * (len(vectors) - 1)
    assert not rows[0].any()
    assert (np.abs(rows * scales[:, None] - vectors).max(axis=1) <= scales / 2 + 1e-6).all()


def test_both_readers_give_the_same_vectors(vectors: Vectors, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "model"
    save_model(folder, tokenizer(), vectors)
    light = StaticEmbedder(folder, Segmenter()).embed_segmented(TEXTS)
    heavy = SentenceTransformerEmbedder(str(folder)).embed_documents(TEXTS)
    assert light.shape == heavy.shape == (len(TEXTS), 16)
    assert np.abs(light - heavy).max() < 1e-5
    assert np.linalg.norm(light, axis=1) == pytest.approx(1.0, abs=1e-5)
