"""A run's figures as a compact table for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from eval.cases import KINDS
from eval.compare import comparison_text
from eval.generation import Generation
from eval.report_model import generations, model_compared
from eval.run import PRODUCT, WITH_MODEL, Run, latency_summary
from eval.summary import Summary

_COLUMNS = ("right", "citation_f1", "agency_recall", "facts")
_HEADS = ("n", "right", "F1", "body", "fact")
_TAIL = (
    "right",
    "citation_f1",
    "citation_exact",
    "measure_exact",
    "list_completeness",
    "agency_f1",
    "facts",
    "false_refusal",
    "false_answer",
    "refusal_kind",
    "grounded",
    "bodies_complete",
    "hit@1",
    "recall@5",
    "mrr",
    "error",
)


def run_table(run: Run) -> str:
    """Kind × split for the product, then its other metrics with intervals, then the other systems beside it."""
    summary = run.summaries[PRODUCT]
    splits = [name.removeprefix("split=") for name in summary if name.startswith("split=") and " " not in name]
    return "\n\n".join(
        part
        for part in (
            *(_kinds(summary, splits), _metrics(summary, splits), _systems(run, splits)),
            *(_compared(run), _generation(run), _latency(run)),
        )
        if part
    )


def _kinds(summary: Summary, splits: Sequence[str]) -> str:
    head = "kind".ljust(15) + "".join(f" | {split:<5}" + "".join(f"{name:>6}" for name in _HEADS) for split in splits)
    kinds = [name.removeprefix("kind=") for name in summary if name.startswith("kind=")]
    kinds.sort(key=lambda kind: (KINDS.index(kind) if kind in KINDS else len(KINDS), kind))
    rows = [_row(kind, [summary.get(f"split={split} kind={kind}") for split in splits]) for kind in kinds]
    rows.append(_row("all", [summary[f"split={split}"] for split in splits]))
    return "\n".join([head, "-" * len(head), *rows])


def _row(name: str, groups: Sequence[dict[str, Any] | None]) -> str:
    cells = []
    for group in groups:
        count = f"{group['cases']:>6}" if group else " " * 6
        values = "".join(_percent(group, metric).rjust(6) for metric in _COLUMNS)
        cells.append(" | " + " " * 5 + count + values)
    return name.ljust(15) + "".join(cells)


def _metrics(summary: Summary, splits: Sequence[str]) -> str:
    lines = ["metric".ljust(18) + "".join(f"{split:>24}" for split in splits)]
    for metric in _TAIL:
        cells = [summary[f"split={split}"]["metrics"].get(metric) for split in splits]
        if any(cells):
            lines.append(metric.ljust(18) + "".join(_with_interval(cell).rjust(24) for cell in cells))
    return "\n".join(lines)


def _with_interval(cell: dict[str, Any] | None) -> str:
    return f"{cell['value']:.1%} [{cell['low']:.1%}, {cell['high']:.1%}]" if cell else ""


def _percent(group: dict[str, Any] | None, metric: str) -> str:
    cell = group and group["metrics"].get(metric)
    return f"{cell['value'] * 100:.0f}%" if cell else ""


def _systems(run: Run, splits: Sequence[str]) -> str:
    if len(run.summaries) < 2:
        return ""
    names = ("right", "citation_f1", "citation_recall", "hit@1", "recall@5", "facts", "false_answer")
    lines = ["system".ljust(26) + "split".ljust(6) + "".join(f"{name:>16}" for name in names)]
    for system, summary in run.summaries.items():
        for split in splits:
            group = summary[f"split={split}"]
            lines.append(system.ljust(26) + split.ljust(6) + "".join(_percent(group, name).rjust(16) for name in names))
    return "\n".join(lines)


def _compared(run: Run) -> str:
    compared = model_compared(run)
    return comparison_text(compared, PRODUCT, WITH_MODEL) if compared else ""


def _generation(run: Run) -> str:
    return "\n".join(line for name, made in generations(run).items() for line in _written(name, made))


def _written(name: str, made: Generation) -> Iterator[str]:
    yield (
        f"{name}: {made.written} of {made.answers} answers written by the model ({made.share_written:.1%}), "
        f"{made.begun} begun by it, {made.asked} asked for"
    )
    yield f"  sentences: {made.verified} verified, {made.repaired} of them repaired, {made.dropped} dropped"
    if made.tokens_per_answer is None:
        yield "  tokens: its server tells none"
    else:
        yield (
            f"  tokens: {made.tokens} ({made.prompt_tokens} prompt, {made.completion_tokens} completion), "
            f"{made.tokens_per_answer:.1f} an answer"
        )
    if made.first_ms:
        yield f"  first verified sentence: p50 {made.first_ms[0]:.1f} ms, p95 {made.first_ms[1]:.1f} ms"
    if made.failures:
        yield "  verbatim instead: " + ", ".join(f"{reason} {count}" for reason, count in made.failures.items())


def _latency(run: Run) -> str:
    found = latency_summary(run.latencies())
    return f"latency p50 {found['p50']:.1f} ms, p95 {found['p95']:.1f} ms" if found else ""


def failures(run: Run, system: str = PRODUCT) -> str:
    """Every case that is not right, a line each: what is wrong, question, expected and got."""
    lines = []
    for case, grade, found in zip(run.cases, run.grades[system], run.attempts[system], strict=True):
        if grade.right:
            continue
        got = " ".join(grade.cited) or (str(found.answer.refusal) if found.answer else found.error)
        wanted = " ".join(case.gold) or str(case.refusal)
        lacks = [*grade.missing_agencies, *grade.missing_facts]
        history = "".join(f"{turn} → " for turn in case.history)
        lines.append(
            f"{grade.problem:<14} {case.id:<24} {history}{case.question}\n"
            f"{'':<15}want {wanted} | got {got}" + (f" | lacks {'、'.join(lacks)}" if lacks else "")
        )
    return "\n".join(lines) or "every case is right"
