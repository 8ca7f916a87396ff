"""Who works with whom: a picture of bodies and their ties, and the same as a table."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import cos, degrees, pi, sin
from typing import TYPE_CHECKING

from web.duties_list import body_link
from web.escape import escaped
from web.links import to_bodies

if TYPE_CHECKING:
    from collections.abc import Sequence

    from duties.bodies import Body
    from duties.ledger import Ledger, Report
    from duties.partners import Tie

_MOST = 40  # bodies on the circle; with more the labels would touch
_MOST_PAIRS = 300  # in the table
_FLAT = 14  # up to this many, labels lie flat; more need to stand outward
_RADIUS, _LABEL = 230.0, 200.0  # of the circle, and room for a label, in units of the picture
_LONGEST_LABEL = 12  # characters


@dataclass(frozen=True, slots=True)
class Point:
    """A body's place in the picture: coordinates from the centre, and direction as an angle in radians."""

    x: float
    y: float
    angle: float


def partnership(report: Report, ledger: Ledger) -> str:
    """Picture and table of the pairs of bodies that share tasks."""
    if not report.partners:
        return '<p class="nothing">这些任务都只有一家责任单位，没有共同负责的单位。</p>'
    return f"{picture(report.partners, ledger, report.selection.bodies.ids)}{_table(report.partners, ledger)}"


def picture(ties: Sequence[Tie], ledger: Ledger, centre: Sequence[str]) -> str:
    """Bodies on a circle, a line for each pair, wider for more tasks; a single chosen body stands in the middle.

    It is hidden from screen readers and narrow screens: the table beside it says the same.
    """
    weight = Counter[str]()
    for tie in ties:
        weight.update({tie.first: len(tie.units), tie.second: len(tie.units)})
    kept = {agency_id for agency_id, _ in weight.most_common(_MOST)}
    middle = centre[0] if len(centre) == 1 else ""
    around = [body for body in ledger.bodies.by_kind(kept) if body.agency_id != middle]
    points = layout([body.agency_id for body in around], middle)
    drawn = [tie for tie in reversed(ties) if tie.first in kept and tie.second in kept]
    most = max((len(tie.units) for tie in drawn), default=1)
    lines = "".join(_line(tie, points, most, ledger, numbered=bool(middle)) for tie in drawn)
    labels = "".join(_label(body, points[body.agency_id], turned=len(around) > _FLAT) for body in around)
    if middle:
        labels += _middle(ledger.bodies[middle])
    left = f"{len(weight) - len(kept)} 家单位没有画出，见下表。" if len(weight) > len(kept) else ""
    x = _RADIUS + _LABEL
    y = x if len(around) > _FLAT else _RADIUS + 30
    return (
        '<figure class="ties"><svg aria-hidden="true" focusable="false" '
        f'viewBox="{-x:.0f} {-y:.0f} {2 * x:.0f} {2 * y:.0f}">{lines}{labels}</svg>'
        f"<figcaption>连线表示共同负责任务，越粗共同任务越多。点单位看它的任务，点连线看共同任务。{left}</figcaption></figure>"
    )


def layout(around: Sequence[str], middle: str = "") -> dict[str, Point]:
    """Places on the circle from the top, clockwise and evenly; ``middle``, if any, at the centre."""
    points = {middle: Point(0, 0, 0)} if middle else {}
    for place, agency_id in enumerate(around):
        angle = 2 * pi * (place + 0.5) / len(around) - pi / 2
        points[agency_id] = Point(_RADIUS * cos(angle), _RADIUS * sin(angle), angle)
    return points


def _line(tie: Tie, points: dict[str, Point], most: int, ledger: Ledger, *, numbered: bool) -> str:
    a, b = points[tie.first], points[tie.second]
    count = len(tie.units)
    names = f"{ledger.bodies[tie.first].printed}、{ledger.bodies[tie.second].printed}：{count} 项"
    number = (
        f'<text class="shared" x="{(a.x + b.x) * 0.55:.1f}" y="{(a.y + b.y) * 0.55 + 5:.1f}">{count}</text>'
        if numbered
        else ""
    )
    return (
        f'<a href="{escaped(to_bodies([tie.first, tie.second], together=True))}" tabindex="-1">'
        f"<title>{escaped(names)}</title>"
        f'<path d="M{a.x:.1f} {a.y:.1f}Q{(a.x + b.x) * 0.15:.1f} {(a.y + b.y) * 0.15:.1f} {b.x:.1f} {b.y:.1f}" '
        f'stroke-width="{1 + 11 * count / most:.1f}" stroke-opacity="{0.12 + 0.6 * count / most:.2f}"/>{number}</a>'
    )


def _label(body: Body, point: Point, *, turned: bool) -> str:
    x, y = point.x * 1.04, point.y * 1.04
    left = point.x < 0
    turn = ""
    if turned:
        turn = f' transform="rotate({degrees(point.angle) + (180 if left else 0):.1f} {x:.1f} {y:.1f})"'
    return (
        f'<a href="{escaped(to_bodies([body.agency_id]))}" tabindex="-1"><title>{escaped(body.name)}</title>'
        f'<circle cx="{point.x:.1f}" cy="{point.y:.1f}" r="6"/>'
        f'<text x="{x + (-4 if left else 4):.1f}" y="{y + 5:.1f}" '
        f'text-anchor="{"end" if left else "start"}"{turn}>{escaped(_short(body.printed))}</text></a>'
    )


def _middle(body: Body) -> str:
    return (
        f'<a href="{escaped(to_bodies([body.agency_id]))}" tabindex="-1"><title>{escaped(body.name)}</title>'
        f'<circle cx="0" cy="0" r="9"/><text class="middle" y="32">{escaped(body.printed)}</text></a>'
    )


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_LABEL else f"{name[: _LONGEST_LABEL - 1]}…"


def _table(ties: Sequence[Tie], ledger: Ledger) -> str:
    rows = "".join(
        f"<tr><td>{body_link(tie.first, ledger.bodies[tie.first].printed)}</td>"
        f"<td>{body_link(tie.second, ledger.bodies[tie.second].printed)}</td>"
        f'<td><a class="count" href="{escaped(to_bodies([tie.first, tie.second], together=True))}">'
        f"{len(tie.units)} 项</a></td></tr>"
        for tie in ties[:_MOST_PAIRS]
    )
    more = f"，这里列出共同任务最多的 {_MOST_PAIRS} 对" if len(ties) > _MOST_PAIRS else ""
    return (
        f'<table class="duties-pairs"><caption>共 {len(ties)} 对单位有共同任务{more}</caption><thead><tr>'
        '<th scope="col">单位</th><th scope="col">共同负责单位</th><th scope="col">共同任务</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )
