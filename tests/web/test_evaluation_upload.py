from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

import web.evaluation_upload as upload
from answering.service import Service
from eval.export import write_sheets
from web.evaluation_upload import read_upload

HEAD = ("编号", "问题", "标准答案", "依据条款", "应拒答")


def test_rows_are_read_and_bad_ones_named_in_chinese(service: Service, tmp_path: Path) -> None:
    rows = (
        HEAD,
        ("1", "2027年要建成多少家海外仓企业？", "70家", "实施方案第14项", ""),
        ("2", "", "", "序号7", ""),
        ("3", "条号不对", "", "第99条", ""),
        ("4", "公积金怎么提取？", "", "", "是"),
        ("5", "只有答案", "没有数字的一句话", "", ""),
    )
    write_sheets(tmp_path / "题目.xlsx", {"题": rows})
    found = read_upload(tmp_path / "题目.xlsx", service)
    assert (found.name, found.refused, found.unmeasured) == ("题目.xlsx", "", 1)
    assert [case.id for case in found.cases] == ["1", "4", "5"]
    assert found.problems == (
        (3, "“问题”是空的；请填写问题，或删除这一行"),
        (4, "依据条款“第99条”在文件里没有这个编号；请对照原文改正"),
    )


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.docx", b"x", "“.docx”不是能读的文件"),
        ("a", b"x", "没有后缀"),
        ("a.xlsx", b"x", "这不是能打开的 Excel 文件"),
        ("a.csv", "名字\n甲\n".encode(), "没有叫“问题”的列"),
        ("b.csv", "问题\n".encode(), "文件里没有题目"),
        ("a.jsonl", b"\xff\xfe\x00", "文件读不出来"),
        ("b.jsonl", b"{", "第 1 行不是 JSON"),
        ("c.csv", b"x" * (upload.MOST_BYTES + 1), "文件有 4.0 MB，最多 4 MB"),
    ],
)
def test_files_that_cannot_be_used_are_refused_with_a_remedy(
    name: str, content: bytes, words: str, service: Service, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    found = read_upload(tmp_path / name, service)
    assert words in found.refused
    assert found.cases == ()


def test_a_workbook_that_unpacks_to_too_much_is_not_opened(service: Service, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/worksheets/sheet1.xml", bytes(upload.MOST_UNPACKED + 1))
    assert (tmp_path / "a.xlsx").stat().st_size < upload.MOST_BYTES
    assert "展开后太大" in read_upload(tmp_path / "a.xlsx", service).refused


def test_more_questions_than_one_run_takes(service: Service, tmp_path: Path) -> None:
    lines = "".join(f"第{n}个问题,是\n" for n in range(upload.MOST_CASES + 1))
    (tmp_path / "a.csv").write_text(f"问题,应拒答\n{lines}", encoding="utf-8")
    assert "有 1001 道题，一次最多 1000 道" in read_upload(tmp_path / "a.csv", service).refused
