from __future__ import annotations

from datetime import date

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
