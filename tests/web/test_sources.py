from __future__ import annotations

from answering.service import Service
from web.sources import Sources


def test_every_unit_is_found_by_its_id_and_its_document_by_slug(service: Service) -> None:
    sources = Sources.of(service.units, service.documents)
    assert len(sources.units) == len(service.units) == 77
    assert {sources.documents[unit.document].slug for unit in sources.units.values()} == {"task-table", "plan"}
