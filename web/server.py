"""What is served on the page's port beside the page: the APIs, and what every request passes on its way."""

from __future__ import annotations

import os
from typing import Any

from starlette.middleware import Middleware
from starlette.routing import Mount
from uvicorn import Server

from index.settings import WebSettings
from web.api_chat import chat_api
from web.api_json import json_api
from web.api_problems import CHAT_PREFIX, JSON_PREFIX
from web.api_service import Answers
from web.limits import RateLimit
from web.loading import Loading
from web.login import Accounts
from web.server_guard import Guard
from web.server_headers import SecurityHeaders


def served(loading: Loading, accounts: Accounts, settings: WebSettings) -> dict[str, Any]:
    """Arguments for Gradio's application."""
    answers = Answers(loading, settings.request_timeout, settings.answers_at_once)
    return {
        "openapi_url": None,
        "routes": [Mount(JSON_PREFIX, json_api(answers)), Mount(CHAT_PREFIX, chat_api(answers))],
        "middleware": [
            Middleware(SecurityHeaders, frame_ancestors=settings.frame_ancestors),
            Middleware(Guard, accounts=accounts, limit=RateLimit(settings.rate_limit)),
        ],
    }


def believe(settings: WebSettings) -> None:
    """Have the server take a client's address from ``X-Forwarded-For`` where a trusted proxy wrote it, nowhere else.

    Before it starts: it reads this from the environment, and would trust this machine otherwise.
    """
    os.environ["FORWARDED_ALLOW_IPS"] = ",".join(settings.trusted_proxies)


def unnamed(server: Server) -> None:
    """Have the server not say what it is."""
    server.config.encoded_headers = [each for each in server.config.encoded_headers if each[0] != b"server"]
    server.server_state.default_headers = [each for each in server.server_state.default_headers if each[0] != b"server"]
