"""How long a verified sentence takes, measured on a few questions."""

from __future__ import annotations

import pytest

from bench.writing import LIMIT_MS, Waits, measure
from index.settings import Settings


def test_summary_by_hand() -> None:
    found = Waits.of([9, 9, 9, 0.01, 0.02, 0.03])  # the first three warm up
    assert found.p50 == pytest.approx(20)
    assert found.longest == pytest.approx(30)
    assert found.p95 == pytest.approx(29)  # 0.9 of the way from the second to the third


def test_a_sentence_is_shown_soon_after_the_model_finished_it(index_settings: Settings) -> None:
    after, told, verbatim = measure(index_settings, most=5).values()
    assert 0 < after.p50 <= LIMIT_MS
    assert verbatim.p50 < told.p50  # asking a model takes longer than not asking it
