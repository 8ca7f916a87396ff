"""What the lines around the measures are."""

from __future__ import annotations

import pytest

from ingest.structure.kinds import kind_of


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("国发〔2018〕39号", "document number"),
        ("津政办规〔2023〕 5 号", "document number"),
        ("二〇二一年六月十五日", "date"),
        ("（此件主动公开）", "publication mark"),
        ("各区人民政府，市政府各部门：", "salutation"),
        ("为推动发展，制定本方案。", "preamble"),
        ("经市政府同意，现印发给你们，请贯彻执行。", "notice"),
        ("天津市人民政府办公厅", "signature"),
        ("天津市推动跨境电商高质量发展实施方案", "title"),
        ("", "blank"),
    ],
)
def test_an_opening_line(text: str, name: str) -> None:
    assert kind_of(text, opening=True) == name


def test_behind_the_measures_a_plain_paragraph_has_no_name() -> None:
    assert kind_of("各地要抓好落实。", opening=False) is None
    assert kind_of("国务院", opening=False) == "signature"
