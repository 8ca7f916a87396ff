"""Who leads by a rule that a document states once: 列第一位者为牵头单位，下同 · 逗号前为牵头单位."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.records import Role
from ingest.structure.bodies import CLOSE, OPEN, is_generic, split_bodies

_IS_LEAD = "(?:为|是|系|即为)(?:该项|各项|本项)?(?:任务|措施|工作)?(?:的)?(?:总)?牵头(?:责任|负责)?(?:单位|部门)?"
_FIRST = re.compile(
    "(?:列|排|排列|排名)(?:在)?(?:第一位|首位|第一|最前|前)(?:者|的)?(?:责任)?(?:单位|部门)?"
    + _IS_LEAD
    + "|(?:第一(?:个|家|位)?|首位|首个)(?:责任)?(?:单位|部门)"
    + _IS_LEAD
    + "|牵头(?:责任)?(?:单位|部门)(?:均)?(?:列|排|排列|排名)(?:在)?(?:第一位|首位|第一|最前)"
)
_COMMA = re.compile("[逗分]号(?:之)?前(?:面)?(?:的)?(?:者|单位|部门)?" + _IS_LEAD)
_STATED = re.compile(
    rf"[，,；;。、（(]?(?:注[：:])?[^，,；;。、（(：:\s]{{0,8}}(?:{_FIRST.pattern}|{_COMMA.pattern})[^，,；;。、）)]{{0,8}}"
    r"(?:[，,；;]\s*(?:以)?下同)?[）)]?"
)
_SAME_BELOW = re.compile(r"[（(]\s*(?:以)?下同\s*[）)]|[，,；;、]\s*(?:以)?下同\s*(?=[，,；;。]|$)")
_LABEL = re.compile("[^：:，,]{2,12}[：:]")


@dataclass(frozen=True, slots=True)
class LeadRule:
    """Who leads by a rule stated once: the first body, or those before the first comma."""

    first: bool = False
    before_comma: bool = False


def lead_rule(text: str) -> LeadRule | None:
    """The rule that ``text`` states for the bodies of a document, if any."""
    if "牵头" not in text:
        return None
    if _FIRST.search(text):
        return LeadRule(first=True)
    return LeadRule(before_comma=True) if _COMMA.search(text) else None


def without_rule(text: str) -> str:
    """``text`` less a rule that it states, and less 下同."""
    return _SAME_BELOW.sub("", _STATED.sub("", text) if "牵头" in text else text)


def led(printed: str, roles: tuple[Role, ...], rule: LeadRule) -> tuple[Role, ...]:
    """``roles`` with those leading that ``rule`` says; unchanged where the note names its leads, or bodies in general.

    Args:
        printed: the responsibility as printed.
        roles: what was read of it.
    """
    if not roles or any(role.leads for role in roles) or is_generic(roles[0].bodies[0]):
        return roles
    bodies = tuple(body for role in roles for body in role.bodies)
    plain = without_rule(_LABEL.sub("", printed.strip(OPEN + CLOSE + "。"), count=1)).replace(",", "，")
    count = 1 if rule.first else len(split_bodies(plain.partition("。")[0].partition("，")[0]))
    others = (Role(roles[0].name, bodies[count:]),) if bodies[count:] else ()
    return (Role("牵头单位", bodies[:count], leads=True), *others)
