"""Which sentences of a unit are retold, in a text short enough to see why."""

from __future__ import annotations

import pytest

from answering.generation.retold import retold

GOODS, STORES, COUNT = (
    "支持天津港加密外贸航线。",
    "鼓励自营海外仓向公共海外仓转型。",
    "到2027年培育海外仓70家，面积60万平方米。",
)
TEXT = GOODS + STORES + COUNT


@pytest.mark.parametrize(
    ("told", "quoted"),
    [
        ("支持天津港加密航线。", (GOODS,)),
        ("自营海外仓可向公共海外仓转型。", (STORES,)),
        ("面积要达到60万平方米。", (COUNT,)),
        ("海外仓到2027年达70家。", (COUNT,)),  # the number decides: STORES shares 海外, 外仓 just as well
        ("海外仓到2026年达90家。", ()),  # and no sentence has these
        ("加密外贸航线，鼓励公共海外仓。", (GOODS, STORES)),
        ("面积60万平方米，天津港加密外贸航线。", (GOODS, COUNT)),  # in the unit's order
        ("由市商务局负责。", ()),
        ("", ()),
    ],
)
def test_what_is_retold(told: str, quoted: tuple[str, ...]) -> None:
    assert retold(told, TEXT) == quoted


def test_of_two_that_share_as_much_the_whole_sentence_decides_and_then_the_first() -> None:
    twice = "甲区建设保税仓库。乙区建设保税仓库。"
    assert retold("建设保税仓库。", twice) == ("甲区建设保税仓库。",)
    assert retold("在乙区，建设保税仓库。", twice) == ("乙区建设保税仓库。",)


def test_a_sentence_that_others_hold_already_is_not_added() -> None:
    """物流配送 shares 物流, 流配, 配送 with both; the first clause has chosen the second sentence."""
    text = "发展物流配送。支持海外仓完善市场运营、物流配送和商品售后服务。"
    assert retold("海外仓完善商品售后服务，物流配送。", text) == ("支持海外仓完善市场运营、物流配送和商品售后服务。",)
