"""``python -m ingest``: take documents in and out, build the index, and look after what belongs to it."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from index.agencies import AgencyTableError
from index.embedding import EmbeddingModelError
from index.glossary import GlossaryError
from index.settings import Settings, SettingsError
from index.store import IndexUnusableError
from ingest.balance import BalanceError
from ingest.build import build
from ingest.corpus import LEAST, CorpusError, read_corpus
from ingest.documents import read_units
from ingest.expand import Expander, ExpandError, Expansion
from ingest.lexicon import check as check_lexicon
from ingest.library import Change, Given, Library, LibraryError
from ingest.readers.source import ReadError
from ingest.units import UnitError

_FACTS = {
    "title": "its title",
    "short_title": "what people call it",
    "issuer": "who issued it",
    "number": "its document number",
    "date": "its date, ISO 8601",
    "region": "the place it is of, such as 武汉市",
}
_EXPECTED = (
    LibraryError,
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
        match options.command:
            case "check":
                return _check(Library(settings), options.file, strict=options.strict, as_json=options.json)
            case "add":
                return _add(Library(settings), options.file, _given(options), strict=options.strict)
            case "update":
                change = Library(settings).update(options.slug, options.file, _given(options), strict=options.strict)
                return _told(change)
            case "remove":
                return _told(Library(settings).remove(options.slug))
            case "list":
                return _list(settings.corpus_dir)
            case "lexicon":
                return _lexicon(settings.corpus_dir)
            case "expand":
                return _expand(settings, options.least, options.unit, options.document)
            case _:
                return _build(
                    settings, force=getattr(options, "force", False), strict=getattr(options, "strict", False)
                )
    except _EXPECTED as error:
        print(f"error: {error}", file=sys.stderr)
        return 1


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m ingest", description="Take policy documents in, and build the search index from the corpus."
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    build = commands.add_parser("build", help="make the index right for the corpus (the default)")
    build.add_argument("--force", action="store_true", help="even when the index is right already")
    build.add_argument("--strict", action="store_true", help="a warning of a balance fails, too")
    check = commands.add_parser("check", help="say how files would be read; nothing is changed")
    check.add_argument("file", nargs="+", type=Path)
    check.add_argument("--json", action="store_true", help="print the balances as JSON, a line each")
    add = commands.add_parser("add", help="take documents in (docx, pdf, html, md, txt)")
    add.add_argument("file", nargs="+", type=Path)
    update = commands.add_parser("update", help="replace a document by a newer edition")
    update.add_argument("slug", help="the document, see list")
    update.add_argument("file", type=Path)
    for command in (check, add, update):
        command.add_argument("--strict", action="store_true", help="a warning of the balance fails, too")
    for command in (add, update):
        for fact, what in _FACTS.items():
            command.add_argument(f"--{fact.replace('_', '-')}", help=f"{what}, where its text doesn't say it right")
    add.add_argument("--slug", help="short ASCII name in the ids of its units (default: made from the title)")
    remove = commands.add_parser("remove", help="take a document out; its file is kept")
    remove.add_argument("slug", help="the document, see list")
    commands.add_parser("list", help="the documents of the corpus")
    commands.add_parser("lexicon", help="check the words of the lexicon")
    expand = commands.add_parser("expand", help="have a chat model write the expected questions that units lack")
    expand.add_argument(
        "--least",
        type=_positive,
        metavar="N",
        default=LEAST,
        help="questions that a unit should have (default %(default)s)",
    )
    expand.add_argument(
        "--unit", action="append", default=[], metavar="ID", help="this unit only, like plan/14; repeatable"
    )
    expand.add_argument(
        "--document", action="append", default=[], metavar="SLUG", help="this document only; repeatable"
    )
    options = parser.parse_args(arguments)
    if options.command == "add" and len(options.file) > 1 and _given(options) != Given():
        parser.error("facts of a document belong to one file; add the files one by one")
    return options


def _given(options: argparse.Namespace) -> Given:
    facts = (*_FACTS, "slug") if options.command == "add" else _FACTS
    return Given(**{fact: getattr(options, fact) for fact in facts})


def _check(library: Library, files: Sequence[Path], *, strict: bool, as_json: bool) -> int:
    failed = False
    for file in files:
        found = library.check(file)
        failed |= bool(found.errors or (strict and found.warnings))
        print(json.dumps(found.as_json(), ensure_ascii=False) if as_json else "\n".join(found.lines()))
    return 1 if failed else 0


def _add(library: Library, files: Sequence[Path], given: Given, *, strict: bool) -> int:
    """Take the files in one by one; one that can't be costs no other."""
    failed = False
    for file in files:
        try:
            _told(library.add(file, given, strict=strict))
        except _EXPECTED as error:
            print(f"error: {error}", file=sys.stderr)
            failed = True
    return 1 if failed else 0


def _told(change: Change) -> int:
    """One change: the balance, and the measures that came, changed and went."""
    if change.balance:
        print("\n".join(change.balance.lines()))
    document = change.document
    region = document.region or "the whole country"
    print(f"{document.slug}: {document.title}, edition {document.version}, region {region}")
    for changes in (each for each in change.report.changes if each.document == document.slug):
        for what, labels in (("added", changes.added), ("changed", changes.changed), ("removed", changes.removed)):
            if labels and len(labels) == changes.kept + len(labels) and what == "added" and not changes.changed:
                print(f"added: all {len(labels)} measures")
            elif labels:
                print("\n  ".join((f"{what}: {len(labels)}", *labels)))
        if changes.kept:
            print(f"unchanged: {changes.kept}")
    return 0


def _list(folder: Path) -> int:
    for document in read_corpus(folder).documents:
        facts = (document.region or "-", document.date or "-", f"edition {document.version}", document.path)
        print(f"{document.slug}\t{document.title}\t" + "\t".join(facts))
    return 0


def _positive(written: str) -> int:
    if not written.isdecimal() or int(written) == 0:
        raise argparse.ArgumentTypeError(f"{written!r} is not a whole number above 0")
    return int(written)


def _build(settings: Settings, *, force: bool, strict: bool) -> int:
    report = build(settings, force=force, strict=strict)
    for balance in report.balances:
        print("\n".join(balance.lines()))
    if report.built:
        print(f"indexed {report.units} units as {report.chunks} passages and {report.questions} expected questions")
    else:
        print(f"nothing to do: the index of {report.units} units fits the corpus and the settings")
    if report.left_out:
        print(f"{report.left_out} expected questions ask of words that are in no unit any more; they are left out")
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
    problems = list(check_lexicon(folder / "lexicon.txt", [unit.text for unit in units]))
    print("\n".join(problems) or f"{len(corpus.lexicon)} words, each printed in a document and unknown to jieba")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
