"""What a question takes over from the turn before it: document, unit set, bodies and topic, by rules in order."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from answering.understanding.bodies import is_office, unknown_bodies
from answering.understanding.leaning import (
    ADDED,
    END,
    FIGURE,
    STEP,
    SWAPPED,
    checks_a_body,
    picks,
)
from answering.understanding.ordinals import chosen
from answering.understanding.reading import Reading
from answering.understanding.rewording import bare, few, joined, of_body, of_document, of_units, title
from answering.understanding.turn import Turn
from answering.weighing.facts import asks_to_act, seeks_figure
from index.numbering import parse_number
from index.records import AgencyFilter, Combination, Cue, Intent, PolicyUnit, Query

_FEW = 3  # so many units are asked about together
_LISTS = (Intent.AGENCY_TASKS, Intent.OVERVIEW, Intent.MENTIONS)
_BACKWARD_STEPS = ("上", "前", "往上")
_SAME_COUNT = re.compile(
    rf"^(?:那么?|再看?)?(?:序号)?(\d{{1,3}}|[一二三四五六七八九十]{{2,3}})(?:号)?(?:的)?呢(?:[，,].*)?{END}"
)
_FILTERS = re.compile("^[和跟与也]|^有几|^没有|也[带有含]|的留下|一起的")
_TWO = re.compile("[它这那][们]?[俩两][个项条行者]?|两者|前后两[个项条行]|这两|那两")
_ANOTHER = re.compile("另(?:外)?一?[个项条](?!文件|政策|方案|份)|其[余他]的?")
_WHICH = re.compile("(?:是|在)?哪一?[个项条行件]")
_OTHER_TASKS = re.compile(
    "(?:它|他们|这家|该单位|这个部门)?还有(?:别的|其[他它]|什么|哪些)(?:任务|活|事|工作)|还(?:负责|管)(?:别的|什么|哪些)|"
    "它还有(?:别的|其他|什么|哪些)"
)
_ONLY_THESE = r"(?:就|只有?)[这那]?(?:些|点|[一两二三四五六七八九十\d]+[个项条家])"
_NOTHING_ELSE = "(?:没有?|有没有)(?:别的|其他的?|了|漏)[^，。？]{0,4}"
_STILL_MORE = "还有(?:别的|其他的?|哪[家些个][^，。？]{0,4}|谁)?"
_MORE = re.compile(
    rf"^[那就还再也]*(?:{_ONLY_THESE}|{_NOTHING_ELSE}|{_STILL_MORE}|全了|齐了)(?:吗|么|没有?|吧|了|啊|呢)*{END}"
)
_WHO_ELSE = re.compile("哪[家些个]|谁|单位|部门")
_A_YEAR = re.compile(r"20\d\d年?底?")
_BEFORE_A_BODY = re.compile("^(?:那么?|换成?|改成?|要是|如果(?:是)?|还有|再看看?|再查查?|轮到)+")
_AFTER_A_BODY = re.compile(r"的?(?:呢|也[列查说看](?:一下|下)?|有(?:任务)?[吗没]|怎么样)*[，,]?[?？。！!\s]*$")


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question that leans on the turn before it: ``own`` is the query it makes by itself."""

    own: Query
    reading: Reading
    turn: Turn
    units: Sequence[PolicyUnit]


def continued(own: Query, reading: Reading, turn: Turn, units: Sequence[PolicyUnit]) -> Query:
    """``own``, the question read by itself, completed from ``turn``. Rules in order, the first that fits."""
    own = replace(own, standalone=joined(turn.query.standalone, own.question))
    talk = FollowUp(own, reading, turn, units)
    found = (rule(talk) for rule in _RULES)
    query = next(query for query in found if query is not None)
    return replace(query, context_topic=_less_years(query.context_topic)) if own.years else query


def _less_years(topic: Sequence[str]) -> tuple[str, ...]:
    """``topic`` without its years: the question names another (那2027年呢)."""
    runs = (_A_YEAR.sub("", run) for run in topic)
    return tuple(run for run in runs if run)


