from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from eval.cases import OWN
from eval.grade import Grader
from eval.run import PRODUCT, Run, run
from index.agencies import AgencyRegistry
from index.records import Document, PolicyUnit
from ingest.corpus import Corpus
from tests.eval.perfect import CASES, Perfect, Spoiler, refuse
from web.evaluation_html import progress_html, results_html, upload_html
from web.evaluation_runs import Stage, Status
from web.evaluation_upload import Upload


@pytest.fixture(scope="module")
def runs(corpus: Corpus, units: tuple[PolicyUnit, ...], registry: AgencyRegistry) -> Mapping[str, Run]:
    """A run that is all right, and one of a system that refuses everything."""
    documents: dict[str, Document] = {document.slug: document for document in corpus.documents}
    grader = Grader(units, documents, registry)

    def made(name: str, spoil: Spoiler) -> Run:
        return run(
            name, CASES, {PRODUCT: lambda: Perfect(CASES, units, documents, spoil)}, grader, {"fingerprint": "f"}
        )

    return {"right": made("right", lambda given: given), "refusing": made("refusing", refuse)}


def done(found: Run, before: Run | None = None) -> Status:
    return Status("我的题.xlsx", Stage.DONE, len(CASES), len(CASES), run=found, folder=Path(), before=before)


def test_a_file_with_problems_says_which_row_and_what_to_do() -> None:
    html = upload_html(Upload("<题>.xlsx", CASES, ((3, "“问题”是空的；请填写问题，或删除这一行"),), unmeasured=1))
    assert "<b>&lt;题&gt;.xlsx</b>：读到 6 道可以评测的题" in html
    assert "<tr><td>第 3 行</td><td>“问题”是空的；请填写问题，或删除这一行</td></tr>" in html
    assert "其中 1 道没有可对照的" in html
    assert "……共 6 道" in html


def test_a_file_that_is_refused_says_why() -> None:
    assert "a.doc</b>：请上传 .xlsx。" in upload_html(Upload("a.doc", refused="请上传 .xlsx"))


def test_many_problems_are_cut() -> None:
    html = upload_html(Upload("a.csv", (), tuple((row, "空") for row in range(60))))
    assert html.count("<tr>") == 50
    assert "另有 10 行未列出" in html


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status("题", Stage.WAITING, 20, ahead=2), "前面还有 2 项评测"),
        (Status("题", Stage.WAITING, 20), "马上开始"),
        (Status("题", Stage.RUNNING, 20, 7), "已问 7 / 20 题"),
        (Status("题", Stage.RUNNING, 20, 20), "20 题都问完了，正在统计"),
        (Status("题", Stage.STOPPED, 20, 7), "问了 7 / 20 题"),
        (Status("题", Stage.FAILED, 20, 7, words="OSError：<满了>"), "停在第 7 题）：OSError：&lt;满了&gt;"),
    ],
)
def test_how_far_it_is(status: Status, words: str) -> None:
    assert words in progress_html(status)


def test_results_hold_figures_with_intervals_charts_tables_and_failures(
    runs: Mapping[str, Run], units: tuple[PolicyUnit, ...]
) -> None:
    by_id = {unit.unit_id: unit for unit in units}
    html = results_html(done(runs["refusing"]), by_id)
    right = runs["refusing"].summaries[PRODUCT]["all"]["metrics"]["right"]
    assert "我的题.xlsx：6 题中 1 题全对" in html  # of the two that are to be refused, one with this kind
    assert f"可能范围 {right['low']:.1%}–{right['high']:.1%}，6 题" in html
    assert html.count("<svg ") == 2
    assert "没有全对的题（5 / 6）" in html
    assert "2027年海外仓企业要有多少家？" in html
    assert "<dt>应当是</dt><dd>《天津市推动跨境电商高质量发展实施方案》第14项" in html
    assert "不该拒答而拒答" in html
    assert "还没有可比的上次评测" in html
    assert "没有：6 题全对" in results_html(done(runs["right"]), by_id)


def test_the_last_run_is_compared_question_by_question(runs: Mapping[str, Run], units: tuple[PolicyUnit, ...]) -> None:
    by_id = {unit.unit_id: unit for unit in units}
    html = results_html(done(runs["right"], runs["refusing"]), by_id)
    assert "与上次相比（6 道相同的题）" in html
    assert "<tr><th>全对</th><td>16.7%</td><td>100.0%</td><td>+83.3</td><td>5</td><td>0</td>" in html
    assert html.count("改对了") == 5
    same = results_html(done(runs["right"], runs["right"]), by_id)
    assert "每一题的对错都与上次相同" in same
    assert "没有变化" in same


def test_what_an_uploader_wrote_is_escaped(runs: Mapping[str, Run], units: tuple[PolicyUnit, ...]) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    cases = tuple(replace(case, question=hostile, kind=hostile, id=hostile, note=hostile, split=OWN) for case in CASES)
    found = replace(runs["refusing"], cases=cases)
    status = replace(done(found, found), title=hostile)
    assert "<img" not in results_html(status, {unit.unit_id: unit for unit in units})
    assert "<img" not in progress_html(replace(status, stage=Stage.RUNNING))
    assert "<img" not in upload_html(Upload(hostile, cases, ((1, hostile),)))
