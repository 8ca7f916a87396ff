"""``python -m ingest``: what it says and how it ends."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.records import PolicyUnit
from ingest.__main__ import main
from tests.chat_server import chat_server
from tests.ingest.test_build import small_model

OEM = "鼓励贴牌生产（OEM）、委托设计（ODM）企业注册自有品牌，提升国际竞争力。"  # of plan/6


@contextmanager
def asked(monkeypatch: pytest.MonkeyPatch, reply: Callable[[str], str]) -> Iterator[None]:
    """Settings that point at a chat model that says ``reply``."""
    with chat_server(reply) as server:
        monkeypatch.setenv("LLM_BASE_URL", server.settings.base_url)
        monkeypatch.setenv("LLM_MODEL", server.settings.model)
        yield


@pytest.fixture
def index(corpus_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings that point at a small corpus, and the folder of its index."""
    monkeypatch.setenv("CORPUS_DIR", str(corpus_folder))
    monkeypatch.setenv("INDEX_DIR", str(tmp_path / "index"))
    monkeypatch.setenv("EMBEDDING_MODEL", str(small_model(tmp_path / "model", "海外仓", "企业")))
    monkeypatch.setenv("EMBEDDING_QUERY_INSTRUCTION", "")
    monkeypatch.setenv("CHUNK_TOKENS", "160")
    monkeypatch.setenv("LLM_BASE_URL", "")
    monkeypatch.setenv("LLM_MODEL", "")
    return tmp_path / "index"


