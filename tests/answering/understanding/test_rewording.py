"""Follow-ups put as questions that stand alone."""

from __future__ import annotations

import pytest

from answering.understanding.rewording import bare, few, joined, of_body, of_document, of_units, title
from index.records import PolicyUnit
from tests.answering.conftest import Units

TABLE = "《天津市加快发展外贸新业态新模式若干措施》任务分工表"
PLAN = "《天津市推动跨境电商高质量发展实施方案》"


@pytest.mark.parametrize(
    ("question", "rest"), [("那归谁管？", "归谁管"), ("对了，谁负责", "谁负责"), ("43呢", "43呢"), ("。", "")]
)
def test_a_question_without_opening_and_end(question: str, rest: str) -> None:
    assert bare(question) == rest


def test_joined_with_the_question_before() -> None:
    assert joined("津心融是个什么平台？", "那谁在管") == "津心融是个什么平台，谁在管？"
    assert joined("津心融是个什么平台", "？") == "津心融是个什么平台？"


def test_asked_of_units(unit_of: Units) -> None:
    assert of_units([unit_of["task-table/7"]], "归谁管") == f"{TABLE}第3条（序号7）归谁管？"
    assert of_units([unit_of["plan/14"]], "呢") == f"{PLAN}第14项讲什么？"
    assert few([unit_of["plan/14"]])
    assert not few([])


def test_asked_of_a_body() -> None:
    assert of_body(("第9条",), "海关") == "第9条里，海关负责哪些任务？"
    assert of_body((), "海关") == "海关负责哪些任务？"


def test_asked_of_another_document() -> None:
    assert of_document("实施方案", "   里怎么说人才培养的", "") == "实施方案里，怎么说人才培养的？"


def test_title_of_a_document(units: tuple[PolicyUnit, ...]) -> None:
    assert (title(units, "task-table"), title(units, "plan")) == (TABLE, PLAN)
