"""Web pages: the main text, tables with spans, breaks and printed list numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.readers.source import ReadError, Row
from tests.ingest.readers.papers import shown, source_of

LONG = "为加快发展外贸新业态新模式，结合本市实际，制定以下措施。" * 3


def page(body: str) -> str:
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>题</title></head><body>{body}</body></html>"


def test_menus_scripts_and_footers_are_left_out(tmp_path: Path) -> None:
    body = (
        f"<nav>首页</nav><div class='top-menu'>导航</div><script>var a</script><p>{LONG}</p><div id='footer'>版权</div>"
    )
    assert shown(source_of(tmp_path, "a.html", page(body))) == [LONG]


def test_blocks_and_breaks_are_paragraphs_and_inline_marks_are_not(tmp_path: Path) -> None:
    body = "<div>一、<b>主要</b>任务<br>　　1.支持&nbsp;企业&amp;产业<p>2.发展</p></div>"
    assert shown(source_of(tmp_path, "a.html", page(body))) == ["一、主要任务", "　　1.支持\xa0企业&产业", "2.发展"]


def test_cells_that_span_are_told_from_empty_ones_by_place(tmp_path: Path) -> None:
    body = (
        "<table><tr><th>序号<th>任务<th>单位<tr><td colspan=3>（一）主体<tr><td>1<td>甲<td rowspan=2>市商务局"
        "<tr><td>2<td>乙<br>丙</table>"
    )
    assert shown(source_of(tmp_path, "a.html", page(body))) == [
        ("序号", "任务", "单位"),
        ("（一）主体",),
        ("1", "甲", "市商务局"),
        ("2", "乙\n丙", ""),
    ]


def test_a_table_that_lays_out_the_page_is_none(tmp_path: Path) -> None:
    assert shown(source_of(tmp_path, "a.html", page("<table><tr><td><p>一、甲</p><p>二、乙</p></table>"))) == [
        "一、甲",
        "二、乙",
    ]


def test_list_items_have_the_number_that_a_browser_prints(tmp_path: Path) -> None:
    body = "<ol start=3><li>甲<li>乙</ol><ol><li>（一）丙</ol><ol style='list-style:none'><li>丁</ol><ul><li>戊</ul>"
    assert shown(source_of(tmp_path, "a.html", page(body))) == ["3. 甲", "4. 乙", "（一）丙", "丁", "戊"]


def test_the_declared_encoding_counts_where_the_bytes_fit_it(tmp_path: Path) -> None:
    raw = page(f"<p>{LONG}</p>").replace("utf-8", "gb2312").encode("gb18030")
    assert shown(source_of(tmp_path, "a.htm", raw)) == [LONG]


def test_entities_of_its_own_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"a\.html: declares entities; save the page again"):
        source_of(tmp_path, "a.html", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><p>&a;</p>')


def test_a_cell_that_goes_on_from_above_is_named(tmp_path: Path) -> None:
    body = "<table><tr><td>1<td>甲<td rowspan=2>市商务局<tr><td>2<td></table>"
    rows = [block for block in source_of(tmp_path, "a.html", page(body)).blocks if isinstance(block, Row)]
    assert [sorted(row.above) for row in rows] == [[], [2]]
