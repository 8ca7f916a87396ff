"""What an outline says, unit by unit: number, headings above, paragraphs, and the leads named above them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from index.records import Role
from index.text import sentences
from ingest.structure.grain import Grain, grain_of
from ingest.structure.kinds import kind_of
from ingest.structure.margins import is_explanation
from ingest.structure.marks import Mark, Style
from ingest.structure.outline import Node, Paragraph

_CORE = re.compile("^【|[、.．﹒：:】\\s]+$")
_FOR_ALL = re.compile(
    "(?:以上|上述|本)(?:各项)?(?:政策|措施|意见|办法|方案|通知|细则|条款|规定)|各(?:地|级|县|区|有关).{0,20}(?:要|应)"
)


@dataclass(frozen=True, slots=True)
class Written:
    """A unit's paragraphs with what tells it from others.

    Attributes:
        chain: its number, with those above as far as it takes to tell it from all others.
        paragraph: its place under a heading whose plain paragraphs are a unit each, else empty.
        section: headings above it, outermost first, as printed.
        heading: its own, empty where it has none.
        paragraphs: in order, at least one.
        inherited: roles of the nearest heading above that names any.
    """

    chain: tuple[Mark, ...]
    paragraph: tuple[int, ...]
    section: tuple[str, ...]
    heading: str
    paragraphs: tuple[Paragraph, ...]
    inherited: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """What is no part of any unit, as a span."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Writing:
    """Units and other pieces of an outline, and every numbered node with the headings above it."""

    units: tuple[Written, ...]
    parts: tuple[Piece, ...]
    numbered: tuple[tuple[Node, tuple[str, ...]], ...]


def write(root: Node) -> Writing:
    """All that an outline says."""
    grain = grain_of(root)
    aside = _asides(root)
    found = [one for one in grain.walk(root) if not any(node is apart for node in (*one[1], one[0]) for apart in aside)]
    running = _running([node.mark for node, _, _ in found if node.mark])
    units: list[Written] = []
    parts: list[Piece] = []
    parts.extend(Piece("attachment", p.low, p.high) for node in aside for p in node.everything())
    numbered: list[tuple[Node, tuple[str, ...]]] = []
    for node, path, whole in found:
        if node.mark is None or node.own is None:
            continue
        numbered.append((node, tuple(_printed(parent) for parent in path)))
        if not whole:
            parts.extend(Piece("heading" if p is node.own else "lead-in", p.low, p.high) for p in node.paragraphs)
            continue
        made, left = _units(node, path, running, grain)
        units.extend(made)
        parts.extend(left)
    return Writing(tuple(units), tuple(parts), tuple(numbered))


def _asides(root: Node) -> list[Node]:
    """Attachments that name nobody, behind measures that do: forms, guides, lists of members."""
    attached = [node for node in root.children if node.mark and node.mark.style is Style.ATTACHMENT]
    noted = any(node.noted() for node in root.children if node.mark and node.mark.style is not Style.ATTACHMENT)
    return [node for node in attached if noted and not node.noted()]


def core_of(mark: Mark) -> str:
    """A number as a citation names it: 14 for ``14．``, 三 for ``三、``, （二）, 第五条."""
    return _CORE.sub("", mark.printed)


def _units(
    node: Node, path: tuple[Node, ...], running: frozenset[Style], grain: Grain
) -> tuple[list[Written], list[Piece]]:
    """A node's unit, or one for each paragraph under a bare heading; and what is no part of it."""
    assert node.own is not None and node.mark is not None
    if node.mark.style is Style.ATTACHMENT or is_explanation(node.own.text):
        return [], [Piece("attachment", paragraph.low, paragraph.high) for paragraph in node.everything()]
    if grain.is_empty(node):
        return [], [Piece("heading", node.own.low, node.own.high)]
    leaf = node
    while leaf.children:
        leaf = leaf.children[-1]
    closing = _closing(leaf)
    parts = [Piece(kind_of(p.text.strip(), opening=False) or "closing", p.low, p.high) for p in closing]
    ends = {paragraph.low for paragraph in closing}
    more = [paragraph for paragraph in node.more if paragraph.low not in ends]
    chain, inherited = _chain(node, path, running), _inherited(path)
    section = tuple(_printed(parent) for parent in path if parent.mark and parent.mark.style is not Style.ATTACHMENT)
    if more and grain.by_paragraph(node):
        parts.append(Piece("heading", node.own.low, node.own.high))
        below = (*section, _printed(node))
        return [
            Written(chain, (place,), below, "", (paragraph,), inherited) for place, paragraph in enumerate(more, 1)
        ], parts
    own = sentences(node.own.plain)
    heading = own[0].rstrip("。") if len(own) > 1 or (own and (more or node.children)) else ""
    paragraphs = tuple(paragraph for paragraph in node.everything() if paragraph.low not in ends)
    return [Written(chain, (), section, heading, paragraphs, inherited)], parts


def _inherited(path: Sequence[Node]) -> tuple[Role, ...]:
    """Roles named on the nearest heading above."""
    for node in reversed(path):
        if roles := tuple(role for p in node.paragraphs if p is node.own for note in p.notes for role in note.roles):
            return roles
    return ()


def _closing(node: Node) -> list[Paragraph]:
    """Paragraphs after a leaf that are no part of it: the document's end, and plain ones behind a responsibility."""
    last = max((place for place, p in enumerate(node.more) if p.notes), default=-1)
    noted = last >= 0 or bool(node.own and node.own.notes and not node.heading_only)
    for place, paragraph in enumerate(node.more):
        text = paragraph.text.strip()
        general = not node.heading_only and _FOR_ALL.match(text)
        if place > last and (noted or general or kind_of(text, opening=False)):
            return node.more[place:]
    return []


def _running(marks: Sequence[Mark]) -> frozenset[Style]:
    """Styles in which no number is printed twice: they run through the document, and tell a place by themselves."""
    printed = Counter((mark.style, core_of(mark)) for mark in marks)
    return frozenset(mark.style for mark in marks) - {style for (style, _), count in printed.items() if count > 1}


def _chain(node: Node, path: tuple[Node, ...], running: frozenset[Style]) -> tuple[Mark, ...]:
    """The node's number, with those above as far as it takes to tell it from all others."""
    marks = [parent.mark for parent in (*path, node) if parent.mark]
    for length in range(1, len(marks)):
        if marks[-length].style in running:
            return tuple(marks[-length:])
    return tuple(marks)


def _printed(node: Node) -> str:
    """A heading as printed, its responsibilities left out."""
    assert node.own is not None
    return node.own.numbered
