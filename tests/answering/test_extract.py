"""The sentences of a unit that carry the answer."""

from __future__ import annotations

import pytest

from answering.extract import Extractor
from answering.question import Understanding
from index.records import PolicyUnit

Units = dict[str, PolicyUnit]
AREA = "力争到2027年培育本市海外仓企业70家，海外仓面积达到60万平方米。"


def test_the_whole_unit_is_all_its_sentences(extractor: Extractor, units: tuple[PolicyUnit, ...]) -> None:
    for unit in units:
        assert "".join(extractor.whole(unit)) == unit.text


def test_the_opening_is_its_first_sentence(extractor: Extractor, unit_of: Units) -> None:
    assert extractor.opening(unit_of["plan/13"]) == ("创新外汇管理服务。",)
    assert extractor.opening(unit_of["task-table/36"]) == ("探索开展国际保理业务。",)


@pytest.mark.parametrize(
    ("unit_id", "question", "sentence"),
    [
        ("plan/14", "2027年海外仓面积要达到多少", AREA),
        ("plan/14", "天津港加密什么航线", "支持天津港加密外贸航线，强化物流对跨境电商的支撑作用。"),
        (
            "plan/13",
            "境内个人怎么用个人外汇账户结算",
            "从事跨境电商的境内个人，可通过个人外汇账户办理跨境电商外汇结算。",
        ),
        ("plan/17", "人才目录", "将跨境电商企业人才需求纳入天津市高层次和急需紧缺人才目录。"),
        ("task-table/7", "2025年培育几家优秀海外仓企业", "到2025年，力争培育3至5家国家级优秀海外仓企业。"),
        (
            "task-table/11",
            "海关双罚机制",
            "落实完善海关“双罚”机制，依法依规并视情节，由综服企业和报关单上载明的消费使用单位或生产销售单位分别承担相应责任。",
        ),
    ],
)
def test_the_sentence_that_answers_is_quoted(
    unit_id: str, question: str, sentence: str, extractor: Extractor, understanding: Understanding, unit_of: Units
) -> None:
    quoted = extractor.sentences(understanding.understand(question), unit_of[unit_id], None)
    assert sentence in quoted
    assert len(quoted) <= 4
    assert all(part in unit_of[unit_id].text for part in quoted)


def test_a_short_unit_is_quoted_whole(extractor: Extractor, understanding: Understanding, unit_of: Units) -> None:
    unit = unit_of["task-table/2"]  # 37 characters
    assert "".join(extractor.sentences(understanding.understand("退货"), unit, None)) == unit.text


def test_without_a_word_in_common_nothing_is_left_out(
    extractor: Extractor, understanding: Understanding, unit_of: Units
) -> None:
    unit = unit_of["plan/17"]
    assert "".join(extractor.sentences(understanding.understand("海外仓面积"), unit, None)) == unit.text


@pytest.mark.parametrize(
    ("run", "prints"),
    [("海外仓", True), ("国际邮件互换局", True), ("自由贸易账户", False), ("区块链", False), ("的", False)],
)
def test_printing_a_run_means_printing_each_word(run: str, prints: bool, extractor: Extractor, unit_of: Units) -> None:
    assert extractor.prints(unit_of["plan/14"], run) is prints
