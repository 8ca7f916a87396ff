"""Names found in text by dictionary: as quick with a hundred thousand names as with a hundred."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator


class Names:
    """Normalised names, to be found in normalised texts. A Latin one (SAFE) must stand as a word of its own.

    Args:
        names: the names; of equally long ones the earlier is found first.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._rank = {name: rank for rank, name in enumerate(dict.fromkeys(filter(None, names)))}
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        for name in self._rank:
            lengths[name[0]].add(len(name))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def leftmost(self, text: str) -> Iterator[tuple[int, int]]:
        """Spans of names from left to right, the longest at each place, none inside another."""
        start = 0
        while start < len(text):
            end = next(self._ends(text, start), None)
            if end is not None:
                yield start, end
            start = end or start + 1

    def longest(self, text: str) -> list[tuple[int, int]]:
        """Spans of names in order of place, where the longest names come first and none overlaps a longer one."""
        spans = [(start, end) for start in range(len(text)) for end in self._ends(text, start)]
        spans.sort(key=lambda span: (span[0] - span[1], self._rank[text[span[0] : span[1]]], span[0]))
        chosen: list[tuple[int, int]] = []
        for start, end in spans:
            if not any(first < end and start < last for first, last in chosen):
                chosen.append((start, end))
        return sorted(chosen)

    def _ends(self, text: str, start: int) -> Iterator[int]:
        """Where the names that begin at ``start`` end, the longest first."""
        for length in self._lengths.get(text[start], ()):
            end = start + length
            name = text[start:end]
            if len(name) == length and name in self._rank and not (name.isascii() and _inside_word(text, start, end)):
                yield end


def _inside_word(text: str, start: int, end: int) -> bool:
    """True when a Latin letter stands right before or behind."""
    return any("a" <= letter <= "z" for letter in (text[start - 1 : start] or " ", text[end : end + 1] or " "))
