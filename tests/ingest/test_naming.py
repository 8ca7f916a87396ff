"""What documents are called, by rule."""

from __future__ import annotations

import pytest

from ingest.naming import naming, region_of

WUHAN = "武汉市人民政府办公厅关于印发武汉市推进甲乙贸易建设实施方案的通知"


@pytest.mark.parametrize(
    ("title", "issuer", "number", "region"),
    [
        (WUHAN, None, None, "武汉市"),
        ("甘肃省人民政府办公厅关于印发若干措施的通知", None, None, "甘肃省"),
        ("关于促进就业的意见", "国务院", None, None),
        ("国务院办公厅关于推进城市更新的意见", None, None, None),
        ("商务部等9部门关于拓展出口的意见", None, None, None),
        ("促进消费若干措施", "上海市商务委员会", None, "上海市"),
        ("关于加快发展的实施意见", None, "京发改〔2023〕20号", "北京市"),
        ("关于印发《成都市某方案》的通知", None, None, "成都市"),
        ("《天津市推动跨境电商高质量发展实施方案》", None, None, "天津市"),
        ("昆山市人民政府关于某事的意见", None, None, "昆山市"),
        ("中共武汉市委关于某事的决定", "中共武汉市委", None, "武汉市"),
        ("促进某事的若干意见", None, None, None),
    ],
)
def test_the_place_of_a_document(title: str, issuer: str | None, number: str | None, region: str | None) -> None:
    assert region_of(title, issuer, number) == region


def test_the_names_of_a_document_that_issues_another() -> None:
    found = naming(f"《{WUHAN}》", "武汉市人民政府办公厅", "武政办〔2023〕45号", "2023-05-23")
    assert found.region == "武汉市"
    assert found.short_title == "推进甲乙贸易建设实施方案"
    assert {
        "武汉市推进甲乙贸易建设实施方案",
        "甲乙贸易方案",
        "甲乙贸易文件",
        "实施方案",
        "方案",
        "2023年的文件",
    } <= set(found.aliases)


def test_the_names_of_a_document_of_the_whole_country() -> None:
    found = naming("国务院关于做好甲乙工作的\n若干意见", "国务院", "国发〔2018〕39号", "2018-11-16")
    assert found.region is None
    assert found.short_title == "做好甲乙工作的若干意见"
    assert {"甲乙意见", "甲乙的意见", "国务院的文件", "国务院印发的"} <= set(found.aliases)
    assert "意见" not in found.aliases  # a word that any question may hold
