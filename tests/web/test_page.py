from __future__ import annotations

from gradio.routes import App
from starlette.testclient import TestClient

from answering.service import Service
from web.loading import Loading
from web.page import TITLE, page


def test_the_page_is_there_before_the_service_is() -> None:
    blocks = page(Loading(lambda report: _never()))
    with TestClient(App.create_app(blocks)) as client:
        response = client.get("/")
    assert response.status_code == 200
    assert TITLE in response.text


def test_only_the_documented_endpoint_is_public(loaded: Loading) -> None:
    blocks = page(loaded)
    assert list(blocks.get_api_info()["named_endpoints"]) == ["/ask"]


def _never() -> Service:
    raise AssertionError("nothing may load before the page is up")
