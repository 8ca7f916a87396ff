"""Hard-wrapped text put together again: lines that a program broke, not a writer."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

from ingest.readers.source import Line
from ingest.structure.marks import read_mark

_ENDS = re.compile(r"[。；;：:！!？?…][”’」』）)】〕\]]*\s*$|[）)】〕\]]\s*$")
Measure = Callable[[str], int]
_SLACK = 3  # characters that a wrapped line may lack: a number, or punctuation that may not begin the next line
_WIDEST = 130  # half-width cells: nobody wraps wider
_FEWEST = 6  # lines that make a habit
_ALNUM = re.compile(r"[0-9A-Za-z.,%+/_-]+")
_OPENING = frozenset("（(《〈“‘「『【〔[")
_CLOSING = frozenset("，。、；：？！）)》〉”’」』】〕]…—%％.,;:?!")


def glue(left: str, right: str) -> str:
    """Two halves of a paragraph as one: a space between them only where both are Latin, and not one number."""
    left, right = left.rstrip(), right.lstrip()
    one_number = left[-1:].isdecimal() and right[:1].isdecimal()
    return left + (" " if _latin(left[-1:]) and _latin(right[:1]) and not one_number else "") + right


def first_word(text: str) -> str:
    """What can't be parted at the beginning of ``text``: a number or word, or a character with its punctuation."""
    bare = text.lstrip()
    start = next((place for place, character in enumerate(bare) if character not in _OPENING), len(bare))
    found = _ALNUM.match(bare, start)
    end = found.end() if found else start + 1
    while end < len(bare) and bare[end] in _CLOSING:
        end += 1
    return bare[:end]


def cells(text: str) -> int:
    """Width of ``text`` in half-width cells; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "FWA" else 1 for character in text)


def ends_sentence(text: str) -> bool:
    """True when ``text`` ends as a sentence, a clause of a list or a bracket ends."""
    return bool(_ENDS.search(text))


def broken(text: str) -> list[str]:
    """The paragraphs of a text with line breaks in it: cut before numbers and after sentences, else run on."""
    found: list[str] = []
    for piece in text.split("\n"):
        if found and piece.strip() and not ends_sentence(found[-1]) and read_mark(piece) is None and found[-1].strip():
            found[-1] = glue(found[-1], piece)
        else:
            found.append(piece)
    return [piece for piece in found if piece.strip()] or [""]


def unwrapped(lines: Sequence[Line]) -> list[Line]:
    """``lines``, or, where a program wrapped them, the paragraphs that they were; a paragraph spans all its lines."""
    measures = (len, cells)
    habits = [habit for one in measures if (habit := _width(lines, one))]
    habits = habits or [habit for one in measures if (habit := _width(lines, one, hanging=True))]
    if not habits:
        return list(lines)
    measure, width, _ = max(habits, key=lambda habit: habit[2])
    indented = _indented(lines)
    found: list[Line] = []
    full = False
    for place, line in enumerate(lines):
        text = line.text
        if found and full and text.strip() and not _begins(text, found[-1].text, indented):
            before = found[-1]
            found[-1] = Line(glue(before.text, text), before.start, line.end)
        else:
            found.append(line)
        following = lines[place + 1].text if place + 1 < len(lines) else ""
        full = bool(following.strip()) and width - measure(text.rstrip()) < max(measure(first_word(following)), 1)
    return found


def _width(lines: Sequence[Line], measure: Measure, *, hanging: bool = False) -> tuple[Measure, int, int] | None:
    """The width that lines were wrapped at, and how many have it; ``None`` when they are paragraphs.

    Args:
        lines: of the text.
        measure: of a line.
        hanging: go by indents, where few lines are full.
    """
    texts = [line.text.rstrip() for line in lines if line.text.strip()]
    widths = [measure(text) for text in texts]
    if len(widths) < _FEWEST or max(map(cells, texts)) > _WIDEST:
        return None
    one = 1 if measure is len else 2
    # A punctuation mark may hang over the edge: the width is the most frequent of the greatest.
    greatest = Counter(size for size in widths if size > max(widths) - _SLACK * one)
    width = max(greatest, key=lambda size: (greatest[size], size))
    near = [text for text, size in zip(texts, widths, strict=True) if size >= width - _SLACK * one]
    within = [text for text in near if not ends_sentence(text)]
    habit = len(near) >= max(_FEWEST // 2, 0.35 * len(texts)) and len(within) >= 0.6 * len(near)
    exact = sum(abs(size - width) < one for size in widths)
    wrapped = _hanging(texts, width - _SLACK * one, measure) if hanging else habit
    return (measure, width, exact) if wrapped and width >= 16 * one else None


def _hanging(texts: Sequence[str], full: int, measure: Measure) -> bool:
    """True when paragraphs are indented, and lines that aren't come behind full ones, the title's apart."""
    first = next((place for place, text in enumerate(texts) if text[0].isspace()), len(texts))
    behind = [before for before, text in pairwise(texts[first:]) if not text[0].isspace()]
    held = sum(measure(before) >= full for before in behind)
    return held >= _FEWEST // 2 and held >= 0.8 * len(behind)


def _indented(lines: Sequence[Line]) -> bool:
    """True when paragraphs begin with white space."""
    after = [b.text for a, b in pairwise(lines) if ends_sentence(a.text) and b.text.strip()]
    return sum(text[0].isspace() for text in after) > 0.5 * len(after) if after else False


def _begins(text: str, before: str, indented: bool) -> bool:
    """True when ``text`` begins a paragraph although the line before is full."""
    if text[0].isspace():
        return True
    return not indented and begins_numbered(text, before)


def begins_numbered(text: str, before: str) -> bool:
    """True when ``text`` begins with a number, after a line that ended, and the number before isn't inside it."""
    mark = read_mark(text)
    if mark is None or not ends_sentence(before):
        return False
    item = mark.printed.replace(str(mark.number), str(mark.number - 1))
    return item == mark.printed or before.find(item) < 1


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
