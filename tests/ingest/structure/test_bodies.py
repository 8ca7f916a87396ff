"""Lists of bodies as offices print them."""

from __future__ import annotations

import pytest

from ingest.structure.bodies import is_body, is_generic, split_bodies


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("市商务局、市财政局，税务局", ("市商务局", "市财政局", "税务局")),
        (
            "市委宣传部（市新闻出版局）、各县（市、区）人民政府",
            ("市委宣传部（市新闻出版局）", "各县（市、区）人民政府"),
        ),
        ("各市、县（区）人民政府", ("各市、县（区）人民政府",)),
        ("各盟行政公署、市人民政府", ("各盟行政公署、市人民政府",)),
        ("市南区、市北区政府", ("市南区", "市北区政府")),
        ("市发改委、市商务局等", ("市发改委", "市商务局")),
        ("国务院相关部门及各地区", ("国务院相关部门", "各地区")),
        ("某开发区管委会及有关单位", ("某开发区管委会", "有关单位")),
        ("各辖市、区人民政府，市商务局", ("各辖市、区人民政府", "市商务局")),
        ("市工信局\n（牵头）\n市发改委", ("市工信局（牵头）", "市发改委")),
        ("市委组织部市人社局", ("市委组织部", "市人社局")),
        ("市商务局等部门", ("市商务局",)),
        ("市商务局等有关部门和单位", ("市商务局", "有关部门和单位")),
        ("民航局等部门和各地区", ("民航局", "各地区")),
        ("市级各有关部门及各县市区政府", ("市级各有关部门", "各县市区政府")),
        ("市商务局会同市财政局", ("市商务局", "市财政局")),
        ("市规划和自然资源局和市住建局", ("市规划和自然资源局", "市住建局")),
        ("各有关部门和单位", ("各有关部门和单位",)),
        ("甲局\n乙局", ("甲局", "乙局")),
        ("/", ()),
        ("", ()),
    ],
)
def test_a_list_is_split(written: str, names: tuple[str, ...]) -> None:
    assert split_bodies(written) == names


@pytest.mark.parametrize(
    "name", ["市商务局", "全国妇联", "团省委", "国网合肥供电公司", "各地级以上市人民政府", "市税务局（稽查局）"]
)
def test_a_body_by_its_name(name: str) -> None:
    assert is_body(name)


@pytest.mark.parametrize("name", ["含退税减税", "政府主导", "谁审批", "企业", "以下简称示范区", "5个工作日"])
def test_no_body_by_its_name(name: str) -> None:
    assert not is_body(name)


def test_bodies_in_general() -> None:
    assert is_generic("市直有关部门")
    assert is_generic("省有关部门")
    assert not is_generic("市商务局")
