"""Attempts as JSON lines and back, so that a run can be resumed and read again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eval.system import Attempt
from index.chat_stream import Tokens
from index.failure import Failure
from index.records import Answer, Citation, Generated, Refusal, Understood


def attempt_to_json(attempt: Attempt) -> dict[str, Any]:
    """The attempt as plain JSON values."""
    return {
        "error": attempt.error,
        "ranking": list(attempt.ranking),
        "answer": attempt.answer.as_json() if attempt.answer else None,
    }


def attempt_from_json(record: Mapping[str, Any]) -> Attempt:
    """What :func:`attempt_to_json` wrote.

    Raises:
        KeyError, TypeError, ValueError: the record is of another shape.
    """
    answer = record["answer"]
    return Attempt(answer_from_json(answer) if answer else None, record["error"], tuple(record["ranking"]))


def answer_from_json(record: Mapping[str, Any]) -> Answer:
    """An answer from its JSON contract; missing times read as 0 and ``None``."""
    understood = record["understood"]
    return Answer(
        id=record["id"],
        question=record["question"],
        answered=record["answered"],
        refusal=Refusal(record["refusal"]) if record["refusal"] else None,
        answer=record["answer"],
        citations=tuple(_citation(citation) for citation in record["citations"]),
        related=tuple(_citation(citation) for citation in record["related"]),
        understood=Understood(**{name: _tuple(value) for name, value in understood.items()}),
        latency_ms=record.get("latency_ms", 0.0),
        generation=_generated(record["generation"]) if "generation" in record else None,
    )


def _generated(record: Mapping[str, Any]) -> Generated:
    return Generated(
        **{
            **record,
            "tokens": Tokens(**record["tokens"]),
            "first_verified_ms": record.get("first_verified_ms"),
            "failure": Failure(record["failure"]) if record["failure"] else None,
        }
    )


def _citation(record: Mapping[str, Any]) -> Citation:
    return Citation(**{name: _tuple(value) for name, value in record.items()})


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
