"""Other places than Tianjin, named before a body or asked about."""

from __future__ import annotations

import pytest

from answering.understanding.places import countries_in, places_in, region_asked, region_before


@pytest.mark.parametrize(
    ("before", "region"),
    [
        ("请问杭州", "杭州"),
        ("浙江省", "浙江省"),
        ("北京市", "北京市"),
        ("天津", ""),
        ("天津市", ""),
        ("杭州的", ""),
        ("", ""),
    ],
)
def test_the_place_before_a_body(before: str, region: str) -> None:
    assert region_before(before) == region


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("上海的跨境电商政策", "上海"),
        ("深圳市对海外仓有什么补贴", "深圳"),
        ("杭州出台了什么", "杭州"),
        ("天津和北京的政策有什么不同", ""),  # the documents' own place is named as well
        ("我市和北京的政策", ""),
        ("从上海出货有什么政策", ""),  # a place goods come from
        ("北京银行有什么政策", ""),  # part of a name
        ("厦门在综合保税区设立的中心仓由谁负责", "厦门"),  # what is asked is of the place that it begins with
        ("海外仓的目标是多少，青岛呢", "青岛"),
        ("深圳的中心仓和天津的有什么不同", ""),
        ("我从深圳过来，能入驻吗", ""),
        ("跨境电商政策", ""),
    ],
)
def test_the_place_asked_about(text: str, region: str) -> None:
    assert region_asked(text) == region


def test_places_and_countries_named_in_order() -> None:
    text = "从深圳和上海卖到美国、日本,还是从天津卖到英国"
    assert places_in(text) == ["深圳", "上海"]  # not the documents' own
    assert countries_in(text) == ["美国", "日本", "英国"]
    assert places_in("跨境电商") == countries_in("跨境电商") == []
