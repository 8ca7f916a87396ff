"""Which questions lean on the one before them, and which are complete by themselves."""

from __future__ import annotations

import re

from answering.understanding.bodies import is_office, unknown_bodies
from answering.understanding.ordinals import chosen
from answering.understanding.reading import Reading
from answering.understanding.rewording import bare
from answering.understanding.turn import Turn
from answering.weighing.facts import missing_kind
from index.numbering import Form
from index.records import Cue
from index.text import normalise

_SHORT = 5  # a question with no more content characters than this may lean on the one before
_WHOLE = 7  # one with so many, and nothing that points back, is a question of its own
_TASKS = frozenset({Cue.TASKS, Cue.PARTNERS, Cue.LEAD})
_ROW = "序号"
_OWN_FORMS = (Form.SAFEGUARD, Form.ROW_OF_ARTICLE)  # numbers that tell their document
_POINTS_BACK = frozenset({Cue.BACKWARD, Cue.OTHER_DOCUMENT, Cue.WITHIN})
END = r"[?？。！!\s]*$"
_COURTESY = re.compile(
    "(?:谢谢|多谢|感谢|好的?|行|知道了|明白|收到|辛苦|再见|拜拜|你好|您好|ok|thanks?)[你您大家了啊呀哈吧！!。.~ ]*"
)
_THANKS = "(?:好的?|行|嗯+|哦+|谢谢|明白了?|知道了?)[，,。！! ]*"
_DROPS = "算了|先?不(?:问|说|聊|谈|管)(?:这|那|它)?[个些事]*了?"
_CHANGES = (
    "(?:咱们?|我们?|我)?[再想]?[换转]一?个?(?:话题|问题|事儿?|别的|方向)|"
    "再?[说问]个?(?:新的|别的|其他的?|另外的?|不相干的)"
)
_ASKS_MORE = "(?:问|请教|打听|了解)(?:一?下|一?个|一?件|一句)?"
_NEW_TOPIC = re.compile(
    f"^(?:{_THANKS})*(?:(?:(?:{_DROPS}|{_CHANGES}|(?:再|另外?|还想?|顺便)再?想?{_ASKS_MORE}(?:别的|新的|其他的?|事儿?|问题)?|"
    f"对了|话说|另外)[，,。：:！!、 ]*)+(?<=[，,。：:！!、 ])|(?:另外|还|再)想?再?{_ASKS_MORE})+"
)
_POINTER = re.compile(
    "^(?:它|他们|其中|里[面头边]|这(?!两份)|那[个项条些份几]|上[面述]|刚才|前面[那说讲]|以上|该[项条])|"
    rf"[，,。](?:其中|它|他们)|上述|呢(?:[，,]|{END})"
)
_OPENS = re.compile("^(?:那|还|再|换|和|跟|与|也|没有|有几|去掉|把|要是|如果)")
_NARROWS = re.compile("其中|去掉|剩|留下|里[头面]|[那这][些几]?[项条个]里")
_CHECK = re.compile(
    r"要不要|管不管|参不参|算不算|有没有(?:份|关系|参|事)|[有没啥]关系|什么关系|(?:什么|啥)事|"
    r"(?:参[与加]|管|负责|牵头的?|掺和|出力|有份|份儿?|配合|插手|沾边|在内|在列|在里[头面]|关系|事儿?|任务|活儿?)"
    rf"[了的着]?(?:吗|么|没有?|不|吧|嘛){END}"
)
_LISTING = re.compile("哪|几[项条个件]|多少|什么任务|列")
STEP = re.compile(
    r"(?P<direction>上|前|往上|下|后|往下)(?:再)?(?:面|边)?(?:的|那)?一(?P<what>[条项行个])|再往(?P<way>[上下])"
)
ADDED = re.compile("(?:再|也|还|又|同时)?(?:带上|加上|算上|连上|拉上|叠加|添上)|再加|再带|也(?:要)?(?:有|带|含|参)")
SWAPPED = re.compile("把.{1,12}(?:换成|改成|替换成|换)|(?:不要|去掉|撤掉).{1,10}(?:换|改)")
FIGURE = re.compile(
    "有(?:没有)?(?:具体)?的?(?:数|指标)|上限|下限|门槛|多[大高长少]|几[家个年成]|具体数|到[哪几]年|哪一?年"
)


