"""Terms with one slip in them."""

from __future__ import annotations

import pytest

from index.slips import Slips

SLIPS = Slips(
    ("跨境电商", "船边直提", "公共海外仓", "市体育局", "千兆光网", "特色产业带", "有关区政府"),
    ("市体育局", "有关区政府"),
)


def meant(text: str, start: int = 0, loose: str = "") -> set[tuple[int, str]]:
    """Terms found at ``start``, with their ends; ``loose`` marks with x what may be wrong, all by default."""
    may = [int(mark == "x") for mark in loose or "x" * len(text)]
    return {(end, term) for end, term, _ in SLIPS.at(text, start, may)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("跨电商", (3, "跨境电商")),  # dropped
        ("船边直、", (3, "船边直提")),  # dropped at the end
        ("跨境境电商", (5, "跨境电商")),  # doubled
        ("跨电境商", (4, "跨境电商")),  # swapped
        ("跨竞电商", None),
        ("跨镜电商", (4, "跨境电商")),  # looks alike
        ("公共每外仓", (5, "公共海外仓")),  # another character inside five
        ("跨某电商", None),  # another character in four
        ("特色产业跟人", None),  # another character at the end: the next word's
        ("市教育局", None),  # another body
        ("千兆网", None),  # an abbreviation
        ("船边直接", None),  # its end may be the next word's
        ("跨境电商", None),  # right
    ],
)
def test_one_slip_is_found(text: str, found: tuple[int, str] | None) -> None:
    assert meant(text) == (set() if found is None else {found})


def test_only_what_may_be_wrong_is_replaced() -> None:
    assert meant("跨镜电商", loose=".x..") == {(4, "跨境电商")}
    assert meant("跨镜电商", loose="x.xx") == set()


def test_a_double_at_the_beginning_belongs_to_the_word_before() -> None:
    assert (6, "有关区政府") not in meant("有有关区政府")


def test_it_begins_where_it_is_asked() -> None:
    assert meant("做跨电境商吧", start=1) == {(5, "跨境电商")}
    assert meant("做跨电境商吧") == set()


def test_the_slips_differ_in_price() -> None:
    prices = [
        min(price for *_, price in SLIPS.at(text, 0, [1] * len(text)))
        for text in ("跨境境电商", "跨电境商", "跨镜电商", "跨电商")
    ]
    assert prices == sorted(prices)
