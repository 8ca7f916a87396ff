"""Paragraphs told by where lines begin and end; letters of 14 points, a column of 31 from 80 to 514."""

from __future__ import annotations

from ingest.readers.pdf_lines import paragraphs
from ingest.readers.printed import Printed
from ingest.readers.source import Cells, Text


def page(*texts: str, size: float = 14, step: float = 24) -> list[Printed | Cells]:
    """Lines from the top down; full-width spaces before one indent it."""
    found: list[Printed | Cells] = []
    for place, text in enumerate(texts):
        x0 = 80 + 14 * (len(text) - len(text.lstrip("\u3000")))
        bare, top = text.lstrip("\u3000"), 90 + step * place
        found.append(Printed(bare, x0, x0 + size * len(bare), top, top + size, size))
    return found


def words(pages: list[list[Printed | Cells]]) -> list[str]:
    return [piece.text for piece in paragraphs(pages) if isinstance(piece, Text)]


FULL = "甲" * 31


def test_an_indent_begins_a_paragraph_and_a_full_line_goes_on() -> None:
    first = "\u3000\u3000" + "乙" * 29
    assert words([page(first, FULL, "丙" * 8, first, FULL, first, "丁" * 3)]) == [
        first.strip() + FULL + "丙" * 8,
        first.strip() + FULL,
        first.strip() + "丁" * 3,
    ]


def test_without_indents_a_short_line_or_a_number_after_a_sentence_ends_a_paragraph() -> None:
    full = "甲" * 30 + "。"
    assert words([page("1.乙", FULL, "丙" * 9, full, "2.丁", FULL, FULL, "戊")]) == [
        "1.乙", FULL + "丙" * 9, full, "2.丁", FULL * 2 + "戊",
    ]  # fmt: skip


def test_a_line_that_leaves_no_room_for_the_next_word_is_full() -> None:
    assert words([page(FULL, "乙" * 30, "（丙）" + "丁" * 28, "戊")]) == [
        FULL + "乙" * 30 + "（丙）" + "丁" * 28 + "戊"
    ]


def test_a_paragraph_goes_on_over_a_page_and_not_over_a_table() -> None:
    assert words([page(FULL, FULL, FULL, FULL), page("乙" * 5, FULL, FULL, FULL)])[0] == FULL * 4 + "乙" * 5
    row = Cells(("1", "丙"), 1, 1)
    assert paragraphs([[*page(FULL, FULL, FULL), row, *page("丁")]]) == [Text(FULL * 3, 1), row, Text("丁", 1)]


def test_a_title_of_two_lines_is_one_and_the_body_is_not_its_end() -> None:
    title = [Printed("关于印发", 240, 352, 40, 58, 20), Printed("若干措施的通知", 210, 385, 66, 84, 20)]
    assert words([[*title, *page(FULL, FULL, FULL, FULL, "乙")]]) == ["关于印发若干措施的通知", FULL * 4 + "乙"]
