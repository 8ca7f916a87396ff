"""A run's answers judged by a chat model, with Ragas 0.4: ``python -m eval.judge rows.jsonl -o scores.json``.

The rows are those of ``python -m eval export RUN -o rows.jsonl``. Ragas is kept apart from the product, so this module
is a door of its own: it runs in an environment made of ``requirements-ragas.txt`` and imports nothing of the project
but the settings. Everything is sent to the chat model of the settings and nowhere else.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tqdm import tqdm

from index.settings import ChatSettings, Settings, SettingsError

Row = Mapping[str, Any]
Scorer = Callable[..., Awaitable[float]]

# The judge writes more than the answerer: every statement again, each with a reason. Settings above these count.
_LEAST_TOKENS = 4096
_LEAST_TIMEOUT = 120.0
_LONGEST_ERROR = 300
# Ragas' instructions and examples are English, what is judged is Chinese and should be compared as it stands.
_LANGUAGE = (
    "Write every statement, claim and reason in the language of the input. Copy names and figures as they stand."
)


class JudgeError(ValueError):
    """Nothing can be judged; the message names what is wrong and the remedy."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One of Ragas' metrics that need a chat model and nothing else.

    Attributes:
        ragas: its class in ``ragas.metrics.collections``.
        reads: the fields of a row that it is given.
    """

    name: str
    ragas: str
    reads: tuple[str, ...]


METRICS = (
    Metric("faithfulness", "Faithfulness", ("user_input", "response", "retrieved_contexts")),
    Metric("context_precision", "ContextPrecisionWithReference", ("user_input", "reference", "retrieved_contexts")),
    Metric("context_recall", "ContextRecall", ("user_input", "retrieved_contexts", "reference")),
    Metric("factual_correctness", "FactualCorrectness", ("response", "reference")),
)
_NAMES = tuple(metric.name for metric in METRICS)
_TEXTS = ("user_input", "response", "reference")


@dataclass(frozen=True, slots=True)
class Score:
    """What a metric made of a row: a value from 0 to 1, or the error that came instead.

    Neither when the row lacks what the metric reads: a refusal cites nothing that could be faithful or precise.
    """

    value: float | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Mean:
    """A metric over all rows: ``judged`` + ``lacking`` + ``failed`` is their number, unless the judge was stopped.

    Attributes:
        value: mean over the rows that were judged, ``None`` where none was.
        lacking: rows without what the metric reads.
        failed: rows that the judge gave no usable verdict on.
    """

    value: float | None
    judged: int
    lacking: int
    failed: int


Scores = Mapping[str, Score]


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Rows of ``python -m eval export``; blank lines are skipped.

    Raises:
        JudgeError: a line is no such row, or there is none.
    """
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                rows.append(_row(json.loads(line)))
            except ValueError as error:
                raise JudgeError(f"{path}:{number}: {error}; write the rows with python -m eval export") from error
    if not rows:
        raise JudgeError(f"{path}: holds no rows; write them with python -m eval export")
    return rows


def _row(record: Any) -> dict[str, Any]:
    if not isinstance(record, dict):
        raise ValueError(f"expected an object, not {type(record).__name__}")
    for name in _TEXTS:
        if not isinstance(record.get(name), str):
            raise ValueError(f"{name} must be text, not {record.get(name)!r}")
    contexts = record.get("retrieved_contexts")
    if not isinstance(contexts, list) or not all(isinstance(text, str) for text in contexts):
        raise ValueError(f"retrieved_contexts must be a list of texts, not {contexts!r}")
    return record


async def judge(
    rows: Sequence[Row],
    scorers: Mapping[str, Scorer],
    found: Sequence[dict[str, Score]],
    tick: Callable[[Score], None],
    at_once: int,
) -> None:
    """Score every row by every metric of :data:`METRICS`; a row that fails costs no other.

    Args:
        rows: what :func:`read_rows` gave.
        scorers: by metric name; called with the fields that the metric reads.
        found: a dictionary a row, filled as scores come in, so that a judge that is stopped has not worked for nothing.
        tick: told of each score.
        at_once: how many scores are worked on at the same time.
    """
    gate = asyncio.Semaphore(at_once)

    async def one(row: Row, metric: Metric, scores: dict[str, Score]) -> None:
        async with gate:
            scores[metric.name] = await _score(row, metric, scorers[metric.name])
        tick(scores[metric.name])

    await asyncio.gather(
        *(one(row, metric, scores) for row, scores in zip(rows, found, strict=True) for metric in METRICS)
    )


async def _score(row: Row, metric: Metric, scorer: Scorer) -> Score:
    given = {name: row[name] for name in metric.reads}
    if not all(given.values()):
        return Score()
    try:
        value = await scorer(**given)
    except Exception as error:  # noqa: BLE001 - a batch is a door: one row's error is counted and shown, the rest still run
        cause = error.__cause__ or error  # the client that asks again wraps the last thing that went wrong
        return Score(error=_short(f"{type(cause).__name__}: {cause}"))
    if not 0 <= value <= 1:  # nan too: the judge found no statement to check
        return Score(error=f"the judge's verdicts give {value}, not a score from 0 to 1")
    return Score(round(value, 4))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_ERROR else f"{line[:_LONGEST_ERROR]}…"


