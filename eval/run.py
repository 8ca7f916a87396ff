"""A run: every case asked of every system, graded and summed up in a folder of its own.

Layout of a run's folder; without a chat model all but ``times.json`` and the reports' latency figures is the same when
nothing changed::

    run.json       provenance, summaries by system, what a chat model had to do with each
                                                           cases.jsonl    the cases as they were scored
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
from eval.generation import generation_of
from eval.grade import Grade, Grader
from eval.journal import Journal, dump
from eval.metrics import percentile
from eval.summary import Summary, summarise
from eval.system import Attempt, System, attempt
from index.records import Answer
from index.settings import ROOT

RUNS_DIR = ROOT / "runs"
PRODUCT = "jince"
WITH_MODEL = "jince with model"
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
    journal = Journal(folder, str(facts["fingerprint"]))
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


def write_run(run: Run, folder: Path, started: str, seconds: float) -> None:
    """Write everything of ``run`` but its reports into ``folder``, and drop the journal of unfinished work."""
    folder.mkdir(parents=True, exist_ok=True)
    made = {system: found for system, attempts in run.attempts.items() if (found := generation_of(attempts))}
    generation = {"generation": {system: found.as_json() for system, found in made.items()}} if made else {}
    head = {"schema": SCHEMA, "cases": len(run.cases), **run.facts, "summaries": run.summaries, **generation}
    _write_json(folder / "run.json", head)
    _write_lines(folder / "cases.jsonl", (case.as_json() for case in run.cases))
    _write_lines(
        folder / "answers.jsonl",
        (
            {"system": system, "id": case.id, **_without_times(attempt_to_json(found))}
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


def _without_times(record: dict[str, Any]) -> dict[str, Any]:
    if record["answer"] is None:
        return record
    answer = {name: value for name, value in record["answer"].items() if name != "latency_ms"}
    if made := answer.get("generation"):
        answer["generation"] = {name: value for name, value in made.items() if name != "first_verified_ms"}
    return {**record, "answer": answer}


def _times(run: Run) -> dict[str, Any]:
    return {
        system: {
            **latency_summary(run.latencies(system)),
            "ms": {
                case.id: found.answer.latency_ms
                for case, found in zip(run.cases, attempts, strict=True)
                if found.answer
            },
            **_first_verified(run.cases, attempts),
        }
        for system, attempts in run.attempts.items()
    }


def _first_verified(cases: Sequence[Case], attempts: Sequence[Attempt]) -> dict[str, Any]:
    """Milliseconds to the first verified sentence of a chat model, by case; nothing where none was asked."""
    found = {
        case.id: made.answer.generation.first_verified_ms
        for case, made in zip(cases, attempts, strict=True)
        if made.answer and made.answer.generation
    }
    return {"first_verified_ms": found} if found else {}


def latency_summary(latencies: Sequence[float]) -> dict[str, float]:
    """p50, p95 and the longest of some latencies in milliseconds; empty for none."""
    if not latencies:
        return {}
    return {"p50": percentile(latencies, 50), "p95": percentile(latencies, 95), "max": max(latencies)}


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _write_lines(path: Path, records: Iterable[object]) -> None:
    path.write_text("".join(dump(record) + "\n" for record in records), encoding="utf-8")


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
            if found.answer:
                found = replace(found, answer=_timed(found.answer, times[record["system"]], record["id"]))
            attempts.setdefault(record["system"], []).append(found)
        grades: dict[str, list[Grade]] = {}
        for record in _read_lines(folder / "grades.jsonl"):
            grades.setdefault(record.pop("system"), []).append(_grade(record))
    except (OSError, ValueError, KeyError, TypeError) as error:
        if isinstance(error, RunError):
            raise
        raise RunError(f"{folder}: can't be read as a run ({error}); run the cases again") from error
    facts = {key: value for key, value in head.items() if key not in ("schema", "cases", "summaries", "generation")}
    return Run(
        folder.resolve().name,
        facts,
        cases,
        {system: tuple(found) for system, found in attempts.items()},
        {system: tuple(found) for system, found in grades.items()},
        head["summaries"],
    )


def _timed(answer: Answer, times: Mapping[str, Any], case_id: str) -> Answer:
    made = answer.generation
    if made:
        made = replace(made, first_verified_ms=times["first_verified_ms"].get(case_id))
    return replace(answer, latency_ms=times["ms"].get(case_id, 0.0), generation=made)


def _read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _grade(record: dict[str, Any]) -> Grade:
    fields: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in record.items()
    }
    return Grade(**fields)
