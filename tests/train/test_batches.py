"""Batches hold pairs that belong together, each record once."""

from __future__ import annotations

from pathlib import Path

from index.text import Segmenter
from tests.train.toy import asked, tokenizer, told, words
from train.batches import Frame, Sampler, read_frames
from train.encoded import Ids, encode_source
from train.sources import Record, Source


def text(ids: Ids) -> str:
    known = words()
    return " ".join(known[token] for token in ids)


def test_pairs_are_those_of_the_source() -> None:
    batch = Sampler(asked(), [], seed=1).batch(4)
    assert len(batch.queries) == len(batch.passages) == len(set(batch.passage_keys.tolist())) == 4
    source = asked()
    assert source.queries is not None
    for number, query, passage in zip(batch.passage_keys, batch.queries, batch.passages, strict=True):
        assert text(query) == text(source.queries.whole(int(number)))
        assert text(passage) == text(source.passages.whole(int(number)))


def test_a_small_source_gives_all_it_has_again_and_again() -> None:
    sampler = Sampler(asked(), [], seed=2)
    for _ in range(3):
        assert sorted(sampler.batch(2048).passage_keys.tolist()) == list(range(10))


def test_a_text_lends_a_clause_as_query() -> None:
    source = told()
    batch = Sampler(source, [], seed=3).batch(10)
    for number, query, passage in zip(batch.passage_keys, batch.queries, batch.passages, strict=True):
        clauses = [text(clause) for clause in source.passages.clauses(int(number))]
        assert text(query) in clauses
        assert text(passage) in (" ".join(clauses), *clauses)  # with the clause left in, or the other one alone


def test_the_same_seed_gives_the_same_batches() -> None:
    one, other = (Sampler(told(), [], seed=4).batch(8) for _ in range(2))
    assert [text(query) for query in one.queries] == [text(query) for query in other.queries]


def test_some_queries_are_framed() -> None:
    frame = Frame(told().passages.whole(0), told().passages.whole(1))
    queries = [text(query) for query in Sampler(asked(), [frame], seed=5).batch(10).queries]
    framed = [query for query in queries if query.startswith(text(frame.before)) and query.endswith(text(frame.after))]
    assert 0 < len(framed) < 10


def test_frames_are_read_in_halves(tmp_path: Path) -> None:
    file = tmp_path / "frames.txt"
    file.write_text("# 建设…\n怎么办理…\n…怎么\n\n建设…保障\n", encoding="utf-8")
    frames = read_frames(file, Segmenter(), tokenizer())
    assert [(text(frame.before), text(frame.after)) for frame in frames] == [
        ("怎么 办理", ""),
        ("", "怎么"),
        ("建设", "保障"),
    ]


def test_a_text_of_one_clause_has_nothing_to_lend() -> None:
    short, long = Record((), ("退货 通道",)), Record((), ("建设 海外仓", "仓库 设在 国外"))
    batch = Sampler(encode_source(Source("texts", (short, long, short)), tokenizer()), [], seed=6).batch(3)
    assert batch.passage_keys.tolist() == [1]
