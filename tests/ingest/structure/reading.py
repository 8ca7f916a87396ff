"""Small documents for the tests of this folder, parsed as a reader hands them on."""

from __future__ import annotations

from pathlib import Path

from ingest.readers.source import Cells, Source, Text, laid_out
from ingest.units import Parsed, ParsedUnit, parse


def source_of(*pieces: str | tuple[str, ...]) -> Source:
    """A source of paragraphs and table rows; a paragraph between rows begins another table."""
    found: list[Text | Cells] = []
    table = 0
    for piece in pieces:
        if isinstance(piece, str):
            table += 1
            found.append(Text(piece))
        else:
            found.append(Cells(piece, table))
    return laid_out(Path("document.txt"), "0" * 64, found)


def parsed(*pieces: str | tuple[str, ...]) -> Parsed:
    return parse(source_of(*pieces))


def units(*pieces: str | tuple[str, ...]) -> tuple[ParsedUnit, ...]:
    return parsed(*pieces).units


def told(unit: ParsedUnit) -> tuple[str, list[str], list[str]]:
    """A unit's number, the bodies that lead and the others."""
    leads = [body for role in unit.roles if role.leads for body in role.bodies]
    return unit.measure, leads, [body for role in unit.roles if not role.leads for body in role.bodies]
