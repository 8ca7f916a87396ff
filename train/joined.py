"""Questions after two things, made of two training cases after one thing each.

Few cases of the training set ask after several units. Two questions in one sentence are easily made; whether they need
two units or one depends on what they are after, which is what the model has to see: about half of those made are of
two questions after the same unit, joined by the same words.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from eval.cases import Case

_LONGEST, _LONGEST_JOINED = 34, 60  # characters
_SAME, _SHORT = 0.45, 0.8  # share of pairs after one unit, and of pairs of subjects that become a short question
_WHOLE = 0.35  # share of the other pairs that become a question of two whole sentences
_SUBJECT = range(3, 19)  # characters
_END = re.compile(r"[？?。！!~\s]+$")
_LEAD = re.compile(
    r"^(?:你好|您好|请问一下|请问|请教|我想问|想问一下|想问下|想问|问一下|问下|麻烦问|那个|哎|嗨)[，,啊呀下 ]*"
)
_BODY = "(?:谁|哪[个些家]?(?:部门|单位|局)|哪几[个家](?:部门|单位)?|哪家)"
_TAIL = re.compile(
    rf"(?:的?(?:责任|牵头|负责)(?:单位|部门)(?:有哪些|是哪些|是谁|是哪家|是哪几家|都有谁)?"
    rf"|(?:这事|这块|这件事|这项|工作)?[，,]?(?:是|该|应该)?[归由找]?{_BODY}(?:负责|来负责|管|牵头|来管|来办|落实|承担|在管|去办)?(?:的|啊|呀|呢|一起)?"
    r"|(?:具体)?(?:有什么|有啥|有哪些|有没有|是什么|怎么)(?:政策|要求|措施|规定|说法|支持|安排|办法|规定的|说的|做|写的|支持的|搞)[吗么呢啊]?)$"
)
_BETWEEN = (
    *("，另外", "；", "，还有", "，再问一下，", "？", "？顺便问下，", "，同时", "，", "，还想知道", "。另外，"),
    *("，以及", "？还有", "，又"),
)
_SUBJECTS = (
    "{}和{}分别归谁管",
    "{}与{}分别由哪些单位负责？",
    "{}跟{}是一家管的吗",
    "{}、{}这两项分别怎么规定",
    "{}归谁，{}又归谁",
    "{}和{}，政策上都怎么说",
    "既想{}，又想{}，有哪些支持",
    "我们想{}，也想{}，分别对应哪一项",
    "{}的责任单位和{}的责任单位一样吗",
    "{}以及{}各由谁牵头",
    "{}谁在弄，{}谁在弄",
    "{}写在哪一条，{}又在哪一条",
    "想{}，还想{}，找谁",
    "{}，{}，这两样都有政策吗",
    "负责{}的单位和负责{}的单位差在哪",
    "{}跟{}有什么区别",
)


def joined(cases: Sequence[Case], count: int, seed: int = 0) -> Iterator[Case]:
    """``count`` cases of two subjects, or of two whole questions, after one unit or after two.

    Args:
        cases: to take them from; those after one unit that stand alone and are short are used.
        count: how many to make.
        seed: of the choice.

    Raises:
        ValueError: fewer than two usable cases.
    """
    single = [case for case in cases if _usable(case)]
    if len(single) < 2:
        raise ValueError(f"{len(single)} cases after one unit, need two or more: pass more training cases")
    by_unit: dict[str, list[Case]] = defaultdict(list)
    for case in single:
        by_unit[case.gold[0]].append(case)
    units, choice, made = list(by_unit), random.Random(seed), 0
    while made < count:
        first = choice.choice(by_unit[choice.choice(units)])
        unit = first.gold[0] if choice.random() < _SAME else choice.choice(units)
        second = choice.choice(by_unit[unit])
        question = _joined(first.question, second.question, choice) if second is not first else None
        if question:
            gold = tuple(dict.fromkeys((*first.gold, *second.gold)))
            yield replace(first, id=f"joined-{made}", question=question, gold=gold)
            made += 1


def _usable(case: Case) -> bool:
    alone = len(case.gold) == 1 and not case.also_ok and not case.history
    return alone and case.answerable and len(case.question) <= _LONGEST


def _joined(first: str, second: str, choice: random.Random) -> str | None:
    """One question of two, by their subjects where both have one; ``None`` where chance or length is against it."""
    subjects = _subject(first), _subject(second)
    if all(subjects) and choice.random() < _SHORT:
        return choice.choice(_SUBJECTS).format(*subjects)
    whole = _bare(first) + choice.choice(_BETWEEN) + _bare(second)
    return whole if choice.random() < _WHOLE and len(whole) <= _LONGEST_JOINED else None


def _bare(question: str) -> str:
    """A question without its greeting and its end mark."""
    return _LEAD.sub("", _END.sub("", question)).strip()


def _subject(question: str) -> str:
    """What a question is after without the words that ask; empty when they can't be told apart."""
    bare = _bare(question)
    asks = _TAIL.search(bare)
    subject = bare[: asks.start()].strip("，, ") if asks else ""
    return subject if len(subject) in _SUBJECT else ""
