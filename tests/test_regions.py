"""Answers over documents of several places: each place's bodies and numbers are its own, and the answer says whose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from answering.service import Service
from index.records import Answer, Refusal
from index.settings import Settings
from ingest.build import build
from tests.regions import write_corpus

Asked = tuple[str, ...]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("regions")
    own = Settings.read()
    settings = replace(own, corpus_dir=write_corpus(own.corpus_dir, folder / "corpus"), index_dir=folder / "index")
    build(settings)
    service = Service(settings)
    yield service
    service.close()


def cited(answer: Answer) -> list[str]:
    return [citation.unit_id for citation in answer.citations]


def documents(answer: Answer) -> set[str]:
    return {unit_id.partition("/")[0] for unit_id in cited(answer)}


@pytest.mark.parametrize(
    ("question", "unit_ids"),
    [
        ("武汉市商务局有哪些任务", ["wuhan/1", "wuhan/2", "wuhan/5"]),
        ("武汉的商务局负责哪些任务", ["wuhan/1", "wuhan/2", "wuhan/5"]),
        ("武汉海关有哪些任务", ["wuhan/1", "wuhan/3"]),
        ("武汉人行有哪些任务", ["wuhan/4"]),
        ("赣州市商务局负责什么", ["ganzhou/1"]),
        ("甘肃省人社厅有哪些任务", ["gansu/2", "gansu/5"]),
        ("人社部有哪些任务", ["guofa/1", "guofa/3", "guofa/4", "guofa/5"]),
        ("商务部有哪些任务", ["guofa/5"]),
        ("武汉市商务局和武汉海关共同负责哪些任务", ["wuhan/1"]),
        ("武汉的方案第3项讲什么", ["wuhan/3"]),
        ("赣州市第三条讲什么", ["ganzhou/3"]),
        ("国发〔2018〕39号第二条讲什么", ["guofa/2"]),
        ("2018年的文件第三条是什么", ["guofa/3"]),
        ("个体工商户的措施第2条谁负责", ["gansu/2"]),
        ("就业意见第一条", ["guofa/1"]),
        ("赣州市行政审批局牵头哪些任务", ["ganzhou/1", "ganzhou/3", "ganzhou/4"]),
        ("赣州市行政审批局配合哪些任务", ["ganzhou/2"]),
        ("国发〔2018〕39号讲什么", [f"guofa/{number}" for number in range(1, 6)]),
    ],
)
def test_what_a_question_with_a_place_a_document_or_its_number_rests_on(
    question: str, unit_ids: list[str], service: Service
) -> None:
    assert cited(service.ask(question)) == unit_ids


def test_a_body_without_a_place_is_that_of_every_place_and_the_answer_says_which(service: Service) -> None:
    answer = service.ask("商务局有哪些任务")
    assert documents(answer) == {"task-table", "plan", "wuhan", "ganzhou"}
    held = {unit.unit_id for unit in service.units if "市商务局" in unit.agencies}
    assert set(cited(answer)) == held
    assert "天津市商务局" in answer.answer.partition("\n")[0]
    assert "武汉市促进甲类进口贸易实施方案 3 项" in answer.answer


def test_the_same_printed_name_is_another_body_in_another_place(service: Service) -> None:
    ids = {
        agency_id
        for unit in service.units
        for printed, agency_id in zip(unit.agencies, unit.agency_ids, strict=True)
        if printed == "市商务局"
    }
    assert ids == {"commerce", "武汉市商务局", "赣州市商务局"}
    assert "" not in {agency_id for unit in service.units for agency_id in unit.agency_ids}


def test_an_answer_by_search_keeps_to_the_place(service: Service) -> None:
    answer = service.ask("甘肃的个体工商户创业担保贷款最高多少")
    assert documents(answer) == {"gansu"}
    assert "20万元" in answer.answer


@pytest.mark.parametrize("place", ["武汉", "成都"])
def test_the_country_answers_where_the_place_does_not_and_the_answer_says_so(place: str, service: Service) -> None:
    answer = service.ask(f"{place}的失业保险费返还政策")
    assert cited(answer) == ["guofa/1"]
    assert answer.answer.startswith(f"所收文件里没有{place}市自己的规定写到这一点，下面出自全国性文件。")


def test_the_province_answers_for_its_city(service: Service) -> None:
    answer = service.ask("兰州的个体工商户房租怎么减免")
    assert cited(answer) == ["gansu/3"]
    assert "下面出自甘肃省的文件" in answer.answer


def test_roles_are_told_where_the_document_marks_them(service: Service) -> None:
    marked = service.ask("赣州市第一条讲什么").answer
    assert "牵头：市行政审批局；配合：市商务局、各县（市、区）人民政府" in marked
    assert "完成时限**：2023年10月底前" in marked
    plain = service.ask("武汉的方案第1项讲什么").answer
    assert "**责任单位**：市商务局、武汉海关" in plain


def test_who_leads_is_the_lead_where_one_is_marked(service: Service) -> None:
    assert "牵头单位：**市行政审批局**" in service.ask("赣州的远程视频踏勘由谁牵头").answer
    assert "没有标明哪一家牵头" in service.ask("武汉的汽车平行进口由谁牵头").answer


def test_a_deadline_answers_until_when(service: Service) -> None:
    answer = service.ask("赣州的远程视频踏勘什么时候完成")
    assert cited(answer) == ["ganzhou/3"]
    assert answer.answer.startswith("完成时限：**2024年6月底前**")


def test_a_body_of_a_place_that_holds_nothing_is_not_replaced_by_another_places(service: Service) -> None:
    for question in ("武汉市水利局有哪些任务", "杭州海关有哪些任务", "武汉市统计局有哪些任务"):
        answer = service.ask(question)
        assert answer.refusal is Refusal.NONEXISTENT
        assert not answer.citations


def test_a_follow_up_takes_the_body_to_another_place(service: Service) -> None:
    answer = service.ask("那赣州呢", ["武汉市商务局有哪些任务"])
    assert cited(answer) == ["ganzhou/1"]
    assert answer.understood.agencies == ("赣州市商务局",)


def test_a_number_without_a_document_is_that_of_every_place(service: Service) -> None:
    assert documents(service.ask("第二条讲什么")) == {"task-table", "wuhan", "ganzhou", "gansu", "guofa"}


def test_a_refusal_names_some_documents_and_counts_them(service: Service) -> None:
    text = service.ask("明天会下雨吗").answer
    assert "等 6 份文件（天津市、武汉市、赣州市等 5 个地方）" in text
    assert "国务院" not in text  # only the first are named
