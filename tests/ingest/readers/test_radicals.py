"""Radicals that stand for characters."""

from __future__ import annotations

from ingest.readers.radicals import without_radicals


def test_radicals_become_the_characters_of_simplified_texts() -> None:
    assert without_radicals("⼀、⼈⺠政府⻔⼾⽹⻚⻓⻆⻛") == "一、人民政府门户网页长角风"


def test_all_else_stays_and_the_length_too() -> None:
    assert without_radicals("１．（一）①㎡") == "１．（一）①㎡"
