"""Lines that a program broke, put together again; lines that are paragraphs, left alone."""

from __future__ import annotations

import pytest

from ingest.readers.source import Line
from ingest.readers.wrapping import broken, first_word, glue, unwrapped

PARAGRAPHS = [
    "一、主要任务",
    "1.支持传统企业开展跨境电商业务，建设海外仓和公共服务平台，推动产业发展，到2027年培育企业100家。（责任单位：市商务局、市财政局）",
    "2.加强与相关国家和地区的贸易合作，鼓励企业参加展会，扩大进口规模，完善口岸功能，提高通关效率和服务水平。（责任单位：天津海关）",
    "二、保障措施",
]


def lines(texts: list[str]) -> list[Line]:
    found, start = list[Line](), 0
    for text in texts:
        found.append(Line(text, start, start + len(text) + 1))
        start += len(text) + 1
    return found


@pytest.mark.parametrize(("width", "indent"), [(20, ""), (23, ""), (20, "　　"), (31, "　　")])
def test_wrapped_paragraphs_are_whole_again(width: int, indent: str) -> None:
    wrapped = [
        (indent + text)[place : place + width] for text in PARAGRAPHS for place in range(0, len(indent + text), width)
    ]
    found = unwrapped(lines(wrapped))
    assert [line.text for line in found] == [indent + text for text in PARAGRAPHS]
    assert [line.start for line in found[1:]] == [line.end for line in found[:-1]]


def test_paragraphs_on_a_line_each_stay_as_they_are() -> None:
    given = lines(PARAGRAPHS * 3)
    assert unwrapped(given) == given


def test_a_list_of_short_lines_of_one_length_stays() -> None:
    given = lines(["支持企业开展业务建设。"] * 9)
    assert unwrapped(given) == given


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2027年", "2027"), ("（责任", "（责"), ("局）。市", "局）。"), ("AEO企业", "AEO"), ("", "")],
)
def test_the_first_word_can_not_be_parted(text: str, expected: str) -> None:
    assert first_word(text) == expected


def test_halves_are_glued_with_a_space_between_latin_letters_only() -> None:
    assert (glue("市商务", " 局"), glue("Free", "Trade"), glue("到", "2027年")) == (
        "市商务局",
        "Free Trade",
        "到2027年",
    )


def test_a_break_parts_before_numbers_and_after_sentences() -> None:
    assert broken("甲\n乙。\n丙\n（一）丁") == ["甲乙。", "丙", "（一）丁"]


def test_a_few_full_lines_among_short_ones_are_told_by_their_indent() -> None:
    width, short = 22, "　　牵头单位：市商务局"
    long = "　　（一）支持企业开拓市场，组织企业参加境外展会，给予展位费补助。"
    wrapped = [piece for _ in range(3) for piece in (long[:width], long[width:], short, short, short)]
    assert [line.text for line in unwrapped(lines(wrapped))] == [long, short, short, short] * 3
