"""A document's paragraphs as a tree of numbered nodes, whose levels follow from the styles of their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.readers.source import Line
from ingest.structure.margins import attachments, contents, is_explanation
from ingest.structure.marks import Mark, Style, inline_marks, read_mark
from ingest.structure.responsibility import Note, notes

_FURTHEST = 3  # numbers that a mark may jump ahead and still count as the next of its level
_LONGEST_HEADING = 60  # characters
_NEAR = 20  # lines
_NAMED = frozenset({Style.PART, Style.CHAPTER, Style.SECTION, Style.ARTICLE})
_RANK = {style: place for place, style in enumerate(Style)} | {Style.CHINESE: list(Style).index(Style.ARTICLE)}
_CLOSING = re.compile("[。；;！？…]$|[：:]$")
_UNFINISHED = re.compile(r"^\s*[一-鿿]{2,8}[：:](?:.*[、，,])?\s*$")  # 责任单位：甲、 with 乙 on the next line


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

    @property
    def plain(self) -> str:
        """Its words without its responsibilities."""
        kept, done = "", 0
        for note in self.notes:
            kept += self.text[done : note.start]
            done = note.end
        return (kept + self.text[done:]).strip()

    @property
    def numbered(self) -> str:
        """Its number and its words without its responsibilities."""
        return (self.line.text[: self.start] + self.plain).strip()


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
        """True for a first paragraph that names what follows and says nothing itself, responsibilities aside."""
        return self.own is not None and is_heading(self.own.plain)

    @property
    def paragraphs(self) -> list[Paragraph]:
        """Its own paragraphs, in order."""
        return [*([self.own] if self.own else []), *self.more]

    def everything(self) -> Iterator[Paragraph]:
        """Its paragraphs and those of all below it, in order."""
        yield from self.paragraphs
        for child in self.children:
            yield from child.everything()

    def noted_itself(self) -> bool:
        """True when one of its own paragraphs carries a responsibility."""
        return any(note.roles for paragraph in self.paragraphs for note in paragraph.notes)

    def noted(self) -> bool:
        """True when it or anything below it carries a responsibility."""
        return self.noted_itself() or any(child.noted() for child in self.children)


@dataclass(slots=True)
class Outline:
    """The tree, and the lines that are in no node.

    Attributes:
        root: of the tree.
        before: lines before the first number.
        listed: those of contents pages and of lists of attachments.
        loose: others, behind tables and in explanations.
    """

    root: Node
    before: list[Line]
    listed: list[Line]
    loose: list[Line]


def is_heading(text: str) -> bool:
    """True for words that end like a heading's: short, and no sentence."""
    bare = "".join(text.split())
    return len(bare) <= _LONGEST_HEADING and "。" not in bare and not _CLOSING.search(bare)


def grow(lines: Sequence[Line], behind_table: frozenset[int] = frozenset(), *, bare: bool = False) -> Outline:
    """The outline of ``lines``.

    Args:
        lines: those of a document that stand in no table.
        behind_table: starts of the lines that come right behind a table; what follows there belongs to no measure
            until the next number.
        bare: see :func:`ingest.structure.responsibility.notes`.
    """
    joined = list(_joined(lines, behind_table))
    texts = [line.text for line in joined]
    skipped = contents(texts)
    starts, listed = attachments(texts)
    outline = Outline(Node(), [], [], [])
    stack: list[Node] = [outline.root]
    last: dict[Style, int] = {}
    apart = explained = False
    for place, line in enumerate(joined):
        if not line.text.strip():
            continue
        if place in listed or (place in skipped and len(stack) == 1):
            outline.listed.append(line)
            apart = apart or len(stack) > 1
            continue
        apart = apart or line.start in behind_table
        mark = read_mark(line.text)
        if place in starts:
            explained = False
            if not outline.root.children:
                mark = None  # what is attached is all there is: its title is the document's
        elif mark is not None and (
            explained
            or mark.style is Style.ATTACHMENT
            or not (
                _follows(mark, stack, last)
                or _goes_on(mark, texts[place + 1 : place + 1 + _NEAR])
                or _is_noted(line, mark, bare)
            )
        ):
            mark = None
        if mark is not None:
            apart = False
            while len(stack) > 1 and not _below(stack, mark):
                stack.pop()
            node = Node(mark, _paragraph(line, mark.end, bare))
            stack[-1].children.append(node)
            stack.append(node)
            last[mark.style] = mark.number
            continue
        explained = explained or (len(stack) > 1 and is_explanation(line.text))
        if len(stack) == 1:
            outline.before.append(line)
        elif apart or explained:
            outline.loose.append(line)
        else:
            stack[-1].more.append(_paragraph(line, 0, bare))
    _split(outline.root, bare)
    return outline


