"""Numbers that Word prints by itself."""

from __future__ import annotations

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ingest.readers.docx_numbering import Numbering, printed, read_numbering

LEVELS = (("chineseCountingThousand", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))


def level(place: int, form: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(levels: str, more: str = "", styles: str = "") -> Numbering:
    lists = (
        f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{more}'
    )
    return read_numbering(
        parse_xml(f"<w:numbering {nsdecls('w')}>{lists}</w:numbering>"),
        parse_xml(f"<w:styles {nsdecls('w')}>{styles}</w:styles>"),
    )


def before(found: Numbering, *places: tuple[int, int]) -> list[str]:
    """What is printed before paragraphs in (list, level)."""
    return [
        found.before(
            parse_xml(
                f'<w:p {nsdecls("w")}><w:pPr><w:numPr><w:ilvl w:val="{of}"/><w:numId w:val="{number}"/></w:numPr>'
                "</w:pPr></w:p>"
            )
        )
        for number, of in places
    ]


@pytest.mark.parametrize(
    ("number", "form", "expected"),
    [
        (14, "chineseCountingThousand", "十四"),
        (10, "ideographDigital", "一〇"),
        (3, "decimalEnclosedCircleChinese", "③"),
        (21, "decimalEnclosedCircle", "21"),
        (2, "chineseLegalSimplified", "贰"),
        (28, "lowerLetter", "bb"),
        (14, "upperRoman", "XIV"),
        (7, "decimalZero", "07"),
        (12, "decimalFullWidth", "１２"),
        (2, "ideographTraditional", "乙"),
        (5, "bullet", ""),
        (5, "neverHeardOf", "5"),
    ],
)
def test_a_number_is_written_in_its_form(number: int, form: str, expected: str) -> None:
    assert printed(number, form) == expected


def test_a_level_begins_anew_below_the_next_of_the_level_above() -> None:
    found = numbering("".join(level(place, *of) for place, of in enumerate(LEVELS)))
    assert before(found, (1, 0), (1, 1), (1, 2), (1, 2), (1, 1), (1, 2), (1, 0), (1, 1)) == [
        "一、", "（一）", "1.", "2.", "（二）", "1.", "二、", "（一）",
    ]  # fmt: skip


def test_a_level_may_run_through() -> None:
    found = numbering(level(0, *LEVELS[0]) + level(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>'))
    assert before(found, (1, 0), (1, 1), (1, 0), (1, 1)) == ["一、", "1.", "二、", "2."]


def test_lists_of_one_definition_count_together_but_for_an_override() -> None:
    more = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    found = numbering(level(0, "decimal", "%1."), more)
    assert before(found, (1, 0), (2, 0), (3, 0), (3, 0)) == ["1.", "2.", "1.", "2."]


def test_a_number_of_several_levels_is_printed_whole() -> None:
    found = numbering(level(0, "chineseCounting", "第%1章") + level(1, "decimal", "%1.%2", "<w:isLgl/>"))
    assert before(found, (1, 0), (1, 1)) == ["第一章", "1.1"]


def test_a_style_names_the_list_and_the_list_the_level() -> None:
    styles = (
        '<w:style w:styleId="A"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    )
    linked = level(0, *LEVELS[0]) + level(1, *LEVELS[1], '<w:pStyle w:val="B"/>')
    found = numbering(linked, styles=styles)
    paragraphs = (f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="{name}"/></w:pPr></w:p>' for name in "AB")
    assert [found.before(parse_xml(paragraph)) for paragraph in paragraphs] == ["一、", "（一）"]


def test_list_0_takes_the_number_away() -> None:
    assert before(numbering(level(0, *LEVELS[0])), (0, 0), (9, 0)) == ["", ""]
