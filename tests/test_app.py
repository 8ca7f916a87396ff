from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app import load, main
from index.settings import Settings
from ingest.corpus import CorpusError
from web.loading import INDEXING, OPENING, READING


def test_help_lists_what_can_be_set(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--help"])
    assert stopped.value.code == 0
    shown = capsys.readouterr().out
    for option in ("--host", "127.0.0.1", "--port", "7860", "--corpus", "--share", "default: off"):
        assert option in shown


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--port", "0"], "'0' is no port; give a whole number from 1 to 65535"),
        (["--port", "http"], "'http' is no port; give a whole number from 1 to 65535"),
        (["--corpus", "nowhere"], "no folder 'nowhere'; give one that holds sources.jsonl and documents/"),
    ],
)
def test_an_error_names_the_value_and_the_remedy(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert words in capsys.readouterr().err


def test_a_setting_that_cannot_be_used_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CHUNK_TOKENS", "many")
    assert main([]) == 2
    assert "CHUNK_TOKENS must be a whole number above 0, not 'many'" in capsys.readouterr().err


def test_loading_reports_each_step_and_ends_in_a_service_that_answers(tmp_path: Path) -> None:
    steps: list[str] = []
    service = load(replace(Settings(), index_dir=tmp_path), steps.append)
    assert steps == [READING, INDEXING, OPENING]
    assert service.ask("第14项讲什么？").citations[0].unit_id == "plan/14"
    assert [(item.document.slug, item.problems) for item in service.library] == [("task-table", ()), ("plan", ())]
    service.close()


def test_a_folder_without_a_corpus_fails_by_name(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"no sources\.jsonl there"):
        load(replace(Settings(), corpus_dir=tmp_path, index_dir=tmp_path / "index"), lambda words: None)
