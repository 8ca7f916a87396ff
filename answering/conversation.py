"""What a question takes over from the turn before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from answering.reading import Reading
from index.records import Cue, Intent, PolicyUnit, Query

_SHORT = 6  # a question with no more content characters than this may lean on the one before
_STEP = re.compile(
    r"(?P<direction>上|前|往上|下|后|往下)(?:再)?(?:面|边)?(?:的|那)?一(?P<what>[条项行个])|再往(?P<way>[上下])"
)
_BACKWARD_STEPS = ("上", "前", "往上")


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question as it was understood, and the units that its answer cited."""

    query: Query
    unit_ids: tuple[str, ...]


def leans(reading: Reading) -> bool:
    """True when the question points back, or says too little to stand alone."""
    own = sum(map(len, reading.topic))
    complete = reading.agencies or reading.mentions or reading.sections
    backward = reading.cues & {Cue.BACKWARD, Cue.OTHER_DOCUMENT, Cue.WITHIN}
    return bool(backward) or (own <= _SHORT and not complete)


def continued(own: Query, reading: Reading, turn: Turn, units: Sequence[PolicyUnit]) -> Query:
    """``own``, the question read by itself, completed from ``turn``. Rules in order, the first that fits."""
    own = replace(own, standalone=f"{own.standalone}（接上文“{turn.query.standalone}”）")
    previous = turn.query
    step = _STEP.search(reading.text)
    if step and turn.unit_ids and not reading.mentions:
        return replace(own, intent=Intent.LOOKUP, unit_ids=_stepped(step, turn, units))
    if own.intent in (Intent.LOOKUP, Intent.OVERVIEW) and (own.unit_ids or own.unknown_numbers) and reading.mentions:
        return own
    if own.agencies and turn.unit_ids and not own.subject and (Cue.WITHIN in own.cues or own.agencies.excluded):
        return replace(own, intent=Intent.AGENCY_TASKS, unit_ids=turn.unit_ids, documents=own.documents)
    if own.subject and Cue.WITHIN in own.cues and turn.unit_ids and len(turn.unit_ids) > 1 and not own.agencies:
        return replace(own, intent=Intent.MENTIONS, unit_ids=turn.unit_ids)
    if own.agencies and not own.subject and previous.intent is Intent.AGENCY_TASKS and Cue.WHO not in own.cues:
        return replace(own, intent=Intent.AGENCY_TASKS, documents=own.documents or previous.documents)
    if own.agencies and not own.subject and turn.unit_ids:
        return replace(own, intent=Intent.LOOKUP, unit_ids=turn.unit_ids)
    documents = _documents(own, turn, units)
    if not own.subject and not own.agencies and not own.topic and documents != previous.documents and documents:
        return replace(
            previous, question=own.question, standalone=own.standalone, documents=documents, unit_ids=None,
            intent=Intent.CONTENT if previous.intent is Intent.COMPARISON else previous.intent,
        )  # fmt: skip
    if not own.subject and not own.agencies and turn.unit_ids and (Cue.WHO in own.cues or not own.topic):
        return replace(own, intent=Intent.LOOKUP, unit_ids=turn.unit_ids)
    return replace(
        own,
        intent=Intent.CONTENT if own.intent is Intent.OVERVIEW else own.intent,
        documents=documents,
        context=() if documents != previous.documents else turn.unit_ids,
        context_topic=(*previous.topic, *previous.context_topic),
    )


def _documents(own: Query, turn: Turn, units: Sequence[PolicyUnit]) -> tuple[str, ...]:
    """Documents the continued question is about: those named, or the other one than before."""
    if own.documents:
        return own.documents
    if Cue.OTHER_DOCUMENT not in own.cues:
        return turn.query.documents
    before = turn.query.documents or tuple({unit.document for unit in units if unit.unit_id in turn.unit_ids})
    return tuple(dict.fromkeys(unit.document for unit in units if unit.document not in before))


def _stepped(step: re.Match[str], turn: Turn, units: Sequence[PolicyUnit]) -> tuple[str, ...]:
    """Units of the next or previous measure (条) or the next or previous unit (行, 项)."""
    back = (step["direction"] or step["way"]) in _BACKWARD_STEPS
    places = [place for place, unit in enumerate(units) if unit.unit_id in turn.unit_ids]
    edge = places[0] if back else places[-1]
    target = edge - 1 if back else edge + 1
    if not 0 <= target < len(units) or units[target].document != units[edge].document:
        return ()
    if step["what"] != "条":
        return (units[target].unit_id,)
    measure, document = units[target].measure, units[target].document
    return tuple(unit.unit_id for unit in units if unit.document == document and unit.measure == measure)
