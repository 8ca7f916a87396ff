"""The one way to a document file: its reader is told by what it holds."""

from __future__ import annotations

from pathlib import Path

from ingest.readers.plain import read_plain
from ingest.readers.source import ReadError, Source


def read_source(path: Path) -> Source:
    """Read a document file.

    Raises:
        ReadError: it is missing, empty, or of no format that is read.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ReadError(
            f"{path}: cannot be read ({error.strerror}); check the path in sources.jsonl or on the command line"
        ) from error
    return read_plain(path, raw)
