"""Modality: whether what carries an answer is a rule in force, or only an aim (探索, 争取, 鼓励, 支持, 推动)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from answering.writing.subject import telling_pairs
from index.records import Evidence, Intent, Query
from index.text import normalise

_CLAUSE = re.compile(r"(?:(?!、力争)[^，。；])+(?:[，。；]|、(?=力争))?")
_SENTENCE = re.compile(r"[^。；\n]+[。；]?")
_ASKED_CLAUSE = re.compile(r"([^,，。？?！!；;]+)([,，。？?！!；;]?)")

_AIM = re.compile(
    r"(?:积极|大力|加快|逐步)?(?:探索|争取|力争|鼓励|支持(?!力度|作用|政策|体系|[，。；])|引导|推动)(?:、?(?:支持|鼓励|引导))*"
    r"|^积极(?!扩大)[\u4e00-\u9fff]{2}"
)
_BACKING = re.compile("鼓励|支持|引导")
_LEADS_ON = re.compile(r"^(?:探索|争取|力争|推动)")  # after 支持企业，: still what the companies are supported in
_PLAN = re.compile(r"^(?:大力|加快|逐步|进一步|深化|持续|实施|统筹)*(?:推进|打造|建设|构建|建立|组建|开通|认定|创建)")
_GRANT = re.compile(r"允许|可(?:通过|享受|免于|以|凭)|实行|全面落实|落实完善|纳入|提供出入境")
_UNFINISHED = re.compile(r"(?:企业|机构|前提下|条件下|信息|方面)，$")

_MAY = re.compile(
    r"能不能|可不可以|能否|可否|是否(?:可以|允许|能)|(?:可以|允许|有权|准许)(?!怎|如何|是)|行不行|准不准|行[吗么不]$|"
    r"(?<![可功职不性技才产])能(?![力源效量级])[^,，。？?]*[吗么嘛不吧]$|能[^,，。？?]{1,12}了|让[^,，。？?]{0,6}了[吗么吧]"
)
_SURE = re.compile(r"(?:承诺|保证|肯定|一定|自动)(?!要)[^,，。？?]*(?:能|可以|给)|都(?:能|可以|有权|给)|企业都有权")
_DONE = re.compile(
    r"是否已|(?:都|现在|是不是)已|已经?[^,，。？?]*(?:了|[吗么吧])$|全面放开|(?:建|办|落|实现|完成|上线|投用|开通|批)[^,，。？?]{0,6}了(?:吗|么|吧|没|没有)?$|现在[^,，。？?]*了[吗么吧]?$|已经[^,，。？?]*了"
)
_MUST = re.compile(r"强制|必须|硬性|非得|非要|一定要")
_PAID = re.compile(r"补贴|补助|奖励|资助|出钱|掏钱|给钱|奖金")
_OPEN = re.compile(r"什么|哪(?!家企业都|个企业都)|怎么|怎样|如何|多少|几|谁|啥|咋|为何|还是")
_POLITE = re.compile(
    r"(?:能|可)(?:不能|不可以|否|以)?(?:请|麻烦)?(?:您|你们?)?(?:给我|帮我?|告诉|讲|说|介绍|列|解释|推荐|查|看|发|总结|明确|核实|指|翻译|写|具体)"
)
_ABOUT_THE_TEXT = re.compile(r"文件|责任单位|写[了着]|提[了到]|任务|部门")
_QUESTION = re.compile(r"[吗么嘛不没吧]$|没有$|是否|是不是|有没有|不不")
_LONGEST = 100
_SHARED = 3
_ASIDE = 0.5  # share of the best clause's score from which another unit's best clause carries the answer as well
_MOST = 2


class Asked(Enum):
    """What a question wants to know to be so."""

    ALLOWED = auto()
    DONE = auto()
    REQUIRED = auto()
    PROMISED = auto()
    PAID = auto()


@dataclass(frozen=True, slots=True)
class Aspiration:
    """An aim that a question takes, or might take, for more than that.

    Attributes:
        asked: what the question asks to be so.
        words: words of aiming with their objects, verbatim from the units.
        verb: the first word of aiming (探索, 支持).
    """

    asked: Asked
    words: tuple[str, ...]
    verb: str


_SIGNS = (
    (Asked.REQUIRED, _MUST),
    (Asked.PAID, _PAID),
    (Asked.PROMISED, _SURE),
    (Asked.ALLOWED, _MAY),
    (Asked.DONE, _DONE),
)


class _Mode(Enum):
    AIM = auto()
    PLAN = auto()
    GRANT = auto()
    PLAIN = auto()


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause with the way it is meant.

    Attributes:
        mode: its own, or that of the clause before it that governs it.
        verb: the governing word.
        run: where in the text the governing word stands: clauses with the same are one statement.
        words: from the governing word to the end of the clause, or of the next when this one is not a whole thought.
        pairs: telling pairs of its characters.
    """

    mode: _Mode
    verb: str
    run: int
    words: str
    pairs: frozenset[str]


