"""Charts as inline SVG: no script, no request, readable in print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_ROW = 24
Room = tuple[int, int, int]
WIDE: Room = (190, 420, 150)  # pixels for label, bar and note
NARROW: Room = (98, 126, 126)  # fits a phone, letters at their own size


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: a share of 0 to 1, the ends of its interval, and what is written behind it."""

    label: str
    value: float
    note: str
    low: float | None = None
    high: float | None = None


def bar_chart(bars: Sequence[Bar], colour: str = "#2563a8", room: Room = WIDE) -> str:
    """Horizontal bars, one under the other, with a whisker for the interval."""
    label, width, note = room
    height = _ROW * len(bars) + 8
    said = escape("；".join(f"{bar.label} {bar.note}" for bar in bars))
    parts = [
        f'<svg viewBox="0 0 {label + width + note} {height}" role="img" aria-label="{said}" '
        'xmlns="http://www.w3.org/2000/svg" '
        f'width="100%" style="max-width:{label + width + note}px" font-size="13" font-family="inherit">'
    ]
    for row, bar in enumerate(bars):
        top, length = row * _ROW + 4, max(0.0, min(1.0, bar.value)) * width
        middle = top + _ROW / 2 - 2
        parts.append(f'<text x="{label - 8}" y="{middle + 4:.0f}" text-anchor="end">{escape(bar.label)}</text>')
        parts.append(f'<rect x="{label}" y="{top}" width="{width}" height="{_ROW - 6}" fill="#eef1f5"/>')
        parts.append(f'<rect x="{label}" y="{top}" width="{length:.1f}" height="{_ROW - 6}" fill="{colour}"/>')
        if bar.low is not None and bar.high is not None:
            low, high = label + bar.low * width, label + bar.high * width
            parts.append(
                f'<path d="M{low:.1f} {middle:.1f}H{high:.1f}M{low:.1f} {top + 4}v{_ROW - 14}'
                f'M{high:.1f} {top + 4}v{_ROW - 14}" stroke="#1f2933" fill="none"/>'
            )
        parts.append(f'<text x="{label + width + 8}" y="{middle + 4:.0f}">{escape(bar.note)}</text>')
    return "".join([*parts, "</svg>"])


def histogram(values: Sequence[float], unit: str, bins: int = 20) -> str:
    """How values are spread from 0 to their 99th hundredth, as bars of counts; larger ones in the last bar."""
    if not values:
        return ""
    top = max(sorted(values)[int(0.99 * (len(values) - 1))], 1e-9)
    counts = [0] * bins
    for value in values:
        counts[min(bins - 1, int(value / top * bins))] += 1
    most = max(counts)
    bars = [
        Bar(f"{top * place / bins:.1f}–{top * (place + 1) / bins:.1f} {unit}", count / most, str(count))
        for place, count in enumerate(counts)
    ]
    return bar_chart(bars, "#3f7d58")
