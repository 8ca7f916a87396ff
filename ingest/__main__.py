"""``python -m ingest``: build the index from ``corpus/``, check the lexicon, or write the questions that units lack."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from index.agencies import AgencyTableError
from index.embedding import EmbeddingModelError
from index.glossary import GlossaryError
from index.settings import Settings, SettingsError
from index.store import IndexUnusableError
from ingest.balance import BalanceError
from ingest.build import build, read_units
from ingest.corpus import LEAST, CorpusError, read_corpus
from ingest.expand import Expander, ExpandError, Expansion
from ingest.lexicon import check
from ingest.readers.source import ReadError
from ingest.units import UnitError

_EXPECTED = (
    SettingsError,
    CorpusError,
    AgencyTableError,
    GlossaryError,
    ReadError,
    UnitError,
    BalanceError,
    EmbeddingModelError,
    IndexUnusableError,
    ExpandError,
)
_INTERRUPTED = 130  # as a shell reports Ctrl-C


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    options = _options(arguments)
    try:
        settings = Settings.read()
        if options.command == "lexicon":
            return _lexicon(settings.corpus_dir)
        if options.command == "expand":
            return _expand(settings, options.least or LEAST, options.unit, options.document)
        return _build(settings, force=options.force)
    except _EXPECTED as error:
        print(f"error: {error}", file=sys.stderr)
        return 1


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m ingest",
        description="Build the search index from the corpus (build, the default), check the words of its lexicon "
        "(lexicon), or have a chat model write the expected questions that units lack (expand).",
    )
    parser.add_argument("command", nargs="?", choices=("build", "lexicon", "expand"), default="build")
    parser.add_argument("--force", action="store_true", help="build: even when the index is right already")
    parser.add_argument(
        "--least", type=_positive, metavar="N", help=f"expand: questions that a unit should have (default {LEAST})"
    )
    parser.add_argument(
        "--unit", action="append", default=[], metavar="ID", help="expand: this unit only, like plan/14; repeatable"
    )
    parser.add_argument(
        "--document", action="append", default=[], metavar="SLUG", help="expand: this document only; repeatable"
    )
    options = parser.parse_args(arguments)
    if options.command != "expand" and (options.least or options.unit or options.document):
        parser.error(f"--least, --unit and --document belong to expand, not to {options.command}")
    if options.command != "build" and options.force:
        parser.error(f"--force belongs to build, not to {options.command}")
    return options


def _positive(written: str) -> int:
    if not written.isdecimal() or int(written) == 0:
        raise argparse.ArgumentTypeError(f"{written!r} is not a whole number above 0")
    return int(written)


def _build(settings: Settings, *, force: bool) -> int:
    report = build(settings, force=force)
    for balance in report.balances:
        print("\n".join(balance.lines()))
    if report.built:
        print(f"indexed {report.units} units as {report.chunks} passages and {report.questions} expected questions")
    else:
        print(f"nothing to do: the index of {report.units} units fits the corpus and the settings")
    if short := len(report.short):
        remedy = "" if settings.chat else " (none is configured: set LLM_BASE_URL and LLM_MODEL)"
        print(
            f"{short} of {report.units} units {'has' if short == 1 else 'have'} fewer than {LEAST} expected questions; "
            f"python -m ingest expand writes them with a chat model{remedy}"
        )
    return 0


def _expand(settings: Settings, least: int, unit_ids: Sequence[str], slugs: Sequence[str]) -> int:
    expander = Expander(settings, least)
    units = expander.short(unit_ids, slugs)
    if not units:
        print(f"nothing to do: every unit asked for has at least {least} expected questions")
        return 0
    print(f"{len(units)} of {len(expander.units)} units to do", flush=True)
    written = failed = 0
    try:
        for expansion in expander.run(units):
            print(_line(expansion, least), flush=True)
            written += len(expansion.kept)
            failed += bool(expansion.trouble)
    except KeyboardInterrupt:
        print(f"\nstopped: {written} questions are in {expander.path}; run again to go on", file=sys.stderr)
        return _INTERRUPTED
    if written:
        print(f"{written} questions written to {expander.path}; python -m ingest builds them into the index")
    left = len(expander.short(unit_ids, slugs))
    if left:
        print(
            f"{left} of {len(units)} units still have fewer than {least} expected questions, {failed} failed; "
            "run again to go on"
        )
    return 1 if failed else 0


def _line(expansion: Expansion, least: int) -> str:
    """One unit: how many questions it has now, how many were kept, why others were dropped, what went wrong."""
    reasons = ", ".join(f"{count} {reason}" for reason, count in expansion.dropped.items())
    dropped = f", dropped {sum(expansion.dropped.values())} ({reasons})" if reasons else ""
    trouble = f"; FAILED {expansion.trouble}" if expansion.trouble else ""
    now = expansion.known + len(expansion.kept)
    return f"{expansion.unit_id}: {now} of {least} questions, kept {len(expansion.kept)}{dropped}{trouble}"


def _lexicon(folder: Path) -> int:
    corpus = read_corpus(folder)
    _, units = read_units(corpus)
    problems = list(check(folder / "lexicon.txt", [unit.text for unit in units]))
    print("\n".join(problems) or f"{len(corpus.lexicon)} words, each printed in a document and unknown to jieba")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
