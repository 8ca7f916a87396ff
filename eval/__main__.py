"""``python -m eval``: batch answers, scored runs and what follows from them."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")

from tqdm import tqdm

from answering.service import QuestionError, Service
from eval.ask import answer_lines, read_lines, readable
from eval.cases import CASES_DIR, SPLITS, Case, CaseError, read_cases
from eval.grade import Grader
from eval.provenance import fingerprint, provenance
from eval.run import PRODUCT, RUNS_DIR, RunError, run, write_run
from eval.system import Attempt, System
from eval.table import failures, run_table
from index.embedding import EmbeddingModelError
from index.settings import Settings, SettingsError
from index.store import IndexUnusableError
from ingest.build import build

_EXPECTED = (SettingsError, EmbeddingModelError, IndexUnusableError, CaseError, RunError, QuestionError, OSError)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except _EXPECTED as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped; the same command goes on from here", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")

    ask = commands.add_parser("ask", help="answer one question, or a file of questions")
    ask.add_argument("source", help='a question, or a file with {"id", "question", "history"} a line')
    ask.add_argument("-o", "--output", type=Path, help="write answers there, one JSON object a line")
    ask.add_argument("--json", action="store_true", help="print one answer as JSON")
    ask.set_defaults(command=_ask)

    scored = commands.add_parser("run", help="score the system on the project's cases or on your own test set")
    scored.add_argument("sets", nargs="*", default=list(SPLITS), help="dev, test, or files; both splits when absent")
    scored.add_argument("--name", help="name of the run; made from what is run when absent")
    scored.add_argument("--kind", action="append", help="only this kind; may be repeated")
    scored.add_argument("--failures", action="store_true", help="list every case that is not right")
    scored.add_argument("--workers", type=int, default=1, help="threads that ask (helps with a chat model)")
    scored.set_defaults(command=_run)
    return parser


def _open() -> Service:
    settings = Settings.read()
    build(settings)
    return Service(settings)


def _ask(options: argparse.Namespace) -> int:
    path = Path(options.source)
    is_file = options.source.endswith((".jsonl", ".json")) or (len(options.source) < 200 and path.is_file())
    if not is_file:
        answer = _open().ask(options.source)
        print(json.dumps(answer.as_json(), ensure_ascii=False) if options.json else readable(answer))
        return 0
    lines = list(read_lines(path.read_text(encoding="utf-8-sig").splitlines()))
    problems: list[str] = []

    def report(problem: str) -> None:
        problems.append(problem)
        tqdm.write(f"{path}: {problem}", file=sys.stderr)

    with contextlib.ExitStack() as stack:
        out = stack.enter_context(options.output.open("w", encoding="utf-8")) if options.output else sys.stdout
        for record in answer_lines(_open(), tqdm(lines, unit=" questions", file=sys.stderr), report):
            out.write(json.dumps(record, ensure_ascii=False) + "\n")
            out.flush()
    if problems:
        print(f"{len(problems)} of {len(lines)} lines could not be answered, see above", file=sys.stderr)
    return 1 if problems else 0


def _run(options: argparse.Namespace) -> int:
    service = _open()
    cases = [case for case in _cases(options.sets) if not options.kind or case.kind in options.kind]
    systems: dict[str, Callable[[], System]] = {PRODUCT: lambda: service}
    facts = provenance(Settings.read())
    facts["fingerprint"] = fingerprint(facts, cases, list(systems))
    name = options.name or f"{'-'.join(Path(source).stem for source in options.sets)}-{facts['fingerprint'][:8]}"
    grader = Grader(service.units, service.documents, service.registry)
    started, clock = datetime.now(UTC).isoformat(timespec="seconds"), time.perf_counter()
    done = run(name, cases, systems, grader, facts, folder=RUNS_DIR / name, workers=options.workers, progress=_progress)
    write_run(done, RUNS_DIR / name, started, time.perf_counter() - clock)
    print(run_table(done))
    if options.failures:
        print("\n" + failures(done))
    return 0


def _cases(sets: Sequence[str]) -> tuple[Case, ...]:
    return read_cases(CASES_DIR, sets)


def _progress(system: str, attempts: Iterator[Attempt], total: int) -> Iterable[Attempt]:
    return tqdm(attempts, total=total, desc=system, unit=" cases", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
