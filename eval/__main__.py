"""``python -m eval``: batch answers, scored runs and what follows from them."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")

from tqdm import tqdm

from answering.service import QuestionError, Service
from eval.ablations import ablations
from eval.ask import answer_lines, read_lines, readable
from eval.baselines import baselines
from eval.beir import BeirError, beir_table, evaluate_set, read_set
from eval.cases import CASES_DIR, SPLITS, TRAIN, Case, CaseError, read_cases
from eval.check import check_cases, check_set, read_known_questions
from eval.compare import compare, comparison_text
from eval.evaluate import evaluate
from eval.export import write_ragas, write_workbook
from eval.from_feedback import draft_cases, write_drafts
from eval.gate import check_gate, gate_text, write_baseline
from eval.grade import Grader
from eval.material import Material
from eval.run import RUNS_DIR, WITH_MODEL, RunError, find_run, read_run
from eval.sweep import SWEPT, SweepError, sweep, sweep_table
from eval.system import Attempt, System
from eval.table import failures, run_table
from eval.testset import TestSetReader, is_test_set, write_template
from feedback.store import FeedbackError, FeedbackStore
from index.embedding import EmbeddingModelError, load_embedder
from index.settings import ROOT, Settings, SettingsError
from index.store import Index, IndexUnusableError
from index.text import Segmenter
from ingest.build import build

BASELINE = ROOT / "eval" / "baseline.json"
_SPLITS = (*SPLITS, TRAIN)
_EXPECTED = (
    SettingsError,
    EmbeddingModelError,
    IndexUnusableError,
    CaseError,
    RunError,
    BeirError,
    SweepError,
    FeedbackError,
    QuestionError,
    OSError,
)


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
    scored.add_argument(
        "sets", nargs="*", default=list(SPLITS), help="dev, test, train, or files; dev and test when absent"
    )
    scored.add_argument("--name", help="name of the run; made from what is run when absent")
    scored.add_argument("--kind", action="append", help="only this kind; may be repeated")
    scored.add_argument("--failures", action="store_true", help="list every case that is not right")
    scored.add_argument("--no-baselines", action="store_true", help="leave out BM25, dense and the LangChain tutorial")
    scored.add_argument("--ablations", action="store_true", help="add the product with one part switched off at a time")
    scored.add_argument(
        "--with-model", action="store_true", help="ask without and with the configured chat model, side by side"
    )
    scored.add_argument("--workers", type=_count, default=1, help="threads that ask (they help with a chat model)")
    scored.set_defaults(command=_run)

    check = commands.add_parser("check", help="check the project's cases against the units, or your own test set")
    check.add_argument("file", nargs="?", type=Path, help="your own test set; the project's cases when absent")
    check.set_defaults(command=_check)

    compared = commands.add_parser("compare", help="what changed from one run to another, case by case")
    compared.add_argument("before", help="name or folder of a run")
    compared.add_argument("after", help="name or folder of a run")
    compared.set_defaults(command=_compare)

    gate = commands.add_parser("gate", help="fail when a metric falls below the baseline beyond chance")
    gate.add_argument("--baseline", type=Path, default=BASELINE, help="file of the baseline (%(default)s)")
    gate.add_argument("--run", help="a finished run; the project's cases are run when absent")
    gate.add_argument("--write", action="store_true", help="write the baseline from the run instead")
    gate.set_defaults(command=_gate)

    swept = commands.add_parser("sweep", help="score the development cases at several values of a weight or threshold")
    swept.add_argument("parameter", help=f"one of {', '.join(SWEPT)}")
    swept.add_argument("values", type=float, nargs="+")
    swept.set_defaults(command=_sweep)

    template = commands.add_parser("template", help="write a test set to fill in (.xlsx or .csv)")
    template.add_argument("file", nargs="?", type=Path, default=Path("testset.xlsx"), help="default: %(default)s")
    template.set_defaults(command=_template)

    export = commands.add_parser(
        "export", help="a run as Excel workbook (.xlsx) or as the rows that Ragas reads (.jsonl)"
    )
    export.add_argument("run", help="name or folder of a run")
    export.add_argument("-o", "--output", type=Path, help="default: the run's name with .xlsx")
    export.set_defaults(command=_export)

    drafts = commands.add_parser("from-feedback", help="draft cases from what askers said of answers")
    drafts.add_argument("--db", type=Path, help="file of the feedback (default: FEEDBACK_DB)")
    drafts.add_argument(
        "--out", type=Path, default=Path("feedback-cases.jsonl"), help="write the cases there (%(default)s)"
    )
    drafts.set_defaults(command=_from_feedback)

    beir = commands.add_parser("beir", help="score BM25, dense and fused retrieval on a set in BEIR layout")
    beir.add_argument("folder", type=Path, help="holds corpus.jsonl, queries.jsonl and qrels, plain or .xz or .gz")
    beir.add_argument("-o", "--output", type=Path, help="write the scores there as JSON")
    beir.set_defaults(command=_beir)
    return parser


def _count(written: str) -> int:
    if not written.isdecimal() or int(written) < 1:
        raise argparse.ArgumentTypeError(f"must be a whole number above 0, not {written!r}")
    return int(written)


def _open(settings: Settings | None = None) -> Service:
    settings = settings or Settings.read()
    build(settings)
    return Service(settings)


def _ask(options: argparse.Namespace) -> int:
    path = Path(options.source)
    is_file = options.source.endswith((".jsonl", ".json")) or (len(options.source) < 200 and path.is_file())
    if not is_file:
        answer = _open().ask(options.source)
        print(json.dumps(answer.as_json(), ensure_ascii=False) if options.json else readable(answer))
        return 0
    if not path.is_file():
        raise RunError(f"{path}: no such file; a question of yours must not end in .json or .jsonl")
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
    settings = Settings.read()
    if options.with_model and settings.chat is None:
        raise SettingsError(
            "--with-model needs a chat model and none is configured; set LLM_BASE_URL and LLM_MODEL (and LLM_API_KEY "
            "where its server wants one), or leave the option out"
        )
    alone = replace(settings, chat=None)
    service = _open(alone)
    cases = [case for case in _cases(options.sets, service) if not options.kind or case.kind in options.kind]
    others: dict[str, Callable[[], System]] = {}
    if not options.no_baselines:
        material = Material(settings, service.units, service.documents, service.registry)
        chat = settings.chat if options.with_model else None
        others |= {name: partial(make, material) for name, make in baselines(chat).items()}
    if options.ablations:
        others |= {name: partial(make, alone) for name, make in ablations(build).items()}
    with contextlib.ExitStack() as stack:
        if options.with_model:
            others = {WITH_MODEL: lambda: stack.enter_context(contextlib.closing(Service(settings))), **others}
        done, folder = evaluate(
            service,
            settings if options.with_model else alone,
            cases,
            others,
            title="-".join(Path(source).stem for source in options.sets),
            name=options.name,
            runs_dir=RUNS_DIR,
            workers=options.workers,
            progress=_progress,
        )
    print(run_table(done))
    if options.failures:
        print("\n" + failures(done))
    print(f"\nreport: {_shown(folder / 'report.html')}")
    return 0


def _cases(sets: Sequence[str], service: Service) -> list[Case]:
    """Cases of splits and of a reader's own files, whose bad rows are reported."""
    cases: list[Case] = []
    for source in sets:
        if source in _SPLITS:
            cases += read_cases(CASES_DIR, [source])
            continue
        if not is_test_set(Path(source)):
            raise CaseError(f"{source}: not a test set; give {', '.join(_SPLITS)} or a file (.xlsx, .csv, .jsonl)")
        found = TestSetReader(service.units, service.documents, service.registry).read(Path(source))
        for line in (*map(str, found.problems), *found.notes):
            print(line, file=sys.stderr)
        cases += found.cases
    return cases


