from __future__ import annotations

import re
from html import unescape

import pytest

from web.marking import marked
from web.sources import Sources


@pytest.mark.parametrize(
    ("text", "quote", "html"),
    [
        ("甲。乙。丙。", "乙。", "甲。<mark>乙。</mark>丙。"),
        ("甲。乙。丙。", "甲。乙。", "<mark>甲。乙。</mark>丙。"),
        ("甲。乙。丙。", "甲。丙。", "<mark>甲。</mark>乙。<mark>丙。</mark>"),
        ("甲。乙。甲。", "甲。甲。", "<mark>甲。</mark>乙。<mark>甲。</mark>"),
        ("甲。", "", "甲。"),
        ("a<b。c&d。", "c&d。", "a&lt;b。<mark>c&amp;d。</mark>"),
        ("甲。", "不在其中。", "甲。"),
    ],
)
def test_the_quoted_sentences_are_marked_where_they_stand(text: str, quote: str, html: str) -> None:
    assert marked(text, quote) == html


def test_marking_loses_no_character_of_any_unit(sources: Sources) -> None:
    for unit in sources.units.values():
        assert unescape(re.sub(r"</?mark>", "", marked(unit.text, unit.text))) == unit.text
