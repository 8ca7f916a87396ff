from __future__ import annotations

from datetime import date

import pytest

import web.duties_matrix
from duties.selection import Selection
from tests.duties import samples
from web.duties_matrix import heat_map

DAY = date(2026, 11, 22)


def test_each_number_says_what_it_counts_and_leads_to_its_first_task() -> None:
    many = [samples.task(number, "推广。", "a", measure="1") for number in range(1, 6)]
    made = samples.ledger([*many, samples.task(6, "宣传。", "ab")])
    html = heat_map(made.report(Selection(), DAY), made)
    assert 'class="s4"><a href="?unit=plan/1" aria-label="市甲局，第1项，5 项：第1项、第2项' in html
    assert 'class="s1"><a href="?unit=plan/6" aria-label="天津乙署，第6项，1 项：第6项"' in html
    assert '<th scope="col"><a href="?unit=plan/1">第1项</a></th>' in html
    assert "<td>6</td></tr>" in html  # 合计 of 市甲局
    assert '<th scope="row">任务项数</th><td>5</td><td>1</td><td>6</td>' in html


def test_no_body_no_table() -> None:
    made = samples.ledger()
    assert "<table" not in heat_map(made.report(Selection(keyword="宣传"), DAY), made)


def test_only_what_fits_is_drawn_and_the_rest_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, most in (("MOST_DOCUMENTS", 1), ("MOST_BODIES", 1), ("MOST_MEASURES", 2)):
        monkeypatch.setattr(web.duties_matrix, name, most)
    plan = [samples.task(number, "推广。", "ab" if number == 1 else "a") for number in range(1, 6)]
    made = samples.ledger(plan)
    html = heat_map(made.report(Selection(), DAY), made)
    assert "任务少的 1 家单位、后面的 3 条没有画出" in html
    assert html.count('<tr><th scope="row"><a') == 1
    assert html.count('<th scope="col"><a') == 2
    assert "<td>5</td></tr></tfoot>" in html  # all tasks are counted
