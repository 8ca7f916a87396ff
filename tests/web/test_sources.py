from __future__ import annotations

import pytest

from answering.service import Service
from web.sources import Sources


def test_every_unit_is_found_by_its_id_and_its_document_by_slug(service: Service) -> None:
    sources = Sources.of(service.units, service.documents)
    assert len(sources.units) == len(service.units) == 77
    assert {sources.documents[unit.document].slug for unit in sources.units.values()} == {"task-table", "plan"}


@pytest.mark.parametrize(
    ("unit_id", "question"),
    [
        ("plan/9", "实施方案第9项讲什么"),
        ("plan/3.1", "实施方案三、保障措施（一）讲什么"),
        ("task-table/51", "任务分工表第15条（序号51）讲什么"),
    ],
)
def test_a_unit_is_asked_for_by_its_documents_short_name_and_its_place(
    sources: Sources, unit_id: str, question: str
) -> None:
    assert sources.question(unit_id) == question
    assert sources.name(unit_id) == question.removesuffix("讲什么")


def test_the_units_of_a_document_come_in_order(sources: Sources) -> None:
    assert [unit.serial for unit in sources.of_document("task-table")] == list(range(1, 55))
    assert sources.of_document("none") == ()
