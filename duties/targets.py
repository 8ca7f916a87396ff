"""Quantified targets: how much of what, until which year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from answering.writing.figures import Figure, find_figures
from index.records import PolicyUnit
from index.text import sentences

_UNTIL = re.compile(r"(?:到|至|截至)(20\d\d)年(?:底|末)?")
_AIM = re.compile(r"力争|争取|确保|达到|突破")
_CLAUSE_END = re.compile(r"[，,。；;！!]")
_PAUSE = re.compile(r"[，,。；;、]")
_WORDS_AROUND = r"力争|争取|确保|达到|达|突破|超过|实现|培育|打造|建设|建成|引育|认定|形成|新增|和|及"
_LEADING = re.compile(rf"^(?:{_UNTIL.pattern}|{_WORDS_AROUND}|[，,、：:])+")
_TRAILING = re.compile(rf"(?:{_WORDS_AROUND}|[，,、：:])+$")
_COUNTED = re.compile(r"美元|美金|元|%|平方米|平米|[家个座所名]")
_SHARE = re.compile(r"占.*$")
_SHORTEST_ENDING = 2  # characters that two targets' subjects must end on alike to stand side by side


@dataclass(frozen=True, slots=True)
class Target:
    """A figure to be reached.

    Attributes:
        unit: where it is printed.
        subject: what it is a figure of, in the words of the source.
        figure: its value; ``figure.phrase`` is as printed.
        counted: what it is counted in as printed (家, 个, %, 平方米 …).
        year: by whose end it is to be reached, ``None`` when none is printed.
        sentence: the sentence that states it.
    """

    unit: PolicyUnit
    subject: str
    figure: Figure
    counted: str
    year: int | None
    sentence: str

    def passed(self, today: date) -> bool:
        """True when its year has ended by ``today``."""
        return self.year is not None and self.year < today.year

    def state(self, today: date) -> str:
        """Whether its year has passed, in a word for the reader."""
        return "未写年份" if self.year is None else "已过" if self.passed(today) else "未到"


def targets(units: Iterable[PolicyUnit]) -> tuple[Target, ...]:
    """Every quantified target of ``units``, in order.

    A figure is a target when its sentence says until when (到2027年) or names an aim (力争, 达到) before it. None are a
    figure that describes what another one counts (12家超亿美元的综服企业) and one that is part of a name (5大场景, 5G).
    """
    return tuple(target for unit in units for sentence in sentences(unit.text) for target in _targets(unit, sentence))


def years(found: Iterable[Target]) -> tuple[int, ...]:
    """The years of targets, earliest first."""
    return tuple(sorted({target.year for target in found if target.year is not None}))


def side_by_side(found: Iterable[Target]) -> tuple[dict[int | None, Target], ...]:
    """Targets by year, a line for each subject; subjects that end alike (海外仓企业) share a line.

    The closest endings are joined first. What a line holds is alike, not the same: each target keeps its own subject.
    """
    lines = [{target.year: target} for target in found]
    while len(lines) > 1:
        first, second = max(combinations(range(len(lines)), 2), key=lambda pair: _likeness(*(lines[i] for i in pair)))
        if _likeness(lines[first], lines[second]) < _SHORTEST_ENDING:
            break
        lines[first] = lines[first] | lines.pop(second)
    return tuple(lines)


def _likeness(one: dict[int | None, Target], other: dict[int | None, Target]) -> int:
    """Length of the longest common ending of two lines' subjects; 0 when they can't stand on one line."""
    if one.keys() & other.keys():
        return 0
    return max(_common_ending(a.subject, b.subject) for a in one.values() for b in other.values())


def _common_ending(one: str, other: str) -> int:
    length = 0
    for a, b in zip(reversed(one), reversed(other), strict=False):
        if a != b:
            break
        length += 1
    return length


def _targets(unit: PolicyUnit, sentence: str) -> Iterator[Target]:
    figures = list(_aims(sentence))
    before = ""
    for place, figure in enumerate(figures):
        start = figures[place - 1].end if place else 0
        end = figures[place + 1].start if place + 1 < len(figures) else len(sentence)
        before = _subject(sentence, figure, start, end) or _SHARE.sub("", before)
        until = [match for match in _UNTIL.finditer(sentence) if match.end() <= figure.start]
        year = int(until[-1].group(1)) if until else None
        yield Target(unit, before, figure, _counted(figure), year, sentence)


def _aims(sentence: str) -> Iterator[Figure]:
    """The figures of a sentence that are targets."""
    counted = -1
    for figure in find_figures(sentence):
        described, counted = figure.start == counted, figure.end if figure.counts else -1
        lead = sentence[: figure.start] + figure.phrase
        aimed_at = _UNTIL.search(lead) or _AIM.search(lead)
        if aimed_at and figure.unit not in ("", "g") and not figure.names and not described:
            yield figure


def _subject(sentence: str, figure: Figure, start: int, end: int) -> str:
    """What a figure is of: the words counted after it, or those before it; empty when neither has any."""
    if figure.counts:
        after = _TRAILING.sub("", _CLAUSE_END.split(sentence[figure.end : end])[0]).strip()
        if after:
            return after
    return _LEADING.sub("", _TRAILING.sub("", _PAUSE.split(sentence[start : figure.start])[-1])).strip()


def _counted(figure: Figure) -> str:
    """The unit as printed; what is counted by 个 stays so."""
    printed = _COUNTED.search(figure.phrase)
    return printed.group() if printed else figure.unit
