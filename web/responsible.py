"""Who is responsible for a unit, on the page: its bodies, by role where the document marks roles, and its deadline."""

from __future__ import annotations

from collections.abc import Callable

from index.records import PolicyUnit
from index.roles import by_role, responsible
from web.escape import escaped

Body = Callable[[str, str], str]  # HTML of a body, of its printed name and its id


def items(unit: PolicyUnit, body: Body) -> str:
    """The bodies as items of a list, after each word for a role; empty without bodies."""
    return "".join(
        (f'<li class="role">{escaped(word)}</li>' if word else "") + "".join(f"<li>{body(*pair)}</li>" for pair in held)
        for word, held in _by_role(unit)
    )


def line(unit: PolicyUnit, body: Body) -> str:
    """The same as one line: 牵头：市商务局；配合：市财政局."""
    return "；".join(
        (f"{escaped(word)}：" if word else "") + "、".join(body(*pair) for pair in held)
        for word, held in _by_role(unit)
    )


def deadline(unit: PolicyUnit) -> str:
    """A paragraph that says by when; empty where the responsibility gives no deadline."""
    return f'<p class="deadline">完成时限：{escaped(unit.deadline)}</p>' if unit.deadline else ""


def in_words(unit: PolicyUnit) -> str:
    """Bodies and deadline without markup; may be empty."""
    until = f"完成时限：{unit.deadline}" if unit.deadline else ""
    return "；".join(filter(None, (responsible(unit), until)))


def _by_role(unit: PolicyUnit) -> list[tuple[str, list[tuple[str, str]]]]:
    ids = dict(zip(unit.agencies, unit.agency_ids, strict=True))
    return [(word, [(name, ids.get(name, "")) for name in held]) for word, held in by_role(unit)]
