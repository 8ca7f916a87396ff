"""Who is responsible, as offices write it: bracketed endings, lines of their own, and sentences that say so.

``（责任单位：市商务局、市财政局）`` · ``〔牵头单位：甲；配合单位：乙；完成时限：2023年底前〕`` · ``（甲牵头，乙、丙配合）`` ·
``（甲、乙按职责分工负责）`` · ``责任部门：甲，乙`` in a paragraph of its own. Roles are kept as printed; a rule for the whole
document (列第一位者为牵头单位，下同) is kept apart. A body that is merely mentioned is not responsible.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.records import Role

OPEN, CLOSE = "（([〔【［", "）)]〕】］"
_WHO = (
    "(?:主要|第一)?(?:责任|牵头|配合|主办|协办|承办|主管|指导|实施|落实|参与|参加|协同|协助|支持|监督|督办|督导|共同)"
    "(?:责任)?(?:单位|部门|处室|科室|机构|领导|主体|单位及部门|单位和部门)?"
)
_WHEN = "(?:完成|办结|落实)?(?:时限|时间|期限)(?:要求)?|时间节点|进度安排"
_LABEL = re.compile(rf"(?P<label>{_WHO}|{_WHEN})\s*[：:]")
_UNBRACKETED = re.compile(rf"[。；;]\s*(?={_WHO}\s*[：:][^。（(〔\[【]{{2,}}。?$)")  # …。责任单位：甲、乙。
_DEADLINE = re.compile(rf"(?:{_WHEN})$")
_LEADS = re.compile("牵头|主办|第一责任")
_PREDICATE = re.compile(
    "(?:按(?:照)?(?:各自)?(?:职责|职能)(?:分工)?)?(?:分别|共同|具体|组织)?"
    "(?:牵头负责|牵头落实|牵头实施|牵头推进|牵头组织|牵头|分工负责|负责落实|负责|配合落实|配合实施|配合|落实|参与|协助|协同|指导|实施|推进)"
    "|按(?:照)?(?:各自)?(?:职责|职能)分工"
)
_END = re.compile("[，,；;。.、\\s]*")
_RULE = re.compile(
    "(?:列|排)(?:在)?(?:第一位|首位|第一)(?:者|的|的单位)?(?:为|是|系)牵头(?:责任)?(?:单位|部门)?|第一(?:个|家)?(?:责任)?单位为牵头单位"
)
_COMMA_RULE = re.compile("[逗分]号前(?:面)?(?:的)?(?:者|单位|部门)?(?:为|是)牵头(?:责任)?(?:单位|部门)?")
# What a body's name ends with; a name outside these is a body only where a label or 负责 says so.
_BODY_END = (
    "局|委|委员会|部|厅|办|办公室|室|院|所|处|署|行|会|中心|政府|海关|公司|集团|管委会|开发区|高新区|示范区|新区|区|县|市|州|街道|镇|乡|"
    "部门|单位|分行|支行|分局|支局|营管部|营业部|总队|支队|大队|银行|法院|检察院|协会|商会|联盟|学校|大学|医院|站|台|社|党组|机关|机构|企业|"
    "组|盟|旗|园区|景区|名胜区|试验区|保税区|功能区|联席会议|馆|库|网"
)
_BODY = re.compile(rf"(?:{_BODY_END})(?:[（(〔\[][^）)〕\]]*[）)〕\]])?$")
_OFFICE = re.compile(
    "(?:局|委|委员会|厅|办|办公室|政府|海关|管委会|部门|分行|支行|银行|公司|总队|支队|院|中心|部)(?:[（(〔][^）)〕]*[）)〕])?$"
)
_GENERIC = re.compile(
    "^(?:各)?(?:有关|相关|市直|省直|其他|其它)?(?:有关|相关|各有关|各相关)(?:部门|单位|部门和单位|单位和部门|责任单位|职能部门)$"
)
_SEPARATOR = re.compile("[、，,；;]")
_AND = re.compile("(?<=[局委厅部办院府会司团区关行])(?:以及|及|和|与)(?=[^、，]{2,}$)")
_OTHERS = re.compile("等(?=(?:有关|相关|各|市直|省直|部门|单位|进驻)?.{0,12}(?:部门|单位|机构)(?:和单位|和部门)?$)")
_NOTHING = frozenset({"", "无", "/", "—", "-", "－"})


@dataclass(frozen=True, slots=True)
class Note:
    """A responsibility as printed.

    Attributes:
        start, end: its span in the text it was read from, brackets included.
        roles: in printed order.
        deadline: as printed; ``None`` where none is given.
        rest: what the brackets say besides (以下措施均需…); empty mostly.
    """

    start: int
    end: int
    roles: tuple[Role, ...]
    deadline: str | None = None
    rest: str = ""


@dataclass(frozen=True, slots=True)
class LeadRule:
    """Who leads by a rule stated once: the first body, or those before the first comma."""

    first: bool = False
    before_comma: bool = False


def lead_rule(text: str) -> LeadRule | None:
    """The rule that ``text`` states for the bodies of a document, if any."""
    if _RULE.search(text):
        return LeadRule(first=True)
    return LeadRule(before_comma=True) if _COMMA_RULE.search(text) else None


def notes(text: str) -> Iterator[Note]:
    """All responsibilities in ``text``, one paragraph, in order."""
    if _LABEL.match(text) and (note := _labelled(text, 0, len(text), 0, len(text))):
        yield note
        return
    for start, inner_end, end in brackets(text):
        inside = text[start + 1 : inner_end]
        if label := _LABEL.match(inside.lstrip()):
            note = _labelled(text, start + 1, inner_end, start, end)
        else:
            note = _stated(text, start + 1, inner_end, start, end)
        if note:
            yield note
    if (label := _UNBRACKETED.search(text)) and (
        note := _labelled(text, label.end(), len(text), label.end(), len(text))
    ):
        yield note


def brackets(text: str) -> Iterator[tuple[int, int, int]]:
    """Outermost brackets: start, end of the inside, end. Kinds may be mixed, and the last may be left open."""
    start, depth = -1, 0
    for place, character in enumerate(text):
        if character in OPEN:
            if not depth:
                start = place
            depth += 1
        elif character in CLOSE and depth:
            depth -= 1
            if not depth:
                yield start, place, place + 1
    if depth:
        closed = len(text.rstrip("。.")) if text.rstrip("。.")[-1:] in CLOSE else 0
        yield start, (closed - 1 if closed else len(text)), len(text)
        if start >= 0:  # an inner one that was meant to be closed by itself
            yield from ((start + 1 + a, start + 1 + b, start + 1 + c) for a, b, c in brackets(text[start + 1 :]))


def split_bodies(written: str) -> tuple[str, ...]:
    """Bodies at 、 ， ； outside brackets, and at 等 and 和 where both sides are bodies, as printed."""
    names, depth = [""], 0
    for character in written:
        depth += (character in OPEN) - (character in CLOSE)
        if depth <= 0 and _SEPARATOR.fullmatch(character):
            names.append("")
        else:
            names[-1] += character
    found: list[str] = []
    for name in names:
        for part in _OTHERS.split(name.strip(" \t\u3000。.").removesuffix("等")):
            found.extend(_joined(part.strip()))
    return tuple(name for name in found if name not in _NOTHING)


def led(printed: str, roles: tuple[Role, ...], rule: LeadRule) -> tuple[Role, ...]:
    """``roles`` with those leading that ``rule`` says; unchanged where the note names its leads, or bodies in general.

    Args:
        printed: the responsibility as printed.
        roles: what was read of it.
    """
    if not roles or any(role.leads for role in roles) or is_generic(roles[0].bodies[0]):
        return roles
    bodies = tuple(body for role in roles for body in role.bodies)
    count = 1 if rule.first else len(split_bodies(_LABEL.sub("", printed.strip(OPEN + CLOSE)).partition("，")[0]))
    others = (Role(roles[0].name, bodies[count:]),) if bodies[count:] else ()
    return (Role("牵头单位", bodies[:count], leads=True), *others)


def is_generic(body: str) -> bool:
    """True for 各有关部门和单位 and the like, which no rule makes a lead."""
    return bool(_GENERIC.match(body))


def _joined(name: str) -> Sequence[str]:
    """甲局和乙局 are two bodies; 各有关部门和单位 and 发展和改革委员会 are one."""
    parts = _AND.split(name)
    if len(parts) == 1 or not all(_BODY.search(part) and not is_generic(part) and len(part) > 2 for part in parts):
        return (name,)
    return parts


def _labelled(text: str, low: int, high: int, start: int, end: int) -> Note | None:
    """责任单位：甲、乙；完成时限：… between ``low`` and ``high``."""
    inside = text[low:high]
    labels = list(_LABEL.finditer(inside))
    if not labels:
        return None
    roles: list[Role] = []
    deadline: str | None = None
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        value = inside[label.end() : following.start() if following else len(inside)].strip(" \t\u3000，,；;。")
        if _DEADLINE.fullmatch(label["label"]):
            deadline = value or None
            continue
        value, _, _ = value.partition("。")
        if bodies := split_bodies(value):
            roles.append(Role(label["label"], bodies, bool(_LEADS.search(label["label"]))))
    if not roles and deadline is None:
        return None
    return Note(start, end, tuple(roles), deadline)


def _stated(text: str, low: int, high: int, start: int, end: int) -> Note | None:
    """甲牵头，乙、丙配合 between ``low`` and ``high``; ``None`` when the brackets hold something else."""
    inside = text[low:high]
    if _is_list(text, inside, start, end):
        return Note(start, end, (Role("责任单位", split_bodies(inside)),))
    roles: list[Role] = []
    place = 0
    while predicate := _predicate(inside, place):
        who = inside[place : predicate.start()].strip(" \t\u3000，,；;、由")
        bodies = split_bodies(who)
        if not bodies or not all(_BODY.search(body) and len(body) <= _LONGEST for body in bodies):
            break
        name = predicate.group()
        roles.append(Role(name, bodies, bool(_LEADS.search(name))))
        gap = _END.match(inside, predicate.end())
        place = gap.end() if gap else predicate.end()
        if "。" in inside[predicate.end() : place]:
            break
    if not roles:
        return None
    rest = inside[place:].strip()
    until = _UNTIL.match(rest)
    return Note(start, end, tuple(roles), until.group() if until else None, rest[until.end() :] if until else rest)


_UNTIL = re.compile("[^，。；]{0,12}20[0-9]{2}\\s*年[^，。；]{0,10}?(?:前|底)?(?:完成)?$")
_LONGEST = 30  # characters of a body's name


def _is_list(text: str, inside: str, start: int, end: int) -> bool:
    """True for bare bodies in brackets behind a paragraph's last sentence: …。（市商务局，市财政局）."""
    behind = text[:start].rstrip()[-1:] in ("。", "；") and not text[end:].strip("。；; ")
    bodies = split_bodies(inside) if behind else ()
    return bool(bodies) and all(_OFFICE.search(body) and len(body) <= _LONGEST for body in bodies)


def _predicate(inside: str, place: int) -> re.Match[str] | None:
    """The next 负责, 牵头 … that ends what a clause says; one followed by more words is not it."""
    for found in _PREDICATE.finditer(inside, place):
        if (
            found.end() == len(inside)
            or inside[found.end()] in "，,；;。、 \t\u3000"
            or _LABEL.match(inside, found.end())
        ):
            return found
    return None
