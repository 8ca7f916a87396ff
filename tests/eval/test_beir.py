"""The retrieval yardstick on a set small enough to work out."""

from __future__ import annotations

import gzip
import json
import lzma
from pathlib import Path

import pytest

from eval.beir import BeirError, beir_table, evaluate_set, read_set
from index.text import Segmenter
from tests.samples import WordEmbedder

DOCUMENTS = {"a": "自然人从事工商业经营，为个体工商户。", "b": "海外仓企业应当登记。", "c": "劳动合同应当书面订立。"}
QUERIES = {"1": "个体工商户是什么", "2": "海外仓要登记吗", "3": "无人评判"}


def write_set(folder: Path, suffix: str = "") -> Path:
    def lines(texts: dict[str, str]) -> str:
        return "".join(json.dumps({"_id": key, "title": "", "text": text}) + "\n" for key, text in texts.items())

    plain = lines(DOCUMENTS).encode()
    packed = {"": plain, ".xz": lzma.compress(plain), ".gz": gzip.compress(plain)}[suffix]
    (folder / f"corpus.jsonl{suffix}").write_bytes(packed)
    (folder / "queries.jsonl").write_text(lines(QUERIES), encoding="utf-8")
    (folder / "qrels.tsv").write_text(
        "query-id\tcorpus-id\tscore\n1\ta\t1\n1\tc\t1\n2\tb\t1\n2\ta\t0\n", encoding="utf-8"
    )
    return folder


@pytest.mark.parametrize("suffix", ["", ".xz", ".gz"])
def test_scores(tmp_path: Path, suffix: str, segmenter: Segmenter) -> None:
    found = read_set(write_set(tmp_path, suffix))
    assert found.relevant == {"1": frozenset("ac"), "2": frozenset("b")}
    scores = {(item.system, item.metric): item.value for item in evaluate_set(found, segmenter, WordEmbedder())}
    for system in ("bm25", "dense", "fused"):
        assert scores[system, "recall@1"] == (1 / 2 + 1) / 2  # one of two, one of one
        assert scores[system, "recall@5"] == 1
        assert scores[system, "mrr@100"] == 1


def test_the_table(tmp_path: Path, segmenter: Segmenter) -> None:
    table = beir_table(evaluate_set(read_set(write_set(tmp_path)), segmenter, WordEmbedder()))
    assert len(table.splitlines()) == 1 + 3 * 5
    assert "recall@1    0.750" in table


def test_what_is_no_set(tmp_path: Path, segmenter: Segmenter) -> None:
    with pytest.raises(BeirError, match=r"no corpus\.jsonl, plain, \.xz or \.gz"):
        read_set(tmp_path)
    write_set(tmp_path)
    (tmp_path / "qrels.tsv").write_text("1\ta\n", encoding="utf-8")
    with pytest.raises(BeirError, match=r"qrels\.tsv:1"):
        read_set(tmp_path)
    (tmp_path / "qrels.tsv").write_text("9\ta\t1\n", encoding="utf-8")
    with pytest.raises(BeirError, match="has a judgement"):
        read_set(tmp_path)
    (tmp_path / "qrels.tsv").write_text("1\tzz\t1\n", encoding="utf-8")
    with pytest.raises(BeirError, match="lacks 1 judged documents, such as zz"):
        evaluate_set(read_set(tmp_path), segmenter, WordEmbedder())
    (tmp_path / "corpus.jsonl").write_text('{"_id": 1}\n', encoding="utf-8")
    with pytest.raises(BeirError, match=r"corpus\.jsonl:1: expected an object with _id and text"):
        evaluate_set(read_set(tmp_path), segmenter, WordEmbedder())
