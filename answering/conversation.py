"""What a question takes over from the turn before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from answering.reading import Reading
from index.records import AgencyFilter, Cue, Intent, PolicyUnit, Query

_SHORT = 5  # a question with no more content characters than this may lean on the one before
_STEP = re.compile(
    r"(?P<direction>上|前|往上|下|后|往下)(?:再)?(?:面|边)?(?:的|那)?一(?P<what>[条项行个])|再往(?P<way>[上下])"
)
_COURTESY = re.compile(
    "(?:谢谢|多谢|感谢|好的?|行|知道了|明白|收到|辛苦|再见|拜拜|你好|您好|ok|thanks?)[你您大家了啊呀哈吧！!。.~ ]*"
)
_BACKWARD_STEPS = ("上", "前", "往上")
_POINTS_BACK = frozenset({Cue.BACKWARD, Cue.OTHER_DOCUMENT, Cue.WITHIN})
_FILTERS = re.compile("^[和跟与也]|^有几|^没有|也[带有含]|的留下|一起的")
_OTHER_TASKS = re.compile(
    "(?:它|他们|这家|该单位|这个部门)?还有(?:别的|其他|其它|什么|哪些)(?:任务|活|事|工作)?|还(?:负责|管)(?:别的|什么|哪些)"
)


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question as it was understood, and the units that its answer cited."""

    query: Query
    unit_ids: tuple[str, ...]


def leans(reading: Reading) -> bool:
    """True when the question points back, or says too little to stand alone."""
    if _COURTESY.fullmatch(reading.text):
        return False
    own = sum(map(len, reading.topic))
    complete = reading.agencies or reading.sections or (reading.mentions and reading.documents)
    return bool(reading.cues & _POINTS_BACK) or bool(reading.mentions) or (own <= _SHORT and not complete)


def continued(own: Query, reading: Reading, turn: Turn, units: Sequence[PolicyUnit]) -> Query:
    """``own``, the question read by itself, completed from ``turn``. Rules in order, the first that fits."""
    if reading.mentions and own.intent is Intent.LOOKUP:
        return own
    own = replace(own, standalone=f"{own.standalone}（接上文“{turn.query.question.strip()}”）")
    step = _STEP.search(reading.text)
    if step and turn.unit_ids:
        stepped = _stepped(step, turn, units)
        return replace(
            own, intent=Intent.LOOKUP, unit_ids=stepped, topic=(), unknown_numbers=() if stepped else (step.group(),)
        )
    return _filtered(own, reading, turn) or _redirected(own, reading, turn, units) or _deepened(own, turn, units)


def _filtered(own: Query, reading: Reading, turn: Turn) -> Query | None:
    """A question that keeps some units of the last answer (其中哪些和税务局有关, 去掉有各区的)."""
    if len(turn.unit_ids) < 2:
        return None
    within = Cue.WITHIN in own.cues or own.agencies.excluded or _FILTERS.search(reading.text)
    if own.agencies and not own.subject and within:
        return replace(own, intent=Intent.AGENCY_TASKS, unit_ids=turn.unit_ids)
    if own.subject and not own.agencies and Cue.WITHIN in own.cues:
        return replace(own, intent=Intent.MENTIONS, unit_ids=turn.unit_ids)
    return None


def _redirected(own: Query, reading: Reading, turn: Turn, units: Sequence[PolicyUnit]) -> Query | None:
    """A question that asks the last one again of another body or document, or asks more of the same units."""
    previous = turn.query
    if not own.agencies and _OTHER_TASKS.search(reading.text) and turn.unit_ids and not own.subject:
        ids = {unit.agency_ids for unit in units if unit.unit_id in turn.unit_ids}
        bodies = previous.agencies.ids or (ids.pop() if len(ids) == 1 else ())
        if bodies:
            return replace(own, intent=Intent.AGENCY_TASKS, agencies=AgencyFilter(((bodies[0],),)), unit_ids=None)
    if own.agencies and not own.subject:
        if previous.intent is Intent.AGENCY_TASKS and Cue.WHO not in own.cues:
            return replace(own, intent=Intent.AGENCY_TASKS, documents=own.documents or previous.documents)
        if turn.unit_ids:
            return replace(own, intent=Intent.LOOKUP, unit_ids=turn.unit_ids)
    if own.subject or own.agencies:
        return None
    documents = _documents(own, turn, units)
    if documents and documents != previous.documents:
        again = Intent.CONTENT if previous.intent in (Intent.COMPARISON, Intent.LOOKUP) else previous.intent
        return replace(
            previous,
            question=own.question,
            text=own.text,
            standalone=own.standalone,
            documents=documents,
            unit_ids=None,
            numbers=(),
            intent=again,
        )
    if Cue.LIST in own.cues and not own.topic and previous.intent is Intent.AGENCY_TASKS:
        return replace(previous, question=own.question, text=own.text, standalone=own.standalone)
    if turn.unit_ids and (Cue.WHO in own.cues or not own.topic):
        return replace(own, intent=Intent.LOOKUP, unit_ids=turn.unit_ids)
    return None


def _deepened(own: Query, turn: Turn, units: Sequence[PolicyUnit]) -> Query:
    """A question about a further detail: searched with the words of both, near the units at hand."""
    documents = _documents(own, turn, units)
    return replace(
        own,
        intent=Intent.CONTENT if own.intent is Intent.OVERVIEW else own.intent,
        documents=documents,
        context=() if documents != turn.query.documents else turn.unit_ids,
        context_topic=(*turn.query.topic, *turn.query.context_topic),
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
