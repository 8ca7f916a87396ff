"""An evaluator's own spreadsheet: Chinese or English columns, gold in free text, bad rows by number."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from eval.cases import Fact, FactType
from eval.export import write_sheets
from eval.testset import TEMPLATE_ROWS, TestSetError, TestSetReader, is_test_set, write_template
from index.agencies import AgencyRegistry
from index.records import Document, PolicyUnit, Refusal


@pytest.fixture(scope="module")
def reader(units: tuple[PolicyUnit, ...], documents: dict[str, Document], registry: AgencyRegistry) -> TestSetReader:
    return TestSetReader(units, documents, registry)


def sheet(folder: Path, *rows: Sequence[object]) -> Path:
    path = folder / "my.xlsx"
    write_sheets(path, {"题": rows})
    return path


NINTH = tuple(f"task-table/{row}" for row in range(23, 28))


@pytest.mark.parametrize(
    ("written", "units_named"),
    [
        ("第9条", NINTH),
        ("第九条", NINTH),
        ("任务分工表第9条", NINTH),
        ("序号7", ("task-table/7",)),
        ("任务分工表序号27；实施方案第14项", ("task-table/27", "plan/14")),
        ("《天津市推动跨境电商高质量发展实施方案》第14项", ("plan/14",)),
        ("《天津市加快发展外贸新业态新模式若干措施》任务分工表第3条（序号7）", ("task-table/7",)),
        ("第3条（序号7）", ("task-table/7",)),
        ("三、保障措施（二）", ("plan/3.2",)),
        ("保障措施第二条", ("plan/3.2",)),
        ("序号7至9", ("task-table/7", "task-table/8", "task-table/9")),
        ("实施方案第13项、第14项", ("plan/13", "plan/14")),
        ("plan/14\ntask-table/1", ("plan/14", "task-table/1")),
        ("创新外汇管理服务", ("plan/13",)),
        ("总体要求", ("plan/1.1", "plan/1.2")),
        ("", ()),
    ],
)
def test_gold_in_free_text(reader: TestSetReader, written: str, units_named: tuple[str, ...]) -> None:
    assert reader.units_named(written) == units_named


@pytest.mark.parametrize("written", ["第99条", "实施方案第30项", "某某办法", "第9条；第99条"])
def test_gold_that_names_nothing(reader: TestSetReader, written: str) -> None:
    with pytest.raises(ValueError, match="names no unit"):
        reader.units_named(written)


def test_chinese_columns(tmp_path: Path, reader: TestSetReader) -> None:
    path = sheet(
        tmp_path,
        ("编号", "问题", "标准答案", "依据条款", "责任单位", "关键事实", "应拒答", "前文"),
        (
            1,
            "海外仓建多少？",
            "",
            "实施方案第14项",
            "市商务局、海关",
            "70家；60万平方米；津心融",
            None,
            "先问的\n再问的",
        ),
        (2, "公积金？", "", "", "", "", "范围外", ""),
    )
    first, second = reader.read(path).cases
    assert (first.id, first.gold, first.history) == ("1", ("plan/14",), ("先问的", "再问的"))
    assert first.agencies == ("市商务局", "海关")
    assert first.facts == (
        Fact(FactType.QUANTITY, 70.0, "家"),
        Fact(FactType.QUANTITY, 600_000.0, "平方米"),
        Fact(FactType.TERM, "津心融"),
    )
    assert (second.answerable, second.refusal) == (False, Refusal.OUT_OF_SCOPE)


def test_a_reference_answer_alone_gives_facts_and_bodies(tmp_path: Path, reader: TestSetReader) -> None:
    path = sheet(
        tmp_path,
        ("question", "reference"),
        ("海外仓目标？", "到2027年培育70家，由市商务局和天津海关负责。"),
        ("怎么支持？", "会有支持。"),
    )
    found = reader.read(path)
    case = found.cases[0]
    assert not case.gold_known
    assert case.agencies == ("天津市商务局", "天津海关")
    assert [str(fact) for fact in case.facts] == ["70家", "2027"]
    assert found.notes == ("1 rows give no unit, figure or body: scored only on whether an answer comes",)


@pytest.mark.parametrize(
    ("reference", "answerable"),
    [
        ("文件中没有提及补贴金额。", False),
        ("两份文件均未规定", False),
        ("未明确规定申报时间", False),
        ("支持建设海外仓，但没有写明金额。", True),
        ("没有责任单位以外的要求：由市商务局负责。", True),
    ],
)
def test_a_reference_answer_that_says_nothing_is_told_means_a_refusal(
    tmp_path: Path, reader: TestSetReader, reference: str, answerable: bool
) -> None:
    (case,) = reader.read(sheet(tmp_path, ("问题", "标准答案"), ("补贴多少钱？", reference))).cases
    assert (case.answerable, case.refusal, case.gold_known) == (answerable, None, not answerable)


def test_bad_rows_are_named_as_a_spreadsheet_numbers_them(tmp_path: Path, reader: TestSetReader) -> None:
    path = sheet(
        tmp_path,
        ("编号", "问题", "依据条款", "责任单位", "应拒答"),
        ("a", "好的题", "序号7", "", ""),
        ("b", "", "序号7", "", ""),
        ("c", "条号不对", "第99条", "", ""),
        ("d", "单位不对", "序号7", "月球管理局", ""),
        ("e", "拒答不对", "", "", "也许"),
        ("f", "没有可评的", "", "", ""),
        ("a", "编号重复", "序号8", "", ""),
        ("", "", "", "", ""),
        ("g", "拒答又有依据", "序号7", "", "是"),
    )
    found = reader.read(path)
    assert [case.question for case in found.cases] == ["好的题"]
    assert [str(problem).split(":")[0] for problem in found.problems] == [
        f"my.xlsx, row {n}" for n in (3, 4, 5, 6, 7, 8, 10)
    ]
    for reason, problem in zip(
        ("(问题) is empty", "第99条", "月球管理局", "也许", "nothing to score", "used twice", "can't have"),
        found.problems,
        strict=True,
    ):
        assert reason in str(problem)
        assert not re.search(r"[a-z]{3}", problem.chinese.removeprefix("应拒答"))  # the same, in the page's language


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_as_it_is_saved_by_excel(tmp_path: Path, reader: TestSetReader, encoding: str) -> None:
    path = tmp_path / "my.csv"
    path.write_text('问题,依据条款\n"海外仓，多少家？",序号7\n', encoding=encoding)
    assert [(case.question, case.gold) for case in reader.read(path).cases] == [("海外仓，多少家？", ("task-table/7",))]


def test_jsonl(tmp_path: Path, reader: TestSetReader) -> None:
    path = tmp_path / "my.jsonl"
    record = {"user_input": "那归谁管？", "gold": "序号7", "history": ["序号7讲什么", "然后呢"]}
    path.write_text(json.dumps(record), encoding="utf-8")
    case = reader.read(path).cases[0]
    assert (case.id, case.history) == ("my-1", ("序号7讲什么", "然后呢"))


def test_files_that_are_no_test_set(tmp_path: Path, reader: TestSetReader) -> None:
    (tmp_path / "a.csv").write_text("名字,年龄\n甲,3\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("问题\n", encoding="utf-8")
    (tmp_path / "c.xlsx").write_text("no workbook", encoding="utf-8")
    (tmp_path / "d.jsonl").write_text("[1]", encoding="utf-8")
    for name, reason in (
        ("a.csv", "no column with questions; name it 问题"),
        ("b.csv", "no rows"),
        ("c.xlsx", "not a workbook"),
        ("d.jsonl", "expected an object"),
        ("e.xlsx", "no such file"),
        ("f.doc", "can't read .doc"),
    ):
        with pytest.raises(TestSetError, match=reason):
            reader.read(tmp_path / name)
    assert is_test_set(Path("x.XLSX"))
    assert not is_test_set(Path("dev"))


@pytest.mark.parametrize("name", ["t.xlsx", "t.csv"])
def test_the_template_is_a_test_set(tmp_path: Path, reader: TestSetReader, name: str) -> None:
    write_template(tmp_path / name)
    found = reader.read(tmp_path / name)
    assert found.problems == ()
    assert len(found.cases) == len(TEMPLATE_ROWS) - 1
    with pytest.raises(TestSetError, match="exists already"):
        write_template(tmp_path / name)
    with pytest.raises(TestSetError, match=r"\.xlsx or \.csv"):
        write_template(tmp_path / "t.doc")
