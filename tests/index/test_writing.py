"""A build takes over what is the same, and no crash takes the index in use away."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from index.embedding import Vectors
from index.records import Chunk, ExpectedQuestion, PolicyUnit
from index.settings import ROOT
from index.store import Contents, Index, IndexUnusableError, is_intact, read_manifest, write_index
from index.text import Segmenter
from index.versions import current, versions
from tests.samples import WordEmbedder, contents, manifest, unit

TURNS = " 甲乙丙丁戊己庚"
PATIENCE = 60  # seconds that a process may take before the test is given up


class CountingEmbedder(WordEmbedder):
    """Notes what it embeds."""

    def __init__(self) -> None:
        self.embedded: list[str] = []

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        self.embedded.extend(texts)
        return super().embed_documents(texts)


def of(units: Sequence[PolicyUnit], questions: Sequence[ExpectedQuestion] = ()) -> Contents:
    """The sample's contents with other units."""
    return replace(
        contents(),
        units=tuple(units),
        chunks=tuple(Chunk(f"{u.unit_id}#1", u.unit_id, u.document, u.text, u.text) for u in units),
        questions=tuple(questions),
    )


def many(count: int) -> Contents:
    """Units that differ by a number in words."""
    units = [
        unit(n, f"第{n}号仓库支持海外仓{'一二三四五六七八九十'[n % 10]}建设{n * 7919}") for n in range(1, count + 1)
    ]
    return of(units, [ExpectedQuestion(u.unit_id, f"{u.measure}号仓库在哪里", u.text) for u in units])


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter(contents().lexicon)


def scores(root: Path, segmenter: Segmenter, question: str) -> tuple[list[float], list[float], list[float]]:
    index = Index(root, segmenter)
    try:
        vector = WordEmbedder().embed_query(question)
        asked, _ = index.question_similarities(vector, 20)
        return (
            index.lexical_scores(question).tolist(),
            index.passage_similarities(vector, 20).tolist(),
            asked.tolist(),
        )
    finally:
        index.close()


def changed_one() -> Contents:
    """The twenty units with the text of the fifth changed and its question kept, the ninth gone, one added."""
    held = many(20)
    units = [replace(u, text="改了的第五号。") if u.measure == "5" else u for u in held.units if u.measure != "9"]
    units.append(unit(21, "新来的第二十一号。"))
    asked = [question for question in held.questions if question.unit_id != "plan/9"]
    return of(units, [*asked, ExpectedQuestion("plan/21", "第二十一号是什么", "新来的第二十一号。")])


def test_only_what_is_new_is_embedded(tmp_path: Path, segmenter: Segmenter) -> None:
    write_index(tmp_path, manifest(), many(20), WordEmbedder(), segmenter)
    embedder = CountingEmbedder()
    embedded = write_index(tmp_path, manifest(), changed_one(), embedder, segmenter)
    assert embedder.embedded == ["改了的第五号。", "新来的第二十一号。", "第二十一号是什么"]
    assert embedded == 3


def test_an_update_gives_what_a_fresh_build_gives(tmp_path: Path, segmenter: Segmenter) -> None:
    write_index(tmp_path / "updated", manifest(), many(20), WordEmbedder(), segmenter)
    write_index(tmp_path / "updated", manifest(), changed_one(), WordEmbedder(), segmenter)
    write_index(tmp_path / "fresh", manifest(), changed_one(), WordEmbedder(), segmenter, anew=True)
    for question in ("改了的第五号", "仓库在哪里", "第二十一号是什么", "海外仓"):
        updated, fresh = (scores(tmp_path / name, segmenter, question) for name in ("updated", "fresh"))
        for one, other in zip(updated, fresh, strict=True):
            assert one == pytest.approx(other, abs=1e-5)


def test_updates_without_end_stay_right(tmp_path: Path, segmenter: Segmenter) -> None:
    """Each changes a tenth: the graph is copied some times, then built anew because of its holes."""
    held = many(20)
    write_index(tmp_path, manifest(), held, WordEmbedder(), segmenter)
    for turn in range(1, 8):
        units = [
            replace(u, text=f"{u.measure}号{TURNS[turn]}回改") if int(u.measure) % 10 == turn else u for u in held.units
        ]
        held = of(units, held.questions)
        embedder = CountingEmbedder()
        write_index(tmp_path, manifest(), held, embedder, segmenter)
        assert embedder.embedded == [f"{turn}号{TURNS[turn]}回改", f"{turn + 10}号{TURNS[turn]}回改"]
        assert is_intact(tmp_path)
    _, passages, _ = scores(tmp_path, segmenter, "17号庚回改")
    assert [row for row, cosine in enumerate(passages) if cosine == pytest.approx(1.0, abs=1e-5)] == [6, 16]


def test_a_unit_that_moves_takes_its_vector_along(tmp_path: Path, segmenter: Segmenter) -> None:
    write_index(tmp_path, manifest(), many(20), WordEmbedder(), segmenter)
    moved = [replace(u, unit_id=f"plan/{int(u.measure) + 100}") for u in many(20).units]
    embedder = CountingEmbedder()
    write_index(tmp_path, manifest(), of(moved), embedder, segmenter)
    assert embedder.embedded == []
    assert Index(tmp_path, segmenter).units[0].unit_id == "plan/101"