def _check(options: argparse.Namespace) -> int:
    settings = Settings.read()
    service = _open()
    if options.file:
        found = TestSetReader(service.units, service.documents, service.registry).read(options.file)
        print("\n".join((*map(str, found.problems), *found.notes, f"{len(found.cases)} rows can be scored")))
        return 1 if found.problems else 0
    cases = read_cases(splits=_SPLITS)
    known = read_known_questions(settings.corpus_dir / "questions")
    problems = [
        *check_cases(cases, service.units, service.registry),
        *check_set(cases, service.units, known),
    ]
    print("\n".join(problems) or f"{len(cases)} cases, none with a fault")
    return 1 if problems else 0


def _compare(options: argparse.Namespace) -> int:
    before, after = (read_run(find_run(name, RUNS_DIR)) for name in (options.before, options.after))
    print(comparison_text(compare(before, after), before.name, after.name))
    return 0


def _gate(options: argparse.Namespace) -> int:
    if options.run:
        found = read_run(find_run(options.run, RUNS_DIR))
    else:
        settings, cases = replace(Settings.read(), chat=None), read_cases()
        found, _ = evaluate(_open(settings), settings, cases, {}, title="gate", runs_dir=RUNS_DIR, progress=_progress)
    if options.write:
        write_baseline(found, options.baseline)
        print(f"baseline of {len(found.cases)} cases written to {_shown(options.baseline)}")
        return 0
    lines = check_gate(found, options.baseline)
    print(gate_text(lines))
    return 0 if all(line.passed for line in lines) else 1