def test_builds_then_does_nothing_then_builds_when_forced(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    built = capsys.readouterr().out
    assert "任务分工表: 54 units, 142 responsible bodies named" in built
    assert "实施方案》: 23 units, 66 responsible bodies named" in built
    assert built.count("balanced: numbers run through") == 2
    assert "indexed 77 units as " in built
    assert "passages and 2 expected questions\n" in built
    assert built.endswith(
        "77 of 77 units have fewer than 20 expected questions; python -m ingest expand writes them with a chat model "
        "(none is configured: set LLM_BASE_URL and LLM_MODEL)\n"
    )
    assert (index / "CURRENT").is_file()

    assert main(["build"]) == 0
    assert "nothing to do: the index of 77 units fits the corpus and the settings" in capsys.readouterr().out

    assert main(["build", "--force"]) == 0
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


def test_a_mistake_in_the_glossary_is_said_in_one_line(
    index: Path, corpus_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (corpus_folder / "glossary.tsv").write_text("fx 外汇\n", encoding="utf-8")
    assert main([]) == 1
    said = capsys.readouterr().err
    assert said.startswith("error: ")
    assert "glossary.tsv:1: expected English, one tab and Chinese" in said
    assert not index.exists()


def test_every_problem_of_a_document_is_said(
    index: Path, corpus_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = corpus_folder / "documents" / "task-table.txt"
    text = document.read_text(encoding="utf-8")
    document.write_text(text.replace("\t27\n", "\t26\n").replace("市药监局", "市药局"), encoding="utf-8")
    assert main([]) == 1
    said = capsys.readouterr().err
    assert "task-table.txt: sha256 is" in said
    assert not index.exists()


def test_a_warning_fails_a_strict_build_only(
    index: Path, corpus_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document, sources = corpus_folder / "documents" / "task-table.txt", corpus_folder / "sources.jsonl"
    before = hashlib.sha256(document.read_bytes()).hexdigest()
    document.write_text(document.read_text(encoding="utf-8").replace("\t27\n", "\t26\n"), encoding="utf-8")
    after = hashlib.sha256(document.read_bytes()).hexdigest()
    sources.write_text(sources.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    assert main(["build", "--strict"]) == 1
    said = capsys.readouterr().err
    assert "序号: doubled [26]" in said and "序号: missing [27]" in said
    assert not index.exists()
    assert main([]) == 0
    assert "PROBLEM 序号: doubled [26]" in capsys.readouterr().out


@pytest.mark.parametrize(("file", "remedy"), [("plan.txt", "check the path")])
def test_a_missing_document_is_said(
    index: Path, corpus_folder: Path, capsys: pytest.CaptureFixture[str], file: str, remedy: str
) -> None:
    (corpus_folder / "documents" / file).unlink()
    assert main([]) == 1
    assert remedy in capsys.readouterr().err


def test_questions_that_are_missing_are_counted(
    index: Path, corpus_folder: Path, units: tuple[PolicyUnit, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    path = corpus_folder / "questions" / "business.jsonl"
    twenty = [(unit.unit_id, f"第{number}问", unit.text) for unit in units for number in range(20)]
    lines = [json.dumps(dict(zip(("unit_id", "question", "sentence"), each, strict=True))) + "\n" for each in twenty]
    path.write_text("".join(lines[1:]), encoding="utf-8")
    assert main([]) == 0
    assert "1 of 77 units has fewer than 20 expected questions" in capsys.readouterr().out
    path.write_text("".join(lines), encoding="utf-8")
    assert main([]) == 0
    assert "fewer than" not in capsys.readouterr().out


def test_expand_writes_and_the_next_build_indexes(
    index: Path, corpus_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([]) == 0
    built = (index / "CURRENT").read_text(encoding="utf-8")
    capsys.readouterr()
    with asked(monkeypatch, lambda _: f"好的：\n代工厂想做自己的牌子 | {OEM}\n有补贴没有 | 每家补贴十万元。"):
        assert main(["expand", "--unit", "plan/6", "--least", "1"]) == 0
        said = capsys.readouterr()
        assert said.err == ""
        path = corpus_folder / "questions" / "expanded.jsonl"
        assert said.out.splitlines() == [
            "1 of 77 units to do",
            "plan/6: 1 of 1 questions, kept 1, dropped 2 (1 without question and sentence, 1 sentence not in the unit)",
            f"1 questions written to {path}; python -m ingest builds them into the index",
        ]
        assert main(["expand", "--unit", "plan/6", "--least", "1"]) == 0
        assert capsys.readouterr().out == "nothing to do: every unit asked for has at least 1 expected questions\n"
    assert (index / "CURRENT").read_text(encoding="utf-8") == built

    monkeypatch.setenv("LLM_BASE_URL", "")
    monkeypatch.setenv("LLM_MODEL", "")
    assert main([]) == 0
    assert "passages and 3 expected questions\n" in capsys.readouterr().out


def test_expand_tells_failures_and_what_is_left(
    index: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with asked(monkeypatch, lambda prompt: f"代工厂想做自己的牌子 | {OEM}" if OEM in prompt else "我不会"):
        assert main(["expand", "--unit", "plan/5", "--unit", "plan/6", "--least", "2"]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[1].startswith("plan/5: 0 of 2 questions, kept 0, dropped 2 (2 without question and sentence); FAILED ")
    assert said[2] == "plan/6: 1 of 2 questions, kept 1, dropped 1 (1 known already)"
    assert said[4] == "2 of 2 units still have fewer than 2 expected questions, 1 failed; run again to go on"
    assert not index.exists()


def test_expand_stops_at_a_key(
    index: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", interrupted)
    with asked(monkeypatch, lambda _: f"代工厂想做自己的牌子 | {OEM}"):
        assert main(["expand", "--unit", "plan/6", "--least", "1"]) == 130
    assert "stopped: 0 questions are in " in capsys.readouterr().err


def test_expand_needs_a_chat_model(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["expand"]) == 1
    said = capsys.readouterr()
    assert said.err.startswith("error: no chat model is configured; set LLM_BASE_URL (")
    assert " and LLM_MODEL (" in said.err
    assert said.err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["build", "--least", "3"], "unrecognized arguments: --least 3"),
        (["lexicon", "--unit", "plan/6"], "unrecognized arguments: --unit plan/6"),
        (["expand", "--force"], "unrecognized arguments: --force"),
        (["add", "a.txt", "b.txt", "--slug", "a"], "facts of a document belong to one file; add the files one by one"),
        (["expand", "--least", "0"], "'0' is not a whole number above 0"),
        (["expand", "--least", "many"], "'many' is not a whole number above 0"),
    ],
)
def test_an_option_that_does_not_belong_is_refused(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert message in capsys.readouterr().err


def test_an_unknown_command_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["rebuild"])
    assert stopped.value.code == 2
    assert "invalid choice: 'rebuild'" in capsys.readouterr().err
