"""A corpus folder to change at will."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ingest.corpus import Corpus


@pytest.fixture
def corpus_folder(corpus: Corpus, tmp_path: Path) -> Path:
    """A copy of the repository's corpus with two expected questions only."""
    folder = Path(shutil.copytree(corpus.folder, tmp_path / "corpus"))
    for file in (folder / "questions").iterdir():
        file.unlink()
    first = (corpus.folder / "questions" / "business.jsonl").read_text(encoding="utf-8").splitlines()[:2]
    (folder / "questions" / "business.jsonl").write_text("\n".join(first) + "\n", encoding="utf-8")
    return folder
