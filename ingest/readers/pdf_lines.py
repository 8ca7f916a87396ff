"""Paragraphs put together from printed lines, by where the lines begin and end and how far apart they are.

A line ends a paragraph when the next line's first word would have fitted on it, or when the next line is indented,
stands further off, or is of another size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.readers.printed import Printed
from ingest.readers.source import Cells, Text
from ingest.readers.wrapping import begins_numbered, cells, ends_sentence, first_word, glue
from ingest.structure.marks import read_mark

_INDENT = 1.2  # letters that a paragraph's first line stands in at least; two are usual
_ROOM = 0.5  # letters more than the next word that a line must leave free to end a paragraph
_RAGGED = 4.0  # letters that a line within a paragraph may leave free where paragraphs are told by their indent
_APART = 0.4  # letters more than the usual distance between lines
_LARGER = 1.12  # of the body's size: a title
_FEW_LINES = 4  # on a page: too few to tell its margins from


@dataclass(frozen=True, slots=True)
class Placed:
    """A printed line, its page from 1, and the margins of that page in points."""

    line: Printed
    page: int
    left: float
    right: float

    @property
    def indent(self) -> float:
        """How far it stands in, in letters."""
        return (self.line.x0 - self.left) / self.line.size

    @property
    def room(self) -> float:
        """How much it leaves free at its end, in letters."""
        return (self.right - self.line.x1) / self.line.size


@dataclass(frozen=True, slots=True)
class Habits:
    """How a document sets its paragraphs: indented or set apart, its letter size and line distance."""

    indents: bool
    parts: bool
    size: float
    pitch: float


def paragraphs(pages: Sequence[Sequence[Printed | Cells]]) -> list[Text | Cells]:
    """The paragraphs and table rows of a document's pages, furniture removed; a paragraph may go on over a page."""
    placed = _placed(pages)
    lines = [item for item in placed if isinstance(item, Placed)]
    habits = _habits(lines)
    found: list[Text | Cells] = []
    last: list[Placed] = []  # the lines of the paragraph that is open
    for place, item in enumerate(placed):
        if isinstance(item, Cells):
            found.append(item)
            last = []
            continue
        following = next((other for other in placed[place + 1 : place + 2] if isinstance(other, Placed)), None)
        if last and isinstance(found[-1], Text) and _goes_on(found[-1].text, last, item, following, habits):
            found[-1] = Text(glue(found[-1].text, item.line.text), found[-1].page)
            last.append(item)
        else:
            found.append(Text(item.line.text, item.page))
            last = [item]
    return found


def _placed(pages: Sequence[Sequence[Printed | Cells]]) -> list[Placed | Cells]:
    of_page = [[item for item in page if isinstance(item, Printed)] for page in pages]
    whole = [line for page in of_page for line in page]
    left, right = _margins(whole) if whole else (0.0, 0.0)
    found: list[Placed | Cells] = []
    for number, (items, lines) in enumerate(zip(pages, of_page, strict=True), 1):
        here = _margins(lines) if len(lines) >= _FEW_LINES else (left, right)
        if here[1] - here[0] < 0.8 * (right - left):  # a page of short lines only
            here = (min(here[0], left), max(here[1], right))
        found.extend(Placed(item, number, *here) if isinstance(item, Printed) else item for item in items)
    return found


def _margins(lines: Sequence[Printed]) -> tuple[float, float]:
    """Left and right edge that several lines have; a single mark that hangs over is no margin."""
    lefts, rights = sorted(line.x0 for line in lines), sorted((line.x1 for line in lines), reverse=True)
    return lefts[min(len(lefts) - 1, len(lefts) // 12)], rights[min(len(rights) - 1, len(rights) // 6)]


def _habits(lines: Sequence[Placed]) -> Habits:
    size = median([item.line.size for item in lines for _ in range(len(item.line.text))] or [1.0])
    pairs = [(a, b) for a, b in pairwise(lines) if a.page == b.page]
    steps = sorted(b.line.top - a.line.top for a, b in pairs if b.line.top > a.line.top)
    pitch = median(steps[: max(1, len(steps) * 2 // 3)]) if steps else 0.0
    # A line that is short, and set in itself no more than a paragraph's first: what follows begins a paragraph.
    after = [b for a, b in pairs if a.room > _RAGGED and a.indent < 4 and abs(b.line.size - size) < 0.1 * size]
    indents = sum(_INDENT < b.indent < 4 for b in after) > 0.5 * len(after) if after else False
    apart = [b for a, b in pairs if a.room > _RAGGED and b.line.top - a.line.top > pitch + _APART * size]
    return Habits(indents, len(apart) > 0.5 * len(after) > 0, size, pitch)


def _goes_on(text: str, last: Sequence[Placed], item: Placed, following: Placed | None, habits: Habits) -> bool:
    """True when ``item`` belongs to the paragraph ``text`` whose lines so far are ``last``."""
    before = last[-1]
    same_page = before.page == item.page
    if max(before.line.size, item.line.size) > _LARGER * min(before.line.size, item.line.size):
        return False
    if (
        same_page
        and item.line.top - before.line.top > habits.pitch + _APART * habits.size
        and not _titles(before, item, habits)
    ):
        return False
    if _titles(before, item, habits):
        return (
            same_page and item.line.top - before.line.top < 2.2 * item.line.size and read_mark(item.line.text) is None
        )
    mark = read_mark(item.line.text) is not None
    numbered = begins_numbered(item.line.text, text)
    word = cells(first_word(item.line.text)) / 2
    short = before.room > word + _ROOM
    if habits.indents and item.indent < _INDENT:
        ended = ends_sentence(before.line.text) or before.indent > 4 or mark
        return not short or (before.room < _RAGGED and not ended)
    if short:
        return False
    if item.indent >= _INDENT:
        hanging = len(last) == 1 and following is not None and abs(following.line.x0 - item.line.x0) < 0.3 * habits.size
        within = len(last) > 1 and abs(before.line.x0 - item.line.x0) < 0.3 * habits.size
        return (within or (hanging and before.indent < item.indent - 0.5)) and not numbered
    if not same_page and habits.parts and ends_sentence(before.line.text):
        return False
    return not numbered


def _titles(before: Placed, item: Placed, habits: Habits) -> bool:
    """True for two lines of a title: both larger than the body, and both in the middle of the page."""
    middle = (item.left + item.right) / 2
    return min(before.line.size, item.line.size) > _LARGER * habits.size and all(
        abs((one.line.x0 + one.line.x1) / 2 - middle) < 2 * habits.size for one in (before, item)
    )
