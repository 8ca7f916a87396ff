"""Questions to ask next with one click: another reading that an answer offers, or what stands near a refusal."""

from __future__ import annotations

from index.records import Answer
from web.sources import Sources

MOST = 3


def offers(answer: Answer, sources: Sources) -> tuple[str, ...]:
    """The questions offered under ``answer``, at most :data:`MOST`: the units of its ``related``, in order.

    An answer has them only when its text offers the first of them as another reading; beside any other they would be
    clutter. Each asks for a unit by name, so that two units of one name (一、总体要求) make one question.

    Raises:
        KeyError: the answer's ``related`` names a unit that is not in ``sources``.
    """
    questions = tuple(dict.fromkeys(sources.question(citation.unit_id) for citation in answer.related))[:MOST]
    offered = not answer.answered or (questions and f"“{questions[0]}”" in answer.answer)
    return questions if offered else ()
