"""Places of documents and others, named before a body or asked about."""

from __future__ import annotations

import pytest

from answering.understanding.places import Places, countries_in, places_in

TIANJIN = Places({"天津市"})
SEVERAL = Places({"天津市", "武汉市", "甘肃省", "赣州市", None})


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
    assert TIANJIN.namesake(before, "")[0] == region


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
    assert TIANJIN.asked(text) == region


def test_places_and_countries_named_in_order() -> None:
    text = "从深圳和上海卖到美国、日本,还是从天津卖到英国"
    assert places_in(text) == ["深圳", "上海"]  # not the documents' own
    assert countries_in(text) == ["美国", "日本", "英国"]
    assert places_in("跨境电商") == countries_in("跨境电商") == []


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("武汉的进口方案", [("武汉市",)]),
        ("武汉市和天津市的方案", [("武汉市",), ("天津市",)]),
        ("江西有什么措施", [("赣州市",)]),  # no document of the province itself
        ("国家层面怎么规定", [(None,)]),
        ("成都的进口方案", []),
    ],
)
def test_places_of_documents_named(text: str, regions: list[tuple[str | None, ...]]) -> None:
    assert [found for _, _, found in SEVERAL.named(text)] == regions


def test_the_only_place_there_is_tells_nothing() -> None:
    assert TIANJIN.named("天津的海外仓") == []


def test_a_place_of_documents_is_no_other_place() -> None:
    assert TIANJIN.asked("武汉的政策") == "武汉"
    assert SEVERAL.asked("武汉的政策") == ""
    assert SEVERAL.asked("兰州的政策") == "兰州"  # in Gansu, without documents of its own
    assert Places({None}).asked("天津的政策") == "天津"


def test_the_place_right_before_a_name() -> None:
    assert SEVERAL.before("请问武汉") == ("武汉", ("武汉市",))
    assert SEVERAL.before("请问杭州") == ("杭州", ())
    assert SEVERAL.before("请问武汉的") == ("", ())


def test_who_answers_for_a_place_without_an_answer() -> None:
    assert SEVERAL.above(["兰州市"]) == [("甘肃省",), (None,)]
    assert SEVERAL.above(["武汉市"]) == [(None,)]
    assert TIANJIN.above(["成都市"]) == []
