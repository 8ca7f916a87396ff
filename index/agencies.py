"""Responsible bodies: one canonical id for every spelling, and the finder of bodies named in a text."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.text import normalise

KINDS = ("市级部门", "中央驻津", "区级", "企业", "其他")


class AgencyTableError(ValueError):
    """``agencies.tsv`` can't be read; the message names the line and the remedy."""


@dataclass(frozen=True, slots=True)
class Agency:
    """A responsible body.

    Attributes:
        agency_id: ASCII id.
        name: canonical full name, the present one.
        kind: one of :data:`KINDS`.
        printed: spellings used in the documents.
        aliases: abbreviations, full and former names, nicknames.
        weak: words that name the body only where bodies are asked about (天津港, 机场).
    """

    agency_id: str
    name: str
    kind: str
    printed: tuple[str, ...]
    aliases: tuple[str, ...]
    weak: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgencyMention:
    """A body named in a text: the words, their span, the ids they may stand for, and whether the name is weak."""

    phrase: str
    start: int
    end: int
    agency_ids: tuple[str, ...]
    weak: bool


def load_agencies(path: Path) -> tuple[Agency, ...]:
    """Read ``agencies.tsv``.

    Raises:
        AgencyTableError: a field is missing, a kind unknown, or an id or printed spelling is given twice.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    numbered = [(number, line) for number, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    rows = csv.DictReader((line for _, line in numbered), delimiter="\t", quoting=csv.QUOTE_NONE)
    agencies: list[Agency] = []
    owners: dict[str, str] = {}
    for (number, _), row in zip(numbered[1:], rows, strict=True):
        if any(row.get(field) is None for field in ("id", "name", "kind", "printed", "aliases", "weak")):
            raise AgencyTableError(f"{path}:{number}: expected six tab-separated fields, got {row}")
        if row["kind"] not in KINDS:
            raise AgencyTableError(f"{path}:{number}: unknown kind {row['kind']!r}; use one of {', '.join(KINDS)}")
        agency = Agency(
            row["id"], row["name"], row["kind"], _split(row["printed"]), _split(row["aliases"]), _split(row["weak"])
        )
        for spelling in (agency.agency_id, *agency.printed):
            if spelling in owners:
                raise AgencyTableError(f"{path}:{number}: {spelling!r} already belongs to {owners[spelling]}")
            owners[spelling] = agency.agency_id
        agencies.append(agency)
    return tuple(agencies)


def _split(field: str) -> tuple[str, ...]:
    return tuple(name for name in field.split("|") if name)


class AgencyRegistry:
    """Looks bodies up by printed name, and finds them in free text by any of their names.

    Args:
        agencies: the table's rows.
    """

    def __init__(self, agencies: Iterable[Agency]) -> None:
        self.agencies = tuple(agencies)
        self._by_id = {agency.agency_id: agency for agency in self.agencies}
        self._by_printed = {spelling: agency.agency_id for agency in self.agencies for spelling in agency.printed}
        strong: defaultdict[str, list[str]] = defaultdict(list)
        weak: defaultdict[str, list[str]] = defaultdict(list)
        for agency in self.agencies:
            for name in dict.fromkeys(map(normalise, (agency.name, *agency.printed, *agency.aliases))):
                strong[name].append(agency.agency_id)
            for name in agency.weak:
                weak[normalise(name)].append(agency.agency_id)
        self._strong = {name: tuple(ids) for name, ids in strong.items()}
        self._weak = {name: tuple(ids) for name, ids in weak.items() if name not in strong}
        names = sorted({*self._strong, *self._weak}, key=lambda name: (-len(name), name))
        self._pattern = re.compile("|".join(_name_pattern(name) for name in names) or r"(?!)")

    def __getitem__(self, agency_id: str) -> Agency:
        return self._by_id[agency_id]

    def of_printed(self, printed: str) -> str | None:
        """Canonical id of a spelling used in the documents, ``None`` when unknown."""
        return self._by_printed.get(printed)

    def find(self, text: str) -> tuple[AgencyMention, ...]:
        """Bodies named in a normalised text, longest name first at each place, left to right."""
        return tuple(
            AgencyMention(
                match.group(),
                match.start(),
                match.end(),
                self._strong.get(match.group()) or self._weak[match.group()],
                match.group() not in self._strong,
            )
            for match in self._pattern.finditer(text)
        )

    def names(self, agency_ids: Sequence[str]) -> tuple[str, ...]:
        """Canonical names of ``agency_ids``."""
        return tuple(self._by_id[agency_id].name for agency_id in agency_ids)


def _name_pattern(name: str) -> str:
    """A name as a pattern; a Latin one (SAFE) must stand as a word of its own."""
    escaped = re.escape(name)
    return rf"(?<![a-z]){escaped}(?![a-z])" if name.isascii() else escaped
