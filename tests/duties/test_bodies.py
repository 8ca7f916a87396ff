from __future__ import annotations

import pytest

from duties.bodies import Bodies, Body
from duties.ledger import Ledger
from index.agencies import AgencyRegistry
from tests.duties.samples import AGENCIES, TASKS


@pytest.fixture(scope="module")
def bodies() -> Bodies:
    return Bodies(AgencyRegistry(AGENCIES), TASKS)


def ids(found: tuple[Body, ...]) -> list[str]:
    return [body.agency_id for body in found]


def test_bodies_with_tasks_are_listed_by_their_number(bodies: Bodies) -> None:
    assert [(body.agency_id, body.tasks) for body in bodies.all] == [("a", 3), ("b", 2), ("c", 1)]
    assert bodies["b"] == Body("b", "天津乙署", "天津乙署", "中央驻津", 2)


def test_bodies_of_a_kind_stand_together(bodies: Bodies) -> None:
    assert ids(bodies.by_kind(["b", "a", "c"])) == ["a", "c", "b"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["a", "b", "c"]),
        ("旧甲", ["a"]),
        ("乙", ["b"]),
        ("天津市", ["a", "c"]),
        ("甲局、丙委", ["a", "c"]),
        ("闲", []),
        ("丁", []),
    ],
)
def test_bodies_are_found_while_a_name_is_typed(bodies: Bodies, text: str, found: list[str]) -> None:
    assert ids(bodies.search(text)) == found


@pytest.mark.parametrize(
    ("text", "meant"),
    [("", []), ("乙", ["b"]), ("甲局、丙委", ["a", "c"]), ("天津", ["a"]), ("丁", []), (" 旧甲局 ", ["a"])],
)
def test_what_is_entered_means_bodies(bodies: Bodies, text: str, meant: list[str]) -> None:
    assert ids(bodies.entered(text)) == meant


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("safe", "safe"),
        ("外管局", "safe"),
        ("人行", "pboc"),
        ("海关", "customs"),
        ("市经信委", "industry"),
        ("SAFE ", "safe"),
    ],
)
def test_an_address_may_name_a_body_by_any_name(ledger: Ledger, name: str, meant: str) -> None:
    assert ids(ledger.bodies.named(name)) == [meant]


def test_a_name_may_stand_for_several_bodies_or_none(ledger: Ledger) -> None:
    assert ids(ledger.bodies.named("区政府")) == ["some-districts", "all-districts"]
    assert ledger.bodies.named("外管局的任务") == ()


def test_every_name_of_every_body_finds_it(ledger: Ledger, registry: AgencyRegistry) -> None:
    for body in ledger.bodies.all:
        agency = registry[body.agency_id]
        for name in (agency.name, *agency.printed, *agency.aliases):
            assert body in ledger.bodies.search(name)
            assert body in ledger.bodies.named(name)
