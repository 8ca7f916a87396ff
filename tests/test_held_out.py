"""What is reported as unseen has been seen by nothing that is learned or set."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from eval.cases import SPLITS, TRAIN, read_cases
from index.text import plain
from ingest.corpus import Corpus

ROOT = Path(__file__).parents[1]
LEARNED = sorted((ROOT / "train").glob("*.py"))
MEASURED_ON = {"dev", TRAIN}  # for thresholds: python -m eval sweep


def name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def calls(tree: ast.AST, function: str) -> Iterator[ast.Call]:
    """Calls of ``function`` by its plain name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == function:
            yield node


def splits(tree: ast.AST) -> list[set[str]]:
    """The splits that each call of ``read_cases`` asks for; all that there are where it doesn't say."""
    named = {"SPLITS": SPLITS, "TRAIN": (TRAIN,)}
    found: list[set[str]] = []
    for call in calls(tree, "read_cases"):
        given = next((keyword.value for keyword in call.keywords if keyword.arg == "splits"), ast.Name("SPLITS"))
        words = {str(node.value) for node in ast.walk(given) if isinstance(node, ast.Constant)}
        names = (named[node.id] for node in ast.walk(given) if isinstance(node, ast.Name))
        found.append(words.union(*names))
    return found


@pytest.mark.parametrize("file", LEARNED, ids=name)
def test_models_are_trained_on_training_cases_only(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert all(asked == {TRAIN} for asked in splits(ast.parse(text)))
    assert "read_case_file" not in text
    assert "cases/test" not in text


def test_training_reads_cases_at_all() -> None:
    """Else the test above would hold of nothing."""
    readers = {name(file) for file in LEARNED if splits(ast.parse(file.read_text(encoding="utf-8")))}
    assert readers == {"train/companions.py", "train/verdict.py"}


def test_thresholds_are_swept_over_other_cases_than_the_test_half() -> None:
    door = ast.parse((ROOT / "eval" / "__main__.py").read_text(encoding="utf-8"))
    (sweeping,) = (node for node in door.body if isinstance(node, ast.FunctionDef) and node.name == "_sweep")
    assert splits(sweeping) == [MEASURED_ON]
    assert splits(ast.parse((ROOT / "eval" / "sweep.py").read_text(encoding="utf-8"))) == []


def test_no_question_of_the_test_half_is_trained_on_or_expected(corpus: Corpus) -> None:
    """In the same conversation; punctuation and width aside."""
    seen = {(plain(case.question), case.history) for case in read_cases(splits=["dev", TRAIN])}
    seen |= {(plain(question.question), ()) for question in corpus.questions}
    unseen = {(plain(case.question), case.history) for case in read_cases(splits=["test"])}
    assert len(unseen & seen) == 0