def _picked(talk: FollowUp) -> Query | None:
    """A place in the last list (第二个展开说说, 前两项, 最后那条归谁)."""
    picked = chosen(talk.reading.text, len(talk.turn.listed))
    if picked is None or not picks(talk.reading, talk.turn) or talk.reading.documents or talk.reading.sections:
        return None
    places, phrase = picked
    if talk.reading.mentions:
        by_number = talk.turn.query.intent in (Intent.OVERVIEW, Intent.LOOKUP) and "个" not in phrase
        same_count = by_number and bool(talk.own.unit_ids) and set(talk.own.unit_ids or ()) <= set(talk.turn.listed)
        bare_article = "条" in phrase and not bare(talk.reading.text.replace(phrase, "")).strip("呢是")
        if same_count or bare_article or not (places or "个" in phrase):
            return None
    ids = tuple(talk.turn.listed[place] for place in places)
    asked = _of(talk.units, ids)
    rest = talk.reading.text.replace(phrase, "")
    return replace(
        talk.own,
        standalone=of_units(asked, rest.lstrip("那")) if few(asked) else talk.own.standalone,
        intent=Intent.LOOKUP,
        unit_ids=ids,
        numbers=(),
        unknown_numbers=() if ids else (phrase,),
        topic=(),
        subject=(),
        context=talk.turn.listed,
        context_topic=talk.turn.topic,
    )


def _numbered(talk: FollowUp) -> Query | None:
    """Another number (第13条呢): asked what was asked of the last one."""
    own = talk.own
    if not talk.reading.mentions or own.intent is not Intent.LOOKUP:
        return None
    previous = talk.turn.query
    before = previous.numbers[0] if len(previous.numbers) == 1 else ""
    rest = talk.reading.text.replace(talk.reading.mentions[0].phrase, "")
    if "呢" not in rest and bare(rest):
        return replace(own, standalone=own.question.strip())
    if before and before in previous.standalone:
        own = replace(own, standalone=previous.standalone.replace(before, talk.reading.mentions[0].phrase))
    if previous.agencies and previous.numbers and not own.agencies:
        own = replace(own, agencies=previous.agencies, cues=own.cues | previous.cues, single=previous.single)
    return replace(own, context=_only(talk.turn))


def _both(talk: FollowUp) -> Query | None:
    """The unit at hand and the one before it (它们俩的责任单位差在哪)."""
    ids = tuple(dict.fromkeys((*talk.turn.query.context, *talk.turn.unit_ids)))
    if not _TWO.search(talk.reading.text) or talk.own.subject or not len(talk.turn.unit_ids) < len(ids) <= 2:
        return None
    return replace(talk.own, intent=Intent.LOOKUP, unit_ids=ids, topic=(), context=ids, context_topic=talk.turn.topic)


def _counted(talk: FollowUp) -> Query | None:
    """A bare number after a numbered unit (43呢，比它少了谁)."""
    match = _SAME_COUNT.match(talk.reading.text)
    if not match or len(talk.turn.unit_ids) != 1 or not talk.turn.query.numbers:
        return None
    unit = _of(talk.units, talk.turn.unit_ids)[0]
    number = parse_number(match[1])
    ids = [
        other.unit_id
        for other in talk.units
        if other.document == unit.document
        and (other.serial or other.ordinal[0]) == number
        and other.section[:1] == unit.section[:1]
    ]
    if not ids:
        return replace(talk.own, intent=Intent.LOOKUP, unit_ids=(), unknown_numbers=(f"第{number}项",), topic=())
    both = (*talk.turn.unit_ids, *ids) if Cue.DIFFERENCE in talk.own.cues or "比" in talk.reading.text else tuple(ids)
    return replace(
        talk.own,
        intent=Intent.LOOKUP,
        unit_ids=both,
        topic=(),
        subject=(),
        context=talk.turn.unit_ids,
        context_topic=talk.turn.topic,
    )


