"""Who is responsible, in words: by role where the document marks roles, as one list everywhere else."""

from __future__ import annotations

import re

from index.records import PolicyUnit

_OFFICE = re.compile("(?:责任)?(?:单位|部门|处室|科室|机构)$")
_DOES = re.compile("^(?:牵头|配合|主办|协办|承办|指导|协助|协同|参与|参加|支持|主管|落实|实施)")
_LEADING = re.compile("^(?:牵头|主办)(?:负责|落实|实施|推进|组织)$")


def marks_roles(unit: PolicyUnit) -> bool:
    """True where the document tells who leads, or gives its bodies several roles."""
    return any(role.leads for role in unit.roles) or len({role.name for role in unit.roles}) > 1


def leads(unit: PolicyUnit) -> tuple[str, ...]:
    """The bodies marked as leading, as printed; empty where none is."""
    return tuple(dict.fromkeys(body for role in unit.roles if role.leads for body in role.bodies))


def leading_ids(unit: PolicyUnit) -> frozenset[str]:
    """Canonical ids of the bodies marked as leading."""
    ids = dict(zip(unit.agencies, unit.agency_ids, strict=True))
    return frozenset(ids[body] for body in leads(unit) if body in ids)


def responsible(unit: PolicyUnit) -> str:
    """The bodies: 牵头：市商务局；配合：市财政局 where roles are marked, else 市商务局、市财政局. May be empty."""
    return "；".join(f"{word}：{'、'.join(held)}" if word else "、".join(held) for word, held in by_role(unit))


def by_role(unit: PolicyUnit) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The word for each role with its bodies; where no roles are marked, all bodies with no word."""
    if not marks_roles(unit):
        return (("", unit.agencies),) if unit.agencies else ()
    found: dict[str, list[str]] = {}
    for role in unit.roles:
        held = found.setdefault(_word(role.name, leads=role.leads), [])
        held.extend(body for body in role.bodies if body not in held)
    return tuple((word, tuple(held)) for word, held in found.items())


def _word(name: str, *, leads: bool) -> str:
    """A role in short: 牵头 for 牵头单位 and 牵头负责, 配合 for 配合单位; 责任单位 and 按职责分工负责 as printed."""
    if leads and _LEADING.match(name):
        return name[:2]
    return _OFFICE.sub("", name) if _DOES.match(name) else name
