"""What an answer may say besides quoting: only what its citations, its question or its counts bear out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from answering.citations import cite
from eval.grounding import GroundingCheck
from index.agencies import AgencyRegistry
from index.records import Document, Evidence, PolicyUnit
from index.text import sentences
from tests.eval.perfect import CASES, answer


@pytest.fixture(scope="module")
def check(by_id: dict[str, PolicyUnit], documents: dict[str, Document], registry: AgencyRegistry) -> GroundingCheck:
    return GroundingCheck(by_id, documents, registry)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("实施方案第14项（完善国际物流服务体系）写道：", ""),
        ("> 完善国际物流服务体系。", ""),
        ("**依据**：《天津市推动跨境电商高质量发展实施方案》第14项", ""),
        ("文件只列出责任单位，没有标明哪一家牵头。", ""),
        ("目标是70家，面积60万平方米，到2027年。", ""),
        ("目标是七十家。", ""),
        ("目标是80家。", "figure not in a cited unit (80项)"),
        ("面积是6万平方米。", "figure not in a cited unit (60000平方米)"),
        ("期限是2030年。", "figure not in a cited unit (2030)"),
        ("另见第3条。", "number not of a cited unit (第3条)"),
        ("税务局也负责。", "body not of a cited unit (tax)"),
        ("责任单位：市商务局", "not the responsible bodies"),
        ("力争到2027年培育本市海外仓企业90家，海外仓面积达到60万平方米。", "altered quotation of plan/14"),
    ],
)
def test_sentences(
    check: GroundingCheck, by_id: dict[str, PolicyUnit], documents: dict[str, Document], text: str, fault: str
) -> None:
    unit = by_id["plan/14"]
    cited = (cite(Evidence(unit, sentences(unit.text)[:1]), documents),)
    found = check.check(answer(CASES[0], cited, text, "1"))
    assert found.checked == 2  # the citation and the sentence
    assert ";".join(found.unsupported).startswith(fault) if fault else found.unsupported == ()
    assert found.share == (1 / 2 if fault else 1)


def test_a_unit_that_does_not_exist(
    check: GroundingCheck, documents: dict[str, Document], units: tuple[PolicyUnit, ...]
) -> None:
    cited = replace(cite(Evidence(units[0], ()), documents), unit_id="plan/99")
    assert check.check(answer(CASES[0], (cited,), "", "1")).unsupported == ("plan/99: there is no such unit",)


def test_an_answer_without_statements_is_not_grounded(check: GroundingCheck) -> None:
    assert check.check(answer(CASES[0], (), "", "1")).share == 0
