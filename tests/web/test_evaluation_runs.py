"""Evaluations in line: one at a time, each person's own, stopped and gone on with."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest

from answering.service import Service
from eval.evaluate import evaluate
from eval.run import PRODUCT, Progress, Run
from eval.system import Attempt
from index.settings import Settings
from tests.eval.perfect import CASES
from web import evaluation_runs
from web.evaluation_runs import CrowdedError, Runs, Stage, Status, Wanted

ANNA, BEN = "a" * 32, "b" * 32
WANTED = Wanted("题", CASES[:2])


def settled(runs: Runs, owner: str) -> Status:
    """The final status of an owner's evaluation."""
    return until(runs, owner, lambda status: status.settled)


def until(runs: Runs, owner: str, holds: Callable[[Status], bool]) -> Status:
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        status = runs.status(owner)
        if status and holds(status):
            return status
        time.sleep(0.01)
    pytest.fail(f"not within a minute: {runs.status(owner)}")


class Slow:
    """Work whose questions wait for the test; remembers where it wrote."""

    def __init__(self) -> None:
        self.go = Event()
        self.folders: list[Path] = []

    def __call__(self, wanted: Wanted, folder: Path, progress: Progress) -> tuple[Run, Path]:
        self.folders.append(folder)

        def attempts() -> Iterator[Attempt]:
            for _ in wanted.cases:
                assert self.go.wait(30)
                yield Attempt(None)

        found = tuple(progress(PRODUCT, attempts(), len(wanted.cases)))
        return Run(folder.name, {}, wanted.cases, {PRODUCT: found}, {PRODUCT: ()}, {}), folder


def test_one_at_a_time_with_the_place_in_line(tmp_path: Path) -> None:
    slow = Slow()
    runs = Runs(slow, tmp_path)
    runs.start(ANNA, WANTED)
    until(runs, ANNA, lambda status: status.stage is Stage.RUNNING)
    runs.start(BEN, WANTED)
    waiting = runs.status(BEN)
    assert waiting and (waiting.stage, waiting.ahead) == (Stage.WAITING, 1)
    slow.go.set()
    assert (settled(runs, ANNA).stage, settled(runs, BEN).stage) == (Stage.DONE, Stage.DONE)
    assert [folder.parent for folder in slow.folders] == [tmp_path / ANNA, tmp_path / BEN]
    assert runs.status("c" * 32) is None


def test_who_has_one_under_way_gets_no_second(tmp_path: Path) -> None:
    slow = Slow()
    runs = Runs(slow, tmp_path)
    runs.start(ANNA, WANTED)
    runs.start(ANNA, WANTED)
    slow.go.set()
    settled(runs, ANNA)
    assert len(slow.folders) == 1


def test_who_waits_can_leave_the_line_without_disturbing_others(tmp_path: Path) -> None:
    slow = Slow()
    runs = Runs(slow, tmp_path)
    runs.start(ANNA, WANTED)
    until(runs, ANNA, lambda status: status.stage is Stage.RUNNING)
    runs.start(BEN, WANTED)
    runs.stop(BEN)
    assert settled(runs, BEN).stage is Stage.STOPPED
    slow.go.set()
    assert settled(runs, ANNA).stage is Stage.DONE


def test_a_line_that_is_too_long_is_refused(tmp_path: Path) -> None:
    slow = Slow()
    runs = Runs(slow, tmp_path)
    owners = [f"{number:032x}" for number in range(evaluation_runs.MOST_WAITING + 1)]
    for owner in owners:
        runs.start(owner, WANTED)
    with pytest.raises(CrowdedError, match="at most 8 may wait"):
        runs.start(BEN, WANTED)
    slow.go.set()
    assert {settled(runs, owner).stage for owner in owners} == {Stage.DONE}


def test_a_failure_is_told_and_the_next_is_served(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    def fails(wanted: Wanted, folder: Path, progress: Progress) -> tuple[Run, Path]:
        raise RuntimeError("no room")

    runs = Runs(fails, tmp_path)
    for _ in range(2):
        runs.start(ANNA, WANTED)
        assert settled(runs, ANNA).words == "RuntimeError：no room"
    assert "evaluation failed" in caplog.text


def test_stopped_runs_go_on_and_later_ones_are_compared(
    service: Service, index_settings: Settings, tmp_path: Path
) -> None:
    counts: list[int] = []

    def work(wanted: Wanted, folder: Path, progress: Progress) -> tuple[Run, Path]:
        def stopping(name: str, attempts: Iterator[Attempt], left: int) -> Iterator[Attempt]:
            counts.append(left)
            for found in progress(name, attempts, left):
                if left == len(CASES):
                    runs.stop(ANNA)
                yield found

        return evaluate(
            service, index_settings, wanted.cases, {}, title="t", name=folder.name, runs_dir=folder.parent,
            progress=stopping,
        )  # fmt: skip

    runs = Runs(work, tmp_path)
    runs.start(ANNA, Wanted("题", CASES))
    stopped = settled(runs, ANNA)
    assert (stopped.stage, stopped.done) == (Stage.STOPPED, 1)
    runs.resume(ANNA)
    first = settled(runs, ANNA)
    assert (first.stage, first.done, first.before, counts) == (
        Stage.DONE,
        len(CASES),
        None,
        [len(CASES), len(CASES) - 1],
    )
    runs.start(ANNA, WANTED)
    second = settled(runs, ANNA)
    assert second.before
    assert [case.id for case in second.before.cases] == [case.id for case in WANTED.cases]
    assert len(second.before.grades[PRODUCT]) == len(WANTED.cases)


def test_without_a_folder_results_go_to_a_temporary_one() -> None:
    slow = Slow()
    slow.go.set()
    runs = Runs(slow)
    runs.start(ANNA, WANTED)
    settled(runs, ANNA)
    assert slow.folders[0].parent.name == ANNA
    assert not slow.folders[0].is_relative_to(Path(__file__).parents[2])
