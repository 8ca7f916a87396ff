"""The trip of a test set: cases → every system's answers → grades → a folder with run, tables and reports."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from answering.service import Service
from eval.cases import Case
from eval.grade import Grader
from eval.provenance import fingerprint, provenance
from eval.report_html import html_report
from eval.report_markdown import markdown_report
from eval.run import PRODUCT, RUNS_DIR, Progress, Run, no_progress, run, write_run
from eval.system import System
from index.settings import Settings


def evaluate(
    service: Service,
    settings: Settings,
    cases: Sequence[Case],
    others: Mapping[str, Callable[[], System]],
    *,
    title: str,
    name: str | None = None,
    runs_dir: Path = RUNS_DIR,
    workers: int = 1,
    progress: Progress = no_progress,
) -> tuple[Run, Path]:
    """Score the product, and ``others`` beside it, on ``cases``.

    Args:
        service: the product.
        settings: those ``service`` was made with.
        cases: what to ask.
        others: makers of systems to compare with, by name.
        title: what is run; begins the run's name when ``name`` is ``None``.
        name, runs_dir: of the run's folder, and where it goes.
        workers: threads that ask.
        progress: sees every answer come; an exception from it ends the run, and the same call goes on from there.

    Returns:
        The run, and its folder: run.json, answers.jsonl, report.md, report.html and the rest.

    Raises:
        RunError: there are no cases.
    """
    systems: dict[str, Callable[[], System]] = {PRODUCT: lambda: service, **others}
    facts = provenance(settings)
    facts["fingerprint"] = fingerprint(facts, cases, list(systems))
    folder = runs_dir / (name or f"{title}-{facts['fingerprint'][:8]}")
    grader = Grader(service.units, service.documents, service.registry)
    started, clock = datetime.now(UTC).isoformat(timespec="seconds"), time.perf_counter()
    done = run(folder.name, cases, systems, grader, facts, folder=folder, workers=workers, progress=progress)
    write_run(done, folder, started, time.perf_counter() - clock)
    units = {unit.unit_id: unit for unit in service.units}
    (folder / "report.md").write_text(markdown_report(done, units), encoding="utf-8")
    (folder / "report.html").write_text(html_report(done, units), encoding="utf-8")
    return done, folder