def _joined(lines: Sequence[Line], behind_table: frozenset[int]) -> Iterator[Line]:
    """``lines``, a list of bodies that goes on in the next one being one with it."""
    held: Line | None = None
    for line in lines:
        if held and line.text.strip() and line.start not in behind_table and not read_mark(line.text):
            held = Line(held.text.rstrip() + line.text.strip(), held.start, line.end)
        elif held and not line.text.strip():
            held = Line(held.text, held.start, line.end)
        else:
            if held:
                yield held
            held = line
        if not _UNFINISHED.match(held.text) or not _is_label(held.text):
            yield held
            held = None
    if held:
        yield held


def _is_label(text: str) -> bool:
    """True for 责任单位： with no bodies yet, or with more to come."""
    return bool(notes(text.rstrip("、，, \u3000") + ("" if text.rstrip()[-1:] not in "：:" else "市政府")))


def _split(node: Node, bare: bool) -> None:
    """Make children of the numbered items inside a paragraph, where more than the last carry a responsibility."""
    for child in node.children:
        _split(child, bare)
    if node.own is None or node.children or len(node.own.notes) < 2:
        return
    line, starts = node.own.line, inline_marks(node.own.line.text, node.own.start)
    if not starts:
        return
    bounds = [*(place for place, _ in starts[1:]), len(line.text)]
    items: list[Node] = []
    for (place, mark), end in zip(starts, bounds, strict=True):
        words, high = line.text[mark.end : end], line.end if end == len(line.text) else line.start + end
        items.append(Node(mark, Paragraph(line, mark.end, words, notes(words, bare=bare), line.start + place, high)))
    if sum(item.noted_itself() for item in items) > 1:
        first = starts[0][0]
        words = line.text[node.own.start : first]
        node.own = Paragraph(line, node.own.start, words, notes(words, bare=bare), line.start, line.start + first)
        node.children = items


def _paragraph(line: Line, start: int, bare: bool) -> Paragraph:
    text = line.text[start:]
    return Paragraph(line, start, text, notes(text, bare=bare), line.start, line.end)


def _follows(mark: Mark, stack: Sequence[Node], last: dict[Style, int]) -> bool:
    """True for a number that begins a level or continues one: 1, or a little more than the one before."""
    if mark.number == 1:
        return True
    before = [node.mark.number for node in stack if node.mark and node.mark.style is mark.style]
    numbers = [*before, last.get(mark.style, 0)]
    furthest = mark.number if mark.style in _NAMED else _FURTHEST
    return any(number < mark.number <= number + furthest for number in numbers if number)


def _goes_on(mark: Mark, texts: Sequence[str]) -> bool:
    """True when the next number of its style comes after it: one before was lost, or is misprinted."""
    for text in texts:
        following = read_mark(text)
        if following is not None and following.style is mark.style:
            return 0 < following.number - mark.number <= _FURTHEST and following.numbers[:-1] == mark.numbers[:-1]
    return False


def _is_noted(line: Line, mark: Mark, bare: bool) -> bool:
    """True for a numbered paragraph with a responsibility, whatever its number."""
    return any(note.roles for note in notes(line.text[mark.end :], bare=bare))


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
