"""Every word of the lexicon is justified, and every candidate reviewed."""

from __future__ import annotations

from pathlib import Path

from index.records import PolicyUnit
from index.text import Segmenter
from ingest.corpus import Corpus
from ingest.lexicon import candidates, check

# 数字 and 展厅 stand together each time, between different neighbours.
TEXTS = (
    "搭建数字展厅促进销售。",
    "建设数字展厅，服务企业。",
    "依托数字展厅开拓市场。",
    "打造“津心融”平台，外贸综合服务企业（以下简称综服企业）参加。",
)


def lexicon(folder: Path, *words: str) -> Path:
    file = folder / "lexicon.txt"
    file.write_text("# words\n" + "\n".join(words) + "\n", encoding="utf-8")
    return file


def test_the_lexicon_of_the_repository_is_justified(corpus: Corpus, units: tuple[PolicyUnit, ...]) -> None:
    assert list(check(corpus.folder / "lexicon.txt", [unit.text for unit in units])) == []


def test_candidates_are_names_and_words_that_stick_together() -> None:
    assert candidates(TEXTS, Segmenter()) == ("数字展厅", "津心融", "综服企业")


def test_a_word_that_the_segmenter_knows_is_no_candidate() -> None:
    assert candidates(TEXTS, Segmenter(["数字展厅", "津心融"])) == ("综服企业",)


def test_a_reviewed_lexicon_has_no_problem(tmp_path: Path) -> None:
    assert list(check(lexicon(tmp_path, "数字展厅", "津心融", "-综服企业"), TEXTS)) == []


def test_every_problem_is_named_with_its_remedy(tmp_path: Path) -> None:
    assert list(check(lexicon(tmp_path, "数字展厅", "综服企业", "火星仓", "企业"), TEXTS)) == [
        "火星仓: in no document; remove it",
        "企业: already in jieba's dictionary; remove it",
        "津心融: candidate not reviewed; add it, or refuse it with a leading -",
    ]
