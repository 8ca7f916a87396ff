from __future__ import annotations

from dataclasses import replace

from index.published import Remark, Severity
from tests.web.test_cards import HOSTILE, hostile
from web.intake import Checked, Outcome
from web.intake_html import checked_html, done_html, failed_html, going_html
from web.sources import Sources


def checked(sources: Sources, *remarks: Remark) -> Checked:
    units = sources.of_document("plan")
    return Checked(sources.documents["plan"], 23, 66, 4716, remarks, units[2:4])


def test_a_policy_officer_reads_facts_findings_and_first_measures(sources: Sources) -> None:
    html = checked_html(checked(sources, Remark(Severity.WARNING, "第9行", "缺第3项", "4．乙")), None)
    assert "<dt>文号</dt><dd>原文没有写明</dd>" in html
    assert "<dt>发文机关</dt><dd>天津市人民政府办公厅</dd>" in html
    assert "<dt>适用地区</dt><dd>天津市</dd>" in html
    assert "23 项，责任单位 66 处，全文 4,716 字" in html
    assert "核对：1 处提醒" in html
    assert "第9行：缺第3项<q>4．乙</q>" in html
    assert html.count("<small>") == 2


def test_what_to_do_with_it_is_advised(sources: Sources) -> None:
    found, plan = checked(sources), sources.documents["plan"]
    assert "新版本" in checked_html(found, plan)
    assert "不需要再收录" in checked_html(replace(found, held=True), plan)
    assert "note" not in checked_html(found, None)
    error = Remark(Severity.ERROR, "", "有文字没有归属", "")
    assert "不能收录" in checked_html(replace(found, remarks=(error,)), plan)


def test_the_report_counts_and_names_what_changed(sources: Sources) -> None:
    plan = sources.documents["plan"]
    added = tuple(f"{plan.title}第{number}项" for number in range(30, 42))
    html = done_html("已更新", Outcome(plan, added, (f"{plan.title}第2项",), (), 21))
    assert "新增 12 项，修改 1 项，其余 21 项不变。现在就可以提问。" in html
    assert "<li>第30项</li>" in html
    assert "<li>等 12 项</li>" in html
    gone = done_html("已移除", Outcome(plan, (), (), added, 0))
    assert "删去 12 项。</p>" in gone


def test_how_the_work_goes_on_is_told() -> None:
    assert going_html("正在收录") == '<p class="note" role="status">正在收录…</p>'
    assert "已用 7 秒" in going_html("正在收录", 7)
    assert failed_html("<b>") == '<p class="note bad" role="alert">&lt;b&gt;</p>'


def test_nothing_of_a_file_becomes_markup() -> None:
    sources, _ = hostile()
    document, unit = sources.documents["d"], sources.units["d/1"]
    remark = Remark(Severity.ERROR, HOSTILE, HOSTILE, HOSTILE)
    found = Checked(document, 1, 1, 1, (remark,), (unit,))
    for html in (checked_html(found, document), done_html("已收录", Outcome(document, (HOSTILE,), (), (), 0))):
        assert "<img" not in html
        assert "<script" not in html
