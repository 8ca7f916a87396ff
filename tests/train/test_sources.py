"""Training text is read, cut into clauses of words, and parted so that what measures it is not among it."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import pytest

from index.text import Segmenter
from train.sources import Record, Source, hold_out, load_source, read_jsonl, segmented_clauses, without_passages

LINES = [
    {"text": "支持海外仓建设，鼓励共享。"},
    {"query": "海外仓补贴", "passage": "建设海外仓的，给予支持。"},
    {"text": "，。"},
]
LEXICON = ("海外仓",)


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter(LEXICON)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "laws.jsonl.xz"
    with lzma.open(path, "wt", encoding="utf-8") as lines:
        lines.write("\n\n".join(json.dumps(line, ensure_ascii=False) for line in LINES))
    return path


def test_lines_are_read_plain_and_packed(file: Path, tmp_path: Path) -> None:
    plain = tmp_path / "plain.jsonl"
    plain.write_bytes(lzma.decompress(file.read_bytes()))
    assert list(read_jsonl(file)) == list(read_jsonl(plain)) == LINES


def test_clauses_joined_are_the_text_in_words(segmenter: Segmenter) -> None:
    clauses = segmented_clauses("支持海外仓建设，鼓励共享。", segmenter)
    assert clauses == ("支持 海外 海外仓 建设", "鼓励 共享")
    assert " ".join(clauses) == segmenter.segmented("支持海外仓建设，鼓励共享。")
    assert segmented_clauses("，。！", segmenter) == ()


def test_a_file_becomes_records_without_the_empty_ones(file: Path, segmenter: Segmenter) -> None:
    source = load_source(file, segmenter, LEXICON)
    assert source.name == "laws"
    assert [record.passage[0] for record in source.records] == ["支持 海外 海外仓 建设", "建设 海外 海外仓 的"]
    assert [record.query for record in source.records] == [(), ("海外 海外仓 补贴",)]


def test_what_is_kept_is_what_was_cut_and_another_lexicon_cuts_anew(file: Path, segmenter: Segmenter) -> None:
    cache = file.parent / "cache"
    fresh = load_source(file, segmenter, LEXICON, cache)
    assert fresh == load_source(file, segmenter, LEXICON, cache) == load_source(file, segmenter, LEXICON)
    load_source(file, segmenter, (), cache)
    assert len(list(cache.iterdir())) == 2


def test_what_is_held_out_and_its_copies_leave_the_training() -> None:
    records = [Record((f"题 {number}",), (f"文 {number}",)) for number in range(6)]
    records += [Record(("题 0",), ("别的 文",)), Record(("别的 题",), ("文 3",))]  # 6 and 7 repeat 0 and 3
    rest, held = hold_out(Source("any", tuple(records)), every=3)
    assert held.records == (records[0], records[3], records[6])
    assert rest.records == (records[1], records[2], records[4], records[5])


def test_texts_around_a_held_out_passage_leave_too() -> None:
    telling, short = "推进 国际 邮件 互换局 建设 提升", "支持 建设"
    held = Source("headings", (Record(("题",), (telling, short)),))
    texts = tuple(Record((), passage) for passage in ((short, telling), (short,), ("别的",)))
    assert without_passages(Source("texts", texts), held).records == texts[1:]