def aspiration(query: Query, evidence: Sequence[Evidence]) -> Aspiration | None:
    """The aim on which the answer to ``query`` rests, when it asks whether something is allowed, done, a duty or paid.

    ``None`` when it doesn't ask that, when what carries the answer is a rule in force, or when it can't be told what
    carries it.
    """
    asked, clause = _asked(query)
    if asked is None or not evidence:
        return None
    texts = [item.unit.text for item in evidence]
    if asked is Asked.PAID and any(_PAID.search(text) or "资金" in text or "优惠" in text for text in texts):
        return None
    near, all_asked = telling_pairs(clause), telling_pairs(query.text)
    carrying = [_carrying(_clauses(text), near, all_asked) for text in texts]
    best = max(score for score, _ in carrying)
    chosen = [found for score, found in carrying if score >= _ASIDE * best]
    modes = {_Mode.AIM, _Mode.PLAN} if asked is Asked.DONE and len(evidence) == 1 else {_Mode.AIM}
    alone = len(evidence) == 1 and len({found.run for found in _clauses(texts[0])}) == 1
    if asked is not Asked.DONE and any("力争" in found.verb for found in chosen):
        return None  # a target is no answer to whether one may
    sure = alone or best >= _SHARED
    if not sure or len(chosen) > _MOST or any(f.mode not in modes or len(f.words) > _LONGEST for f in chosen):
        return None
    return Aspiration(asked, tuple(found.words for found in chosen), chosen[0].verb)


def _carrying(clauses: Sequence[_Clause], near: frozenset[str], all_asked: frozenset[str]) -> tuple[int, _Clause]:
    """The clause that shares most with what is asked, and how much; of equals the one that grants or states."""

    def score(clause: _Clause) -> int:
        return len(near & clause.pairs) + len(all_asked & clause.pairs)

    best = max(clauses, key=lambda clause: (score(clause), clause.mode in (_Mode.GRANT, _Mode.PLAIN)))
    return score(best), best


def _asked(query: Query) -> tuple[Asked | None, str]:
    """What a question asks to be so, and the clause that asks it; lists and open questions ask something else."""
    if query.intent not in (Intent.CONTENT, Intent.RESPONSIBLE, Intent.LOOKUP, Intent.COMPARISON):
        return None, ""
    found = list(_ASKED_CLAUSE.finditer(query.text))
    checked = bool(found) and bool(_QUESTION.search(found[-1].group(1).strip()))
    for match in found:
        clause = match.group(1).strip()
        asks = checked or bool(_QUESTION.search(clause)) or match.group(2) in ("?", "？") or match is found[-1]
        if not asks or any(other.search(clause) for other in (_OPEN, _POLITE, _ABOUT_THE_TEXT, _AIM)):
            continue
        kind = next((kind for kind, pattern in _SIGNS if pattern.search(clause)), None)
        if kind:
            return kind, clause
    return None, ""


@lru_cache(maxsize=1024)
def _clauses(text: str) -> tuple[_Clause, ...]:
    """Clauses of a unit's text."""
    return tuple(clause for match in _SENTENCE.finditer(text) for clause in _of_sentence(match.group(), match.start()))


def _of_sentence(sentence: str, offset: int) -> Iterator[_Clause]:
    """Clauses of a sentence: an aim or a plan governs those after it, until one of them has its own word."""
    mode, verb, start = _Mode.PLAIN, "", 0
    matches = list(_CLAUSE.finditer(sentence))
    for place, match in enumerate(matches):
        clause = match.group()
        if _GRANT.search(clause):
            mode, verb, start = _Mode.GRANT, "", match.start()
        elif aim := _AIM.search(clause):
            led_on = _BACKING.search(verb) and _LEADS_ON.search(clause)
            if mode is not _Mode.AIM or (aim.start() == 0 and not led_on):
                mode, verb, start = _Mode.AIM, aim.group(), match.start() + aim.start()
        elif mode is not _Mode.AIM and (plan := _PLAN.search(clause)):
            mode, verb, start = _Mode.PLAN, plan.group(), match.start()
        end = place
        while _UNFINISHED.search(matches[end].group()) and end + 1 < len(matches):
            end += 1
        words = sentence[start : matches[end].end()].rstrip("，。；、")
        yield _Clause(mode, verb, offset + start, words, telling_pairs(normalise(clause)))
