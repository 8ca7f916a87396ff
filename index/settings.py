"""Settings, read once at the doors (environment > ``.env`` > default) and handed down as plain values."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values

ROOT = Path(__file__).resolve().parent.parent


class SettingsError(ValueError):
    """A setting has a value that can't be used; the message names it, what is allowed and the remedy."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a door may change.

    Attributes:
        corpus_dir: documents, sources, agencies, lexicon and questions (``CORPUS_DIR``).
        index_dir: where the index is built; a cache that may be deleted at any time (``INDEX_DIR``).
        embedding_model: folder or hub name of a sentence-transformers model (``EMBEDDING_MODEL``).
        query_instruction: words put before a question for models that want them (``EMBEDDING_QUERY_INSTRUCTION``).
        chunk_tokens: longest passage, in jieba tokens (``CHUNK_TOKENS``).
    """

    corpus_dir: Path = ROOT / "corpus"
    index_dir: Path = ROOT / ".index"
    embedding_model: str = str(ROOT / "models" / "jince-static-zh")
    query_instruction: str = ""
    chunk_tokens: int = 160

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
        )


def _positive(name: str, written: str | None, default: int) -> int:
    if not written:
        return default
    if not written.isdecimal() or int(written) == 0:
        raise SettingsError(f"{name} must be a whole number above 0, not {written!r}; correct it or unset it")
    return int(written)
