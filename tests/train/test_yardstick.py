"""Recall on three documents, counted by hand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index.embedding import StaticEmbedder, Vectors
from index.text import Segmenter
from tests.samples import WordEmbedder
from tests.train.toy import ASKED, tokenizer, words
from train.save import save_model
from train.sources import Source
from train.yardstick import beir_recall, heading_recall, ranked, recall

QUERIES = np.array([[1, 0], [0, 1]], dtype=np.float32)
PASSAGES = np.array([[0.6, 0.8], [1, 0], [-1, 0]], dtype=np.float32)


@pytest.mark.parametrize("rows", [1, 2, 256])
def test_nearest_first(rows: int) -> None:
    assert ranked(QUERIES, PASSAGES, 2, rows)[:, 0].tolist() == [1, 0]
    assert ranked(QUERIES, PASSAGES, 100, rows)[0].tolist() == [1, 0, 2]


def test_recall_is_the_mean_share_of_the_relevant_found() -> None:
    found = np.array([[1, 0, 2], [0, 1, 2]])
    assert recall(found, [{1, 2}, {1}], (1, 2, 3)) == {1: (1 / 2 + 0) / 2, 2: (1 / 2 + 1) / 2, 3: 1.0}


def test_a_set_of_three_documents(tmp_path: Path) -> None:
    documents = {
        "a": ("海外仓", "支持建设海外仓。"),
        "b": ("", "推进邮件互换局建设。"),
        "c": ("人才", "高校设置专业。"),
    }
    corpus = [{"_id": key, "title": title, "text": text} for key, (title, text) in documents.items()]
    queries = [{"_id": "1", "text": "海外仓"}, {"_id": "2", "text": "邮件互换局"}, {"_id": "3", "text": "没有人判过"}]
    for name, lines in (("corpus", corpus), ("queries", queries)):
        (tmp_path / f"{name}.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    judged = ["query-id\tcorpus-id\tscore", "1\ta\t1", "1\tc\t0", "2\tb\t1", "2\tc\t1"]
    (tmp_path / "qrels.tsv").write_text("\n".join(judged), encoding="utf-8")
    seen: list[str] = []

    def embed(texts: Sequence[str]) -> Vectors:
        seen.extend(texts)
        return WordEmbedder().embed_documents(texts)

    # The first query finds its one document at once; the second one of two at once, and both among all three.
    assert beir_recall(tmp_path, embed) == {1: (1 + 1 / 2) / 2, 5: 1.0, 10: 1.0, 100: 1.0}
    assert "海外仓 支持建设海外仓。" in seen
    assert "没有人判过" not in seen


def test_a_heading_finds_its_passage_where_words_are_their_own_vectors(tmp_path: Path) -> None:
    """Each word an axis: the heading of 海外仓 shares that word with its passage and no word with the others'."""
    save_model(tmp_path, tokenizer(), np.eye(len(words()), dtype=np.float32))
    everything = Source("headings", ASKED.records[:3])
    held = Source("headings", ASKED.records[:1])
    assert heading_recall(held, everything, StaticEmbedder(tmp_path, Segmenter())) == {1: 1.0, 10: 1.0}
