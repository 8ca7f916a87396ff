"""What a chat model had to do with some answers, counted by hand."""

from __future__ import annotations

from dataclasses import replace

from eval.generation import Generation, generation_of
from eval.system import Attempt
from index.chat_stream import Tokens
from index.failure import Failure
from index.records import Generated
from tests.eval.perfect import CASES, answer

PLAIN = answer(CASES[0], (), "答", "1")
GOOD = Generated("m", 3, 1, 1, Tokens(100, 20), 400.0, None)


def attempt(made: Generated | None) -> Attempt:
    return Attempt(replace(PLAIN, generation=made))


def test_without_a_model_there_is_nothing_to_count() -> None:
    assert generation_of([attempt(None), Attempt(None, "KeyError: 1")]) is None


def test_counts_by_hand() -> None:
    found = generation_of(
        [
            attempt(GOOD),
            attempt(replace(GOOD, tokens=Tokens(200, 40), first_verified_ms=200.0)),
            attempt(replace(GOOD, verified=1, tokens=Tokens(), failure=Failure.TIMEOUT)),  # begun; tokens not told
            attempt(Generated("m", 0, 2, 0, Tokens(60, 30), None, Failure.UNVERIFIED)),
            attempt(Generated("m", 0, 0, 0, Tokens(), None, Failure.TIMEOUT)),
            attempt(None),  # a list
            Attempt(None, "KeyError: 1"),  # no answer
        ]
    )
    assert found == Generation(
        answers=6,
        asked=5,
        written=2,
        begun=1,
        verified=7,
        repaired=3,
        dropped=5,
        prompt_tokens=360,
        completion_tokens=90,
        counted=3,
        first_ms=(400.0, 400.0),  # of 200, 400, 400
        failures={"timeout": 2, "unverified": 1},
    )
    assert found.share_written == 2 / 6
    assert (found.tokens, found.tokens_per_answer) == (450, 150.0)
    assert found.as_json()["first_ms"] == {"p50": 400.0, "p95": 400.0}


def test_a_server_that_tells_no_tokens_has_no_mean() -> None:
    found = generation_of([attempt(replace(GOOD, tokens=Tokens()))])
    assert found is not None
    assert found.tokens_per_answer is None
    assert found.as_json()["tokens_per_answer"] is None
