"""The code that reads is known by its hash."""

from __future__ import annotations

import hashlib

from index.settings import ROOT
from index.store import SEGMENTATION
from ingest.program import READING, program_hashes


def test_what_cuts_words_is_hashed_apart_from_what_reads() -> None:
    hashes = program_hashes()
    assert set(hashes) == {"index/text.py", READING}
    assert set(SEGMENTATION) - set(hashes) == {"lexicon.txt"}  # that is the corpus's
    whole = b"index/text.py\0" + (ROOT / "index" / "text.py").read_bytes() + b"\0"
    assert hashes["index/text.py"] == hashlib.sha256(whole).hexdigest()