def _sweep(options: argparse.Namespace) -> int:
    settings = replace(Settings.read(), chat=None)
    service = _open(settings)
    grader = Grader(service.units, service.documents, service.registry)
    make = partial(Service, settings)
    cases = read_cases(splits=("dev", TRAIN))
    print(sweep_table(options.parameter, sweep(options.parameter, options.values, cases, make, grader)))
    return 0


def _template(options: argparse.Namespace) -> int:
    write_template(options.file)
    print(f"{options.file} written; fill it in, then: python -m eval run {options.file}")
    return 0


def _export(options: argparse.Namespace) -> int:
    found = read_run(find_run(options.run, RUNS_DIR))
    output = options.output or Path(f"{found.name}.xlsx")
    units = {unit.unit_id: unit for unit in _open().units}
    if output.suffix == ".xlsx":
        write_workbook(found, units, output)
    elif output.suffix == ".jsonl":
        write_ragas(found, units, output)
    else:
        raise RunError(f"{output}: export to .xlsx (workbook) or .jsonl (rows for Ragas)")
    print(f"{output} written")
    return 0


def _from_feedback(options: argparse.Namespace) -> int:
    source = options.db or Settings.read().feedback_db
    judged = FeedbackStore(source).read()
    if not judged:
        print(f"{source}: no feedback yet; give another file with --db")
        return 0
    cases = draft_cases(judged)
    write_drafts(cases, options.out)
    print(
        f"{len(cases)} draft cases of {len(judged)} judgements written to {options.out}; correct their gold, then file"
    )
    return 0


def _beir(options: argparse.Namespace) -> int:
    settings = Settings.read()
    build(settings)
    segmenter = Segmenter(Index.lexicon(settings.index_dir))
    embedder = load_embedder(settings.embedding_model, segmenter, settings.query_instruction)
    scores = evaluate_set(read_set(options.folder), segmenter, embedder, _bar)
    print(beir_table(scores))
    if options.output:
        options.output.write_text(json.dumps([asdict(score) for score in scores], indent=1) + "\n", encoding="utf-8")
    return 0


def _bar(name: str, items: Iterable[str]) -> Iterable[str]:
    return tqdm(items, desc=name, mininterval=1, file=sys.stderr)


def _shown(path: Path) -> str:
    """The path as short as it can be typed here."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def _progress(system: str, attempts: Iterator[Attempt], total: int) -> Iterable[Attempt]:
    return tqdm(attempts, total=total, desc=system, unit=" cases", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
