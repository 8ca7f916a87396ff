"""Rules on who leads that a document states once."""

from __future__ import annotations

import pytest

from index.records import Role
from ingest.structure.leads import LeadRule, lead_rule, led, without_rule


@pytest.mark.parametrize(
    "text",
    [
        "列第一位者为牵头单位，下同",
        "注：列在首位的为牵头单位。",
        "排在首位的为牵头单位",
        "责任单位中排在第一位的为牵头单位",
        "列首位的为牵头单位",
        "牵头单位列首位",
    ],
)
def test_the_first_leads(text: str) -> None:
    assert lead_rule(text) == LeadRule(first=True)


def test_those_before_the_comma_lead() -> None:
    assert lead_rule("逗号前为牵头单位") == LeadRule(before_comma=True)
    assert lead_rule("市商务局牵头") is None


def test_a_list_less_the_rule_that_it_states() -> None:
    assert without_rule("省大数据局、省财政厅，排在首位的为牵头单位，下同") == "省大数据局、省财政厅"
    assert without_rule("教育厅，民政厅。列首位的为牵头单位，下同") == "教育厅，民政厅"
    assert without_rule("市商务局、市税务局，下同") == "市商务局、市税务局"


def test_a_rule_makes_leads() -> None:
    roles = (Role("责任单位", ("甲局", "乙局", "丙局")),)
    assert led("（责任单位：甲局、乙局，丙局）", roles, LeadRule(first=True)) == (
        Role("牵头单位", ("甲局",), leads=True),
        Role("责任单位", ("乙局", "丙局")),
    )
    assert led("（责任单位：甲局、乙局，丙局）", roles, LeadRule(before_comma=True))[0].bodies == ("甲局", "乙局")


def test_a_rule_leaves_stated_leads_and_bodies_in_general() -> None:
    stated = (Role("牵头", ("甲局",), leads=True),)
    general = (Role("负责", ("各有关部门和单位",)),)
    assert led("（甲局牵头）", stated, LeadRule(first=True)) == stated
    assert led("（各有关部门和单位负责）", general, LeadRule(first=True)) == general


def test_a_word_on_names_stays_in_its_brackets() -> None:
    assert without_rule("各市政府（含定州市政府，下同）、甲局，下同") == "各市政府（含定州市政府，下同）、甲局"
