"""The balance: proof that a document was read whole, printed for a person and enforced by the build."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from index.agencies import AgencyRegistry
from index.published import Remark, Severity
from index.records import Document
from ingest import checks
from ingest.findings import IN_CHINESE, Finding
from ingest.readers.source import Source
from ingest.units import Parsed


class BalanceError(ValueError):
    """A document was not read whole; the message lists what is wrong, by name."""


@dataclass(frozen=True, slots=True)
class Balance:
    """What was read of a document, and all that was found; it balances when there are neither errors nor warnings."""

    document: Document
    characters: int
    in_units: int
    parts: tuple[tuple[str, int], ...]
    units: int
    agency_cells: int
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Signs that the document was not read whole."""
        return tuple(found for found in self.findings if found.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """Signs that it may not have been read whole, or is misprinted."""
        return tuple(found for found in self.findings if found.severity is Severity.WARNING)

    @property
    def problems(self) -> tuple[str, ...]:
        """Errors and warnings in words."""
        return tuple(map(str, (*self.errors, *self.warnings)))

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """The findings for a policy officer, gravest first."""
        return tuple(found.remark for found in self._by_severity())

    def lines(self) -> Iterator[str]:
        """The balance as whoever builds the index sees it, a line at a time."""
        yield f"{self.document.title}: {self.units} units, {self.agency_cells} responsible bodies named"
        named = ", ".join(f"{name} {count}" for name, count in self.parts)
        yield f"  characters: {self.characters} = units {self.in_units}, {named}"
        yield from (f"  PROBLEM {problem}" for problem in self.problems)
        if not self.problems:
            yield "  balanced: numbers run through, every character in one place, every bracket read"

    def report(self) -> Iterator[str]:
        """The balance as a policy officer reads it, in Chinese, a line at a time."""
        yield f"《{self.document.title.strip('《》')}》"
        yield f"读出任务措施 {self.units} 项，责任单位 {self.agency_cells} 处；全文 {self.characters} 字，均已归位。"
        if self.errors:
            yield f"发现错误 {len(self.errors)} 处：文件没有完整读入，请先核对。"
        for found in self._by_severity():
            excerpt = f"（{found.excerpt}）" if found.excerpt else ""
            yield f"【{IN_CHINESE[found.severity]}】{found.place}{'：' if found.place else ''}{found.chinese}{excerpt}"
        if not self.problems:
            yield "核对无误：编号连续，没有遗漏，责任分工都已识别。"

    def _by_severity(self) -> list[Finding]:
        return sorted(self.findings, key=lambda found: list(Severity).index(found.severity))

    def as_json(self) -> dict[str, Any]:
        """The balance as plain JSON values."""
        return {
            "document": self.document.slug,
            "title": self.document.title,
            "units": self.units,
            "bodies": self.agency_cells,
            "characters": self.characters,
            "in_units": self.in_units,
            "parts": dict(self.parts),
            "balanced": not self.problems,
            "findings": [found.as_json() for found in self.findings],
        }


def balance(document: Document, source: Source, parsed: Parsed, registry: AgencyRegistry) -> Balance:
    """Check one document's parse against its source."""
    counts: Counter[str] = Counter()
    for part in parsed.parts:
        counts[part.name] += part.end - part.start
    return Balance(
        document=document,
        characters=len(source.text),
        in_units=sum(unit.end - unit.start for unit in parsed.units),
        parts=tuple(sorted(counts.items())),
        units=len(parsed.units),
        agency_cells=sum(len(unit.agencies) for unit in parsed.units),
        findings=(
            *checks.identity(document, source),
            *checks.numbering(source, parsed),
            *checks.coverage(source, parsed),
            *checks.cells(source, parsed),
            *checks.responsibilities(source, parsed),
            *checks.bodies(document, source, parsed, registry),
            *checks.doubles(source, parsed),
        ),
    )


def require_balanced(balances: Sequence[Balance], *, strict: bool = True) -> None:
    """Refuse documents that were not read whole.

    Args:
        balances: one a document.
        strict: refuse warnings too.

    Raises:
        BalanceError: with every problem of every document.
    """
    problems = [
        f"{item.document.path}: {problem}"
        for item in balances
        for problem in (item.problems if strict else map(str, item.errors))
    ]
    if problems:
        raise BalanceError("the documents were not read whole:\n" + "\n".join(problems))
