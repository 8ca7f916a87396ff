"""Title, number, date and issuer."""

from __future__ import annotations

from ingest.structure.frontmatter import FrontMatter, front_matter, read_front_matter
from tests.ingest.structure.reading import parsed, source_of

LETTER = (
    "南宁市人民政府办公室",
    "关于印发南宁市重点任务",
    "分工方案的通知",
    "南府办〔2021〕33 号",
    "各县（市、区）人民政府：",
    "《南宁市重点任务分工方案》已经市政府同意，现印发给你们，请认真实施。",
    "二〇二一年六月十五日",
    "南宁市重点任务分工方案",
    "为抓好落实，制定本方案。",
)


def test_a_letter_and_what_it_forwards() -> None:
    pieces = (*LETTER, "一、推进。（责任单位：甲局）")
    assert front_matter(source_of(*pieces), parsed(*pieces)) == FrontMatter(
        "南宁市重点任务分工方案", "南府办〔2021〕33号", "2021-06-15", "南宁市人民政府办公室"
    )


def test_a_document_signed_at_its_end() -> None:
    before = ["国务院关于做好当前和今后一个时期", "促进就业工作的若干意见", "国发〔2018〕39号", "各省人民政府："]
    found = read_front_matter(before, ["国务院", "2018年11月16日"])
    assert found == FrontMatter(
        "国务院关于做好当前和今后一个时期促进就业工作的若干意见", "国发〔2018〕39号", "2018-11-16", "国务院"
    )


def test_issuers_that_sign_together() -> None:
    run_on = read_front_matter(["关于促进消费的通知", "北京市发展和改革委员会北京市商务局", "2023 年1 月9 日"], [])
    assert (run_on.issuer, run_on.date) == ("北京市发展和改革委员会、北京市商务局", "2023-01-09")
    lines = read_front_matter(["关于促进就业的通知"], ["教育部", "财政部", "2023年5月15日"])
    assert lines.issuer == "教育部、财政部"


def test_a_task_table_states_nothing_but_its_title() -> None:
    assert read_front_matter(["附件", "贵阳市改革任务清单"], []) == FrontMatter("贵阳市改革任务清单", None, None, None)


def test_a_day_that_is_none_is_no_date() -> None:
    assert read_front_matter(["方案", "2023年13月40日"], []).date is None
