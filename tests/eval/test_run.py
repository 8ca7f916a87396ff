"""Runs: the same twice, resumed where they stopped, read back as they were written."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from eval.grade import Grader
from eval.run import PRODUCT, RunError, find_run, read_run, run, write_run
from index.records import Answer, Document, PolicyUnit
from tests.eval.perfect import CASES, Perfect

FACTS = {"fingerprint": "f"}
Units = tuple[PolicyUnit, ...]


class Clockwork(Perfect):
    """Takes another time for every answer; breaks on demand."""

    breaks_at = -1

    def ask(self, question: str, history: Sequence[str] = (), *, answer_id: str | None = None) -> Answer:
        given = super().ask(question, history, answer_id=answer_id)
        if len(self.asked) == self.breaks_at:
            raise KeyboardInterrupt
        return replace(given, latency_ms=float(len(self.asked)) + id(self) % 7)


def test_the_same_run_twice_differs_in_times_only(
    tmp_path: Path, grader: Grader, units: Units, documents: dict[str, Document]
) -> None:
    for name in ("one", "two"):
        done = run(name, CASES, {PRODUCT: lambda: Clockwork(CASES, units, documents)}, grader, FACTS)
        write_run(done, tmp_path / name, started=name, seconds=1.0)
    files = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert files == ["answers.jsonl", "cases.jsonl", "grades.jsonl", "run.json", "times.json"]
    for file in files:
        same = (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()
        assert same is (file != "times.json")


@pytest.mark.parametrize("workers", [1, 3])
def test_workers_keep_the_order(grader: Grader, units: Units, documents: dict[str, Document], workers: int) -> None:
    done = run("x", CASES, {PRODUCT: lambda: Perfect(CASES, units, documents)}, grader, FACTS, workers=workers)
    assert [found.answer and found.answer.id for found in done.attempts[PRODUCT]] == [case.id for case in CASES]


def test_an_interrupted_run_goes_on_where_it_stopped(
    tmp_path: Path, grader: Grader, units: Units, documents: dict[str, Document]
) -> None:
    first, second = Clockwork(CASES, units, documents), Clockwork(CASES, units, documents)
    first.breaks_at = 4
    with pytest.raises(KeyboardInterrupt):
        run("x", CASES, {PRODUCT: lambda: first}, grader, FACTS, folder=tmp_path)
    with (tmp_path / "progress.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"system": "jin')  # a kill in the middle of a line
    done = run("x", CASES, {PRODUCT: lambda: second}, grader, FACTS, folder=tmp_path)
    assert second.asked == [case.question for case in CASES[3:]]
    assert all(grade.right for grade in done.grades[PRODUCT])
    write_run(done, tmp_path, "now", 1.0)
    assert not (tmp_path / "progress.jsonl").exists()


def test_work_done_with_other_code_is_not_gone_on_with(
    tmp_path: Path, grader: Grader, units: Units, documents: dict[str, Document]
) -> None:
    first, second = Clockwork(CASES, units, documents), Clockwork(CASES, units, documents)
    first.breaks_at = 4
    with pytest.raises(KeyboardInterrupt):
        run("x", CASES, {PRODUCT: lambda: first}, grader, FACTS, folder=tmp_path)
    run("x", CASES, {PRODUCT: lambda: second}, grader, {"fingerprint": "other"}, folder=tmp_path)
    assert len(second.asked) == len(CASES)


def test_an_exception_does_not_cost_the_other_cases(
    grader: Grader, units: Units, documents: dict[str, Document]
) -> None:
    done = run("x", CASES, {PRODUCT: lambda: Perfect(CASES[1:], units, documents)}, grader, FACTS)
    assert [grade.problem for grade in done.grades[PRODUCT]] == ["error", "", "", "", "", ""]
    assert done.summaries[PRODUCT]["all"]["metrics"]["error"]["n"] == len(CASES)


def test_read_gives_back_what_was_written(
    tmp_path: Path, grader: Grader, units: Units, documents: dict[str, Document]
) -> None:
    systems = {name: (lambda: Clockwork(CASES[1:], units, documents)) for name in (PRODUCT, "other")}
    done = run("x", CASES, systems, grader, FACTS)
    write_run(done, tmp_path / "x", "now", 1.0)
    back = read_run(find_run("x", tmp_path))
    assert back == replace(done, summaries=json.loads(json.dumps(done.summaries)))


def test_errors_name_the_remedy(tmp_path: Path, grader: Grader) -> None:
    with pytest.raises(RunError, match="no cases to run"):
        run("x", [], {}, grader, FACTS)
    with pytest.raises(RunError, match="no such run; runs are none yet"):
        find_run("x", tmp_path)
    (tmp_path / "run.json").write_text("{}", encoding="utf-8")
    with pytest.raises(RunError, match="run the cases again"):
        read_run(find_run(str(tmp_path)))
