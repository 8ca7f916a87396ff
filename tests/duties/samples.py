"""Four units of two documents, few enough to count by eye, and a ledger of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from duties.ledger import Ledger
from index.agencies import Agency, AgencyRegistry
from index.records import PolicyUnit
from tests.samples import document, unit

AGENCIES = (
    Agency("a", "天津市甲局", "市级部门", ("市甲局",), ("甲局", "旧甲局"), ()),
    Agency("b", "天津乙署", "中央驻津", ("天津乙署", "乙署"), ("乙",), ()),
    Agency("c", "天津市丙委", "市级部门", ("市丙委",), ("丙委",), ("丙",)),
    Agency("idle", "天津市闲局", "市级部门", ("市闲局",), (), ()),
)
_NAMES = {"a": "市甲局", "b": "天津乙署", "c": "市丙委"}


def task(number: int, text: str, bodies: str, *, slug: str = "plan", measure: str = "") -> PolicyUnit:
    """A unit for which the bodies named by the letters of ``bodies`` are responsible."""
    made = unit(number, text, slug=slug, agencies=tuple(_NAMES[letter] for letter in bodies))
    return replace(made, agency_ids=tuple(bodies), measure=measure or str(number))


TASKS = (
    task(1, "建设海外仓。", "ab"),
    task(2, "推广FT账户。", "a"),
    task(3, "建设海外仓企业库。", "abc", slug="table", measure="1"),
    task(4, "加强宣传。", "", slug="table", measure="1"),
)


def ledger(units: Sequence[PolicyUnit] = TASKS) -> Ledger:
    documents = {
        slug: replace(document(slug), short_title=name) for slug, name in (("plan", "方案"), ("table", "分工表"))
    }
    return Ledger(units, documents, AgencyRegistry(AGENCIES))
