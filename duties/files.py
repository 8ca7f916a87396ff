"""Names and text of files that others open: nothing in them may act, and nothing may break the format."""

from __future__ import annotations

import re
from datetime import date

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_NAMES = re.compile(r"[\s/\\:*?\"<>|.\x00-\x1f\ud800-\udfff]+")
_LONGEST = 60  # characters of a name, 180 bytes: file systems take 255


def printable(text: str) -> str:
    """``text`` without the characters that XML, and so Word and Excel, can't hold."""
    return _UNPRINTABLE.sub("", text)


def file_name(title: str, day: date, extension: str) -> str:
    """A file's name: 天津海关任务清单_20261122.docx."""
    return f"{_NOT_IN_NAMES.sub('', title)[:_LONGEST]}_{day:%Y%m%d}.{extension}"
