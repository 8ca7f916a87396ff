"""Bodies in a sentence, held against units that a reader can look up: plan/13 and row 43 have two bodies each."""

from __future__ import annotations

import pytest

from answering.generation.responsible import BodyFault, body_faults
from answering.generation.source import fold, read_source
from index.agencies import AgencyRegistry
from index.records import PolicyUnit

Units = dict[str, PolicyUnit]
NAMED, RESPONSIBLE, LEADING = BodyFault.NAMED, BodyFault.RESPONSIBLE, BodyFault.LEADING


@pytest.mark.parametrize(
    ("unit_ids", "sentence", "faults"),
    [
        # who is responsible
        ("plan/13", "创新外汇管理服务由市商务局负责。", set()),
        ("plan/13", "创新外汇管理服务由国家外汇管理局天津市分局和市商务局负责。", set()),
        ("plan/13", "外管局负责创新外汇管理服务。", set()),  # by another name
        ("plan/13", "创新外汇管理服务由天津海关负责。", {NAMED, RESPONSIBLE}),
        ("plan/13", "市商务局、天津海关负责创新外汇管理服务。", {NAMED, RESPONSIBLE}),
        ("plan/13", "简化小微跨境电商企业办理手续。", set()),
        # all of them, or some
        ("plan/13", "责任单位为国家外汇管理局天津市分局、市商务局。", set()),
        ("plan/13", "责任单位为市商务局。", {RESPONSIBLE}),
        ("plan/13", "责任单位包括市商务局等。", set()),
        # a lead that the unit doesn't print
        ("plan/13", "创新外汇管理服务由市商务局牵头负责。", {LEADING}),
        ("plan/13", "创新外汇管理服务由市商务局独家负责。", {RESPONSIBLE}),
        # roles that the unit doesn't print
        ("plan/13", "市商务局审批跨境资金结算。", {RESPONSIBLE}),
        # bodies that no unit has
        ("plan/13", "创新外汇管理服务由市海外仓管理局负责。", {NAMED, RESPONSIBLE}),
        ("plan/13", "北京海关支持轧差结算。", {NAMED}),
        ("plan/13", "支持银行和非银行支付机构提供结算服务。", set()),  # printed
        # the neighbour's body
        ("task-table/43 plan/13", "铁路货运项目由市交通运输委负责。", set()),
        ("task-table/43 plan/13", "铁路货运项目由国家外汇管理局天津市分局负责。", {RESPONSIBLE}),
        ("task-table/43 plan/13", "外汇管理服务由市交通运输委负责。", {RESPONSIBLE}),
        ("task-table/43 plan/13", "铁路货运项目由市交通运输委负责，外汇管理服务由市商务局负责。", set()),
        ("task-table/43 plan/13", "铁路货运项目由市商务局负责，外汇管理服务由市交通运输委负责。", {RESPONSIBLE}),
    ],
)
def test_faults(unit_ids: str, sentence: str, faults: set[BodyFault], unit_of: Units, registry: AgencyRegistry) -> None:
    sources = [read_source(unit_of[unit_id], registry) for unit_id in unit_ids.split()]
    assert {*body_faults(fold(sentence), sources, registry)} == faults


def test_of_units_that_a_sentence_is_as_near_to_either_may_hold_the_body(
    unit_of: Units, registry: AgencyRegistry
) -> None:
    """由市商务局负责 alone shares no pair with either text: the body of either is enough, in any order."""
    sources = [read_source(unit_of[unit_id], registry) for unit_id in ("task-table/43", "plan/13")]
    for order in (sources, sources[::-1]):
        assert not list(body_faults(fold("由市商务局负责。"), order, registry))
        assert not list(body_faults(fold("由市交通运输委负责。"), order, registry))
