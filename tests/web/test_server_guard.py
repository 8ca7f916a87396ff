"""What gets through the guard, with a small application behind it that tells what reached it."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from web.limits import LARGEST_CALL, RateLimit
from web.login import Accounts
from web.server_guard import Guard
from web.server_headers import SecurityHeaders

ASK = "/gradio_api/call/ask"


async def _tell(request: Request) -> JSONResponse:
    token = request.cookies.get(f"access-token-unsecure-{request.app.cookie_id}", "")
    return JSONResponse({"bytes": len(await request.body()), "user": request.app.tokens.get(token)})


def client(accounts: dict[str, str] | None = None, limit: int | None = None) -> TestClient:
    app: Any = Starlette(
        routes=[Route("/{path:path}", _tell, methods=["GET", "POST"])],
        middleware=[
            Middleware(SecurityHeaders, frame_ancestors=("https://portal.example",)),
            Middleware(Guard, accounts=Accounts(accounts or {}), limit=RateLimit(limit)),
        ],
    )
    app.tokens, app.cookie_id = {}, "id"
    return TestClient(app)


def test_every_response_has_the_headers() -> None:
    for path in ("/", "/gradio_api/proxy=https://x.hf.space/"):
        headers = client().get(path).headers
        policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
        assert policy["frame-ancestors"] == "'self' https://portal.example"
        assert not [source for name, source in policy.items() if name != "frame-ancestors" and "http" in source]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/proxy=https://x.hf.space/",
        "/gradio_api/file=https://other.example/",
        "/gradio_api/file=HTTP://other.example/",
        "/gradio_api/deep_link?session_hash=x",
    ],
)
def test_what_would_call_another_host_is_closed(path: str) -> None:
    assert client().get(path).status_code == 404


def test_what_is_sent_is_limited_and_what_is_read_is_not() -> None:
    asked = client(limit=2)
    assert [asked.post(ASK).status_code for _ in range(3)] == [200, 200, 429]
    assert asked.get("/").status_code == 200
    declined = asked.get("/api/documents")
    assert declined.headers["Retry-After"] == "30"
    assert declined.json() == {"error": {"code": "rate_limited", "message": "请求太频繁，请在 30 秒后再试。"}}
    assert asked.post(ASK).json() == {"detail": "请求太频繁，请在 30 秒后再试。"}


def test_an_address_that_the_client_claims_is_not_believed() -> None:
    asked = client(limit=1)
    statuses = [asked.post(ASK, headers={"X-Forwarded-For": f"10.0.0.{n}"}).status_code for n in range(2)]
    assert statuses == [200, 429]


def test_too_much_is_declined_before_and_while_it_comes() -> None:
    whole, more = b"x" * LARGEST_CALL, b"x" * (LARGEST_CALL + 1)
    assert client().post("/api/ask", content=whole).json()["bytes"] == LARGEST_CALL
    assert client().post("/api/ask", content=more).status_code == 413
    assert client().post("/api/ask", content=iter([whole, b"x"])).status_code == 413  # without a length
    assert client().post(ASK, content=more).json()["bytes"] == LARGEST_CALL + 1
    assert client().post("/api/ask", headers={"Content-Length": "many"}).status_code == 400


def test_programs_log_in_by_header() -> None:
    asked = client({"wang": "geheim"})
    declined = asked.get("/api/documents")
    assert declined.status_code == 401
    assert declined.headers["WWW-Authenticate"].startswith("Basic")
    assert asked.post("/v1/chat/completions").json()["error"]["type"] == "authentication_error"
    written = b64encode(b"wang:geheim").decode()
    for header in (f"Basic {written}", "Bearer wang:geheim"):
        for path in ("/api/documents", ASK):
            assert asked.get(path, headers={"Authorization": header}).json()["user"] == "wang"
    assert asked.get("/api/documents", headers={"Authorization": "Bearer wang:other"}).status_code == 401
    assert asked.get("/api/health").status_code == 200
    assert asked.get("/").json()["user"] is None  # Gradio shows its login page


def test_who_logged_in_on_the_page_may_call_too() -> None:
    asked = client({"wang": "geheim"})
    app: Any = asked.app
    app.tokens["token"] = "wang"
    for cookie, status in (("token", 200), ("other", 401), ("", 401)):
        sent = {"Cookie": f"access-token-unsecure-id={cookie}"}
        assert asked.get("/api/documents", headers=sent).status_code == status


def test_files_of_other_types_are_declined() -> None:
    sent = client().post("/gradio_api/upload", files={"files": ("a.exe", b"x")})
    assert (sent.status_code, "不能上传这种文件" in sent.text) == (415, True)
    assert client().post("/gradio_api/upload", files={"files": ("a.csv", b"x")}).status_code == 200
    broken = {"Content-Type": "multipart/form-data; boundary=b"}
    assert client().post("/gradio_api/upload", content=b"no form", headers=broken).status_code == 400