def _stepped(talk: FollowUp) -> Query | None:
    """The next or the previous measure or unit (下一条, 再往上一行)."""
    step = STEP.search(talk.reading.text)
    if not step or not talk.turn.unit_ids:
        return None
    ids = _neighbours(step, talk.turn, talk.units)
    asked = _of(talk.units, ids)
    return replace(
        talk.own,
        standalone=of_units(asked, "") if few(asked) else talk.own.standalone,
        intent=Intent.LOOKUP,
        unit_ids=ids,
        topic=(),
        context=_only(talk.turn),
        unknown_numbers=() if ids else (step.group(),),
    )


def _filtered(talk: FollowUp) -> Query | None:
    """Some units of the last answer (其中哪些和税务局有关, 去掉有各区的, 讲“一带一路”的是哪个)."""
    listed = talk.turn.unit_ids
    if len(listed) < 2:
        return None
    within = Cue.WITHIN in talk.own.cues or talk.own.agencies.excluded or _FILTERS.search(talk.reading.text)
    if talk.own.agencies and not talk.own.subject and within and not ADDED.search(talk.reading.text):
        agencies = _narrowed(talk.turn.query.agencies, talk.own.agencies)
        return replace(talk.own, intent=Intent.AGENCY_TASKS, unit_ids=listed, agencies=agencies)
    if talk.own.subject and not talk.own.agencies and not talk.own.documents:
        if _ANOTHER.search(talk.reading.text):
            return replace(talk.own, intent=Intent.LOOKUP, unit_ids=listed, topic=(), subject=())
        if Cue.WITHIN in talk.own.cues or _WHICH.search(talk.reading.text):
            return replace(talk.own, intent=Intent.MENTIONS, unit_ids=listed)
    return None


def _other_tasks(talk: FollowUp) -> Query | None:
    """它还有别的任务吗: all tasks of the body at hand."""
    if talk.own.agencies or talk.own.subject or not talk.turn.unit_ids or not _OTHER_TASKS.search(talk.reading.text):
        return None
    held = {unit.agency_ids for unit in _of(talk.units, talk.turn.unit_ids)}
    bodies = talk.turn.query.agencies.ids or (held.pop() if len(held) == 1 else ())
    if not bodies:
        return None
    return replace(talk.own, intent=Intent.AGENCY_TASKS, agencies=AgencyFilter(((bodies[0],),)), unit_ids=None)


def _body_checked(talk: FollowUp) -> Query | None:
    """Whether a body is responsible for what is at hand (海关管不管): the unit stays."""
    if not checks_a_body(talk.reading) or not (talk.turn.at_hand or talk.turn.topic):
        return None
    if not talk.turn.at_hand:
        return replace(_about_the_last_topic(talk.own, talk.turn), intent=Intent.RESPONSIBLE)
    if talk.turn.asked_of_bodies and len(talk.turn.at_hand) > 1:
        return replace(
            talk.own, intent=Intent.AGENCY_TASKS, unit_ids=talk.turn.at_hand, agencies=_named(talk.own, talk.reading)
        )
    return _of_units_at_hand(replace(talk.own, agencies=_named(talk.own, talk.reading)), talk.turn)


def _exchanged(talk: FollowUp) -> Query | None:
    """The last question asked of another body, or of one more (换成海关呢, 里头再带上金融局的)."""
    named, previous = _named(talk.own, talk.reading), talk.turn.query
    nobody = tuple(name for _, _, name in unknown_bodies(bare(talk.reading.text)) if is_office(name))
    if talk.own.subject or talk.reading.sections or not talk.turn.asked_of_bodies or not (named or nobody):
        return None
    if Cue.WHO in talk.own.cues:
        return None
    agencies = _with(previous.agencies, named, talk.reading.text) if named else AgencyFilter()
    phrase = _AFTER_A_BODY.sub("", _BEFORE_A_BODY.sub("", talk.own.question.strip()))
    documents = talk.own.documents or previous.documents
    plainly = named and len(named.included) == 1 and agencies.included == named.included and not agencies.exclusive
    scope = (*(title(talk.units, document) for document in documents), *previous.numbers)
    return replace(
        previous,
        question=talk.own.question,
        text=talk.own.text,
        standalone=of_body(scope, phrase) if plainly and len(phrase) <= 12 else talk.own.standalone,
        intent=previous.intent if named else Intent.AGENCY_TASKS,
        cues=previous.cues | talk.own.cues,
        documents=documents,
        agencies=agencies,
        unknown_agencies=() if named else nobody,
    )


