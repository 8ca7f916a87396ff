from __future__ import annotations

from datetime import date

import pytest

from duties.ledger import Ledger
from duties.selection import Selection
from index.records import AgencyFilter
from tests.duties import samples
from web.duties_partners import layout, partnership, picture

DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return samples.ledger()


def test_bodies_stand_evenly_on_the_circle() -> None:
    points = layout(["a", "b", "c", "d"], "m")
    assert (points["m"].x, points["m"].y) == (0, 0)
    assert [(round(point.x), round(point.y)) for name, point in points.items() if name != "m"] == [
        (163, -163),  # 230 / √2
        (163, 163),
        (-163, 163),
        (-163, -163),
    ]


def test_every_pair_is_a_line_and_a_row(ledger: Ledger) -> None:
    html = partnership(ledger.report(Selection(), DAY), ledger)
    assert html.count("<path ") == 3
    assert "共 3 对单位有共同任务" in html
    assert '<a class="count" href="?body=a&amp;body=b&amp;all=1">2 项</a>' in html


def test_a_single_chosen_body_stands_in_the_middle(ledger: Ledger) -> None:
    report = ledger.report(Selection(AgencyFilter((("b",),))), DAY)
    html = picture(report.partners, ledger, ["b"])
    assert '<circle cx="0" cy="0" r="9"/><text class="middle" y="32">天津乙署</text>' in html
    assert html.count('<text class="shared"') == 2


def test_the_picture_is_not_read_aloud_and_takes_no_focus(ledger: Ledger) -> None:
    html = picture(ledger.report(Selection(), DAY).partners, ledger, [])
    assert '<svg aria-hidden="true"' in html
    assert html.count("<a ") == html.count('tabindex="-1"')


def test_no_partner_no_picture(ledger: Ledger) -> None:
    assert "<svg" not in partnership(ledger.report(Selection(keyword="FT"), DAY), ledger)
