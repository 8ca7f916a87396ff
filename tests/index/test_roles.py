"""Who is responsible, in words."""

from __future__ import annotations

from index.records import PolicyUnit, Role
from index.roles import leading_ids, leads, marks_roles, responsible


def unit(*roles: Role) -> PolicyUnit:
    bodies = tuple(dict.fromkeys(body for role in roles for body in role.bodies))
    ids = tuple(f"id-{body}" for body in bodies)
    return PolicyUnit("d/1", "d", "1", None, (1,), "《某》第1项", (), "", "做事。", bodies, ids, 0, 3, roles)


def test_one_role_without_a_lead_is_a_list() -> None:
    plain = unit(Role("责任单位", ("甲局", "乙局")))
    assert not marks_roles(plain)
    assert responsible(plain) == "甲局、乙局"
    assert leads(plain) == ()
    assert responsible(unit()) == ""


def test_roles_in_short() -> None:
    marked = unit(Role("牵头单位", ("甲局",), leads=True), Role("配合单位", ("乙局", "丙局")))
    assert responsible(marked) == "牵头：甲局；配合：乙局、丙局"
    assert leads(marked) == ("甲局",)
    assert leading_ids(marked) == {"id-甲局"}


def test_roles_as_printed_where_there_is_no_shorter_word() -> None:
    marked = unit(Role("牵头负责", ("甲局",), leads=True), Role("按职责分工负责", ("乙局",)))
    assert responsible(marked) == "牵头：甲局；按职责分工负责：乙局"
    assert (
        responsible(unit(Role("牵头单位", ("甲局",), leads=True), Role("责任单位", ("乙局",))))
        == "牵头：甲局；责任单位：乙局"
    )


def test_roles_of_one_name_are_put_together() -> None:
    twice = unit(Role("主办", ("甲局",), leads=True), Role("协办", ("乙局",)), Role("协办", ("乙局", "丙局")))
    assert responsible(twice) == "主办：甲局；协办：乙局、丙局"
