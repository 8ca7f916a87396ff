"""Questions to ask next with one click, each one answered by the documents.

Another reading that an answer offers, what stands near a refusal, or what follows from the units that an answer cites:
who is responsible, what the other document says, what else a body has to do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from index.records import Answer, Intent, PolicyUnit
from web.sources import Sources

MOST = 3
_NAMED = frozenset({Intent.AGENCY_TASKS.value, Intent.RESPONSIBLE.value})  # these answers say it all about bodies


def offers(answer: Answer, sources: Sources) -> tuple[str, ...]:
    """The questions offered under ``answer``, at most :data:`MOST`.

    A refusal offers the units of its ``related``, in order, and so does an answer whose text offers the first of them
    as another reading. Each asks for a unit by name, so that two units of one name (一、总体要求) make one question.

    Raises:
        KeyError: the answer names a unit that is not in ``sources``.
    """
    near = tuple(dict.fromkeys(sources.question(citation.unit_id) for citation in answer.related))[:MOST]
    if not answer.answered or (near and f"“{near[0]}”" in answer.answer):
        return near
    return tuple(dict.fromkeys(_follow_ups(answer, sources)))[:MOST]


def _follow_ups(answer: Answer, sources: Sources) -> Iterator[str]:
    cited = [sources.units[citation.unit_id] for citation in answer.citations]
    documents = {unit.document for unit in cited}
    if len(cited) == 1 and cited[0].agencies and answer.understood.intent not in _NAMED:
        yield f"{sources.name(cited[0].unit_id)}由谁负责"
    if answer.understood.intent == Intent.AGENCY_TASKS and len(answer.understood.agencies) == 1:
        yield from _together(answer.understood.agencies[0], cited)
    if documents:
        elsewhere = (near for near in answer.related if sources.units[near.unit_id].document not in documents)
        yield from (sources.question(near.unit_id) for near in list(elsewhere)[:1])
    yield from _other_tasks(answer, cited, sources)
    if len(cited) > 1:
        yield sources.question(cited[0].unit_id)


def _together(body: str, cited: list[PolicyUnit]) -> Iterator[str]:
    """The tasks that a body shares with the one it shares most with."""
    counts = Counter(agency_id for unit in cited for agency_id in unit.agency_ids if agency_id)
    partners = [(count, key) for key, count in counts.items() if 1 < count < len(cited)]
    if partners:
        _, partner = max(partners, key=lambda pair: pair[0])
        pairs = (pair for unit in cited for pair in zip(unit.agencies, unit.agency_ids, strict=True))
        yield f"{body}和{next(name for name, key in pairs if key == partner)}共同负责的任务有哪些"


def _other_tasks(answer: Answer, cited: list[PolicyUnit], sources: Sources) -> Iterator[str]:
    """What else there is to do for the body of the first unit that has fewest other tasks, the most telling one."""
    if answer.understood.intent in _NAMED or not cited:
        return
    here = {unit.unit_id for unit in cited}
    others = {
        name: sum(key in unit.agency_ids for unit in sources.units.values() if unit.unit_id not in here)
        for name, key in zip(cited[0].agencies, cited[0].agency_ids, strict=True)
        if key
    }
    held = [name for name, count in others.items() if count]
    if held:
        yield f"{min(held, key=lambda name: others[name])}还有哪些任务"
