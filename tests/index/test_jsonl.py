"""Records come back as they went, whatever their texts hold."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.jsonl import read_records, write_records
from index.published import Passage, Published
from index.records import PolicyUnit, Role
from tests.samples import document, unit


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Kept:
    """One of everything that records hold."""

    name: str
    pairs: tuple[tuple[str, int], ...]
    roles: tuple[Role, ...]
    role: Role | None
    colour: Colour
    page: int | None = None


def test_nested_records_tuples_and_enumerations_come_back(tmp_path: Path) -> None:
    role = Role("牵头单位", ("市商务局",), leads=True)
    put = [Kept("一", (("甲", 1), ("乙", 2)), (role,), role, Colour.RED, 3), Kept("二", (), (), None, Colour.RED)]
    write_records(tmp_path / "kept.jsonl", put)
    assert list(read_records(tmp_path / "kept.jsonl", Kept)) == put


def test_the_records_of_an_index_come_back(tmp_path: Path) -> None:
    published = Published(document(), "全文", (Passage("title", "题"),), 2, 0, (("title", 2),), ())
    write_records(tmp_path / "published.jsonl", [published])
    assert list(read_records(tmp_path / "published.jsonl", Published)) == [published]


@given(text=st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Line separators of Unicode among them, at which splitlines() would cut a record in two."""
    path = tmp_path_factory.getbasetemp() / "any.jsonl"
    put = [unit(1, text), unit(2, "\u2028\x85\x1c二")]
    write_records(path, put)
    assert list(read_records(path, PolicyUnit)) == put


@pytest.mark.parametrize("line", ["{", '{"name": "一"}', "[]"])
def test_what_is_no_such_record_is_an_error(line: str, tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text(line, encoding="utf-8")
    with pytest.raises((ValueError, TypeError, KeyError)):
        list(read_records(tmp_path / "bad.jsonl", Kept))
