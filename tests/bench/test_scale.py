"""Growth, measured at a size that a test can afford."""

from __future__ import annotations

from pathlib import Path

from bench.scale import answer_figures, build_figures


def test_a_small_corpus_is_built_updated_and_asked(tmp_path: Path) -> None:
    built = build_figures(100, tmp_path)
    assert built["embedded"] == 1  # one unit changed: one passage
    assert built["rate"] > 0
    asked = answer_figures(tmp_path)
    assert asked["recall"] == 1.0
    assert 0 < asked["search50"] <= asked["search95"]