def _body_at_hand(talk: FollowUp) -> Query | None:
    """A body after an answer about something (税务局呢): those of its units that the body has, or the unit at hand."""
    if not talk.own.agencies or talk.own.subject or not talk.turn.unit_ids:
        return None
    if len(talk.turn.unit_ids) > _FEW:
        return replace(talk.own, intent=Intent.AGENCY_TASKS, unit_ids=talk.turn.unit_ids)
    return _of_units_at_hand(talk.own, talk.turn)


def _switched(talk: FollowUp) -> Query | None:
    """The last question asked of another document (那第二个文件呢, 方案里又怎么讲)."""
    previous = talk.turn.query
    documents = _documents(talk)
    if talk.own.subject or talk.own.agencies or not documents or documents == previous.documents:
        return None
    topic = talk.turn.topic
    if not topic and not previous.agencies:
        topic = tuple(unit.heading or unit.text.split("，")[0] for unit in _of(talk.units, talk.turn.at_hand)[:1])
    looked_up = previous.intent in (Intent.COMPARISON, Intent.LOOKUP)
    return replace(
        previous,
        question=talk.own.question,
        text=previous.text,
        standalone=of_document(title(talk.units, documents[0]), previous.text, ""),
        documents=documents,
        unit_ids=None,
        numbers=(),
        intent=Intent.CONTENT if looked_up else previous.intent,
        topic=topic,
        context=(),
        context_topic=(),
    )


def _repeated(talk: FollowUp) -> Query | None:
    """就这些？还有别的吗？还有哪家？ – the list again, or the bodies of the unit at hand."""
    if talk.own.agencies or talk.own.subject:
        return None
    more = _MORE.search(talk.reading.text)
    if talk.turn.query.intent in _LISTS and (more or (Cue.LIST in talk.own.cues and not talk.own.topic)):
        cues = talk.turn.query.cues | (talk.own.cues & {Cue.PARTNERS})
        return replace(
            talk.turn.query, question=talk.own.question, text=talk.own.text, standalone=talk.own.standalone, cues=cues
        )
    if not more or not talk.turn.at_hand:
        return None
    asked = replace(talk.own, cues=talk.own.cues | {Cue.WHO}) if _WHO_ELSE.search(talk.reading.text) else talk.own
    return _of_units_at_hand(asked, talk.turn)


def _figure_asked(talk: FollowUp) -> Query | None:
    """A figure of the unit at hand (具体是多少啊, 到哪年, 有数吗); whether it tells one is for the weighing to say."""
    asks = seeks_figure(talk.reading.text) or FIGURE.search(talk.reading.text)
    if not asks or talk.own.subject or talk.own.documents or asks_to_act(talk.reading.text) or talk.reading.years:
        return None
    if not 0 < len(talk.turn.at_hand) <= _FEW:
        return None
    return replace(
        talk.own,
        intent=Intent.CONTENT,
        cues=talk.own.cues | {Cue.BACKWARD},
        topic=(),
        context=talk.turn.at_hand,
        context_topic=talk.turn.topic,
    )


def _asked_again(talk: FollowUp) -> Query | None:
    """A question about the units at hand that names nothing itself (那归谁管)."""
    if (
        talk.own.subject
        or talk.own.agencies
        or not talk.turn.at_hand
        or not (Cue.WHO in talk.own.cues or not talk.own.topic)
    ):
        return None
    return _of_units_at_hand(talk.own, talk.turn)


def _deepened(talk: FollowUp) -> Query:
    """A question about a further detail: searched with the words of both, near the units at hand."""
    own = talk.own
    documents = _documents(talk)
    if not own.topic:
        own = _about_the_last_topic(own, talk.turn)
    return replace(
        own,
        intent=Intent.CONTENT if own.intent is Intent.OVERVIEW else own.intent,
        documents=documents,
        context=() if documents != talk.turn.query.documents else talk.turn.at_hand,
        context_topic=talk.turn.topic,
    )


