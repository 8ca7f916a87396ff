"""The whole training, on a few lines."""

from __future__ import annotations

import json
import lzma
import sys
from pathlib import Path

import pytest

from index.embedding import StaticEmbedder
from index.text import Segmenter
from tests.train.toy import ASKED
from train import __main__ as door

pytestmark = pytest.mark.filterwarnings("ignore:Sparse CSR tensor support is in beta state")

TEXTS = [{"text": "，".join("".join(clause.split()) for clause in record.passage)} for record in ASKED.records]
PAIRS = [
    {"query": record.query[0].replace(" ", ""), "passage": text["text"]}
    for record, text in zip(ASKED.records, TEXTS, strict=True)
]


def write(path: Path, lines: list[dict[str, str]]) -> None:
    with lzma.open(path, "wt", encoding="utf-8") as file:
        file.write("\n".join(json.dumps(line, ensure_ascii=False) for line in lines))


def test_shares_of_the_batches_sum_to_one() -> None:
    assert door.shares(door.SHARES) == door.SHARES
    assert sum(door.SHARES.values()) == pytest.approx(1.0)
    more = door.shares([*door.SHARES, "pairs-0", "pairs-1"])
    assert more["pairs-0"] == more["pairs-1"] == door.PAIRS_SHARE / 2
    assert more["laws"] == pytest.approx(0.7 * (1 - door.PAIRS_SHARE))
    assert sum(more.values()) == pytest.approx(1.0)


def test_files_become_a_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in door.SHARES:
        write(tmp_path / f"{name}.jsonl.xz", PAIRS if name.endswith("headings") else TEXTS)
    (tmp_path / "lexicon.txt").write_text("互换局\n", encoding="utf-8")
    folder = tmp_path / "model"
    arguments = ["--data", str(tmp_path), "--out", str(folder), "--lexicon", str(tmp_path / "lexicon.txt")]
    own = tmp_path / "pairs.jsonl"
    own.write_text('{"query": "互换局", "line": 1, "start": 0, "end": 5}\n', encoding="utf-8")
    monkeypatch.setattr(door, "PAIRS", own)
    monkeypatch.setattr(sys, "argv", ["train", *arguments, "--steps", "2", "--batch", "8", "--vocabulary", "7000"])
    door.main()
    embedder = StaticEmbedder(folder, Segmenter(("互换局",)))
    assert embedder.dimension == door.DIMENSION
    near, far = embedder.embed_documents([TEXTS[8]["text"], TEXTS[1]["text"]]) @ embedder.embed_query("邮件互换局")
    assert near > far
