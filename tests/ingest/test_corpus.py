"""The corpus folder as facts; a bad line is named with its file and number."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from index.glossary import GlossaryError, Term
from index.records import ExpectedQuestion, PolicyUnit
from ingest.corpus import Corpus, CorpusError, read_corpus, short_units, standing
from tests.samples import unit


def test_the_corpus_of_the_repository(corpus: Corpus, units: tuple[PolicyUnit, ...]) -> None:
    assert [document.slug for document in corpus.documents] == ["task-table", "plan"]
    assert [document.date for document in corpus.documents] == [None, "2024-11-06"]
    assert len(corpus.agencies) == 35
    assert {question.unit_id for question in corpus.questions} == {unit.unit_id for unit in units}
    assert standing(corpus.questions, units) == corpus.questions


def test_every_unit_of_the_corpus_has_its_questions(corpus: Corpus, units: tuple[PolicyUnit, ...]) -> None:
    assert short_units(units, corpus.questions) == ()
    assert short_units(units[:2], [ExpectedQuestion(units[0].unit_id, "问", "句")], 1) == units[1:2]


def test_every_file_that_shapes_the_index_has_its_hash(corpus: Corpus) -> None:
    files = {path.relative_to(corpus.folder).as_posix() for path in corpus.folder.rglob("*") if path.is_file()}
    assert set(corpus.hashes) == files
    assert all(len(value) == 64 for value in corpus.hashes.values())


def test_a_copy_has_the_same_hashes_and_a_change_another(corpus_folder: Path) -> None:
    before = read_corpus(corpus_folder).hashes
    (corpus_folder / "lexicon.txt").write_text("海外仓\n", encoding="utf-8")
    after = read_corpus(corpus_folder).hashes
    assert {name for name in before if before[name] != after[name]} == {"lexicon.txt"}


def test_blank_lines_are_no_records(corpus_folder: Path) -> None:
    file = corpus_folder / "questions" / "business.jsonl"
    file.write_text("\n" + file.read_text(encoding="utf-8") + "\n \n", encoding="utf-8")
    assert len(read_corpus(corpus_folder).questions) == 2


def test_a_folder_that_is_no_corpus_is_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"no sources\.jsonl there; point CORPUS_DIR at a corpus folder"):
        read_corpus(tmp_path)


def test_a_corpus_may_have_no_glossary(corpus_folder: Path) -> None:
    assert Term("overseas warehouse", "海外仓") in read_corpus(corpus_folder).glossary
    (corpus_folder / "glossary.tsv").unlink()
    without = read_corpus(corpus_folder)
    assert without.glossary == ()
    assert "glossary.tsv" not in without.hashes


def test_a_glossary_with_a_mistake_is_named(corpus_folder: Path) -> None:
    (corpus_folder / "glossary.tsv").write_text("fx 外汇\n", encoding="utf-8")
    with pytest.raises(GlossaryError, match=r"glossary\.tsv:1"):
        read_corpus(corpus_folder)


@pytest.mark.parametrize("name", ["agencies.tsv", "lexicon.txt"])
def test_a_missing_file_is_named(corpus_folder: Path, name: str) -> None:
    (corpus_folder / name).unlink()
    with pytest.raises(CorpusError, match=rf"{name}: missing; a corpus needs sources\.jsonl, agencies\.tsv and"):
        read_corpus(corpus_folder)


@pytest.mark.parametrize(
    ("file", "line", "message"),
    [
        ("sources.jsonl", "{", r"sources\.jsonl:3: not JSON \(.+\); correct the line"),
        ("sources.jsonl", "[1, 2]", r"sources\.jsonl:3: expected an object, got '\[1, 2\]'"),
        ("sources.jsonl", '{"slug": "x"}', r"sources\.jsonl:3: fields \['slug'\]; expected \['aliases', 'date',"),
        ("questions/business.jsonl", "无", r"business\.jsonl:3: not JSON"),
        ("questions/business.jsonl", '"无"', r"business\.jsonl:3: expected an object"),
        (
            "questions/business.jsonl",
            '{"unit_id": "plan/1", "question": "?"}',
            r"business\.jsonl:3: no field 'sentence'; expected unit_id, question, sentence",
        ),
    ],
)
def test_a_bad_line_is_named(corpus_folder: Path, file: str, line: str, message: str) -> None:
    with (corpus_folder / file).open("a", encoding="utf-8") as sources:
        sources.write(line + "\n")
    with pytest.raises(CorpusError, match=message):
        read_corpus(corpus_folder)


def test_aliases_that_are_no_list_are_named(corpus_folder: Path) -> None:
    file = corpus_folder / "sources.jsonl"
    record = json.loads(file.read_text(encoding="utf-8").splitlines()[0]) | {"slug": "third", "aliases": None}
    with file.open("a", encoding="utf-8") as sources:
        sources.write(json.dumps(record) + "\n")
    with pytest.raises(CorpusError, match=r"sources\.jsonl:3"):
        read_corpus(corpus_folder)


def test_a_question_stands_while_its_unit_has_its_sentence() -> None:
    fits, gone, reworded = (
        ExpectedQuestion(unit_id, "有什么？", sentence)
        for unit_id, sentence in (("plan/1", "甲。"), ("plan/99", "甲。"), ("plan/1", "乙。"))
    )
    assert standing([fits, gone, reworded], [unit(1, "甲。")]) == (fits,)


def test_every_unit_is_expected_to_be_asked_for(corpus: Corpus, units: tuple[PolicyUnit, ...]) -> None:
    """At least twenty questions a unit, over all files; no question twice of one unit."""
    hands = ("business", "offices", "public")
    written = {path.name for path in (corpus.folder / "questions").iterdir()}
    assert written == {f"{hand}{more}.jsonl" for hand in hands for more in ("", "-more")}
    asked = Counter(question.unit_id for question in set(corpus.questions))
    assert {unit.unit_id: asked[unit.unit_id] for unit in units if asked[unit.unit_id] < 20} == {}
    assert sum(asked.values()) == len(corpus.questions)
    assert set(asked) == {unit.unit_id for unit in units}


def test_every_expected_question_points_at_a_sentence_of_its_unit(
    corpus: Corpus, units: tuple[PolicyUnit, ...]
) -> None:
    texts = {unit.unit_id: unit.text for unit in units}
    astray = [q for q in corpus.questions if not q.sentence.strip() or q.sentence not in texts[q.unit_id]]
    assert astray == []
    assert all(question.question.strip() for question in corpus.questions)
