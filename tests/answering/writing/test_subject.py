"""Pairs of characters that tell what a text is about."""

from __future__ import annotations

from answering.writing.subject import telling_pairs


def test_words_found_everywhere_tell_nothing() -> None:
    assert telling_pairs("跨境电商企业") == frozenset()
    assert telling_pairs("海外仓") == {"海外", "外仓"}
