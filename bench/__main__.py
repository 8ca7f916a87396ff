"""``python -m bench``: Markdown tables, each with ratios to a reference measured in the same run.

Seconds depend on the machine and on what else it does; the ratios are what to compare. ``start``: seconds from the
start of the process until the first page is served and until the first answer has come, and resident memory then,
medians of alternating starts of ``app.py`` (with its index there, and with the index to build) and an empty
``gr.ChatInterface``. ``answers``: one caller, the questions of ``eval/cases/dev`` one after another, the first twenty
to warm up, beside the first unit of plain BM25. ``load``: the same questions over HTTP, ten clients at once beside one.
``writing``: milliseconds until the first sentence of an honest scripted chat model is verified and shown, after the
model finished it and after the question, beside the verbatim answer. ``scale``, by its name only: building, opening and
answering over synthetic documents at growing sizes, beside the smallest; at 100,000 units it takes some ten minutes.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bench.table import Row, table
from index.settings import Settings

if TYPE_CHECKING:
    from bench.answers import Latencies


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure starts, answers, load and writing.")
    kinds = ("start", "answers", "load", "writing", "scale")
    parser.add_argument("what", nargs="?", choices=kinds, help="one of them (default: all but scale)")
    parser.add_argument("--runs", type=int, default=3, help="starts or rounds that count (default: %(default)s)")
    parser.add_argument(
        "--units", type=int, action="append", help="scale: a size; repeatable (default: 1000, 10000 and 100000)"
    )
    options = parser.parse_args(arguments)
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()} {platform.machine()}\n")
    if options.what in (None, "start"):
        print(starts(options.runs), end="\n\n", flush=True)
    if options.what in (None, "answers"):
        print(answers(options.runs), end="\n\n", flush=True)
    if options.what in (None, "load"):
        print(load(), end="\n\n", flush=True)
    if options.what in (None, "writing"):
        print(writing())
    if options.what == "scale":
        print(scale(options.units or ()))
    return 0


def starts(runs: int) -> str:
    """The table of starts."""
    from bench.start import measure, medians

    columns = {"first page s": ".2f", "first answer s": ".2f", "memory MiB": ".0f"}
    return table("start", columns, [Row(name, medians(found)) for name, found in measure(runs).items()])


def answers(rounds: int) -> str:
    """The table of answers, from an index built for it."""
    from bench.answers import measure

    with _index() as settings:
        return _speeds("answers", measure(settings, rounds))


def load() -> str:
    """The table of clients at once, from an index built for it."""
    from bench.load import measure

    return _speeds("load", measure())


def _speeds(title: str, found: Mapping[str, Latencies]) -> str:
    columns = {"answers/s": ".0f", "p50 ms": ".2f", "p95 ms": ".2f"}
    return table(title, columns, [Row(name, (each.per_second, each.p50, each.p95)) for name, each in found.items()])


def writing() -> str:
    """The table of a chat model's first sentences, from an index built for it."""
    from bench.writing import LIMIT_MS, measure

    with _index() as settings:
        found = measure(settings)
    columns = {"p50 ms": ".1f", "p95 ms": ".1f", "longest ms": ".1f"}
    rows = [Row(name, (each.p50, each.p95, each.longest)) for name, each in found.items()]
    longest = next(iter(found.values())).longest
    verdict = "kept" if longest <= LIMIT_MS else "NOT KEPT"
    return f"{table('writing', columns, rows)}\n\nlimit after the model finished it: {LIMIT_MS:.0f} ms, {verdict}"


def scale(sizes: Sequence[int]) -> str:
    """The two tables of growth; the smallest corpus is the reference."""
    from bench.scale import SIZES, measure

    found = measure(sizes or SIZES, Settings.read().chroma_url)
    shown = {
        "building": {
            **{"units/s": ("rate", ".0f"), "update s": ("update", ".1f"), "nothing to do s": ("nothing", ".2f")},
            **{"disk MiB": ("disk", ".0f"), "memory MiB": ("build_memory", ".0f")},
        },
        "answering": {
            **{"open s": ("start", ".1f"), "memory MiB": ("memory", ".0f"), "recall@5": ("recall", ".2f")},
            **{"search p50 ms": ("search50", ".0f"), "search p95 ms": ("search95", ".0f")},
            **{"answer p50 ms": ("answer50", ".0f"), "answer p95 ms": ("answer95", ".0f")},
        },
    }
    falling = sorted(found, reverse=True)  # the reference comes last
    tables = (
        table(
            title,
            {head: form for head, (_, form) in columns.items()},
            [Row(f"{size:,} units", tuple(getattr(found[size], n) for n, _ in columns.values())) for size in falling],
        )
        for title, columns in shown.items()
    )
    return "\n\n".join(tables)


@contextmanager
def _index() -> Iterator[Settings]:
    """Settings of an index built for the measurement."""
    from ingest.build import build

    with TemporaryDirectory() as folder:
        settings = replace(Settings.read(), index_dir=Path(folder))
        build(settings)
        yield settings


if __name__ == "__main__":
    sys.exit(main())
