"""Versions of the index: each written beside the one in use, swapped in whole, and never changed after.

Layout below the index folder::

    CURRENT                 name of the version in use, replaced atomically
    versions/<name>/        what :mod:`index.store` writes, with sums.json: a checksum of every file that stays as it is
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32

from filelock import FileLock

SUMS = "sums.json"
_BLOCK = 1 << 20


class IndexUnusableError(RuntimeError):
    """There is no index, or it can't be opened or written; the message names the place and the remedy."""


def current_name(root: Path) -> str | None:
    """Name of the version in use, ``None`` when there is none."""
    try:
        return (root / "CURRENT").read_text(encoding="utf-8").strip() or None
    except OSError:
        return None


def current(root: Path) -> Path:
    """Folder of the version in use.

    Raises:
        IndexUnusableError: there is none.
    """
    name = current_name(root)
    if not name:
        raise IndexUnusableError(f"{root}: no index there yet; run python -m ingest")
    return root / "versions" / name


def versions(root: Path) -> list[Path]:
    """Folders of all versions, finished or not."""
    return sorted((root / "versions").glob("*"))


@contextmanager
def building(root: Path) -> Iterator[None]:
    """The block is the only one that builds below ``root``, on this machine; another waits for it.

    Raises:
        IndexUnusableError: the folder can't be written.
    """
    try:
        (root / "versions").mkdir(parents=True, exist_ok=True)
        lock = FileLock(root / "build.lock")
        lock.acquire()
    except OSError as error:
        raise IndexUnusableError(
            f"{root}: no index can be written there ({error.strerror or error}); make it writable or set INDEX_DIR to "
            "another folder; the index before stays in use"
        ) from error
    try:
        yield
    finally:
        lock.release()


def new_folder(root: Path) -> Path:
    """An empty folder for a new version; its name is no other's, on other machines neither."""
    folder = root / "versions" / f"{time.time_ns():x}{secrets.token_hex(2)}"
    folder.mkdir()
    return folder


def finish(folder: Path) -> None:
    """Write the checksums of a version's files and have all of it on the disk before anything names it."""
    (folder / SUMS).write_text(json.dumps(_sums(folder)), encoding="utf-8")
    for path in (*folder.rglob("*"), folder):
        _sync(path)


def is_whole(folder: Path) -> bool:
    """True when every file is as :func:`finish` left it; of Chroma's own, which it touches, the sizes of the graphs."""
    try:
        return bool(json.loads((folder / SUMS).read_text(encoding="utf-8")) == _sums(folder))
    except (OSError, ValueError):
        return False


def swap(root: Path, folder: Path) -> None:
    """Make ``folder`` the version in use."""
    temporary = root / "CURRENT.tmp"
    with temporary.open("w", encoding="utf-8") as file:
        file.write(folder.name)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(root / "CURRENT")
    _sync(root)


def drop(folder: Path) -> None:
    """Remove a version; what can't be removed is left for the next build."""
    shutil.rmtree(folder, ignore_errors=True)


def _sums(folder: Path) -> dict[str, int]:
    found: dict[str, int] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if not path.is_file() or name.name == SUMS:
            continue
        if name.parts[0] != "chroma":
            found[name.as_posix()] = _checksum(path)
        elif len(name.parts) > 2:  # a vector graph: opened, its contents change a little, its size does not
            found[name.as_posix()] = path.stat().st_size
    return found


def _checksum(path: Path) -> int:
    value = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            value = crc32(block, value)
    return value


def _sync(path: Path) -> None:
    if path.is_dir() and os.name == "nt":
        return  # no such thing there
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
