"""Lines as they are printed on pages, and the ones among them that belong to the page and not to the document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.readers.wrapping import glue

_EDGE = 2  # lines at the top and at the bottom of a page that may be a header or a footer
_NUMBER = re.compile(
    r"[-—–―－_·•.\s|一]*(?:第?\s*[0-9０-９]{1,4}\s*页?(?:\s*[/／,，]?\s*(?:共|of)?\s*[0-9]{1,4}\s*页?)?|page\s*[0-9]{1,4}(?:\s*of\s*[0-9]{1,4})?|"
    r"[ivx]{1,6})[-—–―－_·•.\s|一]*",
    re.IGNORECASE,
)
_DIGITS = re.compile("[0-9０-９]+")
_SAME_PLACE = 0.8  # of a line's height: a header stands in one place


@dataclass(frozen=True, slots=True)
class Printed:
    """A line on a page: its text, box and letter size in points, the origin at the page's top left."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float

    @property
    def width(self) -> float:
        """From its left edge to its right."""
        return self.x1 - self.x0


def without_furniture(pages: Sequence[Sequence[Printed]]) -> list[list[Printed]]:
    """Pages less their numbers, and less headers and footers: what stands in one place on more than half of them."""
    seen = Counter(key for lines in pages for key in {_key(line) for line in _edges(lines)})
    shared = max(3, len(pages) // 2 + 1) if len(pages) > 2 else 2
    found: list[list[Printed]] = []
    for lines in pages:
        outer = {id(line) for line in _edges(lines)}
        found.append(
            [
                line
                for line in lines
                if id(line) not in outer or not (_NUMBER.fullmatch(line.text) or _repeated(_key(line), seen) >= shared)
            ]
        )
    return found


def _edges(lines: Sequence[Printed]) -> list[Printed]:
    ordered = sorted(lines, key=lambda line: line.top)
    return ordered[:_EDGE] + ordered[max(_EDGE, len(ordered) - _EDGE) :]


def _key(line: Printed) -> tuple[str, int]:
    """What tells a header again: its words, digits aside, and its place in steps of a line."""
    words = _DIGITS.sub("#", "".join(line.text.split()))
    return words, round(line.top / max(line.size * _SAME_PLACE, 1))


def _repeated(key: tuple[str, int], seen: Counter[tuple[str, int]]) -> int:
    words, place = key
    return sum(seen[words, place + step] for step in (-1, 0, 1))


def side_by_side(lines: Iterable[Printed]) -> list[Printed]:
    """Lines from the top down, those that stand at one height put together from left to right."""
    rows: list[list[Printed]] = []
    for line in sorted(lines, key=lambda line: (line.top + line.bottom) / 2):
        middle = (line.top + line.bottom) / 2
        last = rows[-1] if rows else []
        if last and middle < (last[0].top + last[0].bottom) / 2 + 0.5 * min(last[0].size, line.size):
            last.append(line)
        else:
            rows.append([line])
    return [_row(sorted(row, key=lambda line: line.x0)) for row in rows]


def _row(row: Sequence[Printed]) -> Printed:
    text = row[0].text
    for left, right in pairwise(row):
        apart = right.x0 - left.x1 > 0.8 * left.size
        text = f"{text} {right.text}" if apart else glue(text, right.text)
    size = max(line.size for line in row)
    return Printed(text, row[0].x0, row[-1].x1, min(x.top for x in row), max(x.bottom for x in row), size)
