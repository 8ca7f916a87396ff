"""The set expression that a question makes with the bodies it names, and names that nobody knows."""

from __future__ import annotations

import pytest

from answering.understanding.bodies import agency_filter, asks_what_it_holds, unknown_bodies
from index.agencies import AgencyRegistry
from index.records import AgencyFilter, Combination
from index.text import normalise

ANY, ALL = Combination.ANY, Combination.ALL
CUSTOMS, TAX, COMMERCE = ("customs",), ("tax",), ("commerce",)


def read(question: str, registry: AgencyRegistry) -> AgencyFilter:
    text = normalise(question)
    return agency_filter(text, registry.find(text))


@pytest.mark.parametrize(
    ("question", "included", "combination"),
    [
        ("海关有哪些任务", (CUSTOMS,), ANY),
        ("海关和税务局共同负责哪些任务", (CUSTOMS, TAX), ALL),
        ("海关、税务局一起做的事", (CUSTOMS, TAX), ALL),
        ("海关会同税务局落实哪些", (CUSTOMS, TAX), ALL),
        ("既有海关又有税务局的任务", (CUSTOMS, TAX), ALL),
        ("tasks of customs and tax bureau together", (CUSTOMS, TAX), ALL),
        ("海关或者税务局负责哪些任务", (CUSTOMS, TAX), ANY),
        ("海关、税务局分别有哪些任务", (CUSTOMS, TAX), ANY),
        ("海关和税务局各自的任务", (CUSTOMS, TAX), ANY),
        ("天津海关（津海关）有哪些任务", (CUSTOMS,), ANY),  # one body named twice
        ("区政府有哪些任务", (("all-districts", "some-districts"),), ANY),  # one name, two bodies
        ("第三条讲什么", (), ANY),
    ],
)
def test_bodies_and_how_they_belong_together(
    question: str, included: tuple[tuple[str, ...], ...], combination: Combination, registry: AgencyRegistry
) -> None:
    assert read(question, registry) == AgencyFilter(included, combination)


@pytest.mark.parametrize(
    ("question", "included", "excluded"),
    [
        ("有商务局但没有海关的任务", (COMMERCE,), CUSTOMS),
        ("海关参与、商务局不参与的任务", (CUSTOMS,), COMMERCE),
        ("海关的任务，不含商务局的", (CUSTOMS,), COMMERCE),
        ("海关的任务，商务局除外", (CUSTOMS,), COMMERCE),
        ("没有市商务局参与的任务", (), COMMERCE),
        ("去掉有商务局的", (), COMMERCE),
        ("海关和税务局都不参与的任务有哪些", (), ("customs", "tax")),
        ("没有海关和税务局的任务有哪些", (), ("customs", "tax")),
    ],
)
def test_bodies_ruled_out(
    question: str, included: tuple[tuple[str, ...], ...], excluded: tuple[str, ...], registry: AgencyRegistry
) -> None:
    expression = read(question, registry)
    assert (expression.included, expression.excluded) == (included, excluded)


def test_besides_restricts_nothing(registry: AgencyRegistry) -> None:
    expression = read("除了商务局，海关还跟谁合作", registry)
    assert (expression.included, expression.excluded, expression.exclusive) == ((CUSTOMS,), (), False)


@pytest.mark.parametrize(
    ("question", "included"),
    [
        ("市商务局单独负责的任务", (COMMERCE,)),
        ("只有税务局一家负责的", (TAX,)),
        ("仅由海关和税务局两家负责的", (CUSTOMS, TAX)),
    ],
)
def test_nobody_else(question: str, included: tuple[tuple[str, ...], ...], registry: AgencyRegistry) -> None:
    assert read(question, registry) == AgencyFilter(included, ALL, exclusive=True)


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("没有写责任单位的有哪些", 0),
        ("只有一家责任单位的任务", 1),
        ("只有两家责任单位的任务", 2),
    ],
)
def test_a_number_of_bodies(question: str, count: int, registry: AgencyRegistry) -> None:
    assert read(question, registry).count == count


@pytest.mark.parametrize(
    ("masked", "names"),
    [
        ("市卫生健康委有哪些任务", ["市卫生健康委"]),
        ("请问市水务局负责什么", ["市水务局"]),
        ("国资委要做什么", ["国资委"]),
        ("    和市体育局共同负责的任务", ["市体育局"]),
        ("教育部有哪些任务", ["教育部"]),
        ("请问市妇联负责什么", ["市妇联"]),
        ("市总工会和团市委的任务", ["市总工会", "团市委"]),
        ("怎么办的", []),
        ("物流中心有哪些", []),
        ("有哪些任务", []),
        ("", []),
    ],
)
def test_names_that_look_like_a_body(masked: str, names: list[str]) -> None:
    found = list(unknown_bodies(masked))
    assert [name.lstrip("和") for _, _, name in found] == names
    assert [masked[start:end] for start, end, _ in found] == [name for _, _, name in found]


@pytest.mark.parametrize(
    ("question", "body", "asks"),
    [
        ("统计监测这块，市统计局承担的是序号几", "市统计局", True),
        ("市司法局在海外维权上负责第几项", "市司法局", True),
        ("东疆那个管委会领了啥任务", "个管委会", False),
        ("支付公司负责什么", "支付公司", False),
        ("这事由市文旅局负责", "市文旅局", False),
        ("商务部公布的名单里有哪些", "商务部", False),
    ],
)
def test_what_an_office_holds_is_asked_or_not(question: str, body: str, asks: bool) -> None:
    assert asks_what_it_holds(question, body) is asks
