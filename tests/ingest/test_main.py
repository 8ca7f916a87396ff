"""``python -m ingest``: what it says and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.__main__ import main
from tests.ingest.test_build import small_model


@pytest.fixture
def index(corpus_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings that point at a small corpus, and the folder of its index."""
    monkeypatch.setenv("CORPUS_DIR", str(corpus_folder))
    monkeypatch.setenv("INDEX_DIR", str(tmp_path / "index"))
    monkeypatch.setenv("EMBEDDING_MODEL", str(small_model(tmp_path / "model", "海外仓", "企业")))
    monkeypatch.setenv("EMBEDDING_QUERY_INSTRUCTION", "")
    monkeypatch.setenv("CHUNK_TOKENS", "160")
    return tmp_path / "index"


def test_builds_then_does_nothing_then_builds_when_forced(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    built = capsys.readouterr().out
    assert "任务分工表: 54 units, 142 responsible bodies named" in built
    assert "实施方案》: 23 units, 66 responsible bodies named" in built
    assert built.count("balanced: numbers run through") == 2
    assert "indexed 77 units as " in built
    assert built.endswith("2 expected questions\n")
    assert (index / "CURRENT").is_file()

    assert main(["build"]) == 0
    assert "nothing to do: the index of 77 units fits the corpus and the settings" in capsys.readouterr().out

    assert main(["--force"]) == 0
    assert "indexed 77 units" in capsys.readouterr().out


def test_the_lexicon_is_checked(index: Path, corpus_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lexicon"]) == 0
    assert capsys.readouterr().out.endswith("words, each printed in a document and unknown to jieba\n")
    with (corpus_folder / "lexicon.txt").open("a", encoding="utf-8") as lexicon:
        lexicon.write("火星仓\n")
    assert main(["lexicon"]) == 1
    assert capsys.readouterr().out == "火星仓: in no document; remove it\n"
    assert not index.exists()


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("CORPUS_DIR", "/nowhere", "no sources.jsonl there"),
        ("CHUNK_TOKENS", "0", "CHUNK_TOKENS must be a whole number above 0, not '0'"),
        ("EMBEDDING_MODEL", "./nowhere", "there is no such folder; give an existing folder"),
    ],
)
def test_a_wrong_setting_is_said_in_one_line(
    index: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
    value: str,
    message: str,
) -> None:
    monkeypatch.setenv(name, value)
    assert main([]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("error: ")
    assert message in said.err
    assert said.err.count("\n") == 1
    assert not index.exists()


def test_every_problem_of_a_document_is_said(
    index: Path, corpus_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = corpus_folder / "documents" / "task-table.txt"
    text = document.read_text(encoding="utf-8")
    document.write_text(text.replace("\t27\n", "\t26\n").replace("市药监局", "市药局"), encoding="utf-8")
    assert main([]) == 1
    said = capsys.readouterr().err
    for problem in ("sha256 is", "序号: doubled [26]", "序号: missing [27]", "'市药局' is not a printed spelling"):
        assert problem in said
    assert not index.exists()


@pytest.mark.parametrize(("file", "remedy"), [("plan.txt", "check the path in corpus/sources.jsonl")])
def test_a_missing_document_is_said(
    index: Path, corpus_folder: Path, capsys: pytest.CaptureFixture[str], file: str, remedy: str
) -> None:
    (corpus_folder / "documents" / file).unlink()
    assert main([]) == 1
    assert remedy in capsys.readouterr().err


def test_an_unknown_command_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["rebuild"])
    assert stopped.value.code == 2
    assert "invalid choice: 'rebuild'" in capsys.readouterr().err
