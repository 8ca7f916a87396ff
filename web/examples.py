"""Questions to begin with, for the three kinds of people who come here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from web.sources import Sources

if TYPE_CHECKING:
    from answering.service import Service
    from index.records import PolicyUnit

_OUR_OWN = frozenset({"task-table", "plan"})  # the documents that come with the tool
_EACH = 3  # questions for each asker
EXAMPLES: dict[str, tuple[str, ...]] = {
    "我是企业": (
        "建设海外仓有哪些支持？",
        "综服企业能得到什么支持？",
        "跨境电商收结汇有哪些便利？",
    ),
    "我是政府部门": (
        "外管局有哪些任务？跟谁一起？",
        "海关和税务局共同负责的任务有哪些？",
        "任务分工表序号27是谁负责？",
    ),
    "我要评测": (
        "到2027年底的目标是什么？",
        "第九条讲什么？",
        "申请海外仓补贴打哪个电话？",
    ),
}


def are_our_own(documents: Collection[str]) -> bool:
    """True when these documents, by slug, are the ones that :data:`EXAMPLES` are asked of."""
    return set(documents) == _OUR_OWN


def examples_of(service: Service) -> dict[str, tuple[str, ...]]:
    """Questions of the same kinds for whatever documents a service has."""
    sources = Sources.of(service.units, service.documents)
    of_each = (sources.of_document(slug) for slug in list(service.documents)[-_EACH:])
    spread = [next((unit for unit in units if unit.agencies), units[0]) for units in of_each if units]
    offices = tuple(_of_offices(service, spread, sources))
    return {
        "我是企业": tuple(sources.question(unit.unit_id) for unit in spread),
        "我是政府部门": offices[:_EACH],
        "我要评测": (*(f"{sources.name(unit.unit_id)}由谁负责？" for unit in spread[:2]), "申请补贴打哪个电话？"),
    }


def _of_offices(service: Service, spread: list[PolicyUnit], sources: Sources) -> Iterator[str]:
    """What the busiest body has to do, what the two do that share most, and who is responsible for a measure."""
    held = Counter(body for unit in service.units for body in unit.agency_ids if body)
    shared = Counter(
        pair for unit in service.units for pair in combinations(dict.fromkeys(filter(None, unit.agency_ids)), 2)
    )
    for body, _ in held.most_common(1):
        yield f"{service.registry[body].name}有哪些任务？"
    for (one, other), _ in shared.most_common(1):
        yield f"{service.registry[one].name}和{service.registry[other].name}共同负责的任务有哪些？"
    yield from (f"{sources.name(unit.unit_id)}由谁负责？" for unit in spread)
