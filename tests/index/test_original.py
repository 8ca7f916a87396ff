from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from answering.service import Service
from index.original import original_text
from index.settings import Settings

CORPUS = Settings().corpus_dir


def test_every_unit_stands_where_its_span_says(service: Service) -> None:
    for unit in service.units:
        text = original_text(CORPUS, service.documents[unit.document])[unit.start : unit.end]
        assert unit.text.splitlines()[0] in text


def test_a_file_that_is_gone_or_has_changed_gives_no_text(service: Service, tmp_path: Path) -> None:
    plan = service.documents["plan"]
    assert original_text(tmp_path, plan) == ""
    shutil.copytree(CORPUS / "documents", tmp_path / "documents")
    assert original_text(tmp_path, plan) == original_text(CORPUS, plan)
    (tmp_path / "documents" / plan.path).write_text("另一份", encoding="utf-8")
    assert original_text(tmp_path, plan) == ""
    assert original_text(CORPUS, replace(plan, sha256="")) == ""
