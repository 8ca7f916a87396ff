"""Which program reads the documents: another one may read them otherwise, so that an index of the old one is stale."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
_WORDS = ("index/text.py",)  # what words and normal forms are
_READING = ("index/numbering.py", "index/records.py", "index/agencies.py")  # beside all of ingest
READING = "ingest"


@cache
def program_hashes() -> dict[str, str]:
    """SHA-256 of what shapes the index beside the corpus, by name: the code that cuts words, and that reads."""
    reading = sorted(path.relative_to(_ROOT).as_posix() for path in (_ROOT / "ingest").rglob("*.py"))
    return {**{name: _sha256(name) for name in _WORDS}, READING: _sha256(*reading, *_READING)}


def _sha256(*names: str) -> str:
    whole = hashlib.sha256()
    for name in names:
        whole.update(name.encode() + b"\0" + (_ROOT / name).read_bytes() + b"\0")
    return whole.hexdigest()
