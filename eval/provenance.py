"""What a run was made with, so that two runs can be told apart: code, model, corpus, settings, versions."""

from __future__ import annotations

import hashlib
import json
import platform
import subprocess
from collections.abc import Iterable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from eval.cases import Case
from index.settings import ROOT, Settings
from index.store import read_manifest

_CODE = ("index", "answering", "prompts", "eval")
_PACKAGES = ("numpy", "jieba", "bm25s", "chromadb", "langchain-core", "tokenizers", "opencc")


def provenance(settings: Settings) -> dict[str, Any]:
    """Everything that a figure may depend on; the same on every run of the same tree on the same machine."""
    manifest = read_manifest(settings.index_dir)
    return {
        "commit": _commit(),
        "code": hash_files(path for folder in _CODE for path in (ROOT / folder).rglob("*") if _is_code(path)),
        "model": {"name": Path(settings.embedding_model).name, "sha256": _model_hash(settings.embedding_model)},
        "corpus": dict(manifest.hashes) if manifest else {},
        "settings": {
            "chunk_tokens": settings.chunk_tokens,
            "query_instruction": settings.query_instruction,
            "embedding_model": Path(settings.embedding_model).name,
            "chat_model": settings.chat.model if settings.chat else None,
        },
        "versions": {"python": platform.python_version(), **_versions()},
    }


def fingerprint(facts: dict[str, Any], cases: Sequence[Case], systems: Sequence[str]) -> str:
    """Sixteen hexadecimal digits that change with provenance, cases and systems."""
    content = [facts, [case.as_json() for case in cases], list(systems)]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]


def hash_files(paths: Iterable[Path]) -> str:
    """SHA-256 over names and contents, in order of name."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _is_code(path: Path) -> bool:
    return path.is_file() and path.suffix in (".py", ".md", ".txt") and "__pycache__" not in path.parts


def _model_hash(name_or_path: str) -> str | None:
    folder = Path(name_or_path).expanduser()
    return hash_files(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else None


def _commit() -> dict[str, Any] | None:
    head = _git("rev-parse", "HEAD")
    return (
        {"id": head.strip(), "changed": bool(_git("status", "--porcelain", "--untracked-files=no"))} if head else None
    )


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout if done.returncode == 0 else ""


def _versions() -> dict[str, str]:
    found: dict[str, str] = {}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found
