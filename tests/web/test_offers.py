from __future__ import annotations

from dataclasses import replace

import pytest

from answering.service import Service
from index.records import Answer
from web.offers import MOST, offers
from web.sources import Sources


def test_another_reading_comes_first_and_only_when_the_text_offers_it(service: Service, sources: Sources) -> None:
    answer = service.ask("第九条讲什么？")
    assert answer.answer.endswith("可以再问“实施方案第9项讲什么”。")
    assert offers(answer, sources) == ("实施方案第9项讲什么",)
    assert offers(replace(answer, answer="实施方案第9项讲什么"), sources) != ("实施方案第9项讲什么",)


def test_an_answer_from_one_unit_offers_its_bodies_and_the_other_document(service: Service, sources: Sources) -> None:
    answer = service.ask("鼓励外贸综合服务企业加大数字化基础设施投入？")
    assert [citation.unit_id for citation in answer.citations] == ["task-table/11"]
    elsewhere = next(near.unit_id for near in answer.related if near.unit_id.startswith("plan/"))
    assert offers(answer, sources) == (
        "任务分工表第5条（序号11）由谁负责",
        sources.question(elsewhere),
        "市税务局还有哪些任务",
    )


def test_a_bodys_list_offers_what_it_shares_with_another(service: Service, sources: Sources) -> None:
    first, *_ = offers(service.ask("外管局有哪些任务"), sources)
    assert first == "国家外汇管理局天津市分局和市商务局共同负责的任务有哪些"


def test_a_refusal_offers_what_is_near_in_its_order(service: Service, sources: Sources) -> None:
    answer = service.ask("申请海外仓补贴打哪个电话？")
    assert not answer.answered
    assert offers(answer, sources) == tuple(sources.question(near.unit_id) for near in answer.related)
    assert offers(replace(answer, related=()), sources) == ()


def test_there_are_a_few_and_none_twice(service: Service, sources: Sources) -> None:
    refused = service.ask("申请海外仓补贴打哪个电话？")
    near = {unit_id: replace(refused.related[0], unit_id=unit_id) for unit_id in sources.units}
    many: Answer = replace(refused, related=tuple(near.values()))
    assert len(offers(many, sources)) == MOST
    namesakes = replace(refused, related=(near["plan/1.1"], near["plan/1.2"], near["plan/2"]))
    assert offers(namesakes, sources) == ("实施方案一、总体要求讲什么", "实施方案第2项讲什么")


def test_what_is_offered_is_answered_from_that_unit(service: Service, sources: Sources) -> None:
    for unit_id in sources.units:
        answer = service.ask(sources.question(unit_id), ("外管局有哪些任务？跟谁一起？",))
        assert unit_id in {citation.unit_id for citation in answer.citations}, sources.question(unit_id)


def test_every_follow_up_of_every_unit_and_body_is_answered(service: Service, sources: Sources) -> None:
    """Each right after the answer that offers it, as it is asked."""
    bodies = service.registry.names(sorted({key for unit in service.units for key in unit.agency_ids}))
    first = [*map(sources.question, sources.units), *(f"{body}有哪些任务" for body in bodies)]
    followed = {(question, after) for question in first for after in offers(service.ask(question), sources)}
    assert len(followed) > len(first)
    assert [pair for pair in followed if not service.ask(pair[1], pair[:1]).answered] == []


def test_a_unit_that_is_not_there_is_an_error(service: Service, sources: Sources) -> None:
    answer = service.ask("申请海外仓补贴打哪个电话？")
    with pytest.raises(KeyError, match="plan/99"):
        offers(replace(answer, related=(replace(answer.related[0], unit_id="plan/99"),)), sources)
