"""Finding words in the documents: traditional or simplified, full or half width, and a body by any of its names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.agencies import AgencyRegistry
from web.escape import escaped

LONGEST_WORDS = 60  # characters; nobody looks for a longer run of text, and a pasted page would find nothing


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: the words as typed, and every folded spelling that counts as a hit. No spelling: nothing."""

    typed: str = ""
    spellings: tuple[str, ...] = ()


def wanted(typed: str, registry: AgencyRegistry) -> Wanted:
    """What ``typed`` looks for; the name of a body looks for that body as printed, too: 外管局."""
    from index.text import normalise

    words = " ".join(typed[:LONGEST_WORDS].split())
    plain = normalise(words)
    if not plain:
        return Wanted()
    named = [mention for mention in registry.find(plain) if len(mention.phrase) == len(plain)]
    printed = [
        normalise(name) for mention in named for agency_id in mention.agency_ids for name in registry[agency_id].printed
    ]
    return Wanted(words, tuple(dict.fromkeys((plain, *printed))))


def spans(text: str, spellings: Sequence[str]) -> list[tuple[int, int]]:
    """Where any of ``spellings`` stands in ``text``, in order; of two that overlap, the first and longer."""
    folded = _folded(text)
    found = [
        (start, start + len(spelling))
        for spelling in spellings
        for start in range(len(folded))
        if folded.startswith(spelling, start)
    ]
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


class Marker:
    """Turns text into HTML with the hits marked, and counts them."""

    def __init__(self, looked_for: Wanted = Wanted()) -> None:
        self._spellings = looked_for.spellings
        self.hits = 0

    def __call__(self, text: str) -> str:
        """``text`` for HTML."""
        if not self._spellings:
            return escaped(text)
        shown, done = [], 0
        for start, end in spans(text, self._spellings):
            shown.append(f"{escaped(text[done:start])}<mark>{escaped(text[start:end])}</mark>")
            done = end
            self.hits += 1
        return "".join(shown) + escaped(text[done:])


class Reader(Marker):
    """Keeps the texts that would be marked, and marks nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def __call__(self, text: str) -> str:
        """Nothing for HTML."""
        self.texts.append(text)
        return ""


def _folded(text: str) -> str:
    """``text`` normalised where that keeps every character in its place, else in lower case as it stands."""
    from index.text import normalise

    whole = normalise(text)
    if len(whole) == len(text):
        return whole
    characters = (normalise(character) for character in text)
    return "".join(
        folded if len(folded) == 1 else character for folded, character in zip(characters, text, strict=True)
    )


def found_html(looked_for: Wanted, counts: Mapping[str, int]) -> str:
    """How many hits there are, in all and by document, and which of them is shown."""
    total = sum(counts.values())
    if not total:
        return f'<p role="status">没有找到“{escaped(looked_for.typed)}”，换个说法试试</p>'
    each = "，".join(f"{escaped(title)} {count} 处" for title, count in counts.items())
    return f'<p role="status"><b><span class="at">1</span> / {total} 处</b><span class="each">{each}</span></p>'
