"""Pdfs: lines that a page broke, headers and numbers of pages, tables that go on, and files that are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.readers.source import ReadError
from tests.ingest.readers.papers import Placed, Rule, pdf, shown, source_of

LEFT, INDENT = 80.0, 108.0  # a paragraph's first line stands in two letters of 14 points
FULL = "支持传统企业开展跨境电商业务建设海外仓和公共服务平台推动产业发展提"  # 31 letters: 434 points


def lines(top: float, *texts: str) -> list[Placed]:
    """Texts 24 points apart; those that begin with a full-width space are indented by as many letters."""
    return [
        (LEFT + 14 * (len(text) - len(text.lstrip("\u3000"))), top + 24 * place, text.lstrip("\u3000"))
        for place, text in enumerate(texts)
    ]


def test_lines_are_paragraphs_again_over_a_page_break_too(tmp_path: Path) -> None:
    first = [*lines(90, "\u3000\u3000一、主要任务", "\u3000\u3000" + FULL[:29], FULL, FULL), (290.0, 790.0, "— 1 —")]
    second = [*lines(90, FULL, "升能力。（责任单位：市商务局）", "\u3000\u3000二、保障措施"), (290.0, 790.0, "— 2 —")]
    source = source_of(tmp_path, "a.pdf", pdf([first, second]))
    assert shown(source) == [
        "一、主要任务",
        FULL[:29] + FULL * 3 + "升能力。（责任单位：市商务局）",
        "二、保障措施",
    ]
    assert len(source.pages) == 2
    assert source.page_of(source.text.index("二、")) == 2


def test_a_header_on_every_page_is_no_text(tmp_path: Path) -> None:
    pages = [[(80.0, 40.0, "天津市人民政府公报"), (108.0, 90.0, f"第{number}条　支持企业。")] for number in "一二三"]
    assert shown(source_of(tmp_path, "a.pdf", pdf(pages))) == [f"第{number}条 支持企业。" for number in "一二三"]


def test_a_ruled_table_has_rows_and_wrapped_cells(tmp_path: Path) -> None:
    columns, rows = (80.0, 140.0, 340.0, 500.0), (100.0, 130.0, 190.0, 220.0)
    rules: list[Rule] = [(x, rows[0], x, rows[-1]) for x in columns]
    rules += [(columns[0], y, columns[-1], y) for y in rows]
    page: list[Placed] = [(80, 60, "任务分工表")]
    page += [(85, 107, "序号"), (145, 107, "工作任务"), (345, 107, "责任单位")]
    page += [(85, 137, "1"), (145, 137, "支持建设海外仓和公共服务平"), (145, 160, "台。"), (345, 137, "市商务局")]
    page += [(85, 197, "2"), (145, 197, "发展产业。"), (345, 197, "市财政局")]
    assert shown(source_of(tmp_path, "a.pdf", pdf([page], rules))) == [
        "任务分工表",
        ("序号", "工作任务", "责任单位"),
        ("1", "支持建设海外仓和公共服务平台。", "市商务局"),
        ("2", "发展产业。", "市财政局"),
    ]


def test_what_is_no_pdf_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"a\.pdf: damaged or not what it says it is .*print the document to a new pdf"):
        source_of(tmp_path, "a.pdf", b"%PDF-1.4\nnothing")
    with pytest.raises(ReadError, match=r"a\.pdf: holds no text"):
        source_of(tmp_path, "a.pdf", pdf([[]]))


def test_too_many_pages_are_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"a\.pdf: 1,001 pages, and 1,000 are read at most; split the file"):
        source_of(tmp_path, "a.pdf", pdf([[]] * 1_001))
