"""A real start of the empty chat, and programs that never serve."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.start import Program, Start, StartError, medians, programs, start_once


def test_the_empty_chat_serves_and_answers(tmp_path: Path) -> None:
    start = start_once(programs(tmp_path, tmp_path)[-1])
    assert 0 < start.page < start.answer
    assert start.memory is None or start.memory > 10


def test_a_program_that_ends_is_named() -> None:
    with pytest.raises(StartError, match=r"short serves no page on port \d+ \(exit status 3\)"):
        start_once(Program("short", ("-c", "raise SystemExit(3)"), "chat", (), {}))


def test_medians_by_hand() -> None:
    assert medians([Start(1, 4, 10), Start(3, 5, None), Start(2, 9, 30)]) == (2, 5, 20)
    assert medians([Start(1, 2, None)]) == (1, 2, None)
