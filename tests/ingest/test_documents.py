"""All documents of a corpus as read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from index.records import PolicyUnit
from ingest.corpus import Corpus
from ingest.documents import read_documents

TEXT = "岭南市促进夜间经济若干措施\n"


def units_of(corpus: Corpus, folder: Path, body: str, *, version: int = 1) -> tuple[PolicyUnit, ...]:
    """Units of one document of its own, of 岭南市."""
    (folder / "documents").mkdir()
    (folder / "documents" / "night.txt").write_text(TEXT + body, encoding="utf-8")
    document = replace(
        corpus.documents[0], slug="night", title="《岭南》", path="night.txt", region="岭南市", version=version
    )
    return read_documents(replace(corpus, folder=folder, documents=(document,))).documents[0].units


@pytest.mark.parametrize(
    ("body", "labels"),
    [
        ("一、支持夜市。延长时间。\n二、支持书店。开到夜里。\n", ["《岭南》一、支持夜市", "《岭南》二、支持书店"]),
        ("一、消费\n1．支持夜市。\n2．支持书店。\n", ["《岭南》第1项", "《岭南》第2项"]),
        (
            "一、目标\n（一）夜市。\n（二）书店。\n二、保障\n（一）公交。\n",
            ["《岭南》一、目标（一）", "《岭南》一、目标（二）", "《岭南》二、保障（一）"],
        ),
        ("第一条 支持夜市。\n第二条 支持书店。\n", ["《岭南》第一条", "《岭南》第二条"]),
    ],
)
def test_a_place_reads_as_a_citation(corpus: Corpus, tmp_path: Path, body: str, labels: list[str]) -> None:
    assert [unit.label for unit in units_of(corpus, tmp_path, body)] == labels


def test_a_later_edition_is_named(corpus: Corpus, tmp_path: Path) -> None:
    (unit,) = units_of(corpus, tmp_path, "一、消费\n1．支持夜市。\n", version=2)
    assert unit.label == "《岭南》（第2版）第1项"


def test_numbers_that_begin_anew_make_ids_of_their_own(corpus: Corpus, tmp_path: Path) -> None:
    body = "附件1\n一、夜市\n1．甲。\n2．乙。\n附件2\n一、书店\n1．丙。\n2．丁。\n"
    ids = [unit.unit_id for unit in units_of(corpus, tmp_path, body)]
    assert len(set(ids)) == 4


def test_bodies_are_of_the_documents_place(corpus: Corpus, tmp_path: Path) -> None:
    (unit,) = units_of(corpus, tmp_path, "一、消费\n1．支持夜市。（市商务局牵头，市财政局配合）\n")
    assert unit.agency_ids == ("岭南市商务局", "岭南市财政局")
    assert [(role.name, role.leads) for role in unit.roles] == [("牵头", True), ("配合", False)]
