from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from app import Desk, current, load, main, reopen
from index.roles import responsible
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


@pytest.fixture
def settings(tmp_path: Path, index_settings: Settings) -> Settings:
    """A corpus and an index of their own: those of the repository, copied."""
    shutil.copytree(Settings().corpus_dir, tmp_path / "corpus")
    shutil.copytree(index_settings.index_dir, tmp_path / "index")
    return replace(Settings(), corpus_dir=tmp_path / "corpus", index_dir=tmp_path / "index")


NIGHT = """岭南市人民政府关于促进夜间经济的若干措施
岭府〔2025〕7号
一、支持夜市。对夜市给予最高30万元补助。（市商务局牵头，市财政局配合）
二、增开夜班公交。（责任单位：市交通局）
岭南市人民政府
2025年3月4日
"""


def test_documents_come_in_are_replaced_and_go(settings: Settings, tmp_path: Path) -> None:
    desk, file = Desk(settings), tmp_path / "夜间.txt"
    file.write_text(NIGHT, encoding="utf-8")
    found = desk.check(file)
    assert (found.units, found.bodies, found.known, found.held, found.errors) == (2, 3, "", False, 0)
    assert (found.document.number, found.document.region) == ("岭府〔2025〕7号", "岭南市")
    assert [responsible(unit) for unit in found.sample] == ["牵头：市商务局；配合：市财政局", "市交通局"]
    before = current(settings)

    added = desk.add(file)
    slug = added.document.slug
    assert (len(added.added), added.changed, added.removed, added.kept) == (2, (), (), 0)
    assert current(settings) != before
    held = desk.check(file)
    assert (held.known, held.held) == (slug, True)

    file.write_text(NIGHT.replace("30万元", "50万元"), encoding="utf-8")
    newer = desk.check(file)
    assert (newer.known, newer.held) == (slug, False)
    updated = desk.update(slug, file, "")
    assert (updated.document.version, updated.document.region) == (2, None)
    assert (len(updated.changed), updated.kept) in {(1, 1), (2, 0)}  # the other names bodies of the country now
    service = reopen(settings)
    assert service.version == current(settings)
    assert "50万元" in service.ask("对夜市有什么补助？").citations[0].quote
    service.close()
    removed = desk.remove(slug)
    assert (len(removed.removed), removed.kept) == (2, 0)
