"""A run: every case asked of every system, graded and summed up in a folder of its own.

Layout of a run's folder; all but ``times.json`` and the reports' latency figures is the same when nothing changed::

    run.json       provenance, summaries by system         cases.jsonl    the cases as they were scored
    answers.jsonl  what came back, a line a case           grades.jsonl   how it was graded, a line a system and case
    times.json     start, seconds, latencies               report.md report.html
    progress.jsonl only while unfinished: an interrupted run goes on from it
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from eval.attempts import attempt_from_json, attempt_to_json
from eval.cases import Case, case_from_json
from eval.grade import Grade, Grader
from eval.metrics import percentile
from eval.summary import Summary, summarise
from eval.system import Attempt, System, attempt
from index.settings import ROOT

RUNS_DIR = ROOT / "runs"
PRODUCT = "jince"
SCHEMA = 1
Progress = Callable[[str, Iterator[Attempt], int], Iterable[Attempt]]


class RunError(ValueError):
    """A run can't be read or made; the message names the folder and the remedy."""


@dataclass(frozen=True, slots=True)
class Run:
    """A finished run.

    Attributes:
        name: of its folder; it stands in no file, so that runs of the same tree are the same under any name.
        facts: provenance, see :func:`eval.provenance.provenance`.
        cases: in the order they were asked.
        attempts, grades: by system, in the order of ``cases``.
        summaries: by system, see :mod:`eval.summary`.
    """

    name: str
    facts: Mapping[str, Any]
    cases: tuple[Case, ...]
    attempts: Mapping[str, tuple[Attempt, ...]]
    grades: Mapping[str, tuple[Grade, ...]]
    summaries: Mapping[str, Summary]

    def latencies(self, system: str = PRODUCT) -> list[float]:
        """Milliseconds of every answer that came."""
        return [found.answer.latency_ms for found in self.attempts[system] if found.answer]


def no_progress(_: str, attempts: Iterator[Attempt], __: int) -> Iterable[Attempt]:
    """Show nothing."""
    return attempts


def run(
    name: str,
    cases: Sequence[Case],
    systems: Mapping[str, Callable[[], System]],
    grader: Grader,
    facts: Mapping[str, Any],
    *,
    folder: Path | None = None,
    workers: int = 1,
    progress: Progress = no_progress,
) -> Run:
    """Ask every case of every system, in order, and grade what comes back.

    Args:
        name: of the run.
        cases: what to ask.
        systems: by name, the product first; each is made when its turn comes.
        grader: for the corpus of ``cases``.
        facts: provenance, with a ``fingerprint`` that decides whether an unfinished run may be gone on with.
        folder: where unfinished work is kept, ``None`` to keep none.
        workers: threads that ask; they help where a system waits (a chat model behind a server), not otherwise.
        progress: wraps the attempts of one system to show how far they are.

    Raises:
        RunError: there are no cases.
    """
    if not cases:
        raise RunError("no cases to run; choose others with --kind, or drop the option")
    journal = _Journal(folder, str(facts["fingerprint"]))
    attempts: dict[str, tuple[Attempt, ...]] = {}
    for system_name, make in systems.items():
        done = journal.attempts(system_name)
        todo = [case for case in cases if case.id not in done]
        fresh = _ask(make(), todo, workers) if todo else iter(())
        for case, found in zip(todo, progress(system_name, fresh, len(todo)), strict=True):
            journal.add(system_name, case.id, found)
            done[case.id] = found
        attempts[system_name] = tuple(done[case.id] for case in cases)
    grades = {
        system_name: tuple(grader.grade(case, found) for case, found in zip(cases, asked, strict=True))
        for system_name, asked in attempts.items()
    }
    summaries = {system_name: summarise(graded) for system_name, graded in grades.items()}
    return Run(name, facts, tuple(cases), attempts, grades, summaries)


def _ask(system: System, cases: Sequence[Case], workers: int) -> Iterator[Attempt]:
    def one(case: Case) -> Attempt:
        return attempt(system, case.question, case.history, case.id)

    if workers == 1:
        yield from map(one, cases)
        return
    with ThreadPoolExecutor(workers) as pool:
        yield from pool.map(one, cases)


class _Journal:
    """Attempts of a run that is under way, kept line by line; that of another fingerprint is begun anew."""

    def __init__(self, folder: Path | None, fingerprint: str) -> None:
        self._path = folder / "progress.jsonl" if folder else None
        self._kept: dict[str, dict[str, Attempt]] = {}
        if self._path is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        head = json.dumps({"fingerprint": fingerprint})
        lines = self._path.read_text(encoding="utf-8").splitlines() if self._path.exists() else []
        if lines[:1] == [head]:
            for line in lines[1:]:
                self._keep(line)
        self._path.write_text("", encoding="utf-8")
        self._write(head)
        for system, found in self._kept.items():
            for case_id, kept in found.items():
                self._write(_line(system, case_id, kept))

    def _keep(self, line: str) -> None:
        try:
            record = json.loads(line)
            self._kept.setdefault(record["system"], {})[record["id"]] = attempt_from_json(record)
        except (ValueError, KeyError, TypeError):
            return  # the line that a kill cut short: its case is asked again

    def attempts(self, system: str) -> dict[str, Attempt]:
        return dict(self._kept.get(system, {}))

    def add(self, system: str, case_id: str, found: Attempt) -> None:
        self._write(_line(system, case_id, found))

    def _write(self, line: str) -> None:
        if self._path is not None:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(line + "\n")


