"""A build makes the index right, or does nothing."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import WhitespaceSplit

import ingest.documents
from index.embedding import TOKENIZER, WEIGHTS, load_embedder
from index.records import ExpectedQuestion
from index.settings import Settings
from index.store import Index, is_intact, read_manifest
from index.text import Segmenter
from ingest.balance import BalanceError
from ingest.build import build
from ingest.corpus import Corpus
from ingest.program import READING, program_hashes
from ingest.readers.files import read_source
from ingest.readers.source import Source

ADDED = {"unit_id": "plan/14", "question": "海外仓有多少家", "sentence": "力争到2027年培育本市海外仓企业70家"}


@dataclass(frozen=True)
class Built:
    """A corpus, and an index that was built from it with a small model."""

    settings: Settings

    @property
    def corpus(self) -> Path:
        return self.settings.corpus_dir

    @property
    def current(self) -> str:
        return (self.settings.index_dir / "CURRENT").read_text(encoding="utf-8")


def small_model(folder: Path, *words: str) -> Path:
    """A static model of one direction a word."""
    folder.mkdir()
    vocabulary = {word: place for place, word in enumerate(("[UNK]", *words))}
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = WhitespaceSplit()
    tokenizer.save(str(folder / TOKENIZER))
    rows = np.eye(len(vocabulary), dtype=np.float32)
    save_file({"embeddings": rows, "weights": np.ones(len(vocabulary), dtype=np.float32)}, folder / WEIGHTS)
    return folder


@pytest.fixture(scope="module")
def first(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("first")
    shutil.copytree(corpus.folder, folder / "corpus")
    for file in (folder / "corpus" / "questions").iterdir():
        file.write_text("".join(file.read_text(encoding="utf-8").splitlines(keepends=True)[:2]), encoding="utf-8")
    model = small_model(folder / "model", "海外仓", "企业", "海关")
    settings = Settings(corpus_dir=folder / "corpus", index_dir=folder / "index", embedding_model=str(model))
    report = build(settings)
    assert (report.built, report.units, report.questions) == (True, 77, 12)  # two questions of each of six files
    assert report.chunks >= 77
    return Built(settings)


@pytest.fixture
def built(first: Built, tmp_path: Path) -> Built:
    """A copy to change at will; the model is the same folder."""
    shutil.copytree(first.corpus, tmp_path / "corpus")
    shutil.copytree(first.settings.index_dir, tmp_path / "index")
    return Built(replace(first.settings, corpus_dir=tmp_path / "corpus", index_dir=tmp_path / "index"))


def append(file: Path, line: str) -> None:
    with file.open("a", encoding="utf-8") as opened:
        opened.write(line + "\n")


def test_a_second_build_does_nothing(built: Built) -> None:
    before, files = built.current, set(built.settings.index_dir.rglob("*"))
    report = build(built.settings)
    assert (report.built, report.units, report.questions) == (False, 77, 12)
    assert [balance.problems for balance in report.balances] == [(), ()]
    assert (built.current, set(built.settings.index_dir.rglob("*"))) == (before, files)


def test_a_second_build_reads_no_document(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    first = build(built.settings)

    def read_source(path: Path) -> Source:
        pytest.fail(f"{path} was read")

    monkeypatch.setattr("ingest.documents.read_source", read_source)
    again = build(built.settings)
    assert again == first
    assert [balance.units for balance in again.balances] == [54, 23]
    assert again.chunks == first.chunks >= 77


def test_another_program_reads_the_documents_anew(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    before = built.current
    monkeypatch.setattr("ingest.build.program_hashes", lambda: {**program_hashes(), READING: "another"})
    report = build(built.settings)
    assert report.built
    assert built.current != before
    assert report.embedded == 0  # it read the same texts
    assert not any(report.changes)


def changed_plan(corpus: Path) -> None:
    """The plan with another figure in task 14."""
    plan = corpus / "documents" / "plan.txt"
    text = plan.read_bytes().decode().replace("海外仓企业70家", "海外仓企业71家")
    plan.write_bytes(text.encode())
    lines = (corpus / "sources.jsonl").read_text(encoding="utf-8").splitlines()
    sources = [json.loads(line) for line in lines]
    sources[1]["sha256"] = hashlib.sha256(text.encode()).hexdigest()
    written = "\n".join(json.dumps(source, ensure_ascii=False) for source in sources)
    (corpus / "sources.jsonl").write_text(written + "\n", encoding="utf-8")
    for file in (corpus / "questions").iterdir():
        file.write_text(file.read_text(encoding="utf-8").replace("海外仓企业70家", "海外仓企业71家"), encoding="utf-8")


def test_a_changed_unit_is_told_and_alone_embedded(built: Built) -> None:
    changed_plan(built.corpus)
    report = build(built.settings)
    table, plan = report.changes
    assert (table.document, bool(table), table.kept) == ("task-table", False, 54)
    assert (plan.added, plan.removed, plan.kept) == ((), (), 22)
    assert plan.changed == ("《天津市推动跨境电商高质量发展实施方案》第14项",)
    assert report.embedded == 1  # its passage; no question has changed
    index = Index(built.settings.index_dir, Segmenter(Index.lexicon(built.settings.index_dir)))
    assert "71家" in next(unit.text for unit in index.units if unit.unit_id == "plan/14")
    assert "71家" in index.published[1].text
    index.close()


def test_a_document_less_takes_its_units_along(built: Built) -> None:
    lines = (built.corpus / "sources.jsonl").read_text(encoding="utf-8").splitlines()
    (built.corpus / "sources.jsonl").write_text(lines[1] + "\n", encoding="utf-8")
    for file in (built.corpus / "questions").iterdir():
        file.write_text("", encoding="utf-8")
    report = build(built.settings)
    assert (report.units, report.embedded) == (23, 0)
    plan, table = report.changes
    assert (plan.document, plan.kept, bool(plan)) == ("plan", 23, False)
    assert (table.document, len(table.removed)) == ("task-table", 54)


def test_force_makes_everything_anew(built: Built) -> None:
    report = build(built.settings, force=True)
    assert report.embedded == report.chunks + report.questions


CORPUS_CHANGES: dict[str, Callable[[Path], None]] = {
    "a question file less": lambda folder: (folder / "questions" / "public.jsonl").unlink(),
    "an English term more": lambda folder: append(folder / "glossary.tsv", "moon trade\t月球贸易"),
    "no glossary": lambda folder: (folder / "glossary.tsv").unlink(),
    "a word more": lambda folder: append(folder / "lexicon.txt", "货运航线"),
}


@pytest.mark.parametrize("change", CORPUS_CHANGES)
def test_a_change_of_the_corpus_rebuilds(built: Built, change: str) -> None:
    before = built.current
    CORPUS_CHANGES[change](built.corpus)
    assert build(built.settings).built
    assert built.current != before
    assert not build(built.settings).built


def test_a_new_question_rebuilds_and_is_found(built: Built) -> None:
    append(built.corpus / "questions" / "public.jsonl", json.dumps(ADDED, ensure_ascii=False))
    assert build(built.settings).questions == 13
    segmenter = Segmenter(Index.lexicon(built.settings.index_dir))
    embedder = load_embedder(built.settings.embedding_model, segmenter)
    index = Index(built.settings.index_dir, segmenter)
    _, nearest = index.question_similarities(embedder.embed_query("海外仓"), 13)
    assert nearest["plan/14"] == ExpectedQuestion(**ADDED)
    index.close()


def test_another_chunk_size_rebuilds_with_more_chunks(built: Built) -> None:
    report = build(replace(built.settings, chunk_tokens=20))
    assert report.built
    assert report.chunks > 100  # a few more than 77 by default


def test_another_model_rebuilds(built: Built, tmp_path: Path) -> None:
    model = small_model(tmp_path / "other", "海外仓", "企业", "海关", "物流")
    assert build(replace(built.settings, embedding_model=str(model))).built
    manifest = read_manifest(built.settings.index_dir)
    assert manifest is not None
    assert manifest.dimension == 5  # four words and the unknown one


def test_a_model_retrained_in_place_makes_the_index_stale(built: Built, tmp_path: Path) -> None:
    model = Path(shutil.copytree(built.settings.embedding_model, tmp_path / "model"))
    settings = replace(built.settings, embedding_model=str(model))
    assert not build(settings).built  # the same name and the same files
    shutil.rmtree(model)
    small_model(model, "物流", "品牌", "退税", "融资")
    assert build(settings).built


@pytest.mark.parametrize("gone", ["CURRENT", "chroma"])
def test_a_broken_index_is_rebuilt(built: Built, gone: str) -> None:
    folder = built.settings.index_dir
    path = folder / gone if gone == "CURRENT" else folder / "versions" / built.current / gone
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
    assert build(built.settings).built
    assert is_intact(folder)
    assert not build(built.settings).built


@pytest.mark.parametrize("gone", ["units.jsonl", "lexical"])
def test_an_index_without_one_of_its_parts_is_rebuilt(built: Built, gone: str) -> None:
    path = built.settings.index_dir / "versions" / built.current / gone
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
    assert build(built.settings).built


def test_a_document_that_does_not_balance_leaves_the_index(built: Built) -> None:
    before = built.current
    document = built.corpus / "documents" / "task-table.txt"
    document.write_text(document.read_text(encoding="utf-8").replace("\t27\n", "\t26\n"), encoding="utf-8")
    with pytest.raises(BalanceError, match=r"task-table\.txt: sha256 is"):
        build(built.settings)
    with pytest.raises(BalanceError, match=r"task-table\.txt: 序号: missing \[27\]"):
        build(built.settings, strict=True)
    assert built.current == before


def test_a_question_for_no_unit_is_left_out_and_counted(built: Built) -> None:
    append(built.corpus / "questions" / "public.jsonl", '{"unit_id": "plan/99", "question": "?", "sentence": "甲"}')
    report = build(built.settings)
    assert (report.questions, report.left_out) == (12, 1)


def test_only_a_document_that_changed_is_read_again(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    document, sources = built.corpus / "documents" / "plan.txt", built.corpus / "sources.jsonl"
    before = hashlib.sha256(document.read_bytes()).hexdigest()
    document.write_text(document.read_text(encoding="utf-8").replace("5500家", "5600家"), encoding="utf-8")
    after = hashlib.sha256(document.read_bytes()).hexdigest()
    sources.write_text(sources.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    read: list[str] = []

    def reading(path: Path) -> Source:
        read.append(path.name)
        return read_source(path)

    monkeypatch.setattr(ingest.documents, "read_source", reading)
    report = build(built.settings)
    assert read == ["plan.txt"]
    assert [balance.units for balance in report.balances] == [54, 23]
    assert {changes.document: len(changes.changed) for changes in report.changes} == {"task-table": 0, "plan": 1}
