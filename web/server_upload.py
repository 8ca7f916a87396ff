"""The names of the files in an upload, looked at while it comes in."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import PurePath

from python_multipart.multipart import MultipartParser, parse_options_header

from web.api_problems import Problem


class UploadCheck:
    """Reads a multipart body piece by piece.

    Args:
        content_type: the request's header; anything but a multipart form holds no file.
        taken: endings of file names that the sender may upload.
    """

    def __init__(self, content_type: str, taken: Collection[str]) -> None:
        self._taken = taken
        kind, options = parse_options_header(content_type)
        boundary = options.get(b"boundary")
        self._header = b""
        self._value = b""
        callbacks: dict[str, Callable[..., None]] = {
            "on_header_field": self._on_field,
            "on_header_value": self._on_value,
            "on_header_end": self._on_end,
        }
        form = kind == b"multipart/form-data" and boundary is not None
        self._parser = MultipartParser(boundary, callbacks) if form else None  # type: ignore[arg-type]

    def feed(self, piece: bytes) -> None:
        """Read on.

        Raises:
            Problem: 415, a file has a name that says it is of no type that the page takes.
            FormParserError: this is no form.
        """
        if self._parser is not None:
            self._parser.write(piece)

    def _on_field(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _on_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _on_end(self) -> None:
        if self._header.lower() == b"content-disposition":
            name = parse_options_header(self._value)[1].get(b"filename")
            if name is not None and PurePath(name.decode("utf-8", "replace")).suffix.lower() not in self._taken:
                allowed = "、".join(sorted(self._taken))
                raise Problem(415, message=f"不能上传这种文件，可以上传的是 {allowed}。")
        self._header = self._value = b""