def means(found: Sequence[Scores]) -> dict[str, Mean]:
    """Every metric over all rows."""
    return {
        metric.name: _mean([scores[metric.name] for scores in found if metric.name in scores]) for metric in METRICS
    }


def _mean(scores: Sequence[Score]) -> Mean:
    values = [score.value for score in scores if score.value is not None]
    failed = sum(bool(score.error) for score in scores)
    return Mean(sum(values) / len(values) if values else None, len(values), len(scores) - len(values) - failed, failed)


def table(found: Mapping[str, Mean]) -> str:
    """Means as a table for a terminal."""
    lines = ["metric".ljust(20) + "".join(f"{name:>9}" for name in ("mean", "judged", "lacking", "failed"))]
    for name, mean in found.items():
        value = "–" if mean.value is None else f"{mean.value:.1%}"
        lines.append(f"{name:<20}{value:>9}{mean.judged:>9}{mean.lacking:>9}{mean.failed:>9}")
    return "\n".join(lines)


def as_json(model: str, rows: Sequence[Row], found: Sequence[Scores]) -> dict[str, Any]:
    """What is written: the means, and row by row every score (``null`` where there is none) and error."""
    return {
        "model": model,
        "metrics": {
            name: {"mean": mean.value, "judged": mean.judged, "lacking": mean.lacking, "failed": mean.failed}
            for name, mean in means(found).items()
        },
        "rows": [
            {
                "user_input": row["user_input"],
                "scores": {name: scores[name].value for name in _NAMES if name in scores},
                "errors": {name: scores[name].error for name in _NAMES if name in scores and scores[name].error},
            }
            for row, scores in zip(rows, found, strict=True)
        ],
    }


async def _judge_with_ragas(
    chat: ChatSettings,
    rows: Sequence[Row],
    found: Sequence[dict[str, Score]],
    tick: Callable[[Score], None],
    at_once: int,
) -> None:
    os.environ["RAGAS_DO_NOT_TRACK"] = "true"  # read at import; Ragas reports its use otherwise
    try:
        from openai import AsyncOpenAI
        from ragas.llms import llm_factory  # type: ignore[import-not-found] # absent where types are checked
        from ragas.metrics import collections  # type: ignore[import-not-found]
    except ImportError as error:
        raise JudgeError(
            f"Ragas can't be imported here ({error}); use make judge, "
            "or pip install -r requirements-ragas.txt in an environment of its own"
        ) from error

    logging.getLogger("instructor").setLevel(logging.CRITICAL)  # it logs what becomes the error of a score

    def scorer(metric: Metric) -> Scorer:
        ragas = getattr(collections, metric.ragas)(llm=model)

        async def score(**given: Any) -> float:
            return float((await ragas.ascore(**given)).value)

        return score

    timeout, tokens = max(chat.timeout, _LEAST_TIMEOUT), max(chat.max_tokens, _LEAST_TOKENS)
    async with AsyncOpenAI(base_url=chat.base_url, api_key=chat.api_key, timeout=timeout) as client:
        model = llm_factory(chat.model, client=client, max_tokens=tokens, system_prompt=_LANGUAGE)
        await judge(rows, {metric.name: scorer(metric) for metric in METRICS}, found, tick, at_once)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status: 1 when nothing could be judged, 130 when stopped."""
    options = _parser().parse_args(arguments)
    try:
        return _run(options.rows, options.output or options.rows.with_suffix(".scores.json"), options.at_once)
    except (SettingsError, JudgeError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)  # noqa: T201 - a command line of its own
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.judge", description=__doc__)
    parser.add_argument("rows", type=Path, help="what python -m eval export RUN -o rows.jsonl wrote")
    parser.add_argument("-o", "--output", type=Path, help="default: the rows' name with .scores.json")
    parser.add_argument("--at-once", type=_count, default=4, help="scores worked on at the same time (%(default)s)")
    return parser


def _count(written: str) -> int:
    if not written.isdecimal() or int(written) < 1:
        raise argparse.ArgumentTypeError(f"must be a whole number above 0, not {written!r}")
    return int(written)


def _run(source: Path, output: Path, at_once: int) -> int:
    chat = Settings.read().chat
    if chat is None:
        raise JudgeError("a chat model must judge, and none is configured; set LLM_BASE_URL and LLM_MODEL")
    rows = read_rows(source)
    if not output.parent.is_dir():
        raise JudgeError(f"{output}: there is no folder {output.parent}; make it, or name another with -o")
    found: list[dict[str, Score]] = [{} for _ in rows]
    stopped = False
    with tqdm(total=len(rows) * len(METRICS), desc="judge", mininterval=1, file=sys.stderr) as bar:
        failures = 0

        def tick(score: Score) -> None:
            nonlocal failures
            failures += bool(score.error)
            bar.set_postfix(failed=failures, refresh=False)
            bar.update()

        try:
            asyncio.run(_judge_with_ragas(chat, rows, found, tick, at_once))
        except KeyboardInterrupt:
            stopped = True
    result = as_json(chat.model, rows, found)
    output.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    scored = means(found)
    print(f"{table(scored)}\n{output} written{', stopped before the end' * stopped}")  # noqa: T201 - likewise
    return 130 if stopped else int(not any(mean.judged for mean in scored.values()))


if __name__ == "__main__":
    sys.exit(main())
