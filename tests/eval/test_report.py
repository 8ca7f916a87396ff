"""What a report says, as Markdown and as HTML."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

from eval.charts import Bar, bar_chart, histogram
from eval.grade import METRICS, PROBLEMS
from eval.report import METRIC_FORMULAS, METRIC_NAMES, PROBLEM_NAMES, confusions, failures_of
from eval.report_html import html_report
from eval.report_markdown import markdown_report
from eval.run import PRODUCT, Run
from eval.table import failures, run_table
from index.records import PolicyUnit

Units = dict[str, PolicyUnit]


class Tags(HTMLParser):
    """Counts open tags and keeps every address that a page would ask for."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.addresses += [value for name, value in attrs if name in ("src", "href") and value]
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag that closes itself leaves nothing open."""

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_every_metric_and_problem_has_words() -> None:
    assert list(METRIC_NAMES) == list(METRIC_FORMULAS) == list(METRICS)
    assert tuple(PROBLEM_NAMES) == PROBLEMS


def test_html_is_whole_and_asks_nothing_of_others(refusing_run: Run, by_id: Units) -> None:
    page = html_report(refusing_run, by_id)
    tags = Tags()
    tags.feed(page)
    assert (tags.open, tags.addresses) == ([], [])
    assert "<script" not in page
    assert not re.search(r"url\(|@import", page)
    assert page.count("<details>") == 5
    assert page.count("<svg") == 3  # kinds, problems, latency


def test_html_shows_text_as_text(small_run: Run, by_id: Units) -> None:
    cases = tuple(replace(case, question="<script>alert(1)</script>") for case in small_run.cases)
    grades = {PRODUCT: tuple(replace(grade, right=False, problem="error") for grade in small_run.grades[PRODUCT])}
    page = html_report(replace(small_run, cases=cases, grades=grades), by_id)
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_markdown_lists_every_failure_with_what_was_expected(refusing_run: Run, by_id: Units) -> None:
    page = markdown_report(refusing_run, by_id)
    assert page.count("\n### ") == 5
    assert "## 没有全对的题（5 / 6）" in page
    assert (
        "- 应为：《天津市推动跨境电商高质量发展实施方案》第14项；责任单位：市商务局；关键事实：70家、60万平方米、2027"
        in page
    )
    assert "- 实得：拒答：不在范围内" in page


def test_a_failure_without_an_answer_shows_the_error(refusing_run: Run, by_id: Units) -> None:
    attempts = tuple(replace(found, answer=None, error="KeyError: 1") for found in refusing_run.attempts[PRODUCT])
    shown = failures_of(replace(refusing_run, attempts={PRODUCT: attempts}), by_id)
    assert {failure.got for failure in shown} == {("KeyError: 1",)}


def test_confusions_pair_what_is_missing_with_what_was_cited(small_run: Run) -> None:
    grades = tuple(
        replace(grade, missing_units=("plan/1",), stray_units=("plan/2",)) for grade in small_run.grades[PRODUCT][:2]
    )
    assert confusions(replace(small_run, grades={PRODUCT: grades})) == [(("plan/1", "plan/2"), 2)]


def test_the_terminals_table(small_run: Run, refusing_run: Run) -> None:
    table = run_table(refusing_run)
    assert re.search(r"^all +\| +6 +17%", table, re.MULTILINE)
    assert re.search(r"^false_refusal +100\.0%", table, re.MULTILINE)
    assert failures(small_run) == "every case is right"
    assert failures(refusing_run).count("false_refusal") == 4


def test_charts() -> None:
    chart = bar_chart([Bar("甲<乙", 0.5, "50%", 0.4, 0.6)])
    assert "甲&lt;乙" in chart
    assert 'width="210.0"' in chart  # half of 420
    assert histogram([], "ms") == ""
    assert histogram([1.0] * 99 + [50.0], "ms", bins=2).count("<text") == 4
