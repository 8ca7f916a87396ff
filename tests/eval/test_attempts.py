"""Attempts as JSON and back."""

from __future__ import annotations

import json

from eval.attempts import attempt_from_json, attempt_to_json
from eval.run import PRODUCT, Run
from eval.system import Attempt


def test_round_trip(small_run: Run) -> None:
    for found in (*small_run.attempts[PRODUCT], Attempt(None, "KeyError: 1")):
        assert attempt_from_json(json.loads(json.dumps(attempt_to_json(found)))) == found
