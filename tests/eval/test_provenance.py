"""What a run was made with."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from eval.provenance import fingerprint, hash_files, provenance
from index.settings import Settings
from tests.eval.perfect import CASES


def test_the_same_tree_gives_the_same_facts(index_settings: Settings) -> None:
    facts = provenance(index_settings)
    assert facts == provenance(index_settings)
    assert facts["model"]["name"] == "jince-static-zh"
    assert len(facts["model"]["sha256"]) == len(facts["code"]) == 64
    assert "sources.jsonl" in " ".join(facts["corpus"])
    assert str(index_settings.index_dir) not in str(facts)


def test_a_fingerprint_changes_with_cases_systems_and_facts() -> None:
    changed = (replace(CASES[0], question="别的"), *CASES[1:])
    prints = {
        fingerprint({"a": 1}, CASES, ["x"]),
        fingerprint({"a": 2}, CASES, ["x"]),
        fingerprint({"a": 1}, changed, ["x"]),
        fingerprint({"a": 1}, CASES, ["x", "y"]),
    }
    assert len(prints) == 4


def test_hashes_follow_names_and_contents(tmp_path: Path) -> None:
    one, two = tmp_path / "a.py", tmp_path / "b.py"
    one.write_text("1", encoding="utf-8")
    two.write_text("1", encoding="utf-8")
    assert hash_files([one]) != hash_files([two])
    assert hash_files([one, two]) == hash_files([two, one])
