"""Frozen records as JSON lines, read back as the types they were."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, is_dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

Record = TypeVar("Record")
_Convert = Callable[[Any], Any]


def write_records(path: Path, records: Iterable[Any]) -> None:
    """Write dataclass instances, one a line."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for record in records:
            file.write(json.dumps(asdict(record), ensure_ascii=False) + "\n")


def read_records(path: Path, kind: type[Record]) -> Iterator[Record]:
    """What :func:`write_records` wrote: lists are tuples again, and objects the dataclasses that the fields name.

    Raises:
        OSError, ValueError, TypeError: the file is missing, not JSON, or of other fields.
    """
    make = _maker(cast(Any, kind))  # mypy takes no generic type for hashable
    # Not by splitlines: a text may hold U+2028 and its like, which JSON leaves as they are.
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line:
            yield make(json.loads(line))


@cache
def _maker(kind: Any) -> _Convert:
    """Makes a ``kind`` of its JSON object, touching only the fields whose JSON is of another type."""
    hints = get_type_hints(kind)
    converts = [(name, convert) for name, hint in hints.items() if (convert := _converter(hint))]

    def make(record: dict[str, Any]) -> Any:
        changed = {name: convert(record[name]) for name, convert in converts if name in record}
        return kind(**{**record, **changed})

    return make


def _converter(hint: Any) -> _Convert | None:
    """Turns a JSON value into what ``hint`` says, ``None`` where it is that already."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is tuple:
        return _tuple_of(arguments)
    if origin in (Union, UnionType):
        return _unless_none([argument for argument in arguments if argument is not NoneType])
    if isinstance(hint, type) and is_dataclass(hint):
        return _maker(hint)
    return hint if isinstance(hint, type) and issubclass(hint, Enum) else None


def _tuple_of(arguments: tuple[Any, ...]) -> _Convert:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        convert = _converter(arguments[0])
        return (lambda value: tuple(map(convert, value))) if convert else tuple
    converts = [_converter(argument) for argument in arguments]
    return lambda value: tuple(
        convert(item) if convert else item for convert, item in zip(converts, value, strict=True)
    )


def _unless_none(arguments: list[Any]) -> _Convert | None:
    convert = _converter(arguments[0]) if len(arguments) == 1 else None
    return (lambda value: None if value is None else convert(value)) if convert else None
