"""Synthetic documents: the same every time, and read whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.corpus import UNITS_A_DOCUMENT, Known, city_of, write_corpus
from index.records import PolicyUnit
from ingest.corpus import read_corpus
from ingest.documents import read_units


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[Known, ...]]:
    folder = tmp_path_factory.mktemp("synthetic") / "corpus"
    return folder, write_corpus(folder, 3)


def test_every_document_is_read_whole_with_all_its_units(known: tuple[Path, tuple[Known, ...]]) -> None:
    balances, units = read_units(read_corpus(known[0]))
    assert [balance.units for balance in balances] == [UNITS_A_DOCUMENT] * 3
    assert all(unit.agencies for unit in units)
    assert len({unit.text for unit in units}) == len(units)


def test_questions_are_made_from_the_units_they_name(known: tuple[Path, tuple[Known, ...]]) -> None:
    units: dict[str, PolicyUnit] = {unit.unit_id: unit for unit in read_units(read_corpus(known[0]))[1]}
    for asked in known[1]:
        act = asked.question.split("里，")[1].removesuffix("有多少个？")
        assert act in units[asked.unit_id].text


def test_the_same_seed_gives_the_same_corpus(known: tuple[Path, tuple[Known, ...]], tmp_path: Path) -> None:
    assert write_corpus(tmp_path / "again", 3) == known[1]
    for path in sorted((known[0] / "documents").iterdir()):
        assert (tmp_path / "again" / "documents" / path.name).read_bytes() == path.read_bytes()
    assert write_corpus(tmp_path / "other", 3, seed=8) != known[1]


def test_documents_are_of_many_cities() -> None:
    assert len({city_of(number) for number in range(1000)}) == 220
