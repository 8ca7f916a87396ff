"""What a question takes for granted, against the units that answer it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from answering.question import Understanding
from answering.writing.premises import About, Premise, Premises
from index.agencies import AgencyRegistry
from index.records import Evidence, PolicyUnit
from index.text import sentences
from ingest.corpus import Corpus
from tests.answering.samples import by_slug

Units = dict[str, PolicyUnit]
E_CNY = "人民银行天津分行、市商务局、市金融局"
FACTORING = "市金融局、人民银行天津分行、国家外汇管理局天津市分局"


class Check:
    """Premises of a question that rests on given units."""

    def __init__(self, premises: Premises, understanding: Understanding, unit_of: Units) -> None:
        self._premises, self._understanding, self._unit_of = premises, understanding, unit_of

    def __call__(self, question: str, *unit_ids: str) -> tuple[Premise, ...]:
        evidence = [Evidence(self._unit_of[each], sentences(self._unit_of[each].text)) for each in unit_ids]
        return self._premises.check(self._understanding.understand(question), evidence)

    def wrong(self, question: str, *unit_ids: str) -> list[tuple[str, str]]:
        """What was asserted and what is stated instead."""
        return [(item.asserted, item.stated) for item in self(question, *unit_ids) if not item.holds]


@pytest.fixture
def premises(corpus: Corpus, units: tuple[PolicyUnit, ...], registry: AgencyRegistry) -> Premises:
    return Premises(by_slug(corpus.documents), units, registry)


@pytest.fixture
def check(premises: Premises, understanding: Understanding, unit_of: Units) -> Check:
    return Check(premises, understanding, unit_of)


@pytest.mark.parametrize(
    ("question", "unit_id", "wrong"),
    [
        ("到2027年海外仓面积达到80万平方米，对吗", "plan/14", ("80万平方米", "60万平方米")),
        ("跨境电商交易额要突破两千亿元对吧", "plan/1.2", ("突破两千亿元", "突破1000亿元")),
        ("文件要求跨境电商占比20%，对吧", "plan/1.2", ("20%", "10%")),
        ("为什么要培育20家超亿美元的综服企业", "task-table/11", ("20家", "12家超亿美元的综服企业")),
        ("听说国家级优秀海外仓企业目标是10家", "task-table/7", ("10家", "3至5家国家级优秀海外仓企业")),
        ("为什么经营主体要控制在5500家以内", "plan/1.2", ("控制在5500家以内", "超过5500家")),
        ("名录登记的门槛是50万美元，对不对", "plan/13", ("50万美元", "低于等值20万美元（不含）")),
        ("这八大场景分别指什么", "task-table/16", ("八大场景", "5大场景")),
        ("是不是要建设6G", "task-table/40", ("6G", "5G")),
    ],
)
def test_a_wrong_figure_is_found(question: str, unit_id: str, wrong: tuple[str, str], check: Check) -> None:
    assert check.wrong(question, unit_id) == [wrong]


@pytest.mark.parametrize(
    ("question", "unit_id", "wrong"),
    [
        ("海外仓企业70家要在2030年前完成，是吗", "plan/14", ("2030年", "2027年")),
        ("培育5家以上跨境电商示范园区，时限是2030年，对吗", "task-table/6", ("2030年", "2025年")),
    ],
)
def test_a_wrong_year_is_found(question: str, unit_id: str, wrong: tuple[str, str], check: Check) -> None:
    assert check.wrong(question, unit_id) == [wrong]


@pytest.mark.parametrize(
    ("question", "unit_id", "wrong"),
    [
        ("津心融是税务局负责的吧", "task-table/27", ("税务局", "市金融局")),
        ("津心融平台既然由发改委负责，怎么对接", "task-table/27", ("发改委", "市金融局")),
        ("数字人民币试点是科技局牵头的，依据是哪条", "task-table/38", ("科技局", E_CNY)),
        ("高企认定由税务局和人社局负责，对吗", "task-table/30", ("税务局、人社局", "市科技局、市财政局、市商务局")),
        ("国际保理由金融局一家负责，是吗", "task-table/36", ("金融局一家", FACTORING)),
    ],
)  # fmt: skip
def test_a_wrong_body_is_found(question: str, unit_id: str, wrong: tuple[str, str], check: Check) -> None:
    assert check.wrong(question, unit_id) == [wrong]


def test_of_several_units_a_body_must_be_missing_in_all(check: Check) -> None:
    assert check.wrong("保税维修是教委负责的吧", "task-table/12", "task-table/13") == [("教委", "")]
    assert check.wrong("保税维修是自贸区管委会负责的吧", "task-table/12", "task-table/13") == []


def test_a_body_is_wrong_where_none_is_written(check: Check) -> None:
    assert check.wrong("工作专班是商务局牵头的吧", "plan/3.1") == [("商务局", "")]


@pytest.mark.parametrize(
    ("question", "unit_id"),
    [
        ("2027年海外仓面积要做到多大", "plan/14"),
        ("海外仓面积是60万平方米还是80万平方米", "plan/14"),
        ("我们公司有5000平方米的海外仓，能转型吧", "plan/14"),
        ("我公司有3家海外仓，算公共海外仓吗", "plan/14"),
        ("我一年收汇30万美元，要登记名录，对吧", "plan/13"),
        ("一年收20来万美元，是不是就不用登记名录", "plan/13"),
        ("收汇15万美元，不用登记了吧", "plan/13"),
        ("若目前已建成五个特色产业带，按目标还缺几个", "plan/1.2"),
        ("能推荐两家第三方海外仓公司吗，政策里不是说要合作么", "task-table/7"),
        ("写到“海外仓”三个字的任务有几项，文件里说的", "task-table/7"),
        ("跨境电商出口退税率是13%吧", "plan/1.2"),
        ("海外仓归谁负责，商务局还是教委", "task-table/7"),
        ("国际保理不归教委负责吧", "task-table/36"),
    ],
)
def test_questions_and_the_askers_own_figures_are_left_alone(question: str, unit_id: str, check: Check) -> None:
    assert check.wrong(question, unit_id) == []


def test_what_is_right_is_said_to_hold(check: Check) -> None:
    figure, year = check("到2027年海外仓面积达到60万平方米，对吗", "plan/14")
    assert (figure.about, figure.holds, figure.checked) == (About.FIGURE, True, True)
    assert (year.about, year.holds, year.stated) == (About.YEAR, True, "2027年")
    (body,) = check("国际保理是市金融局负责的，对吗", "task-table/36")
    assert (body.about, body.holds) == (About.BODIES, True)


def test_a_unit_on_something_else_says_nothing_of_who_is_responsible(check: Check) -> None:
    assert check("海外仓是商务局负责的吧", "task-table/28") == ()


def test_a_number_that_another_unit_has_is_found(
    premises: Premises, understanding: Understanding, unit_of: Units
) -> None:
    query = understanding.understand("第5条说的海外仓共建共享")
    assert query.numbers == ("第5条",)
    evidence = [Evidence(unit_of["task-table/7"], ())]
    (wrong,) = premises.check(query, evidence)
    assert (wrong.about, wrong.asserted, wrong.stated) == (About.NUMBER, "第5条", "任务分工表第3条（序号7）")
    assert premises.check(query, [Evidence(unit_of["task-table/11"], ())]) == ()
    assert premises.check(replace(query, numbers=("第3条",)), evidence) == ()


def test_without_evidence_there_is_nothing_to_hold_against(check: Check) -> None:
    assert check("海外仓面积是80万平方米吧") == ()
