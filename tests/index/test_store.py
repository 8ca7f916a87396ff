"""The index on disk: what goes in comes out, and no crash takes the one in use away."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import numpy as np
import pytest
from filelock import FileLock, Timeout

from index.embedding import Vectors
from index.settings import ROOT, Settings
from index.store import Index, IndexUnusableError, is_intact, read_manifest, write_index
from index.text import Segmenter
from tests.samples import TEXTS, WordEmbedder, contents, manifest

EMBEDDER = WordEmbedder()
PATIENCE = 60  # seconds that a thread or a process may take before the test is given up


class FailingEmbedder(WordEmbedder):
    """Fails at its ``failing``-th batch: 1 is passages, 2 is questions."""

    def __init__(self, failing: int) -> None:
        self._left = failing

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        self._left -= 1
        if self._left == 0:
            raise RuntimeError("the model gave up")
        return super().embed_documents(texts)


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter(contents().lexicon)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter) -> Path:
    root = tmp_path_factory.mktemp("written") / "index"
    write_index(root, manifest(), contents(), EMBEDDER, segmenter)
    return root


@pytest.fixture
def root(written: Path, tmp_path: Path) -> Path:
    """A copy of a good index, to do harm to."""
    return Path(shutil.copytree(written, tmp_path / "index"))


def versions(root: Path) -> list[str]:
    return sorted(folder.name for folder in (root / "versions").iterdir())


def current(root: Path) -> Path:
    return root / "versions" / (root / "CURRENT").read_text(encoding="utf-8")


def works(root: Path, segmenter: Segmenter) -> bool:
    """True when the index opens and both ways of search find the unit about 海外仓 first."""
    index = Index(root, segmenter)
    try:
        by_words = index.lexical_scores("海外仓")
        by_vector = index.passage_similarities(EMBEDDER.embed_query("主体建设海外仓"), 3)
        return int(by_words.argmax()) == int(by_vector.argmax()) == 0
    finally:
        index.close()


def test_what_goes_in_comes_out(written: Path, segmenter: Segmenter) -> None:
    index = Index(written, segmenter)
    put = contents()
    assert index.documents == put.documents
    assert index.agencies == put.agencies
    assert index.glossary == put.glossary
    assert index.units == put.units
    assert index.questions == put.questions
    assert Index.lexicon(written) == put.lexicon
    assert read_manifest(written) == manifest()
    assert is_intact(written)
    index.close()


def test_search_by_words_scores_every_unit(written: Path, segmenter: Segmenter) -> None:
    index = Index(written, segmenter)
    scores = index.lexical_scores("国际邮件")
    assert scores.shape == (3,)
    assert int(scores.argmax()) == 1
    assert index.lexical_scores("专业").argmax() == 2
    assert not index.lexical_scores("天气").any()
    index.close()


def test_similarities_are_cosines_of_the_best_passage(written: Path, segmenter: Segmenter) -> None:
    index = Index(written, segmenter)
    vector = EMBEDDER.embed_query("国际邮件互换局")
    expected = EMBEDDER.embed_documents(TEXTS) @ vector
    assert index.passage_similarities(vector, 3) == pytest.approx(expected, abs=1e-5)
    index.close()


def test_units_beyond_the_nearest_get_the_least_similarity_found(written: Path, segmenter: Segmenter) -> None:
    index = Index(written, segmenter)
    vector = EMBEDDER.embed_query("国际邮件互换局")
    best = float(max(EMBEDDER.embed_documents(TEXTS) @ vector))
    assert index.passage_similarities(vector, 1) == pytest.approx([best] * 3, abs=1e-5)
    index.close()


def test_the_nearest_question_of_each_unit_is_named(written: Path, segmenter: Segmenter) -> None:
    index = Index(written, segmenter)
    scores, nearest = index.question_similarities(EMBEDDER.embed_query("高校开什么专业"), 3)
    assert int(scores.argmax()) == 2
    assert scores[2] == pytest.approx(1.0, abs=1e-5)
    assert nearest == {question.unit_id: question for question in contents().questions}
    index.close()


def test_questions_are_found_by_words_too(written: Path, segmenter: Segmenter) -> None:
    index = Index(written, segmenter)
    assert int(index.lexical_scores("哪里").argmax()) == 1  # 在哪里 stands in a question of that unit only
    index.close()


def test_a_rebuild_swaps_and_keeps_the_version_before(root: Path, segmenter: Segmenter) -> None:
    (first,) = versions(root)
    write_index(root, manifest("second"), contents(), EMBEDDER, segmenter)
    second = current(root).name
    assert versions(root) == sorted([first, second])
    write_index(root, manifest("third"), contents(), EMBEDDER, segmenter)
    assert versions(root) == sorted([second, current(root).name])
    assert read_manifest(root) == manifest("third")


def test_a_rebuild_does_not_disturb_a_reader(root: Path, segmenter: Segmenter) -> None:
    reader = Index(root, segmenter)
    vector = EMBEDDER.embed_query("海外仓")
    before = reader.passage_similarities(vector, 3)
    write_index(root, manifest("next"), replace(contents(), units=contents().units), EMBEDDER, segmenter)
    assert np.array_equal(reader.passage_similarities(vector, 3), before)
    reader.close()


@pytest.mark.parametrize("failing", [1, 2])
def test_a_failure_while_building_leaves_the_old_index_and_no_rest(
    root: Path, segmenter: Segmenter, failing: int
) -> None:
    before = versions(root)
    with pytest.raises(RuntimeError, match="the model gave up"):
        write_index(root, manifest("new"), contents(), FailingEmbedder(failing), segmenter)
    assert versions(root) == before
    assert read_manifest(root) == manifest()
    assert works(root, segmenter)


def test_a_failure_of_the_first_build_leaves_nothing(tmp_path: Path, segmenter: Segmenter) -> None:
    with pytest.raises(RuntimeError, match="the model gave up"):
        write_index(tmp_path, manifest(), contents(), FailingEmbedder(1), segmenter)
    assert versions(tmp_path) == []
    assert not (tmp_path / "CURRENT").exists()
    assert not is_intact(tmp_path)


def test_contents_that_chroma_refuses_are_our_error(root: Path, segmenter: Segmenter) -> None:
    put = contents()
    doubled = replace(put, chunks=(*put.chunks, put.chunks[0]))
    with pytest.raises(IndexUnusableError):
        write_index(root, manifest("new"), doubled, EMBEDDER, segmenter)


def test_contents_that_chroma_refuses_leave_the_old_index(root: Path, segmenter: Segmenter) -> None:
    before = versions(root)
    put = contents()
    with pytest.raises(IndexUnusableError):
        write_index(root, manifest("new"), replace(put, chunks=put.chunks * 2), EMBEDDER, segmenter)
    assert versions(root) == before
    assert works(root, segmenter)


KILLED_BUILD = """
import sys
from pathlib import Path
from index.store import write_index
from index.text import Segmenter
from tests.samples import WordEmbedder, contents, manifest

