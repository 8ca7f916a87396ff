"""Tables on pages: rows that go on over a page break."""

from __future__ import annotations

from ingest.readers.pdf_tables import Grid, Ruled, ends, ruled, with_tables
from ingest.readers.printed import Printed
from ingest.readers.source import ABOVE, Cells

HEAD = ("序号", "任务", "单位")


def grid(*rows: tuple[str, ...]) -> Grid:
    return Grid(100, 700, 3, rows)


def rows(*grids: list[Grid]) -> list[tuple[int, tuple[str, ...]]]:
    pages = with_tables([[] for _ in grids], grids)
    return [(item.table, item.cells) for page in pages for item in page if isinstance(item, Cells)]


def test_a_repeated_head_is_dropped_and_the_table_is_one() -> None:
    found = rows([grid(HEAD, ("1", "甲。", "市商务局"))], [grid(HEAD, ("2", "乙。", "市财政局"))])
    assert found == [(2, HEAD), (2, ("1", "甲。", "市商务局")), (2, ("2", "乙。", "市财政局"))]


def test_a_row_without_a_serial_belongs_to_the_last() -> None:
    found = rows(
        [grid(HEAD, ("1", "支持企", "市商务局、市财"))], [grid(("", "业。", "政局"), ("2", "乙。", "市财政局"))]
    )
    assert found == [(2, HEAD), (2, ("1", "支持企业。", "市商务局、市财政局")), (2, ("2", "乙。", "市财政局"))]


def test_text_between_two_tables_parts_them() -> None:
    text = Printed("附件2", 80, 122, 90, 104, 14)
    pages = with_tables([[], [text]], [[grid(HEAD)], [grid(HEAD)]])
    assert [item.table for page in pages for item in page if isinstance(item, Cells)] == [2, 4]


def test_a_frame_has_no_columns() -> None:
    assert not Ruled((0, 0, 9, 9), (((0, 0, 9, 9),),)).rows_and_columns


def test_upright_rules_say_where_a_table_ends() -> None:
    assert ends([{"top": 100.0, "bottom": 300.0}, {"top": 90.0, "bottom": 280.0}]) == [90.0, 300.0]
    assert ends([]) == []


def test_a_cell_that_goes_on_from_above_is_named() -> None:
    left, low, right = (0.0, 0.0, 50.0, 20.0), (0.0, 20.0, 50.0, 40.0), (50.0, 0.0, 100.0, 40.0)
    table = Ruled((0.0, 0.0, 100.0, 40.0), ((left, right), (low, None)))
    chars = [{"x0": 10.0, "x1": 20.0, "top": top, "bottom": top + 10} for top in (5.0, 25.0)]
    found = ruled(table, chars, lambda some: [Printed("甲", 10, 20, 5, 15, 10)] if some else [])
    assert found.rows == (("甲", ""), ("甲", ABOVE))
    (page,) = with_tables([[]], [[found]])
    assert [item.above for item in page if isinstance(item, Cells)] == [frozenset(), frozenset({1})]
