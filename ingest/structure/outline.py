"""A document's paragraphs as a tree of numbered nodes, and the nodes that are its policy units.

Levels follow from the order in which the styles of numbers appear. The unit is the finest numbered level that carries
its own responsibility, else the finest numbered level; a numbered heading over plain paragraphs (总体要求) gives a unit
a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.readers.source import Line
from ingest.structure.marks import Mark, Style, inline_marks, read_mark
from ingest.structure.responsibility import Note, notes

_FURTHEST = 3  # numbers that a mark may jump ahead and still count as the next of its level
_LONGEST_HEADING = 60  # characters
_ITEMS = frozenset({Style.ARABIC_BRACKETED, Style.ARABIC_HALF_BRACKETED, Style.CIRCLED})
_RANK = {style: place for place, style in enumerate(Style)} | {Style.CHINESE: list(Style).index(Style.ARTICLE)}
_CONTENTS = re.compile("目录|目次")
_PAGE = re.compile(r"(?:[.．…·—-]{2,}|[…\t])*[0-9]{0,3}$")
_CLOSING = re.compile("[。；;！？…]$|[：:]$")


@dataclass(slots=True)
class Paragraph:
    """A paragraph of a node, or an item in one.

    Attributes:
        line: the line it is on.
        start: where its words begin in the line's text, after the number.
        text: its words.
        notes: the responsibilities printed in them.
        low, high: its span in the source, number and line end included.
    """

    line: Line
    start: int
    text: str
    notes: tuple[Note, ...]
    low: int
    high: int


@dataclass(slots=True)
class Node:
    """A numbered paragraph with what belongs to it; the root has neither number nor paragraph.

    Attributes:
        mark: its number.
        own: its first paragraph, after the number.
        more: further paragraphs before its children, or after them where they close the whole.
        children: in order.
    """

    mark: Mark | None = None
    own: Paragraph | None = None
    more: list[Paragraph] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)

    @property
    def heading_only(self) -> bool:
        """True for a paragraph that names what follows and says nothing itself."""
        return self.own is not None and is_heading(self.own.text)

    def noted(self) -> bool:
        """True when it or anything in it carries a responsibility."""
        return self.noted_itself() or any(child.noted() for child in self.children)

    def noted_itself(self) -> bool:
        """True when one of its own paragraphs carries a responsibility."""
        paragraphs = [*([self.own] if self.own else []), *self.more]
        return any(paragraph.notes for paragraph in paragraphs)


def is_heading(text: str) -> bool:
    """True for words that end like a heading's: short, and no sentence."""
    bare = "".join(text.split())
    return len(bare) <= _LONGEST_HEADING and "。" not in bare and not _CLOSING.search(bare)


def grow(lines: Sequence[Line]) -> tuple[Node, list[Line]]:
    """The tree of ``lines``, and the lines before its first number."""
    root, before = Node(), list[Line]()
    stack: list[Node] = [root]
    last: dict[Style, int] = {}
    listed = contents(lines)
    for place, line in enumerate(lines):
        if not line.text.strip():
            continue
        if place in listed:
            before.append(line)
            continue
        mark = read_mark(line.text)
        if mark is not None and _follows(mark, stack, last):
            while len(stack) > 1 and not _below(stack, mark):
                stack.pop()
            node = Node(mark, _paragraph(line, mark.end))
            stack[-1].children.append(node)
            stack.append(node)
            last[mark.style] = mark.number
        elif len(stack) == 1:
            before.append(line)
        else:
            stack[-1].more.append(_paragraph(line, 0))
    _split(root)
    return root, before


def contents(lines: Sequence[Line]) -> frozenset[int]:
    """Places of the lines of a table of contents: they follow 目录, and each is printed again further down."""
    bare = [_PAGE.sub("", "".join(line.text.split())) for line in lines]
    head = next((place for place, text in enumerate(bare) if _CONTENTS.fullmatch(text)), None)
    if head is None:
        return frozenset()
    found = {head}
    for place in range(head + 1, len(bare)):
        text = bare[place]
        if text and not any(other.startswith(text) for other in bare[place + 1 :]):
            break
        found.add(place)
    return frozenset(found)


def _split(node: Node) -> None:
    """Make children of the numbered items inside a paragraph, where more than the last carry a responsibility."""
    for child in node.children:
        _split(child)
    if node.own is None or node.children or len(node.own.notes) < 2:
        return
    line, starts = node.own.line, inline_marks(node.own.line.text, node.own.start)
    if not starts:
        return
    bounds = [*(place for place, _ in starts[1:]), len(line.text)]
    items: list[Node] = []
    for (place, mark), end in zip(starts, bounds, strict=True):
        words, high = line.text[mark.end : end], line.end if end == len(line.text) else line.start + end
        items.append(Node(mark, Paragraph(line, mark.end, words, tuple(notes(words)), line.start + place, high)))
    if sum(item.noted_itself() for item in items) > 1:
        first = starts[0][0]
        words = line.text[node.own.start : first]
        node.own = Paragraph(line, node.own.start, words, tuple(notes(words)), line.start, line.start + first)
        node.children = items


def _paragraph(line: Line, start: int) -> Paragraph:
    text = line.text[start:]
    return Paragraph(line, start, text, tuple(notes(text)), line.start, line.end)


def _follows(mark: Mark, stack: Sequence[Node], last: dict[Style, int]) -> bool:
    """True for a number that begins a level or continues one: 1, or a little more than the one before."""
    if mark.number == 1 or mark.style is Style.ATTACHMENT:
        return True
    before = [node.mark.number for node in stack if node.mark and node.mark.style is mark.style]
    numbers = [*before, last.get(mark.style, 0)]
    return any(number < mark.number <= number + _FURTHEST for number in numbers if number)


def _below(stack: Sequence[Node], mark: Mark) -> bool:
    """True when a node with ``mark`` belongs into the last of ``stack``."""
    top = stack[-1].mark
    if top is None:
        return True
    if any(node.mark and node.mark.style is mark.style for node in stack):
        return False
    if {top.style, mark.style} == {Style.ARTICLE, Style.CHINESE}:
        return True
    return _RANK[top.style] < _RANK[mark.style]


def walk(node: Node, path: tuple[Node, ...] = ()) -> Iterator[tuple[Node, tuple[Node, ...], bool]]:
    """Every node that is a unit or a heading, with its ancestors; the flag is true for units."""
    if not node.children or _whole(node):
        yield node, path, True
        return
    if node.mark:
        yield node, path, False
    below = (*path, node) if node.mark else path
    for child in node.children:
        yield from walk(child, below)


def _whole(node: Node) -> bool:
    """True when a node with children is one unit with them."""
    if node.mark is None:
        return False
    noted = [child.noted() for child in node.children]
    low = node.children[0].mark is not None and node.children[0].mark.style in _ITEMS
    if any(noted):
        return low and len(noted) > 1 and not any(noted[:-1]) and not node.noted_itself()
    return node.noted_itself() or (low and not node.heading_only) or node.mark.style is Style.ARTICLE
