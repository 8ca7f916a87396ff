"""Settings, read once at the doors (environment > ``.env`` > default) and handed down as plain values."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values

ROOT = Path(__file__).resolve().parent.parent


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
class Settings:
    """Everything a door may change.

    Attributes:
        corpus_dir: documents, sources, agencies, lexicon and questions (``CORPUS_DIR``).
        index_dir: where the index is built; a cache that may be deleted at any time (``INDEX_DIR``).
        embedding_model: folder or hub name of a sentence-transformers model (``EMBEDDING_MODEL``).
        query_instruction: words put before a question for models that want them (``EMBEDDING_QUERY_INSTRUCTION``).
        chunk_tokens: longest passage, in jieba tokens (``CHUNK_TOKENS``).
        feedback_db: SQLite file of what askers say of answers, made at the first word (``FEEDBACK_DB``).
        chat: the chat model, ``None`` when none is configured.
    """

    corpus_dir: Path = ROOT / "corpus"
    index_dir: Path = ROOT / ".index"
    embedding_model: str = str(ROOT / "models" / "jince-static-zh")
    query_instruction: str = ""
    chunk_tokens: int = 160
    feedback_db: Path = ROOT / "data" / "feedback.sqlite"
    chat: ChatSettings | None = None

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


def _positive(name: str, written: str | None, default: int) -> int:
    if not written:
        return default
    if not written.isdecimal() or int(written) == 0:
        raise SettingsError(f"{name} must be a whole number above 0, not {written!r}; correct it or unset it")
    return int(written)
