"""Entries made for bodies that the table doesn't have."""

from __future__ import annotations

import pytest

from index.agencies import Agency, AgencyRegistry
from ingest.bodies import with_bodies

TABLE = (Agency("commerce", "天津市商务局", "市级部门", ("市商务局",), ("商务局", "市商务委"), (), "天津市"),)


def made(printed: str, region: str | None) -> Agency:
    *_, agency = with_bodies(TABLE, [(region, printed)])
    return agency


@pytest.mark.parametrize(
    ("printed", "region", "name", "kind"),
    [
        ("市商务局", "武汉市", "武汉市商务局", "市级部门"),
        ("省发展改革委", "甘肃省", "甘肃省发展和改革委员会", "省级部门"),
        ("市人社局", "武汉市", "武汉市人力资源和社会保障局", "市级部门"),
        ("住建局", "武汉市", "武汉市住房和城乡建设局", "市级部门"),
        ("省商务厅", "赣州市", "江西省商务厅", "省级部门"),
        ("市税务局", "武汉市", "武汉市税务局", "中央驻地方"),
        ("武汉海关", "武汉市", "武汉海关", "中央驻地方"),
        ("东湖高新区管委会", "武汉市", "武汉市东湖高新区管委会", "区级"),
        ("各区人民政府", "武汉市", "武汉市各区人民政府", "区级"),
        ("市直有关单位", "赣州市", "赣州市直有关单位", "其他"),
        ("湖北机场集团", "武汉市", "湖北机场集团", "企业"),
        ("区商务局", "北京市朝阳区", "北京市朝阳区商务局", "区级"),
        ("市商务局", "北京市朝阳区", "北京市商务局", "市级部门"),
        ("商务部", None, "商务部", "中央部门"),
        ("商务部", "武汉市", "商务部", "中央部门"),
        ("税务总局", None, "国家税务总局", "中央部门"),
        ("医保局", None, "国家医疗保障局", "中央部门"),
        ("人力资源社会保障部", None, "人力资源和社会保障部", "中央部门"),
    ],
)
def test_names_and_kinds(printed: str, region: str | None, name: str, kind: str) -> None:
    agency = made(printed, region)
    assert (agency.agency_id, agency.name, agency.kind, agency.printed) == (name, name, kind, (printed,))


@pytest.mark.parametrize(
    ("printed", "called"),
    [
        ("市商务局", {"商务局", "商务部门", "武汉商务局", "武汉市商务局"}),
        ("市发改委", {"发改委", "发展改革委", "发展和改革委员会", "武汉发改委"}),
        ("市市场监管局", {"市场监管局", "市监局", "市场监督管理局"}),
        ("市工业和信息化局", {"工信局", "武汉工信局"}),
        ("市委编办", {"编办", "市委编办"}),
        ("武汉海关", {"海关", "武汉海关"}),
        ("人行武汉分行营管部", {"人行", "人民银行", "武汉人行"}),
        ("各县（市、区）人民政府", {"各县市区", "各县（市、区）"}),
    ],
)
def test_other_names(printed: str, called: set[str]) -> None:
    assert called <= set(made(printed, "武汉市").aliases)


def test_the_table_wins_and_learns_spellings() -> None:
    assert with_bodies(TABLE, [("天津市", "市商务局")]) == TABLE
    (commerce,) = with_bodies(TABLE, [("天津市", "市商务委")])
    assert commerce.agency_id == "commerce"
    assert commerce.printed == ("市商务局", "市商务委")


def test_one_printed_name_in_two_places_is_two_bodies() -> None:
    registry = AgencyRegistry(
        with_bodies(TABLE, [("武汉市", "市商务局"), ("赣州市", "市商务局"), ("天津市", "市商务局")])
    )
    assert registry.of_printed("市商务局", "天津市") == "commerce"
    assert registry.of_printed("市商务局", "武汉市") == "武汉市商务局"
    assert registry.of_printed("市商务局", "北京市") is None
    assert registry.printed_so("市商务局") == ("commerce", "武汉市商务局", "赣州市商务局")
    assert registry.find("商务局")[0].agency_ids == ("commerce", "武汉市商务局", "赣州市商务局")
    assert registry.find("武汉商务局")[0].agency_ids == ("武汉市商务局",)
    assert registry.counterparts(["commerce"], {"武汉市"}) == ("武汉市商务局",)


def test_two_spellings_of_one_body() -> None:
    *_, reform = with_bodies((), [("武汉市", "市发改委"), ("武汉市", "市发展改革委")])
    assert reform.printed == ("市发展改革委", "市发改委")
    assert len(with_bodies((), [("武汉市", "市发改委"), ("武汉市", "市发展改革委")])) == 1


def test_further_documents_change_no_entry() -> None:
    alone = with_bodies((), [("武汉市", "市商务局")])
    assert alone[0] in with_bodies((), [("赣州市", "市商务局"), ("武汉市", "市商务局"), (None, "商务部")])


def test_words_for_nobody_in_particular_are_not_found_in_questions() -> None:
    registry = AgencyRegistry(with_bodies((), [("武汉市", "有关部门"), (None, "各有关部门和单位")]))
    assert registry.find("有关部门有哪些任务") == ()
    assert registry.of_printed("有关部门", "武汉市") == "武汉市有关部门"