class Slow(WordEmbedder):
    batches = 0
    def embed_documents(self, texts):
        Slow.batches += 1
        if Slow.batches == 2:  # passages are written, questions are not
            print("building", flush=True)
            sys.stdin.read()  # until killed
        return super().embed_documents(texts)

write_index(Path(sys.argv[1]), manifest("killed"), contents(), Slow(), Segmenter())
"""


def test_a_build_killed_leaves_the_old_index_and_the_next_build_cleans_up(root: Path, segmenter: Segmenter) -> None:
    arguments = [sys.executable, "-c", KILLED_BUILD, str(root)]
    with subprocess.Popen(arguments, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "building\n"
        process.send_signal(signal.SIGKILL)
        process.wait(PATIENCE)
    old = current(root).name
    assert len(versions(root)) == 2  # the old one and what the killed build left
    assert read_manifest(root) == manifest()
    assert is_intact(root)
    assert works(root, segmenter)
    write_index(root, manifest("next"), contents(), EMBEDDER, segmenter)  # the lock went with the process
    assert versions(root) == sorted([old, current(root).name])
    assert works(root, segmenter)


def test_two_builds_take_turns(root: Path, segmenter: Segmenter) -> None:
    inside, go_on = Event(), Event()
    order: list[str] = []

    class Noting(WordEmbedder):
        def __init__(self, name: str, *, waits: bool) -> None:
            self._name, self._waits = name, waits

        def embed_documents(self, texts: Sequence[str]) -> Vectors:
            order.append(self._name)
            inside.set()
            if self._waits:
                go_on.wait(PATIENCE)
            return super().embed_documents(texts)

    def building(name: str, *, waits: bool) -> Thread:
        arguments = (root, manifest(name), contents(), Noting(name, waits=waits), segmenter)
        return Thread(target=write_index, args=arguments)

    first, second = building("first", waits=True), building("second", waits=False)
    first.start()
    assert inside.wait(PATIENCE)
    with pytest.raises(Timeout):
        FileLock(root / "build.lock", timeout=0).acquire()
    second.start()
    go_on.set()
    first.join(PATIENCE)
    second.join(PATIENCE)
    assert order == ["first"] * 2 + ["second"] * 2  # passages, questions
    assert read_manifest(root) == manifest("second")
    assert len(versions(root)) == 2
    assert works(root, segmenter)


def garble(*paths: Path) -> None:
    assert paths
    for path in paths:
        path.write_bytes(b"garbage" * 100)


def test_no_index_is_named_with_the_remedy(tmp_path: Path, segmenter: Segmenter) -> None:
    assert read_manifest(tmp_path) is None
    assert not is_intact(tmp_path)
    with pytest.raises(IndexUnusableError, match="no index there yet; run python -m ingest"):
        Index(tmp_path, segmenter)
    with pytest.raises(IndexUnusableError, match="no index there yet; run python -m ingest"):
        Index.lexicon(tmp_path)


CHROMA_HARM: dict[str, Callable[[Path], object]] = {
    "CURRENT is missing": lambda root: (root / "CURRENT").unlink(),
    "CURRENT is empty": lambda root: (root / "CURRENT").write_text(""),
    "CURRENT names no version": lambda root: (root / "CURRENT").write_text("none"),
    "no chroma folder": lambda root: shutil.rmtree(current(root) / "chroma"),
    "no database": lambda root: (current(root) / "chroma" / "chroma.sqlite3").unlink(),
    "empty database": lambda root: (current(root) / "chroma" / "chroma.sqlite3").write_bytes(b""),
}


@pytest.mark.parametrize("harm", CHROMA_HARM)
def test_an_index_that_chroma_cannot_open_is_unusable(root: Path, segmenter: Segmenter, harm: str) -> None:
    CHROMA_HARM[harm](root)
    assert not is_intact(root)
    with pytest.raises(IndexUnusableError, match="run python -m ingest"):
        Index(root, segmenter)
    write_index(root, manifest("again"), contents(), EMBEDDER, segmenter)
    assert works(root, segmenter)


def test_a_garbled_database_is_unusable_and_can_be_rebuilt(root: Path, segmenter: Segmenter) -> None:
    garble(current(root) / "chroma" / "chroma.sqlite3")
    assert not is_intact(root)
    write_index(root, manifest("again"), contents(), EMBEDDER, segmenter)
    assert is_intact(root)
    assert works(root, segmenter)


def test_a_garbled_database_is_our_error_the_second_time_too(root: Path, segmenter: Segmenter) -> None:
    garble(current(root) / "chroma" / "chroma.sqlite3")
    assert not is_intact(root)
    with pytest.raises(IndexUnusableError):
        Index(root, segmenter)


RECORDS = ["documents.jsonl", "agencies.jsonl", "glossary.jsonl", "units.jsonl", "questions.jsonl", "lexical"]


@pytest.mark.parametrize("name", RECORDS)
def test_an_index_without_one_of_its_parts_cannot_be_opened(root: Path, segmenter: Segmenter, name: str) -> None:
    part = current(root) / name
    if part.is_dir():
        shutil.rmtree(part)
    else:
        part.unlink()
    with pytest.raises(IndexUnusableError, match=r"cannot be opened .* run python -m ingest"):
        Index(root, segmenter)


def test_a_lexicon_that_is_gone_is_named(root: Path) -> None:
    (current(root) / "lexicon.txt").unlink()
    with pytest.raises(IndexUnusableError, match="lexicon unreadable"):
        Index.lexicon(root)


@pytest.mark.parametrize("text", ["{", "[]", '{"schema": 1}', "null"])
def test_a_manifest_that_cannot_be_read_is_none(root: Path, text: str) -> None:
    (current(root) / "manifest.json").write_text(text, encoding="utf-8")
    assert read_manifest(root) is None


@pytest.mark.parametrize(
    "name",
    [
        "units.jsonl",
        "chunks.jsonl",
        "questions.jsonl",
        "lexical",
        "documents.jsonl",
        "agencies.jsonl",
        "glossary.jsonl",
        "lexicon.txt",
    ],
)
def test_an_index_without_one_of_its_parts_is_not_intact(root: Path, name: str) -> None:
    part = current(root) / name
    if part.is_dir():
        shutil.rmtree(part)
    else:
        part.unlink()
    assert not is_intact(root)


VECTOR_FILES = ["header.bin", "data_level0.bin", "index_metadata.pickle"]


@pytest.mark.parametrize("name", [*VECTOR_FILES, "the whole folder"])
def test_an_index_with_broken_vectors_is_not_intact(index_settings: Settings, tmp_path: Path, name: str) -> None:
    """On the real index: a thousand vectors are needed before Chroma writes them into files of their own."""
    root = Path(shutil.copytree(index_settings.index_dir, tmp_path / "index"))
    folders = [folder for folder in (current(root) / "chroma").iterdir() if folder.is_dir()]
    if name in VECTOR_FILES:
        garble(*(file for folder in folders for file in folder.glob(name)))
    else:
        for folder in folders:
            shutil.rmtree(folder)
    assert not is_intact(root)
