"""The table of places, and what is read from it."""

from __future__ import annotations

import pytest

from index.places import (
    names_of_place,
    place_at_start,
    place_of_sign,
    prefectures_of,
    province_of,
    short_name,
    small_place_at_start,
    split,
)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("武汉市人民政府办公厅关于", "武汉市"),
        ("武汉出台", "武汉市"),
        ("浙江省杭州市人民政府", "杭州市"),
        ("吉林市人民政府", "吉林市"),
        ("吉林省人民政府", "吉林省"),
        ("广西壮族自治区商务厅", "广西壮族自治区"),
        ("凉山彝族自治州发展改革委", "凉山彝族自治州"),
        ("北京市朝阳区人民政府", "北京市朝阳区"),
        ("国务院办公厅", ""),
        ("农村市场监管", ""),
        ("城市更新", ""),
        ("", ""),
    ],
)
def test_the_place_that_a_text_begins_with(text: str, place: str) -> None:
    assert place_at_start(text)[0] == place


def test_a_place_outside_the_table_needs_an_office_behind_it() -> None:
    assert place_at_start("昆山市人民政府", office=True) == ("昆山市", 3)
    assert place_at_start("昆山市人民政府") == ("", 0)
    assert place_at_start("昆山市的企业", office=True) == ("", 0)


@pytest.mark.parametrize(
    ("place", "short", "province"),
    [
        ("武汉市", "武汉", "湖北省"),
        ("甘肃省", "甘肃", "甘肃省"),
        ("广西壮族自治区", "广西", "广西壮族自治区"),
        ("天津市", "天津", "天津市"),
        ("北京市朝阳区", "北京朝阳", "北京市"),
        ("昆山市", "昆山", None),
    ],
)
def test_short_names_and_provinces(place: str, short: str, province: str | None) -> None:
    assert short_name(place) == short
    assert province_of(place) == province


def test_what_people_call_a_place() -> None:
    assert names_of_place("武汉市") == ("武汉市", "武汉")
    assert names_of_place("北京市朝阳区") == ("北京市朝阳区", "北京朝阳区", "朝阳区", "北京朝阳")
    assert split("北京市朝阳区") == ("北京市", "朝阳区")


def test_prefectures_and_signs() -> None:
    assert "赣州市" in prefectures_of("江西省")
    assert prefectures_of("天津市") == ()
    assert place_of_sign("津") == "天津市"
    assert place_of_sign("国") is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("昆山市促进消费若干措施", "昆山市"),
        ("义乌市若干措施", "义乌市"),
        ("开发区管理办法", ""),
        ("建设市场体系意见", ""),
        ("老旧小区改造方案", ""),
        ("各县区工作要点", ""),
        ("优化市容方案", ""),
    ],
)
def test_a_small_place_is_told_by_its_shape(text: str, place: str) -> None:
    assert small_place_at_start(text) == place
