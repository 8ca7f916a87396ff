"""Versions: found whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.versions import (
    IndexUnusableError,
    building,
    current,
    current_name,
    drop,
    finish,
    is_whole,
    new_folder,
    swap,
    versions,
)


@pytest.fixture
def version(tmp_path: Path) -> Path:
    """A finished version in use."""
    with building(tmp_path):
        folder = new_folder(tmp_path)
        (folder / "units.jsonl").write_text("一", encoding="utf-8")
        (folder / "chroma" / "graph").mkdir(parents=True)
        (folder / "chroma" / "chroma.sqlite3").write_text("rows", encoding="utf-8")
        (folder / "chroma" / "graph" / "data.bin").write_text("graph", encoding="utf-8")
        finish(folder)
        swap(tmp_path, folder)
    return folder


def test_a_finished_version_is_whole_and_in_use(version: Path, tmp_path: Path) -> None:
    assert is_whole(version)
    assert current(tmp_path) == version
    assert versions(tmp_path) == [version]


@pytest.mark.parametrize(
    ("name", "text", "whole"),
    [
        ("units.jsonl", "二", False),  # as long
        ("chroma/graph/data.bin", "grap", False),
        ("chroma/graph/data.bin", "GRAPH", True),  # opened graphs change a little
        ("chroma/chroma.sqlite3", "more rows", True),  # so does the database
        ("chroma/graph/more.bin", "", False),
    ],
)
def test_what_was_changed_is_noticed(version: Path, name: str, text: str, whole: bool) -> None:
    (version / name).write_text(text, encoding="utf-8")
    assert is_whole(version) is whole


def test_what_is_missing_is_noticed(version: Path) -> None:
    (version / "units.jsonl").unlink()
    assert not is_whole(version)
    drop(version)
    assert not is_whole(version)


def test_nothing_in_use_is_an_error_with_the_remedy(tmp_path: Path) -> None:
    assert current_name(tmp_path) is None
    with pytest.raises(IndexUnusableError, match="no index there yet; run python -m ingest"):
        current(tmp_path)


def test_names_are_never_used_twice(tmp_path: Path) -> None:
    with building(tmp_path):
        assert len({new_folder(tmp_path).name for _ in range(50)}) == 50


def test_a_file_in_the_way_is_named_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("", encoding="utf-8")
    with pytest.raises(IndexUnusableError, match=r"make it writable or set INDEX_DIR"), building(tmp_path / "index"):
        pass
