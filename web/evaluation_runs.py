"""Evaluations that the page runs: one at a time, in the order they were asked for, each for one person."""

from __future__ import annotations

import logging
import shutil
import tempfile
import time
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from threading import Condition, Thread
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from eval.cases import Case
    from eval.run import Progress, Run

MOST_WAITING = 8
REMEMBERED = 30  # people whose last evaluation is kept in memory; files stay
PAUSE = 0.004  # seconds after each question, so that those who ask in the chat get their turn on the processor

_log = logging.getLogger(__name__)

Item = TypeVar("Item")
Work = Callable[["Wanted", Path, "Progress"], "tuple[Run, Path]"]


class Stage(StrEnum):
    """How far an evaluation has come."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to evaluate: the name of the set for the report's reader, and its cases."""

    title: str
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Status:
    """An evaluation at one moment.

    Attributes:
        done, total: questions asked, and to ask.
        ahead: evaluations that come first while this one waits.
        words: why it failed, in Chinese.
        run, folder: the result, once done.
        before: this person's last evaluation with questions in common, to compare with.
    """

    title: str
    stage: Stage
    total: int
    done: int = 0
    ahead: int = 0
    words: str = ""
    run: Run | None = None
    folder: Path | None = None
    before: Run | None = None

    @property
    def settled(self) -> bool:
        """True when nothing will change any more."""
        return self.stage in (Stage.DONE, Stage.STOPPED, Stage.FAILED)


class StoppedError(Exception):
    """The person at the page stopped the evaluation."""


class CrowdedError(Exception):
    """Too many evaluations wait already."""


class Runs:
    """Everybody's evaluations; safe to share between threads.

    Args:
        work: evaluates into the folder it is told, and shows how far it is.
        folder: where results go, a folder a person and in it one a run; ``None`` for a temporary one.
    """

    def __init__(self, work: Work, folder: Path | None = None) -> None:
        self._work = work
        self._folder = folder
        self._changed = Condition()
        self._line: list[str] = []  # owners, the first is being served
        self._jobs: dict[str, _Job] = {}

    def start(self, owner: str, wanted: Wanted) -> None:
        """Put an evaluation in line; that which this owner has under way goes on instead.

        Raises:
            CrowdedError: too many are waiting.
        """
        folder = self._base / owner / f"{datetime.now():%Y%m%d-%H%M%S-%f}"
        self._enter(owner, _Job(wanted, folder, Status(wanted.title, Stage.WAITING, len(wanted.cases))))

    def resume(self, owner: str) -> None:
        """Go on with what this owner stopped, from the question it had come to; nothing when there is nothing.

        Raises:
            CrowdedError: too many are waiting.
        """
        job = self._jobs.get(owner)
        if job and job.status.stage in (Stage.STOPPED, Stage.FAILED):
            self._enter(owner, _Job(job.wanted, job.folder, replace(job.status, stage=Stage.WAITING, words="")))

    def stop(self, owner: str) -> None:
        """Stop what this owner has in line or under way, after the question it is at."""
        with self._changed:
            if job := self._jobs.get(owner):
                job.stopping = True
            self._changed.notify_all()

    def status(self, owner: str) -> Status | None:
        """How this owner's evaluation stands; ``None`` when there is none."""
        with self._changed:
            job = self._jobs.get(owner)
            if job is None:
                return None
            ahead = self._line.index(owner) if job.status.stage is Stage.WAITING and owner in self._line else 0
            return replace(job.status, ahead=ahead)

    @cached_property
    def _base(self) -> Path:
        if self._folder is not None:
            self._folder.mkdir(parents=True, exist_ok=True)
            return self._folder
        temporary = Path(tempfile.mkdtemp(prefix="runs-"))
        weakref.finalize(self, shutil.rmtree, temporary, ignore_errors=True)
        return temporary

    def _enter(self, owner: str, job: _Job) -> None:
        with self._changed:
            if owner in self._line:
                return
            if len(self._line) > MOST_WAITING:
                raise CrowdedError(f"{len(self._line)} evaluations are in line; at most {MOST_WAITING} may wait")
            self._line.append(owner)
            self._jobs.pop(owner, None)
            self._jobs[owner] = job
            for old in [name for name in self._jobs if name not in self._line][: max(0, len(self._jobs) - REMEMBERED)]:
                del self._jobs[old]
        Thread(target=self._serve, args=(owner, job), name="evaluation", daemon=True).start()

    def _serve(self, owner: str, job: _Job) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._line[0] == owner or job.stopping)
        try:
            final = self._evaluated(job)
        except StoppedError:
            final = replace(job.status, stage=Stage.STOPPED)
        except Exception as error:  # noqa: BLE001 - whatever it was, who waits at the page must hear of it
            _log.exception("evaluation failed")
            final = replace(job.status, stage=Stage.FAILED, words=f"{type(error).__name__}：{error}")
        with self._changed:
            job.status = final
            self._line.remove(owner)
            self._changed.notify_all()

    def _evaluated(self, job: _Job) -> Status:
        if job.stopping:
            raise StoppedError
        job.status = replace(job.status, stage=Stage.RUNNING)
        run, folder = self._work(job.wanted, job.folder, job.watched)
        before = last_before(run, folder)
        return replace(job.status, stage=Stage.DONE, done=len(run.cases), run=run, folder=folder, before=before)


class _Job:
    """One evaluation; only its own thread changes ``status``."""

    def __init__(self, wanted: Wanted, folder: Path, status: Status) -> None:
        self.wanted = wanted
        self.folder = folder
        self.status = status
        self.stopping = False

    def watched(self, _: str, attempts: Iterator[Item], left: int) -> Iterable[Item]:
        """The attempts as they come, counted; ends when it is to stop."""
        done = len(self.wanted.cases) - left
        self.status = replace(self.status, done=done)
        for found in attempts:
            yield found  # comes back here when the attempt is written down
            done += 1
            self.status = replace(self.status, done=done)
            if self.stopping:
                raise StoppedError
            time.sleep(PAUSE)


def last_before(run: Run, folder: Path) -> Run | None:
    """The last finished run beside ``folder`` that asked some of the same questions, cut down to those."""
    from eval.run import RunError, read_run

    for earlier in sorted((path.parent for path in folder.parent.glob("*/run.json")), reverse=True):
        if earlier.name >= folder.name:
            continue
        try:
            found = same_questions(read_run(earlier), run.cases)
        except RunError:
            continue  # written by another version
        if found.cases:
            return found
    return None


def same_questions(earlier: Run, cases: Sequence[Case]) -> Run:
    """``earlier`` with only those of its cases that ``cases`` ask in the same words under the same id."""
    asked = {(case.id, case.question, case.history) for case in cases}
    kept = [(case.id, case.question, case.history) in asked for case in earlier.cases]

    def cut(items: Sequence[Item]) -> tuple[Item, ...]:
        return tuple(item for item, keep in zip(items, kept, strict=True) if keep)

    return replace(
        earlier,
        cases=cut(earlier.cases),
        attempts={name: cut(found) for name, found in earlier.attempts.items()},
        grades={name: cut(found) for name, found in earlier.grades.items()},
    )
