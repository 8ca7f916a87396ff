from __future__ import annotations

import re
from dataclasses import replace

import pytest

from index.published import Passage, Published, Remark, Severity
from index.settings import Settings
from ingest.corpus import read_corpus
from ingest.documents import read_documents
from web.documents_html import anchor, contents, document
from web.documents_search import Marker, Wanted
from web.sources import Sources


@pytest.fixture(scope="module")
def library() -> dict[str, Published]:
    return {
        item.published.document.slug: item.published
        for item in read_documents(read_corpus(Settings().corpus_dir)).documents
    }


def test_a_unit_shows_its_number_bodies_and_links(library: dict[str, Published], sources: Sources) -> None:
    html = document(library["plan"], sources, Marker())
    unit = html[html.index('id="doc-plan-14"') : html.index('id="doc-plan-15"')]
    assert '<a href="?unit=plan/14" title="在问答旁查看这一条">第14项</a>' in unit
    assert "<strong>完善国际物流服务体系</strong>。支持天津港加密外贸航线" in unit
    assert '<a href="?body=transport">市交通运输委</a>' in unit
    assert ">问这一条</a>" in unit
    assert 'href="?q=' in unit


def test_a_row_shows_measure_and_serial(library: dict[str, Published], sources: Sources) -> None:
    html = document(library["task-table"], sources, Marker())
    assert '>第3条</a><span class="serial">序号 7</span>' in html


def test_figures_and_balance_are_those_of_the_document(library: dict[str, Published], sources: Sources) -> None:
    html = document(library["task-table"], sources, Marker())
    assert "<dt>可引用的条目</dt><dd>54 条</dd>" in html
    assert "<dt>责任单位</dt><dd>30 家，共列出 142 次</dd>" in html
    assert "收录核对：全文 5,062 个字符，核对无误" in html
    assert "<tr><th>合计</th><td>5,062</td></tr>" in html
    plan = document(library["plan"], sources, Marker())
    assert "<dt>发文机关</dt><dd>天津市人民政府办公厅</dd>" in plan
    assert "<dt>文号</dt><dd>原文没有写明</dd>" in plan


def test_what_does_not_balance_is_listed(library: dict[str, Published], sources: Sources) -> None:
    remarks = (
        Remark(Severity.WARNING, "第9行", "缺<3>号", "4．乙"),
        Remark(Severity.NOTE, "", "没有文号", ""),
    )
    html = document(replace(library["plan"], remarks=remarks), sources, Marker())
    assert "1 处提醒" in html
    assert '<li class="found-warning"><b>提醒</b>第9行：缺&lt;3&gt;号<q>4．乙</q></li>' in html
    assert '<li class="found-note"><b>说明</b>没有文号</li>' in html


def test_every_entry_of_the_contents_leads_somewhere(library: dict[str, Published], sources: Sources) -> None:
    listed = contents(list(library.values()), sources)
    texts = "".join(document(item, sources, Marker()) for item in library.values())
    targets = re.findall(r'href="#([^"]+)"', listed)
    ids = re.findall(r' id="([^"]+)"', texts)
    assert len(ids) == len(set(ids))
    assert set(targets) <= set(ids)
    # two documents; 16 measures; 7 headings and 23 units
    assert len(targets) == 2 + 16 + 7 + 23
    assert "第1条<small>序号 1–5</small>" in listed


def test_hits_are_marked_in_text_and_in_bodies(library: dict[str, Published], sources: Sources) -> None:
    marker = Marker(Wanted("市数据局", ("市数据局",)))
    html = document(library["plan"], sources, marker)
    assert html.count("<mark>市数据局</mark>") == marker.hits == 3


def test_text_is_escaped(library: dict[str, Published], sources: Sources) -> None:
    hostile = replace(library["plan"], passages=(Passage("title", "<img src=x onerror=alert(1)>"),))
    assert "<img" not in document(hostile, sources, Marker())
    assert anchor("plan/3.1") == "doc-plan-3.1"
