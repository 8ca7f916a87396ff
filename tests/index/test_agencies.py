"""Every spelling of a body leads to it, and to no other."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from index.agencies import Agency, AgencyRegistry, AgencyTableError, load_agencies
from index.records import PolicyUnit
from index.text import normalise
from ingest.corpus import Corpus

HEAD = "id\tname\tkind\tprinted\taliases\tweak\tregion\n"

# What people write → canonical name. Written from how these bodies are called in Tianjin, not from the table.
NICKNAMES = (
    ("商务局", "天津市商务局"),
    ("市商务委", "天津市商务局"),
    ("商务主管部门", "天津市商务局"),
    ("海关", "天津海关"),
    ("天津海关", "天津海关"),
    ("天津海關", "天津海关"),
    ("外管局", "国家外汇管理局天津市分局"),
    ("外汇局", "国家外汇管理局天津市分局"),
    ("国家外汇管理局", "国家外汇管理局天津市分局"),
    ("天津外汇管理局", "国家外汇管理局天津市分局"),
    ("ＳＡＦＥ", "国家外汇管理局天津市分局"),
    ("人行", "中国人民银行天津市分行"),
    ("人行天津分行", "中国人民银行天津市分行"),
    ("人民银行天津分行", "中国人民银行天津市分行"),
    ("中国人民银行天津市分行", "中国人民银行天津市分行"),
    ("央行", "中国人民银行天津市分行"),
    ("人民银行", "中国人民银行天津市分行"),
    ("市金融局", "天津市地方金融管理局"),
    ("金融局", "天津市地方金融管理局"),
    ("市金融工作局", "天津市地方金融管理局"),
    ("市地方金融监督管理局", "天津市地方金融管理局"),
    ("金融办", "天津市地方金融管理局"),
    ("证监局", "天津证监局"),
    ("中国证监会天津监管局", "天津证监局"),
    ("税务局", "天津市税务局"),
    ("国家税务总局天津市税务局", "天津市税务局"),
    ("国税局", "天津市税务局"),
    ("稅務局", "天津市税务局"),
    ("财政局", "天津市财政局"),
    ("发改委", "天津市发展和改革委员会"),
    ("市发改委", "天津市发展和改革委员会"),
    ("发展和改革委员会", "天津市发展和改革委员会"),
    ("工信局", "天津市工业和信息化局"),
    ("经信委", "天津市工业和信息化局"),
    ("网信办", "中共天津市委网络安全和信息化委员会办公室"),
    ("教委", "天津市教育委员会"),
    ("教育局", "天津市教育委员会"),
    ("交通运输委", "天津市交通运输委员会"),
    ("交通局", "天津市交通运输委员会"),
    ("交委", "天津市交通运输委员会"),
    ("科技局", "天津市科学技术局"),
    ("科委", "天津市科学技术局"),
    ("人社局", "天津市人力资源和社会保障局"),
    ("人力社保局", "天津市人力资源和社会保障局"),
    ("市场监管局", "天津市市场监督管理委员会"),
    ("市场监管委", "天津市市场监督管理委员会"),
    ("工商局", "天津市市场监督管理委员会"),
    ("药监局", "天津市药品监督管理局"),
    ("食药监局", "天津市药品监督管理局"),
    ("环保局", "天津市生态环境局"),
    ("外办", "天津市人民政府外事办公室"),
    ("外事办", "天津市人民政府外事办公室"),
    ("投促局", "天津市投资促进局"),
    ("招商局", "天津市投资促进局"),
    ("数据局", "天津市数据局"),
    ("农委", "天津市农业农村委员会"),
    ("农业局", "天津市农业农村委员会"),
    ("公安局", "天津市公安局"),
    ("邮政管理局", "天津市邮政管理局"),
    ("邮政局", "天津市邮政管理局"),
    ("诚信建设领导小组", "天津市诚信建设领导小组各成员单位"),
    ("商协会", "各相关商协会"),
    ("各区政府", "天津市各区人民政府"),
    ("有关区", "有关区人民政府"),
    ("滨海新区", "天津市滨海新区人民政府"),
    ("滨海新区政府", "天津市滨海新区人民政府"),
    ("自贸区管委会", "中国（天津）自由贸易试验区管理委员会"),
    ("中国（天津）自由贸易试验区管委会", "中国（天津）自由贸易试验区管理委员会"),
    ("东疆管委会", "天津东疆综合保税区管理委员会"),
    ("东疆保税港区管委会", "天津东疆综合保税区管理委员会"),
    ("天津港集团", "天津港（集团）有限公司"),
    ("天津港（集团）有限公司", "天津港（集团）有限公司"),
    ("天津港(集团)有限公司", "天津港（集团）有限公司"),
    ("滨海机场", "天津滨海国际机场有限公司"),
    ("天津机场", "天津滨海国际机场有限公司"),
    ("铁路局", "中国铁路北京局集团有限公司天津铁路办事处"),
    ("天津铁路办事处", "中国铁路北京局集团有限公司天津铁路办事处"),
    ("中信保", "中国出口信用保险公司天津分公司"),
    ("中国信保", "中国出口信用保险公司天津分公司"),
    ("出口信用保险公司", "中国出口信用保险公司天津分公司"),
)
# Names that stand for two bodies on purpose: a person who says 区政府 may mean 各区 or 有关区.
SHARED = {"区政府", "区人民政府", "区级政府", "区里政府", "区一级", "区里"}


def names_found(registry: AgencyRegistry, text: str) -> list[tuple[str, ...]]:
    return [registry.names(mention.agency_ids) for mention in registry.find(normalise(text))]


def test_every_printed_spelling_of_both_documents_is_known(
    registry: AgencyRegistry, units: tuple[PolicyUnit, ...]
) -> None:
    printed = {(name, found) for unit in units for name, found in zip(unit.agencies, unit.agency_ids, strict=True)}
    assert len({name for name, _ in printed}) == 41
    for name, agency_id in printed:
        assert registry.of_printed(name, "天津市") == agency_id
        (mention,) = registry.find(normalise(f"{name}有哪些任务"))
        assert (mention.phrase, mention.agency_ids, mention.weak) == (normalise(name), (agency_id,), False)


def test_the_table_lists_no_spelling_that_no_document_prints(corpus: Corpus, units: tuple[PolicyUnit, ...]) -> None:
    printed = {name for unit in units for name in unit.agencies}
    assert {name for agency in corpus.agencies for name in agency.printed} == printed


@pytest.mark.parametrize(("nickname", "canonical"), NICKNAMES, ids=[nickname for nickname, _ in NICKNAMES])
def test_a_nickname_is_its_body(registry: AgencyRegistry, nickname: str, canonical: str) -> None:
    assert names_found(registry, f"请问{nickname}负责什么") == [(canonical,)]


def test_spellings_of_one_body_share_its_id(registry: AgencyRegistry) -> None:
    for spellings in (
        ("人行天津分行", "人民银行天津分行", "中国人民银行天津市分行"),
        ("交通运输委", "市交通运输委"),
        ("天津港集团", "天津港（集团）有限公司"),
        ("天津滨海国际机场", "天津滨海国际机场有限公司"),
        ("市金融局", "市地方金融管理局"),
    ):
        assert len({registry.of_printed(spelling, "天津市") for spelling in spellings}) == 1


def test_the_three_district_bodies_are_different(registry: AgencyRegistry) -> None:
    ids = [registry.of_printed(name, "天津市") for name in ("各区人民政府", "有关区人民政府", "滨海新区人民政府")]
    assert None not in ids
    assert len(set(ids)) == 3


def test_no_name_belongs_to_two_bodies_but_those_shared_on_purpose(corpus: Corpus) -> None:
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for agency in corpus.agencies:
        for name in (agency.name, *agency.printed, *agency.aliases, *agency.weak):
            owners[normalise(name)].add(agency.agency_id)
    shared = {name: ids for name, ids in owners.items() if len(ids) > 1}
    assert set(shared) == SHARED
    assert all(ids == {"all-districts", "some-districts"} for ids in shared.values())


def test_no_weak_name_is_also_a_strong_one(corpus: Corpus) -> None:
    strong = {normalise(n) for a in corpus.agencies for n in (a.name, *a.printed, *a.aliases)}
    assert not strong & {normalise(name) for agency in corpus.agencies for name in agency.weak}


def test_the_longest_name_is_found(registry: AgencyRegistry) -> None:
    found = registry.find(normalise("滨海新区人民政府、天津滨海国际机场有限公司和市发展改革委"))
    assert [mention.phrase for mention in found] == ["滨海新区人民政府", "天津滨海国际机场有限公司", "市发展改革委"]


def test_several_bodies_are_found_left_to_right_with_their_spans(registry: AgencyRegistry) -> None:
    text = "海关和税务局共同负责、不含商务局的"
    found = registry.find(text)
    assert [(m.phrase, m.agency_ids) for m in found] == [
        ("海关", ("customs",)),
        ("税务局", ("tax",)),
        ("商务局", ("commerce",)),
    ]
    assert [text[m.start : m.end] for m in found] == [m.phrase for m in found]


@pytest.mark.parametrize("name", ["天津港", "机场", "自贸区", "东疆", "铁路", "邮政"])
def test_names_of_places_and_trades_are_weak(registry: AgencyRegistry, name: str) -> None:
    (mention,) = registry.find(name)
    assert mention.weak


def test_a_latin_name_must_stand_as_a_word(registry: AgencyRegistry) -> None:
    assert [mention.agency_ids for mention in registry.find("what does safe do")] == [("safe",)]
    assert registry.find("safety of unsafe goods") == ()


def test_a_name_that_stands_for_two_bodies_says_so(registry: AgencyRegistry) -> None:
    assert [mention.agency_ids for mention in registry.find("区政府要做什么")] == [("all-districts", "some-districts")]


@pytest.mark.parametrize("text", ["海外仓有什么支持", "住建委负责什么", "人民政府", ""])
def test_texts_that_name_no_body_of_the_corpus(registry: AgencyRegistry, text: str) -> None:
    assert registry.find(text) == ()


def test_ids_lead_to_bodies(registry: AgencyRegistry) -> None:
    assert registry["pboc"].kind == "中央驻津"
    assert registry.names(["customs", "tax"]) == ("天津海关", "天津市税务局")
    assert registry.of_printed("海关", "天津市") is None  # a nickname, printed in neither document


def test_a_registry_without_bodies_finds_nothing() -> None:
    assert AgencyRegistry(()).find("市商务局") == ()


def test_a_table_with_comments_is_read(tmp_path: Path) -> None:
    file = tmp_path / "agencies.tsv"
    file.write_text(f"# bodies\n\n{HEAD}a\t甲局\t市级部门\t甲|市甲局\t老甲\t\t某市\n", encoding="utf-8")
    assert load_agencies(file) == (Agency("a", "甲局", "市级部门", ("甲", "市甲局"), ("老甲",), (), "某市"),)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("a\t甲局\t市级部门\t甲\n", r":2: expected seven tab-separated fields"),
        ("a\t甲局\t乡级部门\t甲\t\t\t\n", r":2: unknown kind '乡级部门'; use one of 中央部门"),
        ("a\t甲局\t其他\t甲\t\t\t\nb\t乙局\t其他\t甲\t\t\t\n", r":3: '甲' already belongs to a"),
        ("a\t甲局\t其他\t甲\t\t\t\n# …\na\t乙局\t其他\t乙\t\t\t\n", r":4: 'a' already belongs to a"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, rows: str, message: str) -> None:
    file = tmp_path / "agencies.tsv"
    file.write_text(HEAD + rows, encoding="utf-8")
    with pytest.raises(AgencyTableError, match=message):
        load_agencies(file)