def leans(reading: Reading, turn: Turn | None = None) -> bool:
    """True when the question points back, or says too little to stand alone."""
    if _COURTESY.fullmatch(reading.text) or _begins_anew(reading) or _numbered_in_full(reading, turn):
        return False
    if reading.mentions or checks_a_body(reading) or _changes_bodies(reading) or picks(reading, turn):
        return True
    if _says_it_all(reading):
        return False
    if reading.cues & _POINTS_BACK:
        return True
    own = sum(map(len, reading.topic))
    complete = reading.agencies or reading.sections
    steps = STEP.search(reading.text)
    return own <= _SHORT and not complete and bool(steps or not _about_something_else(reading))


def without_opening(question: str) -> str:
    """``question`` without the words that only announce a new subject (换个话题，)."""
    text = normalise(question)
    opening = _NEW_TOPIC.match(text)
    same = len(text) == len(question)  # the places of the normalised text are those of the question
    return question[opening.end() :] if opening and same and opening.end() < len(text) else question


def _begins_anew(reading: Reading) -> bool:
    """换个话题，…: the asker says so, and goes on with a subject."""
    opening = _NEW_TOPIC.match(reading.text)
    if not opening:
        return False
    own = sum(len(run) for run in reading.subject if run in reading.text[opening.end() :])
    return own > 2 or bool(reading.mentions) or bool(reading.agencies and reading.cues & {Cue.TASKS, Cue.LIST})


def _says_it_all(reading: Reading) -> bool:
    """A question with a subject, a body or a document of its own, and all that it needs to be understood."""
    text, cues = reading.text, reading.cues
    if Cue.OTHER_DOCUMENT in cues or _POINTER.search(text):
        return False
    bodies = reading.agencies.included or reading.weak_agencies.included or reading.unknown_agencies
    lists = reading.documents and Cue.LIST in cues and not reading.subject
    if cues & _TASKS and (bodies or lists) and not _OPENS.match(text):
        return bool(reading.documents) or not _NARROWS.search(text)
    own = sum(map(len, reading.subject))
    searched = bool(reading.quoted) or Cue.LIST in cues
    return own >= _WHOLE or bool(own and ((Cue.MENTION in cues and searched) or Cue.BOTH_DOCUMENTS in cues))


def _numbered_in_full(reading: Reading, turn: Turn | None) -> bool:
    """A sentence about a number in full means what it means by itself, whichever document the last turn was about."""
    mentions = reading.mentions
    if not mentions or "它" in reading.text or picks(reading, turn):
        return False
    elliptic = bool(_POINTER.search(reading.text))
    if all(mention.phrase.startswith(_ROW) or mention.form in _OWN_FORMS for mention in mentions):
        same = turn is not None and any(number.startswith(_ROW) for number in turn.query.numbers)
        return not (elliptic and same)
    if elliptic:
        return False
    rest = reading.text
    for mention in mentions:
        rest = rest.replace(mention.phrase, "")
    relative = any(mention.end_relative or mention.phrase[0] in "前头首" for mention in mentions)
    nested = turn is not None and any("." in unit_id for unit_id in turn.unit_ids)
    return turn is not None and bool(bare(rest)) and not (relative or nested)


def checks_a_body(reading: Reading) -> bool:
    """海关管不管, 区里要不要出力: a yes or no about one body, of something said before."""
    named = reading.agencies or reading.weak_agencies or reading.unknown_agencies
    asks = _CHECK.search(reading.text) and not _LISTING.search(reading.text)
    return bool(named and asks) and not reading.subject and not reading.documents


def _changes_bodies(reading: Reading) -> bool:
    """把人行换成外汇局, 再加上海关: a change of the bodies asked about, which alone asks nothing."""
    named = reading.agencies and not reading.subject
    return bool(named and (SWAPPED.search(reading.text) or ADDED.match(reading.text)))


def picks(reading: Reading, turn: Turn | None) -> bool:
    """第二个具体讲什么, after a list."""
    picked = chosen(reading.text, len(turn.listed)) if turn and turn.listed else None
    return picked is not None and all(mention.phrase in picked[1] for mention in reading.mentions)


def _about_something_else(reading: Reading) -> bool:
    """Words that no document knows and that ask for no kind of fact: 明天天津会下雨吗."""
    known = reading.parts or missing_kind(reading.text, (), frozenset()) or FIGURE.search(reading.text)
    offices = any(is_office(name) for _, _, name in unknown_bodies(reading.text))
    named = any(len(run) > 1 and not run.isdecimal() for run in reading.topic)
    return named and not known and not offices and Cue.DIFFERENCE not in reading.cues
