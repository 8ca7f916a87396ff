from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest

from answering.service import Service
from index.records import Document, PolicyUnit
from tests.web.test_cards import HOSTILE, _Tags, hostile
from web.source import source
from web.sources import Sources


def made(service: Service, sources: Sources, shown: str, quote: str = "", text: str | None = None) -> str:
    document = sources.documents[sources.units[shown].document]
    published = service.published(document.slug) if text is None else text
    return source(document, sources.of_document(document.slug), published, shown, quote)


def words(html: str) -> str:
    return re.sub(r"\s", "", unescape(re.sub(r"<[^>]+>", "", html)))


@pytest.mark.parametrize("slug", ["plan", "task-table"])
def test_every_character_of_the_document_is_shown_in_order(service: Service, sources: Sources, slug: str) -> None:
    """But the conversion's residue."""
    html = made(service, sources, sources.of_document(slug)[0].unit_id).partition('<div class="paper"')[2]
    published = service.published(slug).replace("[bookmark: _GoBack]", "")
    shown = words(html.partition(">")[2])
    assert shown == re.sub(r"\s", "", published)


def test_the_unit_is_marked_and_so_is_its_sentence_and_no_other(service: Service, sources: Sources) -> None:
    quote = "鼓励航空公司在津设立货运分公司或货运基地"
    sentence = next(part for part in re.findall(r"[^。]+。", sources.units["plan/14"].text) if quote in part)
    html = made(service, sources, "plan/14", sentence)
    assert html.count(" current") == 1
    assert re.findall(r"<mark>(.*?)</mark>", html) == [sentence]
    assert 'class="unit current" data-unit="plan/14"' in html
    assert "<strong>加大跨境电商企业引育力度</strong>" in html
    assert "<h3>二、主要任务</h3>" in html
    assert "<h4>（三）优化服务供给</h4>" in html


def test_one_goes_from_unit_to_unit(service: Service, sources: Sources) -> None:
    html = made(service, sources, "task-table/7")
    assert '<a class="prev" href="?unit=task-table/6">' in html
    assert '<a class="next" href="?unit=task-table/8">' in html
    assert "第3条（序号7） · 7/54" in html
    first, last = made(service, sources, "task-table/1"), made(service, sources, "task-table/54")
    assert '<a class="prev" role="link" aria-disabled="true">' in first
    assert '<a class="next" role="link" aria-disabled="true">' in last


def test_without_the_file_its_units_are_shown_under_their_headings(service: Service, sources: Sources) -> None:
    html = made(service, sources, "plan/14", text="")
    assert html.count('data-unit="') == len(sources.of_document("plan"))
    assert html.count("<h3>二、主要任务</h3>") == 1
    assert "（市商务局、" in words(html) or "市商务局" in words(html)
    _Tags(html)


@pytest.mark.parametrize("serial", [None, 1])
@pytest.mark.parametrize("text", ["", f"前言{HOSTILE}\n", HOSTILE])
def test_nothing_in_a_document_becomes_markup(serial: int | None, text: str) -> None:
    sources, _ = hostile()
    unit: PolicyUnit = replace(sources.units["d/1"], serial=serial, end=len(text), start=len(text) // 2)
    document: Document = sources.documents["d"]
    tags = _Tags(source(document, [unit], text, "d/1", HOSTILE))
    assert not {name for name, _ in tags.seen} & {"img", "script"}
    attributes = {key for _, found in tags.seen for key in found}
    assert not {key for key in attributes if key.startswith("on") or key == "src"}
    assert HOSTILE in tags.text


def test_a_unit_that_is_not_there_is_an_error(service: Service, sources: Sources) -> None:
    plan = sources.documents["plan"]
    with pytest.raises(KeyError, match="plan/99"):
        source(plan, sources.of_document("plan"), "", "plan/99")
