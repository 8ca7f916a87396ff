from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Any

import gradio as gr
import pytest

from web.duties import ALL, ANY, View, _Desk
from web.links import Place, Tab, to_bodies
from web.loading import Loading

FIELDS = ("find", "find_out", "view", "top", "shown", "chosen", "together", "keyword")


@pytest.fixture(scope="module")
def desk(loaded: Loading) -> _Desk:
    return _Desk(loaded)


def opened(desk: _Desk, address: str, filled: int = 0) -> dict[str, Any]:
    return dict(zip(FIELDS, desk.opened(address, filled), strict=False))


def conditions(chosen: list[str], **other: Any) -> tuple[Any, ...]:
    values = {
        "together": ANY,
        "keyword": "",
        "documents": [],
        "sections": [],
        "measures": [],
        "without": [],
        "regions": [],
    } | other
    return (chosen, *values.values())


def test_an_address_of_bodies_is_read_back() -> None:
    assert Place.read(to_bodies(["safe", "外管局"])) == Place(Tab.DUTIES, bodies=("safe", "外管局"))
    assert Place.read(to_bodies(["a", "b"], together=True)) == Place(Tab.DUTIES, bodies=("a", "b"), together=True)


@pytest.mark.parametrize("name", ["safe", "外管局", "国家外汇局"])
def test_a_place_opens_with_its_body_chosen(desk: _Desk, name: str) -> None:
    shown = opened(desk, to_bodies([name]), 1)
    assert "共 9 项" in shown["top"]
    assert shown["chosen"]["value"] == ["safe"]
    assert shown["chosen"]["choices"][0] == ("国家外汇管理局天津市分局（9）", "safe")
    assert len(shown["chosen"]["choices"]) == 35


def test_a_place_may_ask_for_what_bodies_share(desk: _Desk) -> None:
    shown = opened(desk, to_bodies(["safe", "pboc"], together=True))
    assert shown["together"] == ALL
    assert "共 5 项" in shown["top"]


def test_a_body_that_is_unknown_is_named(desk: _Desk) -> None:
    shown = opened(desk, to_bodies(["<b>气象局"]))
    assert "没有找到“&lt;b&gt;气象局”" in shown["top"]
    assert "共 77 项" in shown["top"]


def test_the_tab_is_filled_once(desk: _Desk) -> None:
    assert "共 77 项" in str(desk.chosen(0)[3])
    assert all(value == gr.skip() for value in desk.chosen(1))
    assert "共 77 项" in str(desk.chosen(2)[3])  # of another edition of the index
    assert all(value == gr.skip() for value in desk.opened("?q=海外仓", 0))


def test_a_service_that_failed_says_why() -> None:
    def fails(report: Any) -> Any:
        raise PermissionError("index")

    loading = Loading(fails)
    loading.start()
    assert "没有读写权限" in opened(_Desk(loading), "?tab=duties")["top"]
    with pytest.raises(gr.Error, match="没有读写权限"):
        _Desk(loading).cleared()


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        (conditions(["safe", "pboc"]), 14),  # 9 + 10 - 5 shared
        (conditions(["safe", "pboc"], together=ALL), 5),
        (conditions(["safe"], without=["pboc"]), 4),
        (conditions(["safe"], documents=["plan"]), 2),
        (conditions([], measures=["task-table/第7条"]), 3),
        (conditions([], sections=["三、保障措施"]), 3),
        (conditions([], keyword="海外仓 物流"), 2),
    ],
)
def test_conditions_narrow_the_list(desk: _Desk, asked: tuple[Any, ...], count: int) -> None:
    top, html = desk.shown(View.LIST, *asked)
    assert f"共 {count} 项" in top
    assert html.count('<tr role="row"><td') == count


@pytest.mark.parametrize(
    ("view", "part"),
    [
        (View.MATRIX, 'class="heat"'),
        (View.PARTNERS, "<svg"),
        (View.TARGETS, "duties-goals"),
        (View.LIST, "duties-list"),
    ],
)
def test_each_view_shows_the_same_tasks(desk: _Desk, view: View, part: str) -> None:
    top, html = desk.shown(view, *conditions([]))
    assert "共 77 项" in top
    assert part in html


def test_typing_narrows_the_bodies_and_keeps_those_chosen(desk: _Desk) -> None:
    update: Any = desk.found("外管", ["customs"])
    assert [agency_id for _, agency_id in update["choices"]] == ["customs", "safe"]


def test_entering_a_name_chooses_it(desk: _Desk) -> None:
    text, update = desk.entered("人行", ["safe"])
    assert (text, update["value"]) == ("", ["safe", "pboc"])  # type: ignore[index]
    assert desk.entered("气象局", [])[0] == "气象局"


def test_files_have_chinese_names_and_are_gone_when_handed_over(desk: _Desk) -> None:
    for write, extension in ((desk.word, "docx"), (desk.excel, "xlsx")):
        handed = write(*conditions(["safe"]))
        path = Path(*islice(handed, 1))
        assert path.name.startswith("国家外汇管理局天津市分局任务清单_")
        assert path.suffix == f".{extension}"
        assert path.stat().st_size > 5000
        assert list(handed) == []
        assert not path.exists()
