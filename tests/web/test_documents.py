from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import gradio as gr
import pytest

from answering.service import Service
from tests.web.test_documents_page import copies
from web.documents import _NOTHING, _Reading
from web.links import to_document, to_unit
from web.loading import Loading


def loading_of(service: Service) -> Loading:
    loading = Loading(lambda report: service)
    loading.start()
    loading.settled()
    return loading


@pytest.fixture(scope="module")
def many(service: Service) -> _Reading:
    return _Reading(loading_of(copies(service, 3)))


def last(steps: Iterator[Any]) -> Any:
    *_, step = steps
    return step


def test_the_tab_is_filled_when_empty_or_stale(loaded: Loading) -> None:
    reading = _Reading(loaded)
    html, *_, seen = last(reading.chosen((0, "")))
    assert html.count('<article class="document"') == 2
    assert seen == (1, "")
    assert last(reading.chosen(seen)) == _NOTHING
    assert last(reading.chosen((7, "")))[0] == html


def test_an_address_shows_its_document(many: _Reading) -> None:
    html, *_, seen = last(many.followed(to_document("plan-1"), (1, "")))
    assert "《第1市方案》" in html
    assert seen == (1, "plan-1")
    assert last(many.chosen((9, "plan-1")))[-1] == (1, "plan-1")  # stale: the same document again
    assert last(many.followed(f"{to_unit('plan-2/14')}&tab=documents", seen))[-1] == (1, "plan-2")
    assert 'class="catalogue"' in last(many.followed(to_document(""), seen))[0]
    assert last(many.followed("?q=x", seen)) == _NOTHING


def test_an_address_of_words_marks_them(many: _Reading) -> None:
    html, found, steps, *_ = last(many.followed(to_document("plan-1", "外管局"), (1, "")))
    assert html.count("<mark>") == 2
    assert "/ 2 处" in found
    assert steps == gr.update(visible=True)


def test_where_all_are_one_page_an_address_moves_nothing(loaded: Loading) -> None:
    assert last(_Reading(loaded).followed("?tab=documents&unit=plan/14", (1, ""))) == _NOTHING


def test_search_and_filter_list_documents(many: _Reading) -> None:
    assert "3 份文件，共 6 处" in str(many.found("外管局")[1])
    assert "共 1 份文件" in str(many.narrowed("第2市")[0])


def test_a_service_that_failed_says_why() -> None:
    def fails(report: Any) -> Any:
        raise PermissionError("index")

    loading = Loading(fails)
    loading.start()
    assert "没有读写权限" in last(_Reading(loading).chosen((0, "")))[0]
    assert _Reading(loading).found("x") == _NOTHING
