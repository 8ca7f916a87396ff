"""The balance: proof that a document was read whole, printed for a person and enforced by the build."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.agencies import AgencyRegistry
from index.records import Document
from ingest.readers.source import Source
from ingest.units import Parsed, ParsedUnit, strip_noise


class BalanceError(ValueError):
    """A document was not read whole; the message lists what is wrong, by name."""


@dataclass(frozen=True, slots=True)
class Balance:
    """What was read of a document, and every problem found; empty ``problems`` means that it balances."""

    document: Document
    characters: int
    in_units: int
    parts: tuple[tuple[str, int], ...]
    units: int
    agency_cells: int
    problems: tuple[str, ...]

    def lines(self) -> Iterator[str]:
        """The balance as a reader sees it, a line at a time."""
        yield f"{self.document.title}: {self.units} units, {self.agency_cells} responsible bodies named"
        named = ", ".join(f"{name} {count}" for name, count in self.parts)
        yield f"  characters: {self.characters} = units {self.in_units}, {named}"
        yield from (f"  PROBLEM {problem}" for problem in self.problems)
        if not self.problems:
            yield "  balanced: numbers run through, every character in one place, every body known"


def balance(document: Document, source: Source, parsed: Parsed, registry: AgencyRegistry) -> Balance:
    """Check one document's parse against its source."""
    counts: Counter[str] = Counter()
    for part in parsed.parts:
        counts[part.name] += part.end - part.start
    problems = [
        *_identity_problems(document, source),
        *_numbering_problems(parsed.units),
        *_coverage_problems(source, parsed),
        *_agency_problems(document, parsed.units, registry),
    ]
    return Balance(
        document=document,
        characters=len(source.text),
        in_units=sum(unit.end - unit.start for unit in parsed.units),
        parts=tuple(sorted(counts.items())),
        units=len(parsed.units),
        agency_cells=sum(len(unit.agencies) for unit in parsed.units),
        problems=tuple(problems),
    )


def require_balanced(balances: Sequence[Balance]) -> None:
    """Raise :class:`BalanceError` with every problem of every document, if there is any."""
    problems = [f"{item.document.path}: {problem}" for item in balances for problem in item.problems]
    if problems:
        raise BalanceError("the documents were not read whole:\n" + "\n".join(problems))


def _identity_problems(document: Document, source: Source) -> Iterator[str]:
    if source.sha256 != document.sha256:
        yield f"sha256 is {source.sha256}, sources.jsonl says {document.sha256}; restore the file or correct the entry"
    if _squash(document.title.strip("《》")) not in _squash(source.text):
        yield f"title {document.title!r} is not in the text; correct sources.jsonl"


def _numbering_problems(units: Sequence[ParsedUnit]) -> Iterator[str]:
    """Rows and tasks must count 1, 2, 3 …; articles may repeat over rows but never skip or go back."""
    serials = [unit.serial for unit in units if unit.serial is not None]
    yield from _sequence_problems("序号", serials)
    articles = [unit.ordinal[0] for unit in units if unit.serial is not None]
    yield from _sequence_problems("第…条", list(dict.fromkeys(articles)))
    if articles != sorted(articles):
        yield f"第…条 are out of order: {articles}"
    yield from _sequence_problems("tasks", [unit.ordinal[0] for unit in units if unit.measure.isdecimal()])
    nested = [unit for unit in units if len(unit.ordinal) > 1]
    for section in dict.fromkeys(unit.section for unit in nested):
        yield from _sequence_problems(section[-1], [unit.ordinal[-1] for unit in nested if unit.section == section])


def _sequence_problems(name: str, numbers: Sequence[int]) -> Iterator[str]:
    expected = list(range(1, len(set(numbers)) + 1))
    doubled = sorted(number for number, count in Counter(numbers).items() if count > 1)
    if doubled:
        yield f"{name}: doubled {doubled}"
    missing = sorted(set(range(1, max(numbers, default=0) + 1)) - set(numbers))
    if missing:
        yield f"{name}: missing {missing}"
    if not doubled and not missing and list(numbers) != expected:
        yield f"{name}: out of order {list(numbers)}"


def _coverage_problems(source: Source, parsed: Parsed) -> Iterator[str]:
    position = 0
    spans = sorted(
        [(unit.start, unit.end) for unit in parsed.units] + [(part.start, part.end) for part in parsed.parts]
    )
    for start, end in spans:
        if start != position:
            what = "in no part" if start > position else "in two parts"
            low, high = sorted((start, position))
            yield f"characters {low}–{high} are {what}: {source.text[low:high][:40]!r}"
        position = end
    if position != len(source.text):
        yield f"characters {position}–{len(source.text)} are in no part: {source.text[position:][:40]!r}"
    for unit in parsed.units:
        printed = _squash(strip_noise(source.text[unit.start : unit.end]))
        if Counter(printed) != Counter(_squash(unit.mark + unit.text + "".join(unit.notes))):
            yield f"unit {unit.measure} (序号 {unit.serial}) differs from the source: {printed[:40]!r}"


def _agency_problems(document: Document, units: Sequence[ParsedUnit], registry: AgencyRegistry) -> Iterator[str]:
    for unit in units:
        for name in unit.agencies:
            if registry.of_printed(name, document.region) is None:
                place = f"unit {unit.measure} (序号 {unit.serial})"
                yield f"{place}: {name!r} is not a printed spelling in agencies.tsv; add it"


def _squash(text: str) -> str:
    return "".join(text.split())
