from __future__ import annotations

from datetime import date

import pytest

from duties.ledger import Ledger
from duties.selection import Selection
from index.records import AgencyFilter, Combination
from tests.duties import samples

DAY = date(2026, 11, 22)


def of(*ids: str, combination: Combination = Combination.ANY) -> AgencyFilter:
    return AgencyFilter(tuple((agency_id,) for agency_id in ids), combination)


def test_what_tasks_can_be_chosen_by(ledger: Ledger) -> None:
    assert len(ledger.units) == 77
    assert list(ledger.measures.values())[:2] == ["第1条", "第2条"]
    assert ledger.measures["plan/14"] == "第14项"
    assert ledger.measures["plan/三（一）"] == "三、保障措施（一）"
    assert ledger.sections()[:3] == ("一、总体要求", "二、主要任务", "（一）培育壮大经营主体")
    assert ledger.place(ledger.units["task-table/7"]) == "第3条（序号7）"
    assert ledger.document(ledger.units["task-table/7"]) == "任务分工表"


@pytest.mark.parametrize(
    ("bodies", "title"),
    [
        (AgencyFilter(), "任务清单"),
        (of("safe"), "国家外汇管理局天津市分局任务清单"),
        (of("customs", "tax"), "天津海关、天津市税务局任务清单"),
        (of("customs", "tax", combination=Combination.ALL), "天津海关、天津市税务局共同任务清单"),
        (of("safe", "customs", "tax", "pboc"), "国家外汇管理局天津市分局等 4 家单位任务清单"),
    ],
)
def test_the_title_names_the_bodies(ledger: Ledger, bodies: AgencyFilter, title: str) -> None:
    assert ledger.title(Selection(bodies)) == title


def test_a_report_holds_all_that_the_choice_amounts_to(ledger: Ledger) -> None:
    report = ledger.report(Selection(of("safe")), DAY)
    assert [duty.unit.unit_id for duty in report.duties] == [
        *(f"task-table/{row}" for row in (1, 7, 15, 17, 34, 36, 37)),
        "plan/13",
        "plan/15",
    ]
    assert [matrix.document for matrix in report.matrices] == ["task-table", "plan"]
    assert all(tie.first == "safe" for tie in report.partners)
    assert [target.figure.phrase for target in report.targets] == ["3至5家"]
    assert report.sources == (
        "《天津市加快发展外贸新业态新模式若干措施》任务分工表",
        "《天津市推动跨境电商高质量发展实施方案》（天津市人民政府办公厅，2024-11-06）",
    )
    assert (report.day, report.conditions) == (DAY, ("责任单位：国家外汇管理局天津市分局",))


def test_conditions_are_told_in_words(ledger: Ledger) -> None:
    bodies = AgencyFilter((("safe",), ("tax",)), Combination.ALL, excluded=("customs",))
    selection = Selection(bodies, ("plan",), ("二、主要任务",), ("plan/14",), "海外仓  物流")
    assert ledger.report(selection, DAY).conditions == (
        "责任单位：国家外汇管理局天津市分局、天津市税务局（同时负责）",
        "不含单位：天津海关",
        "文件：实施方案",
        "章节：二、主要任务",
        "条目：实施方案第14项",
        "关键词：海外仓、物流",
    )


def test_a_choice_of_nothing_is_a_report_too() -> None:
    report = samples.ledger().report(Selection(keyword="没有"), DAY)
    assert (report.duties, report.sources, report.matrices, report.partners, report.targets) == ((), (), (), (), ())
