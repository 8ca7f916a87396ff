from __future__ import annotations

from datetime import date

import pytest

from duties.files import file_name, printable

DAY = date(2026, 1, 2)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("天津海关任务清单", "天津海关任务清单_20260102.docx"),
        ("../a:b*?\n甲等 4 家", "ab甲等4家_20260102.docx"),
        ("长" * 200, f"{'长' * 60}_20260102.docx"),
    ],
)
def test_a_file_name_is_chinese_and_harmless(title: str, name: str) -> None:
    assert file_name(title, DAY, "docx") == name


def test_what_xml_cannot_hold_is_left_out() -> None:
    assert printable("甲\x00\x0b乙\ud800\n丙") == "甲乙\n丙"
