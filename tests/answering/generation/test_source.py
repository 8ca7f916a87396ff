"""A unit as sentences are held against it."""

from __future__ import annotations

from pathlib import Path

import pytest

from answering.generation.source import LATIN, fold, neutral_words, read_source, uncovered
from index.agencies import AgencyRegistry
from index.records import PolicyUnit

Units = dict[str, PolicyUnit]


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("海外仓 建设", "海外仓建设"),
        ("FT account 结算", "ft account结算"),
        ("ＦＴ账户", "ft账户"),
        ("海外倉，建設", fold("海外仓,建设")),
        (" \n", ""),
    ],
)
def test_folding_takes_away_what_makes_no_difference(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_latin_words_keep_what_joins_them() -> None:
    assert LATIN.findall(fold("用 eBay、B2B 和 7x24 的 AT&T、e-port")) == ["ebay", "b2b", "7x24", "at&t", "e-port"]


def test_a_unit_is_read_once(unit_of: Units, registry: AgencyRegistry) -> None:
    source = read_source(unit_of["plan/14"], registry)
    assert source.unit is unit_of["plan/14"]
    assert source.text in source.printed
    assert fold(unit_of["plan/14"].heading) in source.printed
    assert source.label == fold(unit_of["plan/14"].label)
    assert {(value.low, value.unit) for value in source.values} == {(2027, "年"), (70, "个"), (600_000, "平方米")}
    assert {"海外", "外仓", "商务", "务局"} <= source.pairs  # of the text, and of its bodies' names
    assert [clause.words for clause in source.clauses if clause.trying] == ["力争到2027年培育本市海外仓企业70家"]
    assert source.words == frozenset()


def test_bodies_named_in_the_text_are_not_those_responsible(unit_of: Units, registry: AgencyRegistry) -> None:
    source = read_source(unit_of["task-table/42"], registry)
    named = {mention.agency_ids[0] for mention in registry.find(source.text) if not mention.weak}
    assert source.named == named


def test_neutral_words_are_read_from_a_file_longest_first(tmp_path: Path) -> None:
    file = tmp_path / "words.txt"
    file.write_text("# a comment\n主要 主要是 ＡＢ\n包括\n", encoding="utf-8")
    pattern = neutral_words(file)
    assert pattern.findall("主要是包括ab，海外仓主要") == ["主要是", "包括", "ab", "主要"]


def test_each_character_is_held_neutral_or_new() -> None:
    """海外 and 外仓 are held; 包括 is neutral; 火箭 is neither; a comma, and a digit alone, count for nothing."""
    assert neutral_words().search("包括")
    flags = list(uncovered("海外仓,包括火箭7", frozenset({"海外", "外仓"})))
    assert flags == [False, False, False, None, None, None, True, True, None]
