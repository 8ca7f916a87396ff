"""What goes wrong with a request: a code and words in Chinese, in the shape that the callers of each door read."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException as AnyHTTPException

JSON_PREFIX, CHAT_PREFIX = "/api", "/v1"

# Code and words of every status that can come; where more is known, a Problem says it.
_KNOWN: dict[int, tuple[str, str]] = {
    400: ("invalid_request", "请求有误。"),
    401: ("unauthorized", "需要登录：请用用户名和密码（HTTP Basic，或 Bearer 用户名:密码）。"),
    404: ("not_found", "没有这个地址。"),
    405: ("method_not_allowed", "这个地址不支持这种请求方法。"),
    408: ("body_timeout", "请求没有在限定时间内发完。"),
    413: ("too_large", "请求太大。"),
    415: ("unsupported_type", "不支持这种类型的内容。"),
    422: ("invalid_request", "请求有误。"),
    429: ("rate_limited", "请求太频繁，请稍后再试。"),
    500: ("internal", "服务出错了，请重试。"),
    503: ("unavailable", "服务还没有就绪，请稍后再试。"),
    504: ("timeout", "没有在限定时间内答完，请重试。"),
}
_OPENAI_TYPES = {401: "authentication_error", 404: "not_found_error", 429: "rate_limit_error"}
_EXPECTED = {
    "missing": "缺少这一项",
    "json_invalid": "不是有效的 JSON",
    "string_type": "应为文本",
    "list_type": "应为列表",
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "model_attributes_type": "应为对象",
    "dict_type": "应为对象",
    "too_long": "太多了",
    "too_short": "不能为空",
    "string_too_short": "不能为空",
    "literal_error": "只能是所列的值",
    "enum": "只能是所列的值",
}


class Problem(HTTPException):
    """A request that can't be served.

    Args:
        status: HTTP status.
        code: stable name for programs; that of the status when empty.
        message: Chinese, for people; that of the status when empty.
        headers: of the response.
    """

    def __init__(
        self, status: int, code: str = "", message: str = "", headers: Mapping[str, str] | None = None
    ) -> None:
        known, words = _KNOWN.get(status, (HTTPStatus(status).name.lower(), HTTPStatus(status).phrase))
        super().__init__(status, message or words, dict(headers) if headers else None)
        self.code = code or known


def told(problem: Problem, path: str) -> JSONResponse:
    """The response to a request for ``path``: ours below ``/api``, OpenAI's below ``/v1``, Gradio's elsewhere."""
    content: dict[str, Any] = {"detail": problem.detail}
    if below(JSON_PREFIX, path):
        content = {"error": {"code": problem.code, "message": problem.detail}}
    elif below(CHAT_PREFIX, path):
        kind = _OPENAI_TYPES.get(
            problem.status_code, "server_error" if problem.status_code >= 500 else "invalid_request_error"
        )
        content = {"error": {"message": problem.detail, "type": kind, "param": None, "code": problem.code}}
    return JSONResponse(content, problem.status_code, problem.headers)


def below(prefix: str, path: str) -> bool:
    """True for ``prefix`` itself and what is below it."""
    return path == prefix or path.startswith(f"{prefix}/")


async def on_http_error(request: Request, error: Exception) -> JSONResponse:
    """Handler of FastAPI's and our own HTTP errors."""
    if not isinstance(error, AnyHTTPException):
        raise error
    problem = error if isinstance(error, Problem) else Problem(error.status_code, headers=error.headers)
    return told(problem, request.url.path)


async def on_invalid_request(request: Request, error: Exception) -> JSONResponse:
    """Handler of requests that don't have the documented fields: which of them, and what is expected."""
    if not isinstance(error, RequestValidationError):
        raise error
    found = "；".join(_complaint(each) for each in error.errors())
    return told(Problem(422, message=f"请求有误：{found}。"), request.url.path)


def _complaint(found: Mapping[str, Any]) -> str:
    where = ".".join(str(step) for step in found["loc"][1:] if found["type"] != "json_invalid") or "请求内容"
    expected = _EXPECTED.get(found["type"], "不符合要求")
    allowed = found.get("ctx", {}).get("expected")
    return f"{where} {expected}{f'（{allowed}）' if allowed else ''}"
