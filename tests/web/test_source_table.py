from __future__ import annotations

from dataclasses import replace

import pytest

from index.records import PolicyUnit, Role
from web.source_table import Shown, body_link, cells, is_row, table

HEADS = "附表\n\n\t编号\n\t重点任务\n\t牵头部门\n\t完成时间\n"
FIRST = "\t1\n\t办夜市。\n第二行。\n\t市商务局\n\t6月底\n"
SECTION = "\t二、出行\n"
LAST = "\t2\n\t开夜班车。\n\t市交通局、市财政局\n\t长期\n"
TEXT = HEADS + FIRST + SECTION + LAST


def unit(number: int, printed: str, text: str, **bodies: str) -> PolicyUnit:
    start = TEXT.index(printed)
    return PolicyUnit(
        unit_id=f"d/{number}",
        document="d",
        measure=str(number),
        serial=number,
        ordinal=(number,),
        label=f"序号{number}",
        section=(),
        heading="",
        text=text,
        agencies=tuple(bodies),
        agency_ids=tuple(bodies.values()),
        start=start,
        end=start + len(printed),
    )


@pytest.fixture
def rows() -> list[PolicyUnit]:
    return [
        unit(1, FIRST, "办夜市。\n第二行。", 市商务局="commerce"),
        unit(2, LAST, "开夜班车。", 市交通局="transport", 市财政局=""),
    ]


def test_cells_begin_with_a_tab() -> None:
    assert cells(FIRST) == ("1", "办夜市。\n第二行。", "市商务局", "6月底")
    assert cells("一、正文\n") == ()
    assert is_row(f"\n{FIRST}")
    assert not is_row("一、正文\n\t1\n")


def test_a_table_has_the_columns_of_its_document(rows: list[PolicyUnit]) -> None:
    html = table(rows, HEADS, TEXT, Shown("d/2", "开夜班车。"))
    assert '<tr><th scope="col">编号</th><th scope="col">重点任务</th><th scope="col">牵头部门</th>' in html
    assert '<tr class="section"><th colspan="4">二、出行</th></tr>' in html
    assert '<tr class="unit current" data-unit="d/2"><th scope="row" data-head="编号">2</th>' in html
    assert "<td><mark>开夜班车。</mark></td>" in html
    assert '<td><a href="?body=transport">市交通局</a>、市财政局</td><td data-head="完成时间">长期</td>' in html


def test_a_row_that_does_not_fit_is_shown_by_what_was_read(rows: list[PolicyUnit]) -> None:
    led = replace(rows[0], roles=(Role("牵头单位", ("市商务局",), leads=True),), deadline="6月底")
    html = table([led, rows[1]], "\t编号\n\t任务\n\t单位\n", TEXT, Shown("", ""))
    assert html.startswith('<table><thead><tr><th scope="col">序号</th><th scope="col">条目</th>')
    assert '牵头：<a href="?body=commerce">市商务局</a><p class="deadline">完成时限：6月底</p>' in html
    assert "<table>" in table(rows, "", "", Shown("", ""))


def test_rows_that_make_one_unit_are_joined_by_column(rows: list[PolicyUnit]) -> None:
    text = HEADS + FIRST + "\t\n\t办书市。\n\t市文化局\n\t6月底\n"
    two = replace(rows[0], end=len(text), text="办夜市。\n第二行。\n办书市。", agencies=("市商务局", "市文化局"))
    html = table([replace(two, agency_ids=("commerce", "culture"))], HEADS, text, Shown("", ""))
    assert "<td>办夜市。\n第二行。\n办书市。</td>" in html
    assert '<td data-head="完成时间">6月底</td>' in html


def test_a_body_leads_to_its_tasks() -> None:
    assert body_link("市商务局", "commerce") == '<a href="?body=commerce">市商务局</a>'
    assert body_link("某<局>", "") == "某&lt;局&gt;"
