"""A test set from cases to reports, and one that is stopped on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from answering.service import Service
from eval.cases import read_cases
from eval.evaluate import evaluate
from eval.run import PRODUCT
from eval.system import Attempt
from index.settings import Settings


def test_a_run_leaves_everything_an_evaluator_reads(service: Service, index_settings: Settings, tmp_path: Path) -> None:
    cases = read_cases(splits=["dev"])[:4]
    done, folder = evaluate(service, index_settings, cases, {"again": lambda: service}, title="few", runs_dir=tmp_path)
    assert folder.parent == tmp_path
    assert folder.name.startswith("few-")
    assert {path.name for path in folder.iterdir()} == {
        *("run.json", "cases.jsonl", "answers.jsonl", "grades.jsonl", "times.json", "report.md", "report.html")
    }
    assert [len(done.attempts[system]) for system in (PRODUCT, "again")] == [4, 4]
    assert done.grades[PRODUCT] == done.grades["again"]


def test_a_run_that_is_stopped_goes_on_from_there(service: Service, index_settings: Settings, tmp_path: Path) -> None:
    cases = read_cases(splits=["dev"])[:4]

    def stops_after_two(_: str, attempts: Iterator[Attempt], __: int) -> Iterable[Attempt]:
        yield next(attempts)
        yield next(attempts)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        evaluate(service, index_settings, cases, {}, title="few", runs_dir=tmp_path, progress=stops_after_two)
    counts: list[int] = []

    def counts_the_rest(_: str, attempts: Iterator[Attempt], total: int) -> Iterable[Attempt]:
        counts.append(total)
        return attempts

    done, folder = evaluate(
        service, index_settings, cases, {}, title="few", runs_dir=tmp_path, progress=counts_the_rest
    )
    assert (counts, len(done.attempts[PRODUCT])) == ([2], 4)
    assert not (folder / "progress.jsonl").exists()
