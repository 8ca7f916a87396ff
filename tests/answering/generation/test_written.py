"""A sentence taken apart: what is shown of it, what it points at, and whether it held markup."""

from __future__ import annotations

import pytest

from answering.generation.written import Written, read_sentence


@pytest.mark.parametrize(
    ("raw", "text", "handles"),
    [
        ("建设海外仓[1]。", "建设海外仓。", (1,)),
        ("建设海外仓[2][1][2]。", "建设海外仓。", (2, 1)),
        ("建设海外仓[ 1, 2；3 ]。", "建设海外仓。", (1, 2, 3)),
        ("建设海外仓【1】［２］〔3〕。", "建设海外仓。", (1, 2, 3)),
        ("建设海外仓[0][9999]。", "建设海外仓。", (0, 9999)),
        ("建设海外仓。", "建设海外仓。", ()),
        ("- **建设**海外仓[1]。", "建设海外仓。", (1,)),
        ("（一）建设海外仓[1]。", "建设海外仓。", (1,)),
        ("1. 建设海外仓[1]。", "建设海外仓。", (1,)),
        ("3.5万平方米[1]。", "3.5万平方米。", (1,)),  # a number, no mark of a list
        ("培育3~5家[1]。", "培育3至5家。", (1,)),
        ("建设\n海外 仓[1]。", "建设海外仓。", (1,)),
        ("用 FT account 结算[1]。", "用FT account结算。", (1,)),
        ("建设\u200b海\u202e外仓\x07[1]。", "建设海外仓。", (1,)),
        ("", "", ()),
    ],
)
def test_what_a_reader_is_shown(raw: str, text: str, handles: tuple[int, ...]) -> None:
    assert read_sentence(raw) == Written(text, handles, marked_up=False)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("建设<b>海外仓</b>[1]。", "建设海外仓。"),
        ("建设![图](https://e.example/x)海外仓[1]。", "建设海外仓。"),
        ("建设[海外仓](https://e.example)[1]。", "建设。"),
        ("建设&lt;海外仓[1]。", "建设海外仓。"),
        ("建设`海外仓`[1]。", "建设海外仓。"),
        ("建设[甲]海外仓[1]。", "建设甲海外仓。"),
        ("建设|海外仓|[1]。", "建设海外仓。"),
    ],
)
def test_what_could_hide_words_is_taken_away_and_told(raw: str, text: str) -> None:
    assert read_sentence(raw) == Written(text, (1,), marked_up=True)


def test_handles_of_more_than_four_digits_are_none() -> None:
    assert read_sentence("建设海外仓[12345]。").handles == ()
    assert read_sentence("建设海外仓[12345]。").marked_up
