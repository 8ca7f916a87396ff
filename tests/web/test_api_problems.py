from __future__ import annotations

import json

import pytest

from web.api_problems import Problem, told


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/api/ask", {"error": {"code": "unknown_unit", "message": "没有"}}),
        (
            "/v1/chat/completions",
            {"error": {"message": "没有", "type": "not_found_error", "param": None, "code": "unknown_unit"}},
        ),
        ("/gradio_api/call/ask", {"detail": "没有"}),
        ("/apiary", {"detail": "没有"}),
    ],
)
def test_each_door_has_its_shape(path: str, expected: object) -> None:
    response = told(Problem(404, "unknown_unit", "没有", {"X-A": "b"}), path)
    assert (response.status_code, json.loads(bytes(response.body))) == (404, expected)
    assert response.headers["X-A"] == "b"


def test_every_status_has_a_code_and_words() -> None:
    assert (Problem(429).code, Problem(429).detail) == ("rate_limited", "请求太频繁，请稍后再试。")
    assert (Problem(418).code, Problem(418).detail) == ("im_a_teapot", "I'm a Teapot")
