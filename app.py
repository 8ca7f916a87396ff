"""Serve the policy questions page: ``python app.py --help``."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from shutil import rmtree
from signal import SIG_DFL, SIGTERM, raise_signal, signal
from tempfile import TemporaryDirectory
from types import FrameType
from typing import TYPE_CHECKING

from feedback.store import FeedbackStore
from index.settings import Settings, SettingsError
from web.intake import Checked, Outcome
from web.loading import INDEXING, OPENING, READING, Loading

if TYPE_CHECKING:
    from answering.service import Service
    from ingest.library import Change

_SAMPLE = 5  # measures of a file that is checked


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until interrupted; returns the exit status."""
    options = _options(arguments)
    try:
        settings = Settings.read()
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    if options.corpus is not None:
        settings = replace(settings, corpus_dir=options.corpus)

    # Before gradio is imported, which reads them then: no telemetry, no look-ups at a hub, no run history.
    os.environ.update(GRADIO_ANALYTICS_ENABLED="False", GRADIO_RUN_HISTORY="False")
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from web.page import launch, page

    with _own_files():
        loading = Loading(partial(load, settings), partial(current, settings), partial(reopen, settings))
        blocks = page(loading, settings, FeedbackStore(settings.feedback_db), Desk(settings))
        try:
            address = launch(blocks, loading, settings.web, host=options.host, port=options.port, share=options.share)
        except OSError:
            where = f"{options.host}:{options.port}"
            print(
                f"cannot serve on {where}: port taken, or no address of this machine; choose another", file=sys.stderr
            )
            return 1
        loading.start()  # after the page is up: both want the same core
        print(f"Serving on {address} (Ctrl+C stops)", flush=True)
        blocks.block_thread()
    return 0


@contextmanager
def _own_files() -> Iterator[None]:
    """A folder for this process's uploads and downloads, gone when it ends; Gradio's own is shared by all and stays."""
    with TemporaryDirectory(prefix="jince-") as folder:
        os.environ["GRADIO_TEMP_DIR"] = folder

        def stop(number: int, _: FrameType | None) -> None:
            rmtree(folder, ignore_errors=True)
            signal(number, SIG_DFL)
            raise_signal(number)

        signal(SIGTERM, stop)
        yield


def load(settings: Settings, report: Callable[[str], None]) -> Service:
    """Make the index right and open the service on it, reporting each step in words."""
    report(READING)
    from ingest.build import build

    report(INDEXING)
    build(settings)
    report(OPENING)
    return reopen(settings)


def reopen(settings: Settings) -> Service:
    """Open the service on the index as it is."""
    from answering.service import Service

    return Service(settings)


def current(settings: Settings) -> str | None:
    """Name of the version of the index in use."""
    from index.versions import current_name

    return current_name(settings.index_dir)


class Desk:
    """The library as the page knows it, see :class:`web.intake.Intake`; its modules are loaded when first used.

    Args:
        settings: where corpus and index are.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def check(self, file: Path, region: str | None = None) -> Checked:
        """How a file would be taken in."""
        from index.agencies import AgencyRegistry
        from ingest.bodies import with_bodies
        from ingest.corpus import read_corpus
        from ingest.documents import units_of
        from ingest.library import Given, Library, edition_of

        corpus = read_corpus(self._settings.corpus_dir)
        document, found, parsed = Library(self._settings).read(file, corpus, Given(region=region))
        first = parsed.units[:_SAMPLE]
        named = ((document.region, body) for unit in first for body in unit.agencies)
        registry = AgencyRegistry(with_bodies(corpus.agencies, named))
        known = edition_of(document, corpus.documents)
        return Checked(
            document=document,
            units=found.units,
            bodies=found.agency_cells,
            characters=found.characters,
            remarks=found.remarks,
            sample=tuple(units_of(document, first, registry)),
            known=known.slug if known else "",
            held=known is not None and known.sha256 == document.sha256,
        )

    def add(self, file: Path, region: str | None = None) -> Outcome:
        """Take a document in."""
        from ingest.library import Given, Library

        return _outcome(Library(self._settings).add(file, Given(region=region)))

    def update(self, slug: str, file: Path, region: str | None = None) -> Outcome:
        """Replace a document by a newer edition."""
        from ingest.library import Given, Library

        return _outcome(Library(self._settings).update(slug, file, Given(region=region)))

    def remove(self, slug: str) -> Outcome:
        """Take a document out."""
        from ingest.library import Library

        return _outcome(Library(self._settings).remove(slug))


def _outcome(change: Change) -> Outcome:
    changes = [each for each in change.report.changes if each.document == change.document.slug]
    return Outcome(
        change.document,
        tuple(label for each in changes for label in each.added),
        tuple(label for each in changes for label in each.changed),
        tuple(label for each in changes for label in each.removed),
        sum(each.kept for each in changes),
    )


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="app.py", description="Serve the policy questions page.")
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on; 0.0.0.0 for all (default: %(default)s)"
    )
    parser.add_argument("--port", type=_port, default=7860, help="port to listen on (default: %(default)s)")
    parser.add_argument(
        "--corpus",
        type=_folder,
        metavar="DIR",
        help="folder of documents, sources and agencies (default: CORPUS_DIR or corpus/)",
    )
    parser.add_argument(
        "--share", action="store_true", help="open a public tunnel through Gradio's servers (default: off)"
    )
    return parser.parse_args(arguments)


def _port(written: str) -> int:
    if not written.isdecimal() or not 1 <= int(written) <= 65535:
        raise argparse.ArgumentTypeError(f"{written!r} is no port; give a whole number from 1 to 65535")
    return int(written)


def _folder(written: str) -> Path:
    folder = Path(written)
    if not folder.is_dir():
        raise argparse.ArgumentTypeError(f"no folder {written!r}; give one that holds sources.jsonl and documents/")
    return folder


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    sys.exit(main())
