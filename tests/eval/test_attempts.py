"""Attempts as JSON and back."""

from __future__ import annotations

import json
from dataclasses import replace

from eval.attempts import attempt_from_json, attempt_to_json
from eval.run import PRODUCT, Run
from eval.system import Attempt
from index.chat_stream import Tokens
from index.failure import Failure
from index.records import Generated
from tests.eval.perfect import CASES, answer


def test_round_trip(small_run: Run) -> None:
    for found in (*small_run.attempts[PRODUCT], Attempt(None, "KeyError: 1")):
        assert attempt_from_json(json.loads(json.dumps(attempt_to_json(found)))) == found


def test_what_a_model_had_to_do_with_an_answer_comes_back() -> None:
    plain = answer(CASES[0], (), "答", "1")
    for failure in (None, Failure.TIMEOUT):
        made = Generated("m", 3, 1, 1, Tokens(100, 20), 400.5, failure)
        found = Attempt(replace(plain, generation=made), ranking=("plan/14",))
        assert attempt_from_json(json.loads(json.dumps(attempt_to_json(found)))) == found
