"""Documents taken in, replaced and taken out; what goes wrong leaves everything as it was."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import ingest.library
from answering.service import Service
from index.records import Document
from index.settings import Settings
from index.store import IndexUnusableError
from ingest.library import Given, Library, LibraryError, edition_of
from ingest.readers.source import ReadError
from ingest.units import UnitError

FIRST = """岭南市人民政府办公室关于印发促进夜间经济若干措施的通知
岭府办〔2025〕7号
各区人民政府：
《促进夜间经济若干措施》已经市政府同意，现印发给你们。
岭南市人民政府办公室
2025年3月4日
促进夜间经济若干措施
一、繁荣消费
1．支持夜市。延长夜市营业时间。（责任单位：市商务局、市城管局）
2．支持书店。鼓励书店开到夜里。（责任单位：市文化局）
二、保障出行
3．增开夜班公交。（市交通局牵头，市财政局配合）
"""
SECOND = (
    FIRST.replace("2025年3月4日", "2026年3月4日")
    .replace("鼓励书店开到夜里", "资助书店开到夜里")
    .replace(
        "3．增开夜班公交。（市交通局牵头，市财政局配合）\n",
        "3．增开夜班公交。（市交通局牵头，市财政局配合）\n4．延长地铁时间。（市交通局牵头）\n",
    )
)


@pytest.fixture
def settings(corpus_folder: Path, tmp_path: Path) -> Settings:
    return Settings(corpus_dir=corpus_folder, index_dir=tmp_path / "index")


@pytest.fixture
def library(settings: Settings) -> Library:
    return Library(settings)


def written(folder: Path, text: str = FIRST, name: str = "夜间经济.txt") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def state(settings: Settings) -> dict[str, bytes]:
    """Every file of the corpus and which index is in use."""
    files = [path for path in settings.corpus_dir.rglob("*") if path.is_file() and path.name != ".lock"]
    current = settings.index_dir / "CURRENT"
    return {str(path): path.read_bytes() for path in [*files, *([current] if current.exists() else [])]}


def test_a_document_is_added_asked_replaced_and_removed(library: Library, settings: Settings, tmp_path: Path) -> None:
    change = library.add(written(tmp_path))
    document = change.document
    assert (document.title, document.number, document.date) == (
        "《促进夜间经济若干措施》",
        "岭府办〔2025〕7号",
        "2025-03-04",
    )
    assert (document.region, document.version) == ("岭南市", 1)
    assert change.balance and not change.balance.errors
    service = Service(settings)
    answer = service.ask("夜班公交由谁牵头？")
    assert [citation.label for citation in answer.citations] == ["《促进夜间经济若干措施》第3项"]
    assert "牵头：市交通局" in answer.answer
    service.close()

    change = library.update(document.slug, written(tmp_path, SECOND))
    assert (change.document.version, change.document.date) == (2, "2026-03-04")
    (changes,) = [each for each in change.report.changes if each.document == document.slug]
    assert changes.added == ("《促进夜间经济若干措施》（第2版）第4项",)
    assert changes.changed == ("《促进夜间经济若干措施》（第2版）第2项",)
    assert (changes.removed, changes.kept) == ((), 2)
    assert change.report.embedded == 2
    service = Service(settings)
    answer = service.ask("地铁时间延长由谁负责？")
    assert [citation.label for citation in answer.citations] == ["《促进夜间经济若干措施》（第2版）第4项"]
    service.close()
    kept = [json.loads(line) for line in (settings.corpus_dir / "versions.jsonl").read_text("utf-8").splitlines()]
    assert [(entry["slug"], entry["version"]) for entry in kept] == [(document.slug, 1)]
    assert (settings.corpus_dir / "documents" / kept[0]["path"]).read_text("utf-8") == FIRST

    library.remove(document.slug)
    service = Service(settings)
    assert set(service.documents) == {"task-table", "plan"}
    service.close()


def test_checking_changes_nothing(library: Library, settings: Settings, tmp_path: Path) -> None:
    file, before = written(tmp_path), state(settings)
    assert library.check(file).units == 3
    assert state(settings) == before


def test_what_is_there_already_is_said(library: Library, tmp_path: Path) -> None:
    slug = library.add(written(tmp_path)).document.slug
    with pytest.raises(LibraryError, match=rf"is in the corpus already, as {slug}"):
        library.add(written(tmp_path, name="other.txt"))
    with pytest.raises(LibraryError, match=rf"7号 is in the corpus already, as {slug}; python -m ingest update {slug}"):
        library.add(written(tmp_path, SECOND))
    with pytest.raises(LibraryError, match="nothing to update"):
        library.update(slug, written(tmp_path))


@pytest.mark.parametrize(
    ("slug", "message"), [("nobody", r"nobody: no such document; there are task-table, plan"), ("plan", "nothing")]
)
def test_a_document_that_is_not_there(library: Library, settings: Settings, slug: str, message: str) -> None:
    with pytest.raises(LibraryError, match=message):
        library.update(slug, settings.corpus_dir / "documents" / "plan.txt")


def test_the_last_document_stays(library: Library) -> None:
    library.remove("task-table")
    with pytest.raises(LibraryError, match="plan: is the only document"):
        library.remove("plan")


def test_a_taken_slug_is_said(library: Library, tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="the slug plan is taken; choose another, or update plan"):
        library.add(written(tmp_path), Given(slug="plan"))


@pytest.mark.parametrize(("text", "error"), [("", ReadError), ("没有编号的一段话。\n", UnitError)])
def test_a_file_that_cannot_be_read_changes_nothing(
    library: Library, settings: Settings, tmp_path: Path, text: str, error: type[Exception]
) -> None:
    file, before = written(tmp_path, text), state(settings)
    with pytest.raises(error):
        library.add(file)
    assert state(settings) == before


def test_a_build_that_fails_changes_nothing(
    library: Library, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slug, before = library.add(written(tmp_path)).document.slug, state(settings)

    def full(*_: object, **__: object) -> None:
        raise IndexUnusableError("disk full")

    monkeypatch.setattr(ingest.library, "build", full)
    changes: tuple[Callable[[], object], ...] = (
        lambda: library.add(
            written(tmp_path, SECOND.replace("7号", "8号").replace("夜间经济", "假日经济"), "other.txt")
        ),
        lambda: library.update(slug, written(tmp_path, SECOND)),
        lambda: library.remove(slug),
    )
    for change in changes:
        with pytest.raises(IndexUnusableError, match="disk full"):
            change()
        assert state(settings) == before


def test_facts_given_go_before_those_read(library: Library, tmp_path: Path) -> None:
    given = Given(slug="night", title="夜间经济措施", date="2025-05-06", region="岭北市")
    document = library.add(written(tmp_path), given).document
    assert (document.slug, document.title, document.date, document.region) == (
        "night",
        "《夜间经济措施》",
        "2025-05-06",
        "岭北市",
    )


def test_an_edition_is_known_by_file_number_or_title() -> None:
    held = Document("a", "《甲》", "甲", (), None, "市发〔2025〕1号", None, "a.txt", "1")
    other = replace(held, slug="b", title="《乙》", number=None, sha256="2")
    for document in (
        replace(held, title="《丙》", number=None),
        replace(held, title="《丙》", sha256="3"),
        replace(held, number=None, sha256="3"),
    ):
        assert edition_of(document, (other, held)) == held
    assert edition_of(replace(other, title="《丙》", sha256="3"), (held, other)) is None
