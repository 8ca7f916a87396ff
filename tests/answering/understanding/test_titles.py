"""Documents named by alias, number, title words and year."""

from __future__ import annotations

import pytest

from answering.understanding.titles import Titles
from index.records import Document
from index.text import Segmenter, normalise


def document(slug: str, title: str, *aliases: str, number: str | None = None, date: str | None = None) -> Document:
    return Document(slug, f"《{title}》", title, aliases, None, number, date, f"{slug}.txt", "0")


JOBS = document("jobs", "做好就业工作的若干意见", "国办意见", number="国发〔2018〕39号", date="2018-11-16")
SHOPS = document("shops", "支持个体工商户发展若干措施", "若干措施", number="甘政办发〔2023〕25 号", date="2023-03-17")
TRADE = document("trade", "促进进口贸易若干措施", "若干措施", number="武政办〔2023〕45号", date="2023-05-23")
SEGMENTER = Segmenter()
THREE = Titles([JOBS, SHOPS, TRADE], SEGMENTER)
TWO = Titles([JOBS, SHOPS], SEGMENTER)


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("国办意见讲什么", [("jobs",)]),
        ("若干措施讲什么", [("shops", "trade")]),  # a name of two
        ("国发〔2018〕39号讲什么", [("jobs",)]),
        ("国发[2018]39号讲什么", [("jobs",)]),
        ("甘政办发2023年25号", [("shops",)]),
        ("〔2023〕45号第3条", [("trade",)]),
        ("国发〔2019〕39号", []),
        ("就业那个意见", [("jobs",)]),
        ("个体工商户的措施第三条", [("shops",)]),
        ("2018年的就业文件", [("jobs",)]),
        ("2023年的就业文件", []),
        ("2023年的文件", [("shops", "trade")]),
        ("就业有哪些措施", []),
        ("海外仓的措施", []),
    ],
)
def test_documents_named(text: str, slugs: list[tuple[str, ...]]) -> None:
    assert [found for _, _, found in THREE.find(normalise(text))] == slugs


def test_the_number_of_another_office_names_nothing() -> None:
    assert THREE.find("京政发〔2018〕39号") == []


def test_two_documents_are_told_apart_by_their_aliases_alone() -> None:
    assert TWO.find("个体工商户的措施") == []
