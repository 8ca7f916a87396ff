"""A unit as sentences about it are held against it: folded text, pairs, clauses, values, bodies, words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from answering.generation.claims import Clause, clauses_of
from answering.generation.values import Value, find_values
from index.agencies import AgencyRegistry
from index.records import PolicyUnit
from index.text import bigrams, normalise

_BLANK = re.compile(r"(?<![a-z0-9])\s+|\s+(?![a-z0-9])")
_OPTIONAL = re.compile(r"\([\u4e00-\u9fff]\)")
LATIN = re.compile(r"[a-z][a-z0-9]*(?:[-&.][a-z0-9]+)*|\d+[a-z][a-z0-9]*")


def fold(text: str) -> str:
    """``text`` normalised, without blanks except between Latin words."""
    return _BLANK.sub("", normalise(text))


@dataclass(frozen=True, slots=True)
class Source:
    """A unit, read once.

    Attributes:
        unit: as recorded.
        printed: its text and headings, folded; ``text`` its text alone, ``label`` its label.
        pairs: pairs of characters of ``printed`` and of the names of its bodies.
        clauses: of its text.
        values: numbers of its text.
        named: ids of bodies that its text names by a name of their own.
        words: its Latin words.
    """

    unit: PolicyUnit
    printed: str
    text: str
    label: str
    pairs: frozenset[str]
    clauses: tuple[Clause, ...]
    values: tuple[Value, ...]
    named: frozenset[str]
    words: frozenset[str]


def read_source(unit: PolicyUnit, registry: AgencyRegistry) -> Source:
    """``unit`` as sentences are held against it."""
    text = fold(unit.text)
    printed = "\n".join((text, *map(fold, (unit.heading, *unit.section))))
    alike = "\n".join((printed, _OPTIONAL.sub("", printed), *map(fold, unit.agencies)))
    return Source(
        unit,
        printed,
        text,
        fold(unit.label),
        frozenset(bigrams(alike)),
        clauses_of(text),
        find_values(text),
        frozenset(mention.agency_ids[0] for mention in registry.find(text) if not mention.weak),
        frozenset(LATIN.findall(text)),
    )


_NEUTRAL = Path(__file__).with_name("neutral_words.txt")


@cache
def neutral_words(path: Path = _NEUTRAL) -> re.Pattern[str]:
    """A pattern of the words of a file that say nothing of substance: blank-separated, ``#`` starts a comment line."""
    lines = path.read_text(encoding="utf-8").splitlines()
    words = {normalise(word) for line in lines if not line.startswith("#") for word in line.split()}
    return re.compile("|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))))


_HAN = re.compile(r"[\u3400-\u9fff]")


def uncovered(folded: str, pairs: frozenset[str]) -> Iterator[bool | None]:
    """For each Chinese character whether neither ``pairs`` nor a neutral word holds it; ``None`` if neutral."""
    held = [False] * (len(folded) + 1)
    for place in range(len(folded) - 1):
        if folded[place : place + 2] in pairs:
            held[place] = held[place + 1] = True
    neutral = [False] * len(folded)
    for match in neutral_words().finditer(folded):
        for place in range(match.start(), match.end()):
            neutral[place] = True
    for place, character in enumerate(folded):
        if not _HAN.match(character):
            yield False if held[place] else None
        elif held[place]:
            yield False
        else:
            yield None if neutral[place] else True
