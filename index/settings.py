"""Settings, read once at the doors (environment > ``.env`` > default) and handed down as plain values."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values

ROOT = Path(__file__).resolve().parent.parent

_ORIGIN = re.compile(r"https?://[A-Za-z0-9.*-]+(:\d+)?")


class SettingsError(ValueError):
    """A setting has a value that can't be used; the message names it, what is allowed and the remedy."""


@dataclass(frozen=True, slots=True)
class ChatSettings:
    """An OpenAI-compatible chat model.

    Attributes:
        base_url: where its API begins, usually ending in ``/v1`` (``LLM_BASE_URL``).
        model: its name there (``LLM_MODEL``).
        api_key: sent as bearer token; kept out of every ``repr`` (``LLM_API_KEY``).
        timeout: seconds that one reply may take, and that it may pause (``LLM_TIMEOUT``).
        max_tokens: longest reply (``LLM_MAX_TOKENS``).
    """

    base_url: str
    model: str
    api_key: str = field(default="none", repr=False)
    timeout: float = 30.0
    max_tokens: int = 1200


@dataclass(frozen=True, slots=True)
class WebSettings:
    """Who may use the web app, and how much.

    Attributes:
        accounts: names and their passwords, kept out of every ``repr``; none means that no login is asked for
            (``APP_AUTH``, as ``name:password,name2:password2``).
        rate_limit: requests a minute from one address, ``None`` for no limit (``RATE_LIMIT``; 0 is none).
        answers_at_once: answers made at the same time; who comes later waits in line. More than a chat model may write,
            see :mod:`answering.generate` (``ANSWERS_AT_ONCE``).
        request_timeout: seconds that a program's request may take (``REQUEST_TIMEOUT``).
        trusted_proxies: addresses or networks whose ``X-Forwarded-For`` is believed (``TRUSTED_PROXIES``).
        frame_ancestors: origins whose pages may show the app in a frame (``FRAME_ANCESTORS``).
    """

    accounts: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False)
    rate_limit: int | None = 300
    answers_at_once: int = 32
    request_timeout: int = 60
    trusted_proxies: tuple[str, ...] = ()
    frame_ancestors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a door may change.

    Attributes:
        corpus_dir: documents, sources, agencies, lexicon and questions (``CORPUS_DIR``).
        index_dir: where the index is built; a cache that may be deleted at any time (``INDEX_DIR``).
        chroma_url: Chroma server that keeps the vectors, as ``http://host:port``; empty for files in ``index_dir``
            (``CHROMA_URL``).
        embedding_model: folder or hub name of a sentence-transformers model (``EMBEDDING_MODEL``).
        query_instruction: words put before a question for models that want them (``EMBEDDING_QUERY_INSTRUCTION``).
        chunk_tokens: longest passage, in jieba tokens (``CHUNK_TOKENS``).
        feedback_db: SQLite file of what askers say of answers, made at the first word (``FEEDBACK_DB``).
        chat: the chat model, ``None`` when none is configured.
        runs_dir: where the page keeps evaluations; ``None`` for a folder that goes when it stops (``RUNS_DIR``).
        web: login and limits of the web app.
    """

    corpus_dir: Path = ROOT / "corpus"
    index_dir: Path = ROOT / ".index"
    embedding_model: str = str(ROOT / "models" / "jince-static-zh")
    query_instruction: str = ""
    chunk_tokens: int = 160
    feedback_db: Path = ROOT / "data" / "feedback.sqlite"
    chat: ChatSettings | None = None
    runs_dir: Path | None = None
    chroma_url: str = ""
    web: WebSettings = field(default_factory=WebSettings)

    @classmethod
    def read(cls, environment: Mapping[str, str] | None = None, env_file: Path | None = ROOT / ".env") -> Settings:
        """Settings from ``environment`` (the process's own when ``None``) over those of ``env_file``.

        Raises:
            SettingsError: a value can't be used.
        """
        values: dict[str, str] = {}
        if env_file is not None and env_file.exists():
            values.update({name: value for name, value in dotenv_values(env_file).items() if value is not None})
        values.update(os.environ if environment is None else environment)
        default = cls()
        return cls(
            corpus_dir=Path(values.get("CORPUS_DIR") or default.corpus_dir),
            index_dir=Path(values.get("INDEX_DIR") or default.index_dir),
            embedding_model=values.get("EMBEDDING_MODEL") or default.embedding_model,
            query_instruction=values.get("EMBEDDING_QUERY_INSTRUCTION", default.query_instruction),
            chunk_tokens=_positive("CHUNK_TOKENS", values.get("CHUNK_TOKENS"), default.chunk_tokens),
            feedback_db=Path(values.get("FEEDBACK_DB") or default.feedback_db),
            chat=_chat(values),
            runs_dir=Path(values["RUNS_DIR"]) if values.get("RUNS_DIR") else None,
            chroma_url=_server("CHROMA_URL", values.get("CHROMA_URL", "").strip()),
            web=_web(values),
        )


def _chat(values: Mapping[str, str]) -> ChatSettings | None:
    """The chat model when ``LLM_BASE_URL`` and ``LLM_MODEL`` are both given, ``None`` when neither is."""
    base_url, model = (values.get(name, "").strip() for name in ("LLM_BASE_URL", "LLM_MODEL"))
    if not base_url and not model:
        return None
    if not base_url or not model:
        given, absent = ("LLM_BASE_URL", "LLM_MODEL") if base_url else ("LLM_MODEL", "LLM_BASE_URL")
        raise SettingsError(f"{given} is set but {absent} is not; a chat model needs both, set it or unset the other")
    if urlsplit(base_url).scheme not in ("http", "https") or not urlsplit(base_url).hostname:
        raise SettingsError(f"LLM_BASE_URL must be like https://host/v1, not {base_url!r}; correct it or unset it")
    default = ChatSettings(base_url, model)
    return ChatSettings(
        base_url=base_url.rstrip("/"),
        model=model,
        api_key=values.get("LLM_API_KEY", "").strip() or default.api_key,
        timeout=float(_positive("LLM_TIMEOUT", values.get("LLM_TIMEOUT"), int(default.timeout))),
        max_tokens=_positive("LLM_MAX_TOKENS", values.get("LLM_MAX_TOKENS"), default.max_tokens),
    )


def _web(values: Mapping[str, str]) -> WebSettings:
    default = WebSettings()
    limit = values.get("RATE_LIMIT", "").strip()
    return WebSettings(
        accounts=_accounts(values.get("APP_AUTH", "").strip()),
        rate_limit=None if limit == "0" else _positive("RATE_LIMIT", limit, default.rate_limit or 0),
        answers_at_once=_positive("ANSWERS_AT_ONCE", values.get("ANSWERS_AT_ONCE"), default.answers_at_once),
        request_timeout=_positive("REQUEST_TIMEOUT", values.get("REQUEST_TIMEOUT"), default.request_timeout),
        trusted_proxies=_checked("TRUSTED_PROXIES", values, _is_network, "an address or network such as 10.0.0.0/8"),
        frame_ancestors=_checked("FRAME_ANCESTORS", values, _is_origin, "an origin such as https://portal.example"),
    )


def _accounts(written: str) -> dict[str, str]:
    """Accounts of ``name:password,name2:password2``; what is written never gets into an error."""
    pairs = [pair.strip().partition(":") for pair in written.split(",")] if written else []
    accounts = {name.strip(): password for name, _, password in pairs}
    if len(accounts) != len(pairs) or not all(name and password for name, password in accounts.items()):
        raise SettingsError(
            "APP_AUTH must be name:password,name2:password2 with every name once; correct it or unset it"
        )
    return accounts


def _checked(name: str, values: Mapping[str, str], allowed: Callable[[str], bool], wanted: str) -> tuple[str, ...]:
    """The parts of a list set off by commas, each of which must be ``allowed``."""
    parts = tuple(part.strip() for part in values.get(name, "").split(",") if part.strip())
    for part in parts:
        if not allowed(part):
            raise SettingsError(f"{name} must list {wanted}, not {part!r}; correct it or unset it")
    return parts


def _server(name: str, written: str) -> str:
    """The address of a server, without a path."""
    try:
        parts = urlsplit(written)
        right = parts.scheme in ("http", "https") and parts.hostname and parts.path in ("", "/") and parts.port != 0
    except ValueError:  # no such port
        right = False
    if written and not right:
        raise SettingsError(f"{name} must be like http://host:8000, not {written!r}; correct it or unset it")
    return written.rstrip("/")


def _is_network(written: str) -> bool:
    try:
        ip_network(written)
    except ValueError:
        return False
    return True


def _is_origin(written: str) -> bool:
    return _ORIGIN.fullmatch(written) is not None


def _positive(name: str, written: str | None, default: int) -> int:
    if not written:
        return default
    if not written.isdecimal() or int(written) == 0:
        raise SettingsError(f"{name} must be a whole number above 0, not {written!r}; correct it or unset it")
    return int(written)
