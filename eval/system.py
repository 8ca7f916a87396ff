"""What is evaluated: anything that answers a question with the Answer contract."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from index.records import Answer


class System(Protocol):
    """A question-answering system: the product's service, a baseline, or the service with a part switched off."""

    def ask(self, question: str, history: Sequence[str] = (), *, answer_id: str | None = None) -> Answer:
        """Answer ``question``; ``history`` holds the asker's earlier questions, oldest first."""
        ...


@runtime_checkable
class Ranking(Protocol):
    """A system that also shows its search; without it a ranking is what was cited, then what is related."""

    def ranking(self, question: str, history: Sequence[str] = ()) -> tuple[str, ...]:
        """Ids of the units found for ``question``, best first."""
        ...


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came back for one question: an answer, or the error that came instead.

    Attributes:
        ranking: unit ids by the system's own search, best first, as far as it shows them.
    """

    answer: Answer | None
    error: str = ""
    ranking: tuple[str, ...] = ()


_RANKED = 20


def attempt(system: System, question: str, history: Sequence[str], answer_id: str) -> Attempt:
    """Ask, and turn any exception into a record: in a batch one question's defect must not cost the others."""
    try:
        answer = system.ask(question, history, answer_id=answer_id)
        if isinstance(system, Ranking):
            ranking = system.ranking(question, history)[:_RANKED]
        else:
            ranking = tuple(dict.fromkeys(cited.unit_id for cited in (*answer.citations, *answer.related)))
    except Exception as error:  # noqa: BLE001 - counted, shown and scored as wrong, never swallowed
        return Attempt(None, f"{type(error).__name__}: {error}")
    return Attempt(answer, ranking=ranking)