@pytest.mark.parametrize("what", ["model", "lexicon", "anew"])
def test_nothing_is_taken_over_where_it_would_be_another(tmp_path: Path, segmenter: Segmenter, what: str) -> None:
    write_index(tmp_path, manifest(), contents(), WordEmbedder(), segmenter)
    other = manifest("other") if what == "model" else manifest()
    if what == "lexicon":
        other = replace(other, hashes={**other.hashes, "lexicon.txt": "1"})
    embedder = CountingEmbedder()
    write_index(tmp_path, other, contents(), embedder, segmenter, anew=what == "anew")
    assert len(embedder.embedded) == 6  # three passages, three questions


def test_a_broken_index_is_not_taken_over(tmp_path: Path, segmenter: Segmenter) -> None:
    write_index(tmp_path, manifest(), contents(), WordEmbedder(), segmenter)
    (current(tmp_path) / "units.jsonl").write_text("", encoding="utf-8")
    embedder = CountingEmbedder()
    write_index(tmp_path, manifest(), contents(), embedder, segmenter)
    assert len(embedder.embedded) == 6
    assert is_intact(tmp_path)


BUILD = """
import sys
from pathlib import Path
from index.store import write_index
from index.text import Segmenter
from tests.index.test_writing import many
from tests.samples import WordEmbedder, contents, manifest

segmenter = Segmenter(contents().lexicon)
segmenter.words("读")
print("ready", flush=True)
write_index(Path(sys.argv[1]), manifest(sys.argv[2]), many(int(sys.argv[3])), WordEmbedder(), segmenter)
print("done", flush=True)
"""


def building(root: Path, name: str, count: int) -> subprocess.Popen[str]:
    arguments = [sys.executable, "-c", BUILD, str(root), name, str(count)]
    return subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_killed_at_any_moment_the_old_index_serves(tmp_path: Path, segmenter: Segmenter) -> None:
    """Kills spread over the whole build, and just after it; the model's name tells which index is in use."""
    write_index(tmp_path, manifest("old"), many(30), WordEmbedder(), segmenter)
    with building(tmp_path, "measured", 300) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        began = time.perf_counter()
        assert process.stdout.readline() == "done\n"
    whole = time.perf_counter() - began
    in_use = "measured"
    chance = random.Random(7)
    for kill in range(6):
        with building(tmp_path, f"killed {kill}", 300) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            with suppress(subprocess.TimeoutExpired):
                process.wait(whole * (kill + chance.random()) / 6)
            process.send_signal(signal.SIGKILL)
            process.wait(PATIENCE)
        found = read_manifest(tmp_path)
        assert found is not None
        assert found.model in (in_use, f"killed {kill}")
        in_use = found.model
        assert is_intact(tmp_path)
        lexical, passages, asked = scores(tmp_path, segmenter, "第7号仓库")
        assert any(lexical)
        assert len(passages) == len(asked) == 300
    write_index(tmp_path, manifest("next"), many(40), WordEmbedder(), segmenter)
    assert is_intact(tmp_path)
    assert len(versions(tmp_path)) == 2  # what killed builds left is gone


def test_two_processes_at_once_both_end_well(tmp_path: Path, segmenter: Segmenter) -> None:
    processes = [building(tmp_path, name, 50) for name in ("one", "other")]
    for process in processes:
        assert process.communicate(timeout=PATIENCE)[0] == "ready\ndone\n"
        assert process.returncode == 0
    found = read_manifest(tmp_path)
    assert found is not None
    assert found.model in ("one", "other")
    assert is_intact(tmp_path)
    assert len(versions(tmp_path)) == 2


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from index.store import IndexUnusableError, write_index
from index.text import Segmenter
from tests.index.test_writing import many
from tests.samples import WordEmbedder, contents, manifest

segmenter = Segmenter(contents().lexicon)
segmenter.words("读")
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
try:
    write_index(Path(sys.argv[1]), manifest("new"), many(300), WordEmbedder(), segmenter)
except IndexUnusableError as error:
    print(error)
"""


@pytest.mark.skipif(os.name == "nt", reason="no limit of file sizes there")
@pytest.mark.parametrize("most", [10_000, 300_000])
def test_no_room_on_the_disk_is_said_and_the_old_index_stays(tmp_path: Path, segmenter: Segmenter, most: int) -> None:
    """A file may not grow beyond ``most`` bytes: first the records are too large for that, then Chroma's database."""
    write_index(tmp_path, manifest("old"), many(10), WordEmbedder(), segmenter)
    arguments = [sys.executable, "-c", FULL_DISK, str(tmp_path), str(most)]
    done = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert "could not be written" in done.stdout, done.stderr
    assert "the index before stays in use" in done.stdout
    assert len(versions(tmp_path)) == 1
    found = read_manifest(tmp_path)
    assert found is not None
    assert found.model == "old"
    assert is_intact(tmp_path)


def test_contents_that_chroma_refuses_are_our_error(tmp_path: Path, segmenter: Segmenter) -> None:
    held = contents()
    with pytest.raises(IndexUnusableError, match="could not be written"):
        write_index(tmp_path, manifest(), replace(held, chunks=held.chunks * 2), WordEmbedder(), segmenter)
    assert versions(tmp_path) == []
