"""Rules in a picture of a page."""

from __future__ import annotations

from importlib.util import find_spec

import numpy as np
import pytest

from ingest.readers.scan_rules import rules

pytestmark = pytest.mark.skipif(find_spec("cv2") is None, reason="needs `make ocr`")


def test_rules_that_cross_make_cells() -> None:
    pixels = np.full((400, 600, 3), 255, dtype=np.uint8)
    for y in (50, 150, 350):
        pixels[y : y + 2, 50:550] = 0
    for x in (50, 150, 548):
        pixels[50:352, x : x + 2] = 0
    (table,) = rules(pixels, 2.0)
    assert [len(row) for row in table.rows] == [2, 2]
    assert table.box == pytest.approx((25.5, 25.5, 274.5, 175.5), abs=1)


def test_a_page_without_rules_has_no_table() -> None:
    assert rules(np.full((400, 600, 3), 255, dtype=np.uint8), 2.0) == []


def test_strokes_of_great_letters_are_no_rules() -> None:
    pixels = np.full((400, 600, 3), 255, dtype=np.uint8)
    for x in (50, 90, 130):  # 22 points high
        pixels[50:94, x : x + 4] = 0
    pixels[50:52, 50:94] = 0
    assert rules(pixels, 2.0) == []
