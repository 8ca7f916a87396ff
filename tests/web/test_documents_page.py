"""Many documents, made of the two of the repository under other names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

import pytest

from answering.service import Service
from index.agencies import AgencyRegistry
from index.published import Published
from index.records import Document, PolicyUnit
from web.documents_page import FILTERED, DocumentsPage


@dataclass(frozen=True, eq=False)
class _Service:
    """A service as far as documents are read."""

    library: tuple[Published, ...]
    units: tuple[PolicyUnit, ...]
    documents: dict[str, Document]
    registry: AgencyRegistry


def copies(service: Service, count: int) -> Service:
    """A service with the plan ``count`` times: plan-0, plan-1 …, each of a city of its own."""
    plan = next(published for published in service.library if published.document.slug == "plan")
    library: list[Published] = []
    units: list[PolicyUnit] = []
    for number in range(count):
        slug = f"plan-{number}"
        city, day = f"第{number}市", f"20{number + 10}-01-01"
        document = replace(plan.document, slug=slug, title=f"《{city}方案》", region=city, date=day)
        ids = {unit.unit_id: unit.unit_id.replace("plan/", f"{slug}/") for unit in service.units}
        passages = tuple(replace(one, unit_id=ids.get(one.unit_id, "")) for one in plan.passages)
        library.append(replace(plan, document=document, passages=passages))
        units += [
            replace(unit, unit_id=ids[unit.unit_id], document=slug) for unit in service.units if unit.document == "plan"
        ]
    documents = {published.document.slug: published.document for published in library}
    return cast("Service", _Service(tuple(library), tuple(units), documents, service.registry))


@pytest.fixture(scope="module")
def many(service: Service) -> DocumentsPage:
    return DocumentsPage(copies(service, FILTERED), 3)


def test_two_documents_are_one_page(service: Service) -> None:
    page = DocumentsPage(service, 1)
    assert page.together
    shown = page.start()
    assert shown.html.count('<article class="document"') == 2
    assert (shown.edition, shown.slug, shown.found, shown.many) == (1, "", "", False)
    found = page.search("外管局")
    assert "任务分工表 7 处，实施方案 2 处" in found.found
    assert found.html.count("<mark>") == 9


def test_many_documents_are_a_list_and_one_at_a_time(many: DocumentsPage) -> None:
    start = many.start()
    assert start.many
    assert f"共 {FILTERED} 份文件" in start.html
    assert '<a href="?tab=documents&amp;doc=plan-4">《第4市方案》</a>' in start.html
    assert "<td>第4市</td><td>2014-01-01</td><td>第 1 版</td><td>23 项</td>" in start.html
    one = many.document("plan-4")
    assert one.html.count('<article class="document"') == 1
    assert "← 全部文件" in one.html
    assert (one.edition, one.slug) == (3, "plan-4")
    assert many.document("gone").html == start.html


def test_a_filter_narrows_the_list(many: DocumentsPage) -> None:
    assert "共 1 份文件" in many.start("第4市 2014").html
    assert "没有标题、地区、文号、年份含“<火星>”".replace("<", "&lt;").replace(">", "&gt;") in many.start("<火星>").html


def test_a_search_tells_the_hits_of_each_document_and_leads_there(many: DocumentsPage) -> None:
    shown = many.search("外管局")
    assert f"{FILTERED} 份文件，共 {2 * FILTERED} 处" in shown.found
    assert 'href="?tab=documents&amp;doc=plan-4&amp;find=%E5%A4%96%E7%AE%A1%E5%B1%80"' in shown.html
    there = many.document("plan-4", "外管局")
    assert "1</span> / 2 处" in there.found
    assert there.html.count("<mark>") == 2
    assert "没有找到“火星”" in many.search("火星").found
    assert many.search(" ").html == many.start().html
