"""One exchange of a conversation: what was asked and what stands under it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from web.reply import Reply


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its reply as far as it has come.

    Attributes:
        fresh: given in this session; one reopened from the browser's own store can't be judged.
        verdict: what the asker said of it, empty for nothing; a value of :class:`feedback.store.Verdict`.
    """

    question: str
    reply: Reply
    fresh: bool = True
    verdict: str = ""


Turns = tuple[Turn, ...]


def questions(turns: Iterable[Turn]) -> tuple[str, ...]:
    """What was asked, oldest first: the history that the service wants."""
    return tuple(turn.question for turn in turns)
