"""A table of English wordings, read variant by variant; a bad line is named with its file and number."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.glossary import GlossaryError, Term, read_glossary, rows
from index.settings import Settings
from index.text import plain
from ingest.corpus import Corpus


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "glossary.tsv"
    path.write_text("# a comment\n\nfx|foreign exchange\t外汇\n the plan \t 实施方案 \nplease\t\n", encoding="utf-8")
    return path


def test_rows_are_the_fields_with_their_place(table: Path) -> None:
    assert list(rows(table)) == [
        (f"{table}:3", "fx|foreign exchange", "外汇"),
        (f"{table}:4", "the plan", "实施方案"),
        (f"{table}:5", "please", ""),
    ]


def test_a_glossary_is_read_variant_by_variant(table: Path) -> None:
    table.write_text("fx|foreign exchange\t外汇\nthe plan\t实施方案\n", encoding="utf-8")
    assert read_glossary(table) == (Term("fx", "外汇"), Term("foreign exchange", "外汇"), Term("the plan", "实施方案"))


def test_no_lines_are_no_terms(table: Path) -> None:
    table.write_text("# nothing yet\n", encoding="utf-8")
    assert read_glossary(table) == ()


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("fx 外汇", r":1: expected English, one tab and Chinese, not 'fx 外汇'; correct it"),
        ("# terms\nfx\t外汇\tmore", r":2: expected English, one tab"),
        ("\t外汇", r":1: expected English, one tab"),
        ("fx\t", r":1: 'fx' has no Chinese; write it behind the tab or remove the line"),
        ("fx\t外汇\nforex|fx\t汇", r":2: 'fx' already stands for 外汇; keep one of the two"),
    ],
)
def test_a_glossary_with_a_mistake_is_refused_by_line(lines: str, message: str, table: Path) -> None:
    table.write_text(lines, encoding="utf-8")
    with pytest.raises(GlossaryError, match=r"glossary\.tsv" + message):
        read_glossary(table)


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_file_that_is_missing_or_no_text_is_named(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "none.tsv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(GlossaryError, match=r"none\.tsv: can't be read .*; restore it as a UTF-8 text file"):
        read_glossary(path)


def test_the_glossary_of_the_repository_is_in_lower_case(corpus: Corpus) -> None:
    terms = read_glossary(Settings().corpus_dir / "glossary.tsv")
    assert corpus.glossary == terms
    assert [term for term in terms if term.english != term.english.lower().strip() or not plain(term.chinese)] == []
