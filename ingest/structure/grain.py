"""Which nodes of an outline are its policy units.

The unit is the finest numbered level that carries its own responsibility, else the finest numbered level. Items
(1)① belong to what they stand in unless they carry their own; so do the numbered paragraphs of an article, and those
that one responsibility follows as a paragraph of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.structure.marks import Style
from ingest.structure.outline import Node

_ITEMS = frozenset({Style.ARABIC_BRACKETED, Style.ARABIC_HALF_BRACKETED, Style.CIRCLED})


@dataclass(frozen=True, slots=True)
class Grain:
    """What a document's numbers are used for.

    Attributes:
        units: styles of the numbers that its units carry.
        running: styles that count on over the headings above them.
        shared: styles of headings that carry responsibilities, with those of what stands below them and carries its
            own besides.
    """

    units: frozenset[Style]
    running: frozenset[Style]
    shared: frozenset[tuple[Style, Style]] = frozenset()

    def walk(self, node: Node, path: tuple[Node, ...] = ()) -> Iterator[tuple[Node, tuple[Node, ...], bool]]:
        """Every node that is a unit or a heading, with its ancestors; the flag is true for units."""
        if not node.children or self._whole(node):
            yield node, path, True
            return
        if node.mark:
            yield node, path, False
        below = (*path, node) if node.mark else path
        for child in node.children:
            yield from self.walk(child, below)

    def is_empty(self, node: Node) -> bool:
        """True for a heading that nothing follows, where units have other numbers."""
        alone = not node.children and not node.more and not node.noted_itself()
        return alone and node.heading_only and node.mark is not None and node.mark.style not in self.units

    def by_paragraph(self, node: Node) -> bool:
        """True for a heading over paragraphs that are a unit each: 总体要求, where units have other numbers."""
        if (
            node.children
            or not node.heading_only
            or not node.more
            or node.mark is None
            or node.mark.style in self.units
        ):
            return False
        inline = [p for p in node.more if p.notes and p.plain]
        alone = [p for p in node.more if p.notes and not p.plain]
        return not (node.own and node.own.notes) and not alone and (not inline or len(inline) > 1)

    def _whole(self, node: Node) -> bool:
        """True when a node with children is one unit with them."""
        if node.mark is None or node.mark.style is Style.ATTACHMENT:
            return False
        noted = [child.noted() for child in node.children]
        first = node.children[0].mark
        items = first is not None and first.style in _ITEMS
        if any(noted):
            return _noted_behind(node) and (items or _in_own_paragraph(node.children[-1]))
        if items:
            return node.noted_itself() or not node.heading_only or node.mark.style in self.units
        if node.noted_itself():
            return not node.heading_only or not self._inherits(node)
        return node.mark.style is Style.ARTICLE

    def _inherits(self, node: Node) -> bool:
        """True for a noted heading whose children are units under its leads."""
        roles = [role for paragraph in node.paragraphs for note in paragraph.notes for role in note.roles]
        first = node.children[0].mark
        if first is None or node.mark is None:
            return False
        shared = (node.mark.style, first.style) in self.shared
        return shared or first.style in self.running or all(role.leads for role in roles)


def grain_of(root: Node) -> Grain:
    """How a document uses its numbers."""
    nodes = list(_nodes(root))
    noted = {node.mark.style for node in nodes if node.mark and (node.noted_itself() or _noted_behind(node))}
    leaves = Counter(node.mark.style for node in nodes if node.mark and not node.children)
    count = Counter(node.mark.style for node in nodes if node.mark)
    mostly_leaves = {style for style, number in leaves.items() if count[style] > 1 and 2 * number > count[style]}
    parents = [root, *nodes]
    running = {
        child.mark.style for node in parents for child in node.children[:1] if child.mark and child.mark.number > 1
    }
    shared = {
        (node.mark.style, child.mark.style)
        for node in nodes
        for child in node.children
        if node.mark and child.mark and node.noted_itself() and node.heading_only and child.noted_itself()
    }
    return Grain(frozenset(noted or mostly_leaves), frozenset(running), frozenset(shared))


def _nodes(root: Node) -> Iterator[Node]:
    for child in root.children:
        yield child
        yield from _nodes(child)


def _noted_behind(node: Node) -> bool:
    """True when of several children only the last carries a responsibility: it may be that of all."""
    noted = [child.noted() for child in node.children]
    return len(noted) > 1 and noted[-1] and not any(noted[:-1]) and not node.noted_itself()


def _in_own_paragraph(node: Node) -> bool:
    """True when a leaf's responsibility is a paragraph of its own behind it."""
    return not (node.own and node.own.notes) and any(p.notes and not p.plain for p in node.more)
