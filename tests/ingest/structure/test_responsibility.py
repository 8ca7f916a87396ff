"""Responsibilities in all the ways that offices print them, and brackets that are none."""

from __future__ import annotations

import pytest

from ingest.structure.responsibility import Note, is_list_alone, notes, roles_in_cell


def said(note: Note) -> tuple[list[str], list[str], str | None]:
    """Bodies that lead, the others, and the deadline."""
    leads = [body for role in note.roles if role.leads for body in role.bodies]
    return leads, [body for role in note.roles if not role.leads for body in role.bodies], note.deadline


@pytest.mark.parametrize(
    ("text", "leads", "others", "deadline"),
    [
        ("推进。（责任单位：甲局、乙局）", [], ["甲局", "乙局"], None),
        ("推进。责任单位：市商务局）", [], ["市商务局"], None),
        ("推进。牵头单位：甲局。配合单位：乙局。", ["甲局"], ["乙局"], None),
        ("推进。（此条由市商务局牵头，市税务局配合）", ["市商务局"], ["市税务局"], None),
        ("推进。此条由市商务局牵头，市税务局配合。", ["市商务局"], ["市税务局"], None),
        ("推进。（市司法局、市税务局，市商务局配合）", [], ["市司法局", "市税务局", "市商务局"], None),
        ("推进。（市司法局负责；立即实施并持续推进）", [], ["市司法局"], "立即实施并持续推进"),
        ("推进。（责任单位：甲局、乙局（共同牵头），丙局）", ["甲局", "乙局"], ["丙局"], None),
        ("牵头单位及责任人：县住建局　陈大勇", ["县住建局"], [], None),
        ("推进。[责任单位:甲局,乙局]", [], ["甲局", "乙局"], None),
        ("推进。【牵头单位：甲局；配合单位：乙局、丙局】", ["甲局"], ["乙局", "丙局"], None),
        ("推进。〔牵头单位：甲局；完成时限：2023年底前〕", ["甲局"], [], "2023年底前"),
        ("推进。（责任单位：甲局、乙局】", [], ["甲局", "乙局"], None),
        ("推进。（责任单位：甲局", [], ["甲局"], None),
        ("推进。（责任单位：市委宣传部（新闻出版局）、乙局）。", [], ["市委宣传部（新闻出版局）", "乙局"], None),
        ("推进。（市商务局牵头，市财政局、市税务局配合）", ["市商务局"], ["市财政局", "市税务局"], None),
        ("推进。（市商务局牵头、市教育局配合）", ["市商务局"], ["市教育局"], None),
        ("推进。（商务部、财政部负责，各地区落实）", [], ["商务部", "财政部", "各地区"], None),
        ("推进。（各有关部门、各地区按职责分工负责）", [], ["各有关部门", "各地区"], None),
        ("推进。（市商务局牵头，2024年底前完成）", ["市商务局"], [], "2024年底前完成"),
        ("推进。（2024年底前，市商务局负责）", [], ["市商务局"], "2024年底前"),
        ("推进。〔市商务局，市财政局〕", [], ["市商务局", "市财政局"], None),
        ("推进。责任单位：市财政局、各区政府。", [], ["市财政局", "各区政府"], None),
        ("推进，（市商务局牵头，市财政局配合）加强。", ["市商务局"], ["市财政局"], None),
        ("牵头单位：市文旅局　配合单位：市公安局", ["市文旅局"], ["市公安局"], None),
        ("【责任单位】市交通局、市轨道集团", [], ["市交通局", "市轨道集团"], None),
        ("主办：甲局；协办：乙局", ["甲局"], ["乙局"], None),
        ("责任单位：市商务局（牵头）、天心区政府", ["市商务局"], ["天心区政府"], None),
        ("完成时限：2020年12月底", [], [], "2020年12月底"),
    ],
)
def test_a_responsibility_is_read(text: str, leads: list[str], others: list[str], deadline: str | None) -> None:
    (note,) = notes(text)
    assert said(note) == (leads, others, deadline)


@pytest.mark.parametrize(
    "text",
    [
        "推进减税（含退税减税）。",
        "坚持共建（政府主导、企业负责）。",
        "落实“谁审批、谁负责”（谁主管谁负责）。",
        "由市商务局牵头推进，市财政局配合。",
        "加强示范区（以下简称示范区）建设。",
    ],
)
def test_what_is_no_responsibility(text: str) -> None:
    assert notes(text) == ()


def test_a_bare_list_behind_a_heading_is_one_where_the_document_has_a_rule() -> None:
    assert notes("完善慈善体系（市民政局、市慈善总会）") == ()
    (note,) = notes("完善慈善体系（市民政局、市慈善总会）", bare=True)
    assert note.roles[0].bodies == ("市民政局", "市慈善总会")


def test_the_full_stop_behind_goes_with_it_when_the_sentence_has_its_own() -> None:
    assert notes("推进。（责任单位：甲局）。")[0].end == len("推进。（责任单位：甲局）。")
    assert notes("推进（责任单位：甲局）。")[0].end == len("推进（责任单位：甲局）")


def test_a_cell_may_say_who_leads() -> None:
    roles, _ = roles_in_cell("市工信局牵头，市发改委配合", "责任分工")
    assert [(role.bodies, role.leads) for role in roles] == [(("市工信局",), True), (("市发改委",), False)]
    roles, _ = roles_in_cell("牵头单位：甲局\n责任单位：乙局", "责任分工")
    assert [(role.name, role.bodies) for role in roles] == [("牵头单位", ("甲局",)), ("责任单位", ("乙局",))]
    assert roles_in_cell("", "责任单位") == ((), None)


def test_a_remark_within_a_sentence_is_none() -> None:
    assert notes("发挥龙头医院作用（市第一医院牵头），推动资源下沉。") == ()


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("推进。（市商务局、市税务局）", True),
        ("推进。（责任单位：市商务局）", False),
        ("推进。（市商务局负责）", False),
        ("推进。", False),
    ],
)
def test_a_list_that_stands_alone(text: str, alone: bool) -> None:
    assert is_list_alone(text) is alone


def test_a_role_behind_a_group_is_that_of_all_of_it() -> None:
    (note,) = notes("责任单位：区文旅局（牵头），区公安分局、区消防救援大队（配合）")
    assert [(role.name, role.bodies, role.leads) for role in note.roles] == [
        ("牵头", ("区文旅局",), True),
        ("配合", ("区公安分局", "区消防救援大队"), False),
    ]