def _line(system: str, case_id: str, found: Attempt) -> str:
    return _dump({"system": system, "id": case_id, **attempt_to_json(found)})


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def write_run(run: Run, folder: Path, started: str, seconds: float) -> None:
    """Write everything of ``run`` but its reports into ``folder``, and drop the journal of unfinished work."""
    folder.mkdir(parents=True, exist_ok=True)
    head = {"schema": SCHEMA, "cases": len(run.cases), **run.facts, "summaries": run.summaries}
    _write_json(folder / "run.json", head)
    _write_lines(folder / "cases.jsonl", (case.as_json() for case in run.cases))
    _write_lines(
        folder / "answers.jsonl",
        (
            {"system": system, "id": case.id, **_without_latency(attempt_to_json(found))}
            for system, attempts in run.attempts.items()
            for case, found in zip(run.cases, attempts, strict=True)
        ),
    )
    _write_lines(
        folder / "grades.jsonl",
        ({"system": system, **grade.as_json()} for system, grades in run.grades.items() for grade in grades),
    )
    _write_json(folder / "times.json", {"started": started, "seconds": round(seconds, 1), "systems": _times(run)})
    (folder / "progress.jsonl").unlink(missing_ok=True)


def _without_latency(record: dict[str, Any]) -> dict[str, Any]:
    answer = record["answer"]
    return {**record, "answer": answer and {name: value for name, value in answer.items() if name != "latency_ms"}}


def _times(run: Run) -> dict[str, Any]:
    return {
        system: {
            **latency_summary(run.latencies(system)),
            "ms": {
                case.id: found.answer.latency_ms
                for case, found in zip(run.cases, attempts, strict=True)
                if found.answer
            },
        }
        for system, attempts in run.attempts.items()
    }


def latency_summary(latencies: Sequence[float]) -> dict[str, float]:
    """p50, p95 and the longest of some latencies in milliseconds; empty for none."""
    if not latencies:
        return {}
    return {"p50": percentile(latencies, 50), "p95": percentile(latencies, 95), "max": max(latencies)}


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _write_lines(path: Path, records: Iterable[object]) -> None:
    path.write_text("".join(_dump(record) + "\n" for record in records), encoding="utf-8")


def find_run(name: str, runs_dir: Path = RUNS_DIR) -> Path:
    """Folder of a run by name or path.

    Raises:
        RunError: there is none.
    """
    for folder in (Path(name), runs_dir / name):
        if (folder / "run.json").is_file():
            return folder
    known = sorted(path.parent.name for path in runs_dir.glob("*/run.json"))
    raise RunError(f"{name}: no such run; runs are {', '.join(known) or 'none yet, make one with python -m eval run'}")


def read_run(folder: Path) -> Run:
    """The run that :func:`write_run` left in ``folder``.

    Raises:
        RunError: it can't be read.
    """
    try:
        head = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        if head["schema"] != SCHEMA:
            raise RunError(f"{folder}: written by another version of this program; run the cases again")
        times = json.loads((folder / "times.json").read_text(encoding="utf-8"))["systems"]
        cases = tuple(case_from_json(record) for record in _read_lines(folder / "cases.jsonl"))
        attempts: dict[str, list[Attempt]] = {}
        for record in _read_lines(folder / "answers.jsonl"):
            found = attempt_from_json(record)
            milliseconds = times[record["system"]]["ms"].get(record["id"], 0.0)
            if found.answer:
                found = replace(found, answer=replace(found.answer, latency_ms=milliseconds))
            attempts.setdefault(record["system"], []).append(found)
        grades: dict[str, list[Grade]] = {}
        for record in _read_lines(folder / "grades.jsonl"):
            grades.setdefault(record.pop("system"), []).append(_grade(record))
    except (OSError, ValueError, KeyError, TypeError) as error:
        if isinstance(error, RunError):
            raise
        raise RunError(f"{folder}: can't be read as a run ({error}); run the cases again") from error
    facts = {key: value for key, value in head.items() if key not in ("schema", "cases", "summaries")}
    return Run(
        folder.resolve().name,
        facts,
        cases,
        {system: tuple(found) for system, found in attempts.items()},
        {system: tuple(found) for system, found in grades.items()},
        head["summaries"],
    )


def _read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _grade(record: dict[str, Any]) -> Grade:
    fields: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in record.items()
    }
    return Grade(**fields)
