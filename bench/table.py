"""Markdown tables of measurements beside a reference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A name and a value a column; ``None`` where nothing was measured."""

    name: str
    values: tuple[float | None, ...]


def table(title: str, columns: Mapping[str, str], rows: Sequence[Row]) -> str:
    """Markdown of ``rows``; the last is the reference, and every other is followed by its ratios to it.

    Args:
        title: head of the first column.
        columns: head of each further column → format of its values (``".2f"``).
        rows: at least one, each with a value a column.
    """
    lines = [f"| {title} | {' | '.join(columns)} |", f"|---|{'---:|' * len(columns)}"]
    reference = rows[-1]
    for row in rows:
        lines.append(_line(row.name, [_written(v, f) for v, f in zip(row.values, columns.values(), strict=True)]))
        if row is not reference:
            ratios = [_ratio(value, base) for value, base in zip(row.values, reference.values, strict=True)]
            lines.append(_line(f"– × {reference.name}", ratios))
    return "\n".join(lines)


def _line(name: str, cells: Sequence[str]) -> str:
    return f"| {name} | {' | '.join(cells)} |"


def _written(value: float | None, form: str) -> str:
    return "–" if value is None else format(value, form)


def _ratio(value: float | None, base: float | None) -> str:
    return "–" if value is None or not base else f"{value / base:.2f}×"
