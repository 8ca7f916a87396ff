"""What the checks of a document find, where, and how grave it is."""

from __future__ import annotations

from dataclasses import replace

from index.agencies import AgencyRegistry
from index.published import Severity
from index.records import Document
from ingest.balance import Balance, BalanceError, balance, require_balanced
from ingest.findings import Finding
from ingest.readers.source import Source
from ingest.units import Parsed, Part
from tests.ingest.structure.reading import parsed, source_of

NOBODY = AgencyRegistry(())


def found(*pieces: str | tuple[str, ...]) -> Balance:
    source = source_of("标题", *pieces)
    return balanced(source, parsed("标题", *pieces))


def balanced(source: Source, read: Parsed) -> Balance:
    return balance(
        Document("new", "标题", "标题", (), None, None, None, "new.txt", source.sha256), source, read, NOBODY
    )


def grave(balance: Balance) -> list[tuple[Severity, str]]:
    return [(finding.severity, str(finding)) for finding in balance.findings if finding.severity is not Severity.NOTE]


def test_a_document_that_is_whole() -> None:
    whole = found("一、推进。（责任单位：市商务局）", "二、完善。（责任单位：市商务局）")
    assert (whole.problems, whole.errors, whole.warnings) == ((), (), ())
    assert [(note.kind, note.severity, note.line) for note in whole.findings] == [("body", Severity.NOTE, 2)]
    require_balanced([whole])


def test_gaps_and_doubles_are_told_under_their_heading() -> None:
    whole = found("一、任务", "（一）甲。", "（三）乙。", "二、保障", "（一）丙。", "（一）丁。")
    assert grave(whole) == [
        (Severity.WARNING, "一、任务: missing [2]"),
        (Severity.WARNING, "二、保障: doubled [1]"),
    ]
    assert (whole.findings[0].line, whole.findings[0].excerpt) == (4, "（三）乙。 二、保障 （一）丙。 （一）丁。")


def test_numbers_that_run_on_are_one_count() -> None:
    assert not found("一、任务", "1.甲。", "2.乙。", "二、保障", "3.丙。").problems
    assert found("一、任务", "1.甲。", "2.乙。", "二、保障", "4.丙。").problems == ("tasks: missing [3]",)


def test_a_warning_fails_only_where_that_is_wanted() -> None:
    gap = found("一、甲。", "三、乙。")
    require_balanced([gap], strict=False)
    try:
        require_balanced([gap])
    except BalanceError as error:
        assert str(error).endswith("new.txt: 全文 一、: missing [2]")
    else:
        raise AssertionError


def test_characters_in_no_part_are_an_error() -> None:
    pieces = ("标题", "一、推进。")
    read = parsed(*pieces)
    lost = balanced(source_of(*pieces), replace(read, parts=()))
    assert [finding.kind for finding in lost.errors] == ["coverage"]
    twice = balanced(source_of(*pieces), replace(read, parts=(*read.parts, Part("title", 0, 2))))
    assert any("in two parts" in str(finding) for finding in twice.errors)


def test_rows_that_do_not_fit_are_told() -> None:
    heads = ("序号", "任务", "责任单位", "时限")
    warned = found(heads, ("1", "甲。", "市商务局", "6月"), ("乙。", "市财政局", "7月"))
    assert [(one.kind, one.line) for one in warned.warnings] == [("cells", 10)]


def test_a_table_of_figures_is_a_note() -> None:
    noted = found("一、推进。", ("指标", "2024年"), ("增速", "5%"))
    assert [(one.kind, one.severity) for one in noted.findings] == [("cells", Severity.NOTE)]


def test_a_bracket_that_looks_like_a_responsibility_is_told() -> None:
    warned = found("一、推进（市商务局抓总，市财政局按要求配合），加强。")
    assert [one.kind for one in warned.warnings] == ["bracket"]


def test_a_name_that_is_two_is_told() -> None:
    warned = found(("序号", "任务", "责任单位"), ("1", "甲。", "市商务局。市财政局"))
    assert [one.kind for one in warned.warnings] == ["body"]


def test_doubled_text_is_a_note() -> None:
    text = "支持企业开拓国际市场，提升服务能力和水平。"
    noted = found(f"一、{text}", f"二、{text}")
    assert [(one.kind, str(one)) for one in noted.findings] == [("double", "unit 二 repeats the text of unit 一")]


def test_the_report_for_an_officer_and_the_json() -> None:
    gap = found("一、甲。", "三、乙。")
    lines = list(gap.report())
    assert lines[0] == "《标题》"
    assert lines[-1] == "【提醒】第3行：全文 一、：缺编号 2。（三、乙。）"
    assert gap.as_json()["balanced"] is False
    assert gap.as_json()["findings"][0] == {
        "severity": "warning",
        "kind": "numbering",
        "message": "全文 一、: missing [2]",
        "chinese": "全文 一、：缺编号 2。",
        "line": 3,
        "page": None,
        "excerpt": "三、乙。",
    }


def test_a_finding_about_a_page() -> None:
    assert Finding(Severity.NOTE, "body", "", "", 7, 2).place == "第2页第7行"
