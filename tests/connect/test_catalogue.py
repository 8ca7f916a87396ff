from __future__ import annotations

import pytest

from answering.service import Service
from connect.catalogue import Catalogue, NoSuchError


@pytest.fixture(scope="module")
def catalogue(service: Service) -> Catalogue:
    return Catalogue(service)


def ids(found: list[dict[str, object]]) -> list[object]:
    return [each["unit_id"] for each in found]


def test_documents_count_their_units(catalogue: Catalogue) -> None:
    assert [(each["document_id"], each["units"]) for each in catalogue.documents()] == [
        ("task-table", 54),
        ("plan", 23),
    ]


def test_a_unit_has_the_names_of_a_citation(catalogue: Catalogue, service: Service) -> None:
    unit = catalogue.unit("task-table/7")
    citation = service.ask("任务分工表序号7讲什么？").as_json()["citations"][0]
    shared = citation.keys() - {"quote"}
    assert {name: unit[name] for name in shared} == {name: citation[name] for name in shared}
    with pytest.raises(NoSuchError, match="没有编号为“plan/99”的条目") as caught:
        catalogue.unit("plan/99")
    assert caught.value.kind == "unit"


@pytest.mark.parametrize(
    ("document", "measure", "agency", "words", "expected"),
    [
        ("plan", "14", "", "", ["plan/14"]),
        ("实施方案", "第14项", "", "", ["plan/14"]),
        ("任务分工表", "3", "", "", ["task-table/7"]),
        ("任务分工表", "第3条", "", "", ["task-table/7"]),
        ("", "", "外管局", "海外仓", ["task-table/7"]),
        ("", "", "", "60万平方米 海外倉", ["plan/14"]),
        ("plan", "99", "", "", []),
    ],
)
def test_units_are_found_by_any_name_and_number(
    catalogue: Catalogue, document: str, measure: str, agency: str, words: str, expected: list[str]
) -> None:
    assert ids(catalogue.units(document, measure, agency, words)) == expected


def test_all_units_come_when_nothing_is_asked(catalogue: Catalogue, service: Service) -> None:
    assert ids(catalogue.units()) == [unit.unit_id for unit in service.units]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("safe", ["safe"]),
        ("SAFE", ["safe"]),
        ("外管局", ["safe"]),
        ("國家外匯管理局天津市分局", ["safe"]),
        ("区政府", ["all-districts", "some-districts"]),
    ],
)
def test_any_name_of_a_body_resolves(catalogue: Catalogue, name: str, expected: list[str]) -> None:
    assert [each["agency_id"] for each in catalogue.agencies(name)] == expected


@pytest.mark.parametrize("name", ["外星局", "外管局和海关", "("])
def test_what_names_no_body_is_said(catalogue: Catalogue, name: str) -> None:
    with pytest.raises(NoSuchError, match="没有叫“") as caught:
        catalogue.resolve(name)
    assert caught.value.kind == "agency"
    with pytest.raises(NoSuchError):
        catalogue.units(document="另一份文件")


def test_the_tasks_of_a_body_are_those_that_an_answer_lists(catalogue: Catalogue, service: Service) -> None:
    told = catalogue.tasks(["外管局"])
    assert ids(told["tasks"]) == [citation.unit_id for citation in service.ask("外管局有哪些任务？").citations]
    assert told["count"] == 9
    assert told["agencies"] == [{"agency_id": "safe", "name": "国家外汇管理局天津市分局"}]
    first = told["tasks"][0]
    assert first["partners"] == ["市商务局", "天津海关", "市税务局"]
    shares = sum(len(task["partners"]) for task in told["tasks"])
    assert sum(partner["count"] for partner in told["partners"]) == shares
    assert [each["count"] for each in told["partners"]] == sorted(
        (each["count"] for each in told["partners"]), reverse=True
    )


def test_bodies_combine_as_all_any_and_not(catalogue: Catalogue) -> None:
    safe, customs = (set(ids(catalogue.tasks([name])["tasks"])) for name in ("外管局", "海关"))
    assert set(ids(catalogue.tasks(["外管局", "海关"], "all")["tasks"])) == safe & customs
    assert set(ids(catalogue.tasks(["外管局", "海关"], "any")["tasks"])) == safe | customs
    assert set(ids(catalogue.tasks(["外管局"], "any", ["海关"])["tasks"])) == safe - customs
    assert catalogue.tasks([])["count"] == sum(bool(unit["agencies"]) for unit in catalogue.units())
