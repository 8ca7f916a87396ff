from __future__ import annotations

import pytest

from index.agencies import AgencyRegistry
from web.documents_search import LONGEST_WORDS, Marker, Wanted, spans, wanted


@pytest.mark.parametrize(
    ("typed", "text", "hits"),
    [
        ("海外仓", "海外仓、海外仓企业", "海外仓 海外仓"),
        ("海外倉", "建设海外仓", "海外仓"),  # traditional finds simplified
        ("Ｂ２Ｂ", "企业对企业（B2B）", "B2B"),  # full width finds half width
        ("b2b", "企业对企业（B2B）", "B2B"),
        ("外管局", "国家外汇管理局天津市分局负责", "国家外汇管理局天津市分局"),  # another name of the body
        ("  两  仓 ", "两 仓", "两 仓"),
        ("月球", "海外仓", ""),
        ("aa", "aaa", "aa"),
    ],
)
def test_what_is_found(typed: str, text: str, hits: str, registry: AgencyRegistry) -> None:
    found = spans(text, wanted(typed, registry).spellings)
    assert [text[start:end] for start, end in found] == ([hits] if " " in typed.strip() else hits.split())


@pytest.mark.parametrize("typed", ["", "  ", "\n"])
def test_nothing_typed_looks_for_nothing(typed: str, registry: AgencyRegistry) -> None:
    assert wanted(typed, registry) == Wanted()


def test_a_pasted_page_is_cut(registry: AgencyRegistry) -> None:
    assert wanted("长" * 500, registry).typed == "长" * LONGEST_WORDS


def test_hits_are_marked_counted_and_everything_is_escaped() -> None:
    mark = Marker(Wanted("<b>", ("<b>",)))
    assert mark("x<b>y&") == "x<mark>&lt;b&gt;</mark>y&amp;"
    assert mark.hits == 1
    assert Marker()("<b>") == "&lt;b&gt;"
