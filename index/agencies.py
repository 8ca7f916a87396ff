"""Responsible bodies: one canonical id for every spelling, and the finder of bodies named in a text."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.names import Names
from index.text import normalise

KINDS = ("中央部门", "省级部门", "市级部门", "中央驻津", "中央驻地方", "区级", "企业", "其他")
_TRADER = re.compile("工商户|工商联合")
_NOBODY = re.compile("(?:各|有关|相关|其他|和|及|部门|单位|机构)+")  # 各有关部门和单位 names no body


class AgencyTableError(ValueError):
    """``agencies.tsv`` can't be read; the message names the line and the remedy."""


@dataclass(frozen=True, slots=True)
class Agency:
    """A responsible body.

    Attributes:
        agency_id: id; ASCII for those of the table, the name for derived ones.
        name: canonical full name, the present one.
        kind: one of :data:`KINDS`.
        printed: spellings used in the documents.
        aliases: abbreviations, full and former names, nicknames.
        weak: words that name the body only where bodies are asked about (天津港, 机场), even when printed so.
        region: the place whose body it is; ``None`` for one of the whole country.
    """

    agency_id: str
    name: str
    kind: str
    printed: tuple[str, ...]
    aliases: tuple[str, ...]
    weak: tuple[str, ...]
    region: str | None = None


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
        AgencyTableError: a field is missing, a kind unknown, or an id or a region's printed spelling is given twice.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    numbered = [(number, line) for number, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    rows = csv.DictReader((line for _, line in numbered), delimiter="\t", quoting=csv.QUOTE_NONE)
    agencies: list[Agency] = []
    owners: dict[tuple[str, str | None], str] = {}
    for (number, _), row in zip(numbered[1:], rows, strict=True):
        if any(row.get(field) is None for field in ("id", "name", "kind", "printed", "aliases", "weak", "region")):
            raise AgencyTableError(f"{path}:{number}: expected seven tab-separated fields, got {row}")
        if row["kind"] not in KINDS:
            raise AgencyTableError(f"{path}:{number}: unknown kind {row['kind']!r}; use one of {', '.join(KINDS)}")
        agency = Agency(
            row["id"],
            row["name"],
            row["kind"],
            _split(row["printed"]),
            _split(row["aliases"]),
            _split(row["weak"]),
            row["region"] or None,
        )
        for spelling in ((agency.agency_id, None), *((printed, agency.region) for printed in agency.printed)):
            if spelling in owners:
                raise AgencyTableError(f"{path}:{number}: {spelling[0]!r} already belongs to {owners[spelling]}")
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
        self._by_printed = {
            (spelling, agency.region): agency.agency_id for agency in self.agencies for spelling in agency.printed
        }
        printed: defaultdict[str, list[str]] = defaultdict(list)
        for spelling, region in self._by_printed:
            printed[spelling].append(self._by_printed[spelling, region])
        self._printed = dict(printed)
        strong: defaultdict[str, list[str]] = defaultdict(list)
        weak: defaultdict[str, list[str]] = defaultdict(list)
        for agency in self.agencies:
            names = dict.fromkeys(map(normalise, (agency.name, *agency.printed, *agency.aliases)))
            only_weak = set(map(normalise, agency.weak))
            for name in names:
                if name not in only_weak and not _NOBODY.fullmatch(name):
                    strong[name].append(agency.agency_id)
            for name in only_weak:
                weak[name].append(agency.agency_id)
        self._strong = {name: tuple(ids) for name, ids in strong.items()}
        self._weak = {name: tuple(ids) for name, ids in weak.items() if name not in strong}
        self._names = Names((*self._strong, *self._weak))

    def __getitem__(self, agency_id: str) -> Agency:
        return self._by_id[agency_id]

    def of_printed(self, printed: str, region: str | None) -> str | None:
        """Canonical id of the body that a document of ``region`` prints so, ``None`` when unknown."""
        return self._by_printed.get((printed, region)) or self._by_printed.get((printed, None))

    def printed_so(self, printed: str) -> tuple[str, ...]:
        """Canonical ids of all bodies that some document prints so; mostly one."""
        return tuple(self._printed.get(printed, ()))

    def of_places(self, agency_ids: Sequence[str], regions: Collection[str | None]) -> tuple[str, ...]:
        """Those of ``agency_ids`` that are bodies of one of ``regions`` or of the whole country."""
        return tuple(one for one in agency_ids if self._by_id[one].region in regions or self._by_id[one].region is None)

    def counterparts(self, agency_ids: Sequence[str], regions: Collection[str | None]) -> tuple[str, ...]:
        """Bodies of ``regions`` that share a name with one of ``agency_ids``: 天津市商务局 for 武汉市商务局."""
        names = (
            normalise(name) for one in agency_ids for name in (*self._by_id[one].printed, *self._by_id[one].aliases)
        )
        found = dict.fromkeys(body for name in names for body in self._strong.get(name, ()))
        return tuple(body for body in found if self._by_id[body].region in regions)

    def find(self, text: str) -> tuple[AgencyMention, ...]:
        """Bodies named in a normalised text, longest name first at each place, left to right.

        个体工商户 is no body, though 工商 is one.
        """
        return tuple(
            AgencyMention(
                text[start:end],
                start,
                end,
                self._strong.get(text[start:end]) or self._weak[text[start:end]],
                text[start:end] not in self._strong,
            )
            for start, end in self._names.leftmost(text)
            if not _TRADER.match(text, start)
        )

    def names(self, agency_ids: Sequence[str]) -> tuple[str, ...]:
        """Canonical names of ``agency_ids``."""
        return tuple(self._by_id[agency_id].name for agency_id in agency_ids)
