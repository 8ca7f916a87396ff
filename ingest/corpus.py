"""The corpus folder as typed facts: sources, agencies, lexicon, glossary and expected questions."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from index.agencies import Agency, load_agencies
from index.glossary import Term, read_glossary
from index.records import Document, ExpectedQuestion, PolicyUnit
from index.text import load_lexicon

LEAST = 20  # expected questions a unit should have


class CorpusError(ValueError):
    """A file of the corpus folder can't be used; the message names file, line and remedy."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """What ``corpus/`` holds, less the documents' text; ``hashes`` names every file that shapes the index."""

    folder: Path
    documents: tuple[Document, ...]
    agencies: tuple[Agency, ...]
    lexicon: tuple[str, ...]
    glossary: tuple[Term, ...]
    questions: tuple[ExpectedQuestion, ...]
    hashes: dict[str, str]


def read_corpus(folder: Path) -> Corpus:
    """Read the corpus folder.

    Raises:
        CorpusError, AgencyTableError, GlossaryError: a file is missing or a line of it can't be read.
    """
    if not (folder / "sources.jsonl").is_file():
        raise CorpusError(f"{folder}: no sources.jsonl there; point CORPUS_DIR at a corpus folder")
    question_files = sorted((folder / "questions").glob("*.jsonl"))
    shaping = [folder / "sources.jsonl", folder / "agencies.tsv", folder / "lexicon.txt", *question_files]
    for path in shaping:
        if not path.is_file():
            raise CorpusError(f"{path}: missing; a corpus needs sources.jsonl, agencies.tsv and lexicon.txt")
    documents = tuple(_documents(folder / "sources.jsonl"))
    glossary = folder / "glossary.tsv"
    shaping += [glossary] if glossary.exists() else []
    shaping += [folder / "documents" / document.path for document in documents]
    return Corpus(
        folder=folder,
        documents=documents,
        agencies=load_agencies(folder / "agencies.tsv"),
        lexicon=load_lexicon(folder / "lexicon.txt"),
        glossary=read_glossary(glossary) if glossary.exists() else (),
        questions=tuple(question for path in question_files for question in _questions(path)),
        hashes={path.relative_to(folder).as_posix(): _sha256(path) for path in shaping},
    )


def short_units(
    units: Iterable[PolicyUnit], questions: Iterable[ExpectedQuestion], least: int = LEAST
) -> tuple[PolicyUnit, ...]:
    """The units with fewer than ``least`` expected questions, in order."""
    counts = Counter(question.unit_id for question in questions)
    return tuple(unit for unit in units if counts[unit.unit_id] < least)


def standing(questions: Iterable[ExpectedQuestion], units: Iterable[PolicyUnit]) -> tuple[ExpectedQuestion, ...]:
    """The questions that point at a unit and at words of it; others were asked of an edition that is gone."""
    texts = {unit.unit_id: unit.text for unit in units}
    return tuple(question for question in questions if question.sentence in texts.get(question.unit_id, ""))


def _documents(path: Path) -> Iterable[Document]:
    names = {field.name for field in fields(Document)}
    for number, record in _records(path):
        if set(record) != names:
            raise CorpusError(f"{path}:{number}: fields {sorted(record)}; expected {sorted(names)}")
        if not isinstance(record["aliases"], list):
            raise CorpusError(f"{path}:{number}: aliases is {record['aliases']!r}; write a list, [] for none")
        yield Document(**{**record, "aliases": tuple(record["aliases"])})


def _questions(path: Path) -> Iterable[ExpectedQuestion]:
    for number, record in _records(path):
        try:
            yield ExpectedQuestion(record["unit_id"], record["question"], record["sentence"])
        except KeyError as error:
            raise CorpusError(f"{path}:{number}: no field {error}; expected unit_id, question, sentence") from error


def _records(path: Path) -> Iterable[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise CorpusError(f"{path}:{number}: not JSON ({error.msg}); correct the line") from error
        if not isinstance(record, dict):
            raise CorpusError(f"{path}:{number}: expected an object, got {line[:40]!r}")
        yield number, record


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
