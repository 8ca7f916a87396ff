from __future__ import annotations

from dataclasses import replace

import pytest

from index.records import PolicyUnit, Role
from web.responsible import deadline, in_words, items, line
from web.sources import Sources


@pytest.fixture
def unit(sources: Sources) -> PolicyUnit:
    roles = (Role("牵头单位", ("市商务局",), leads=True), Role("配合单位", ("市<财>局",)))
    return replace(
        sources.units["plan/14"],
        agencies=("市商务局", "市<财>局"),
        agency_ids=("commerce", ""),
        roles=roles,
        deadline="2026年底",
    )


def body(name: str, agency_id: str) -> str:
    return f"[{name}|{agency_id}]"


def test_marked_roles_are_shown_with_their_bodies(unit: PolicyUnit) -> None:
    assert items(unit, body) == (
        '<li class="role">牵头</li><li>[市商务局|commerce]</li><li class="role">配合</li><li>[市<财>局|]</li>'
    )
    assert line(unit, body) == "牵头：[市商务局|commerce]；配合：[市<财>局|]"
    assert in_words(unit) == "牵头：市商务局；配合：市<财>局；完成时限：2026年底"
    assert deadline(replace(unit, deadline="<5月>")) == '<p class="deadline">完成时限：&lt;5月&gt;</p>'


def test_without_marked_roles_the_bodies_are_one_list(sources: Sources) -> None:
    plain = sources.units["plan/14"]
    assert 'class="role"' not in items(plain, body)
    assert in_words(plain) == "、".join(plain.agencies)
    assert deadline(plain) == ""
    assert items(replace(plain, agencies=(), agency_ids=(), roles=()), body) == ""
