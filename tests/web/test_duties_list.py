from __future__ import annotations

from datetime import date

import pytest

from duties.ledger import Ledger
from duties.selection import Selection
from index.records import AgencyFilter
from tests.duties import samples
from web.duties_list import listed, summary

DAY = date(2026, 11, 22)
HOSTILE = "<img src=x onerror=alert(1)>\"'&"
B = Selection(AgencyFilter((("b",),)))


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return samples.ledger()


def test_the_count_is_that_of_the_data(ledger: Ledger) -> None:
    html = summary(ledger.report(Selection(), DAY), ledger)
    assert '<strong class="count">共 4 项</strong>' in html
    assert "（方案 2 项，分工表 2 项；其中 1 项没有写明责任单位）" in html
    assert '<strong class="count">共 0 项</strong></p>' in summary(ledger.report(Selection(keyword="无"), DAY), ledger)


def test_a_name_that_no_body_has_is_told(ledger: Ledger) -> None:
    html = summary(ledger.report(Selection(), DAY), ledger, [HOSTILE])
    assert "没有找到“&lt;img src=x onerror=alert(1)&gt;&quot;&#x27;&amp;”" in html


def test_a_task_links_to_its_unit_and_a_body_to_its_list(ledger: Ledger) -> None:
    html = listed(ledger.report(B, DAY), ledger)
    assert html.count('<tr role="row"><td') == 2
    assert '<a class="unit" href="?unit=plan/1">' in html
    assert '<a class="body" href="?body=a">市甲局</a>' in html
    assert '<a class="body own" href="?body=b">天津乙署</a>' in html


def test_a_unit_without_bodies_says_so(ledger: Ledger) -> None:
    assert "没有写明</td>" in listed(ledger.report(Selection(keyword="宣传"), DAY), ledger)


def test_words_looked_for_are_marked(ledger: Ledger) -> None:
    html = listed(ledger.report(Selection(keyword="海外仓 ft"), DAY), ledger)
    assert "没有符合这些条件的任务" in html
    assert "推广<mark>FT</mark>账户。" in listed(ledger.report(Selection(keyword="ft"), DAY), ledger)


def test_text_is_shown_as_written() -> None:
    made = samples.ledger([samples.task(1, f"甲{HOSTILE}", "a")])
    for keyword in ("", "甲 img"):
        html = listed(made.report(Selection(keyword=keyword), DAY), made)
        assert "<img" not in html
        assert "&quot;&#x27;&amp;" in html
