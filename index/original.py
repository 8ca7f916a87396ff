"""A document's text as published, from its file: units know their place in it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from index.records import Document


def original_text(corpus_dir: Path, document: Document) -> str:
    """The text of the document's file; empty when the file is gone or no longer the one that was indexed.

    The spans of units are positions in just that text.
    """
    try:
        raw = (corpus_dir / "documents" / document.path).read_bytes()
        return raw.decode("utf-8-sig") if hashlib.sha256(raw).hexdigest() == document.sha256 else ""
    except (OSError, UnicodeDecodeError):
        return ""
