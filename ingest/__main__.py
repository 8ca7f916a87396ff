"""``python -m ingest``: build the index from ``corpus/``, or check the lexicon against the documents."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from index.agencies import AgencyTableError
from index.embedding import EmbeddingModelError
from index.settings import Settings, SettingsError
from index.store import IndexUnusableError
from ingest.balance import BalanceError
from ingest.build import build, read_units
from ingest.corpus import CorpusError, read_corpus
from ingest.lexicon import check
from ingest.readers import ReadError
from ingest.units import UnitError

_EXPECTED = (
    SettingsError,
    CorpusError,
    AgencyTableError,
    ReadError,
    UnitError,
    BalanceError,
    EmbeddingModelError,
    IndexUnusableError,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m ingest", description="Build the search index from the corpus.")
    parser.add_argument("command", nargs="?", choices=("build", "lexicon"), default="build")
    parser.add_argument("--force", action="store_true", help="build even when the index is right already")
    options = parser.parse_args(arguments)
    try:
        settings = Settings.read()
        return _lexicon(settings.corpus_dir) if options.command == "lexicon" else _build(settings, force=options.force)
    except _EXPECTED as error:
        print(f"error: {error}", file=sys.stderr)
        return 1


def _build(settings: Settings, *, force: bool) -> int:
    report = build(settings, force=force)
    for balance in report.balances:
        print("\n".join(balance.lines()))
    if report.built:
        print(f"indexed {report.units} units as {report.chunks} passages and {report.questions} expected questions")
    else:
        print(f"nothing to do: the index of {report.units} units fits the corpus and the settings")
    return 0


def _lexicon(folder: Path) -> int:
    corpus = read_corpus(folder)
    _, units = read_units(corpus)
    problems = list(check(folder / "lexicon.txt", [unit.text for unit in units]))
    print("\n".join(problems) or f"{len(corpus.lexicon)} words, each printed in a document and unknown to jieba")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
