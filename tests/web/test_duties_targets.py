from __future__ import annotations

from datetime import date

from duties.selection import Selection
from tests.duties import samples
from web.duties_targets import goals

TASKS = [
    samples.task(1, "到2025年，建成3家示范园区。", "a"),
    samples.task(2, "到2027年底，产业园区达到8个以上。", "b"),
    samples.task(3, "力争培育9家海外仓。", "b"),
]


def test_a_column_a_year_and_like_things_on_one_line() -> None:
    made = samples.ledger(TASKS)
    html = goals(made.report(Selection(), date(2026, 11, 22)), made)
    assert "共 3 项量化目标" in html
    heads = [part.partition("<")[0] for part in html.split('scope="col">')[1:]]
    assert heads == ["未写年份", "2025年", "2027年"]
    assert html.count('<tr role="row"><td') == 2
    assert '2025年<span class="passed">已过</span>' in html
    assert '2027年<span class="open">未到</span>' in html
    assert '<p class="value">8个以上</p><p class="subject">产业园区</p>' in html
    assert 'href="?unit=plan/2"' in html


def test_no_target_is_told() -> None:
    made = samples.ledger()
    assert "没有写明数量的目标" in goals(made.report(Selection(), date(2026, 11, 22)), made)
