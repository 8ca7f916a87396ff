"""Who is let in, how often, and with how much: before any request reaches the page or the APIs."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Collection
from http.cookies import CookieError, SimpleCookie

from python_multipart.exceptions import FormParserError
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.api_problems import CHAT_PREFIX, JSON_PREFIX, Problem, below, told
from web.limits import BODY_TIMEOUT, DOCUMENTS, LARGEST_CALL, LARGEST_EVENT, TEST_SETS, RateLimit
from web.login import Accounts
from web.server_upload import UploadCheck

_GRADIO = "/gradio_api"
_UPLOAD = f"{_GRADIO}/upload"
_HEALTH = f"{JSON_PREFIX}/health"
# Gradio would fetch from another host for whoever asks, or keep what a visitor's address says.
_CLOSED = (f"{_GRADIO}/proxy=", f"{_GRADIO}/file=http:", f"{_GRADIO}/file=https:", f"{_GRADIO}/deep_link")
_UPLOAD_COST = 10  # requests


class Guard:
    """Lets requests through, or says why not.

    Args:
        app: what answers.
        accounts: who may use it.
        limit: how often.
    """

    def __init__(self, app: ASGIApp, accounts: Accounts, limit: RateLimit) -> None:
        self._app = app
        self._accounts = accounts
        self._limit = limit
        self._tokens: dict[str, str] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            self._check_address(scope["path"])
            self._check_rate(scope)
            largest = self._check_size(scope)
            scope = self._signed_in(scope)
        except Problem as problem:
            await told(problem, scope["path"])(scope, receive, send)
            return
        # Without accounts nobody may administer; with them Gradio takes uploads of who logged in only.
        taken = TEST_SETS.union(DOCUMENTS) if self._accounts else TEST_SETS
        await self._app(scope, _Body(scope, receive, largest, taken).receive, send)

    def _check_address(self, path: str) -> None:
        if path.lower().startswith(_CLOSED):
            raise Problem(404)

    def _check_rate(self, scope: Scope) -> None:
        """Count what costs work: all that is sent, and all that programs ask for."""
        path = scope["path"]
        if scope["method"] != "POST" and not _for_programs(path):
            return
        client = scope["client"][0] if scope.get("client") else ""
        wait = self._limit.wait(client, _UPLOAD_COST if below(_UPLOAD, path) else 1)
        if wait:
            words = f"请求太频繁，请在 {wait} 秒后再试。"
            raise Problem(429, message=words, headers={"Retry-After": str(wait)})

    def _check_size(self, scope: Scope) -> int:
        """Most bytes that the body may have."""
        largest = LARGEST_CALL if _for_programs(scope["path"]) else LARGEST_EVENT
        length = Headers(scope=scope).get("content-length", "0")
        if not length.isdecimal():
            raise Problem(400)
        if int(length) > largest:
            raise _too_large(largest)
        return largest

    def _signed_in(self, scope: Scope) -> Scope:
        """The request, when its sender may make it; Gradio asks people for itself.

        A program's header is as good as Gradio's cookie, everywhere.
        """
        path = scope["path"]
        if not self._accounts:
            return scope
        name = self._accounts.named_by(Headers(scope=scope).get("authorization", ""))
        if name is not None:
            return self._with_cookie(scope, name)
        if _for_programs(path) and path != _HEALTH and self._session(scope) is None:
            raise Problem(401, headers={"WWW-Authenticate": 'Basic realm="jince", charset="UTF-8"'})
        return scope

    def _session(self, scope: Scope) -> str | None:
        """Name of whoever logged in on the page with the same browser."""
        try:
            cookies = SimpleCookie(Headers(scope=scope).get("cookie", ""))
        except CookieError:
            return None
        found = cookies.get(_cookie(scope))
        return scope["app"].tokens.get(found.value) if found else None

    def _with_cookie(self, scope: Scope, name: str) -> Scope:
        """The request as Gradio knows those who are logged in."""
        token = self._tokens.setdefault(name, secrets.token_urlsafe(32))
        scope["app"].tokens[token] = name
        headers = [(key, value) for key, value in scope["headers"] if key != b"cookie"]
        return {**scope, "headers": [*headers, (b"cookie", f"{_cookie(scope)}={token}".encode())]}


class _Body:
    """A request's body on its way in, within its limits of size and time."""

    def __init__(self, scope: Scope, receive: Receive, largest: int, taken: Collection[str]) -> None:
        self._receive = receive
        self._left = self._largest = largest
        self._until = time.monotonic() + BODY_TIMEOUT
        self._whole = False
        upload = scope["method"] == "POST" and below(_UPLOAD, scope["path"])
        self._check = UploadCheck(Headers(scope=scope).get("content-type", ""), taken) if upload else None

    async def receive(self) -> Message:
        """The next piece.

        Raises:
            Problem: 408, 413 or 415.
        """
        if self._whole:
            return await self._receive()
        try:
            message = await asyncio.wait_for(self._receive(), self._until - time.monotonic())
        except TimeoutError as error:
            raise Problem(408) from error
        if message["type"] == "http.request":
            self._whole = not message.get("more_body", False)
            self._read(message.get("body", b""))
        return message

    def _read(self, piece: bytes) -> None:
        self._left -= len(piece)
        if self._left < 0:
            raise _too_large(self._largest)
        if self._check is not None:
            try:
                self._check.feed(piece)
            except FormParserError as error:
                raise Problem(400) from error


def _for_programs(path: str) -> bool:
    return below(JSON_PREFIX, path) or below(CHAT_PREFIX, path)


def _cookie(scope: Scope) -> str:
    """Name of Gradio's cookie for pages without TLS; it sets one for both."""
    return f"access-token-unsecure-{scope['app'].cookie_id}"


def _too_large(largest: int) -> Problem:
    return Problem(413, message=f"请求太大，最多 {largest >> 20} MB。")
