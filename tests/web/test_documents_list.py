from __future__ import annotations

from dataclasses import replace

from answering.service import Service
from index.published import Remark, Severity
from tests.web.test_cards import HOSTILE
from web.documents_list import MOST, hits_html, listed
from web.sources import Sources


def test_each_document_tells_how_it_was_read(service: Service, sources: Sources) -> None:
    table, plan = service.library
    warned = replace(plan, remarks=(Remark(Severity.WARNING, "", "缺第3项", ""),))
    html = listed((table, warned), sources)
    assert '<td class="good">核对无误</td>' in html
    assert '<td class="bad">1 处提醒</td>' in html
    assert "<td>天津市</td><td>2024-11-06</td><td>第 1 版</td><td>23 项</td>" in html


def test_the_list_is_as_long_as_fits(service: Service, sources: Sources) -> None:
    plan = service.library[1]
    html = listed((plan,) * (MOST + 20), sources)
    assert f"共 {MOST + 20} 份文件，这里列出前 {MOST} 份" in html
    assert html.count("<tr>") == 1 + MOST


def test_most_hits_come_first(service: Service) -> None:
    html = hits_html(service.library, {"task-table": 2, "plan": 5}, "海外仓")
    assert html.index("<td>5 处</td>") < html.index("<td>2 处</td>")
    assert "2 份文件里有“海外仓”" in html
    assert "<td>2 处" not in hits_html(service.library, {"plan": 5}, "海外仓")


def test_nothing_becomes_markup(service: Service, sources: Sources) -> None:
    plan = service.library[1]
    hostile = replace(plan, document=replace(plan.document, title=HOSTILE, region=HOSTILE, date=HOSTILE))
    for html in (listed((hostile,), sources), hits_html((hostile,), {"plan": 1}, HOSTILE)):
        assert "<img" not in html
        assert "<script" not in html