_RULES: tuple[Callable[[FollowUp], Query | None], ...] = (
    _picked,
    _numbered,
    _both,
    _counted,
    _stepped,
    _filtered,
    _other_tasks,
    _body_checked,
    _exchanged,
    _body_at_hand,
    _switched,
    _repeated,
    _figure_asked,
    _asked_again,
    _deepened,
)


def _only(turn: Turn) -> tuple[str, ...]:
    """The one unit of the last answer, which the next may be compared with; a list is no such unit."""
    return turn.unit_ids if len(turn.unit_ids) == 1 else ()


def _of_units_at_hand(own: Query, turn: Turn) -> Query:
    """The question asked of the units at hand; a list they came from stays in mind."""
    return replace(
        own,
        intent=Intent.LOOKUP,
        unit_ids=turn.at_hand,
        context=turn.listed,
        context_topic=turn.topic,
    )


def _about_the_last_topic(own: Query, turn: Turn) -> Query:
    """The question asked with the words of the last one: nothing was found for that which could be at hand."""
    return replace(own, topic=turn.topic, subject=turn.query.subject, text=f"{turn.query.text}，{own.text}")


def _named(own: Query, reading: Reading) -> AgencyFilter:
    """The bodies that a question names where nothing but a body can be meant: weak names too, and 不 denies nothing."""
    named = own.agencies or reading.weak_agencies
    if not named.included and named.excluded:
        return AgencyFilter(tuple((agency_id,) for agency_id in named.excluded))
    return named


def _narrowed(before: AgencyFilter, named: AgencyFilter) -> AgencyFilter:
    """Both set expressions as one; the new one alone where no single one says both: it holds inside the list anyway."""
    several = [agencies for agencies in (before, named) if len(agencies.included) > 1]
    if any(agencies.combination is Combination.ANY for agencies in several) or before.count is not None:
        return named
    return replace(
        named,
        included=tuple(dict.fromkeys((*before.included, *named.included))),
        combination=Combination.ALL,
        excluded=tuple(dict.fromkeys((*before.excluded, *named.excluded))),
    )


def _with(before: AgencyFilter, named: AgencyFilter, text: str) -> AgencyFilter:
    """The set expression before with other bodies: one more, one in the place of another, or others altogether."""
    new = tuple(group for group in named.included if group not in before.included)
    if ADDED.search(text) and before.included:
        return replace(before, included=(*before.included, *new), combination=Combination.ALL)
    if SWAPPED.search(text):
        kept = tuple(group for group in before.included if group not in named.included)
        return replace(before, included=(*kept, *new))
    joint = before.combination is Combination.ALL and len(before.included) > 1
    if joint and len(named.included) < len(before.included):
        return replace(before, included=(*before.included[: -len(named.included)], *named.included))
    ids = set(chain.from_iterable(named.included))
    return replace(
        before,
        included=named.included,
        combination=before.combination if joint else named.combination,
        excluded=tuple(agency_id for agency_id in before.excluded if agency_id not in ids) or named.excluded,
        exclusive=before.exclusive or named.exclusive,
        count=None,
    )


def _documents(talk: FollowUp) -> tuple[str, ...]:
    """Documents the continued question is about: those named, or the other one than before."""
    if talk.own.documents:
        return talk.own.documents
    if Cue.OTHER_DOCUMENT not in talk.own.cues:
        return talk.turn.query.documents
    before = talk.turn.query.documents or tuple({unit.document for unit in _of(talk.units, talk.turn.at_hand)})
    return tuple(dict.fromkeys(unit.document for unit in talk.units if unit.document not in before))


def _of(units: Sequence[PolicyUnit], ids: Sequence[str]) -> list[PolicyUnit]:
    """The units with these ids, in document order."""
    return [unit for unit in units if unit.unit_id in ids]


def _neighbours(step: re.Match[str], turn: Turn, units: Sequence[PolicyUnit]) -> tuple[str, ...]:
    """Ids of the next or previous measure (条) or the next or previous unit (行, 项)."""
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
