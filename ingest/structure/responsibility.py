"""Who is responsible, as offices write it: bracketed endings, lines of their own, and clauses that say so.

``（责任单位：市商务局、市财政局）`` · ``〔牵头单位：甲；配合单位：乙；完成时限：2023年底前〕`` ·
``（甲牵头，乙、丙配合）`` · ``（甲、乙按职责分工负责）`` · ``【责任单位】甲、乙`` · ``…。（甲，乙）`` ·
``责任部门：甲，乙`` in a paragraph of its own. Roles are kept as printed. A body that is merely mentioned is not
responsible.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.records import Role
from ingest.structure.bodies import CLOSE, OPEN, is_body, is_name, split_bodies, split_outside
from ingest.structure.leads import without_rule
from ingest.structure.persons import without_persons

_PLAIN = "责任单位"  # the role of bodies that stand alone in brackets
_TASK = "(?:主要|第一|共同|市级|省级|县级|区级)?"
_DUTY = "责任|负责|主责|牵头|配合|主办|协办|承办|主管|指导|实施|落实|参与|参加|协同|协助|支持|监督|督办|督导|共同"
_HOLDER = (
    "单位及部门|单位和部门|(?:单位|部门)(?:及|和|、|/)(?:主要|具体)?(?:责任人|负责人|责任领导|牵头领导)"
    "|责任单位|单位|部门|处室|科室|机构|主体|领导|责任人|人"
)
_WHO = rf"{_TASK}(?:{_DUTY})(?:{_HOLDER})?(?:[（(][^）)：:]{{1,16}}[）)])?"
_WHEN = "(?:完成|办结|落实|整改)?(?:时限|时间|期限)(?:要求)?|时限要求|时间节点|进度安排|完成日期"
_NAME = rf"(?P<label>{_WHO}|{_WHEN})"
_LABEL = re.compile(rf"{_NAME}\s*[：:]")
_BOXED = re.compile(  # 【责任单位】甲、乙
    rf"[{re.escape(OPEN)}](?P<label>{_TASK}(?:{_DUTY})(?:{_HOLDER})|{_WHEN})[{re.escape(CLOSE)}]\s*[：:]?"
)
_ENDING = re.compile(rf"(?:[。；;！）)”]\s{{0,8}}|[ \t\u3000]{{2,8}})(?={_WHO}\s*[：:])")  # …。责任单位：甲、乙。
_DEADLINE = re.compile(rf"(?:{_WHEN})$")
_PERSON = re.compile("领导|责任人|人$")
_OFFICE = re.compile("单位|部门")
_LEADS = re.compile("牵头|主办|第一责任|主责")

_BY_DUTY = "按(?:照)?(?:各自)?(?:职责|职能|责任)(?:权限)?(?:和|及)?(?:任务)?(?:分工)?"
_ACT = "牵头|负责|配合|落实|参与|参加|协助|协同|协办|主办|承办|指导|实施|推进|组织|支持"
_PREDICATE = re.compile(
    rf"(?:{_BY_DUTY})?(?:分别|共同|具体|分工|统筹|抓好|做好)?(?:{_ACT}){{1,3}}(?:工作|实施|推进)?|{_BY_DUTY}"
)
_THIS = re.compile("^(?:此|本|该|以上|上述)(?:条|项|款|措施|任务|政策|工作)*(?:主要|具体)?由")  # 此条由甲局负责
_THIS_IS = re.compile(
    "(?<=[。；])(?P<said>(?:此|本|该)(?:条|项|款)(?:措施|任务|政策|工作)?(?:主要|具体)?由[^。；（(]+)[。；]?\\s*$"
)
_SUPPORTS = re.compile("配合|协助|协同|协办|参与|参加|支持")
_AFTER_PREDICATE = "，,；;。、 \t\u3000"
_END = re.compile("[，,；;。.、\\s]*")
_GOES_ON = re.compile(r"\s*[，,、一-鿿]")  # a remark within a sentence: 发挥作用（县级医院牵头），推动…
_GROUPS = re.compile("[，,；;](?![^（(]*[）)])")  # commas outside brackets
_ROLE_BEHIND = re.compile("[（(](?P<role>(?P<all>共同|联合|均)?(?:牵头|主办|配合|协办|指导|主责))(?:单位|部门)?[）)]$")

_UNTIL = re.compile(
    "[^，。；]{0,12}20[0-9]{2}\\s*年[^，。；]{0,10}?(?:前|底)?(?:完成)?$|(?:长期|持续|全年)[一-鿿]{0,4}$"
)
_DATE = re.compile(
    "(?:力争|争取|确保)?(?:于|在|到)?(?:20[0-9]{2}\\s*年[^，,；;。、]{0,16}|[0-9]{1,2}\\s*月[^，,；;。、]{0,8}|年底前[^，,；;。、]{0,4}"
    "|(?:立即|即刻|尽快|长期|持续|全年|常态化|适时)(?:[一-鿿]{0,10}))"
)


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


def notes(text: str, *, bare: bool = False) -> tuple[Note, ...]:
    """All responsibilities in ``text``, one paragraph, in order.

    Args:
        text: the paragraph, less its number.
        bare: true in a document that states a rule for its lists, where （甲，乙） behind a heading is one too.
    """
    own = re.compile(r"\s*").match(text)
    start = own.end() if own else 0
    if (_LABEL.match(text, start) or _BOXED.match(text, start)) and (
        note := _labelled(text, start, len(text), start, len(text))
    ):
        return (note,)
    if (this := _THIS_IS.search(text)) and (roles := _clauses(this["said"])[0]):
        return (*_bracketed(text[: this.start()], bare), Note(this.start("said"), len(text), tuple(roles)))
    tail = _tail(text)
    found = [note for note in _bracketed(text, bare) if note.start < tail]
    bare_end = len(text.rstrip("。 "))
    stray = text[bare_end - 1 :][:1] in CLOSE and not any(sign in text[tail:] for sign in OPEN)
    if tail < len(text) and (note := _labelled(text, tail, bare_end - 1 if stray else len(text), tail, len(text))):
        found.append(note)
    return tuple(found)


def is_list_alone(text: str) -> bool:
    """True for a paragraph that ends …。（甲局、乙局）: bodies in brackets, and no word that they are responsible."""
    if text.rstrip("。 ")[-1:] not in CLOSE or "（" not in text:
        return False
    found = notes(text)
    last = found[-1] if found else None
    return (
        last is not None
        and last.rest == ""
        and [role.name for role in last.roles] == [_PLAIN]
        and (_PLAIN not in text[last.start : last.end])
    )


def roles_in_cell(text: str, head: str) -> tuple[tuple[Role, ...], str | None]:
    """Roles in a table's cell below ``head``, with a deadline if the cell names one: a list, or as in a paragraph."""
    head = without_rule(head)
    if _PERSON.search(head):
        text = without_persons(text)
    label = _LABEL.match(text)
    if label and (note := _labelled(text, 0, len(text), 0, len(text))):
        return note.roles, note.deadline
    return _of_list(head, text)


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
        bare = text.rstrip("。.")
        closed = bare[-1:] in CLOSE and len(bare) - 1 > start
        yield start, (len(bare) - 1 if closed else len(text)), len(text)
        yield from _closed(text, start + 1)  # inner ones that were meant to be closed by themselves


def _closed(text: str, start: int) -> Iterator[tuple[int, int, int]]:
    """Innermost closed brackets from ``start`` on."""
    for found in re.finditer(rf"[{re.escape(OPEN)}]([^{re.escape(OPEN + CLOSE)}]*)[{re.escape(CLOSE)}]", text[start:]):
        yield start + found.start(), start + found.end(1), start + found.end()


def _tail(text: str) -> int:
    """Where an unbracketed 责任单位：… begins that runs to the paragraph's end; its length when there is none."""
    for found in _ENDING.finditer(text):
        rest = text[found.end() :]
        before = text[text.rfind("。", 0, found.end()) + 1 : found.end()]
        stray = rest.rstrip("。 ")[-1:] in CLOSE  # 责任单位：甲） without an opening one
        balanced = _open(rest) == 0 or (_open(rest) == -1 and stray)
        if (
            _open(before) <= 0
            and balanced
            and all(_LABEL.match(sentence) for sentence in rest.split("。") if sentence.strip())
        ):
            return found.end()
    return len(text)


def _open(text: str) -> int:
    """Brackets that ``text`` opens, less those that it closes."""
    return sum((sign in OPEN) - (sign in CLOSE) for sign in text)


def _bracketed(text: str, bare: bool) -> list[Note]:
    found: list[Note] = []
    for start, inner_end, end in brackets(text):
        if found and start < found[-1].end:
            continue
        inside = text[start + 1 : inner_end]
        if _LABEL.match(inside.lstrip()):
            note = _labelled(text, start + 1, inner_end, start, end)
        elif boxed := _BOXED.fullmatch(text[start:end]):
            note = _labelled(text, start, len(text), start, len(text)) if boxed else None
        else:
            note = _stated(text, start, inner_end, end, bare)
        if note:
            found.append(_with_full_stop(text, note))
    midst = [note for note in found if len(note.roles) == 1 and _GOES_ON.match(text, note.end)]
    return [note for note in found if note not in midst] if len(midst) == 1 else found


def _with_full_stop(text: str, note: Note) -> Note:
    """The note with the full stop behind it, when the sentence before it has one of its own."""
    stops = len(text[note.end :]) - len(text[note.end :].lstrip("。；;"))
    if stops and text[: note.start].rstrip()[-1:] in ("。", "；", ";"):
        return Note(note.start, note.end + stops, note.roles, note.deadline, note.rest)
    return note


def _labelled(text: str, low: int, high: int, start: int, end: int) -> Note | None:
    """责任单位：甲、乙；完成时限：… between ``low`` and ``high``."""
    inside = text[low:high]
    labels = sorted((*_LABEL.finditer(inside), *_BOXED.finditer(inside)), key=lambda label: label.start())
    roles: list[Role] = []
    deadline: str | None = None
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        value = inside[label.end() : following.start() if following else len(inside)].strip(" \t\u3000，,；;。")
        if _DEADLINE.fullmatch(label["label"]):
            deadline = value or None
        elif not _PERSON.search(label["label"]) or _OFFICE.search(label["label"]):
            value = without_persons(value) if _PERSON.search(label["label"]) else value
            found, until = _of_list(label["label"], without_rule(value).partition("。")[0])
            roles.extend(found)
            deadline = deadline or until
    return Note(start, end, tuple(roles), deadline) if roles or deadline else None


def _of_list(name: str, written: str) -> tuple[tuple[Role, ...], str | None]:
    """Roles of a list under ``name``: one, unless it says itself who leads (甲（牵头）、乙; 甲牵头，乙配合)."""
    written, deadline = _dates_apart(written)
    stated, place = _clauses(written)
    if stated and not written[place:].strip():
        return tuple(stated), deadline
    bodies = split_bodies(written)
    if any(_ROLE_BEHIND.search(body) for body in bodies):
        roles: dict[str, list[str]] = {}
        for group in map(split_bodies, _GROUPS.split(written)):
            for body in group:
                marked = _ROLE_BEHIND.search(body) or (_ROLE_BEHIND.search(group[-1]) if _supports(group) else None)
                before = roles.pop(name, []) if marked and marked["all"] else []
                roles.setdefault(marked["role"] if marked else name, []).extend((*before, _ROLE_BEHIND.sub("", body)))
        return tuple(Role(role, tuple(found), bool(_LEADS.search(role))) for role, found in roles.items()), deadline
    return ((Role(name, bodies, bool(_LEADS.search(name))),) if bodies else ()), deadline


def _supports(group: Sequence[str]) -> bool:
    """True for 乙、丙（配合）: bodies between commas whose last one says that they support."""
    *others, last = group
    marked = _ROLE_BEHIND.search(last)
    return marked is not None and not _LEADS.search(marked["role"]) and not any(map(_ROLE_BEHIND.search, others))


def _dates_apart(written: str) -> tuple[str, str | None]:
    """A list without the pieces that are dates, and the first of these."""
    pieces = split_outside(written)
    dates = [piece.strip() for piece in pieces if _DATE.fullmatch(piece.strip())]
    if not dates or len(dates) == len(pieces):
        return written, None
    kept = written
    for date in dates:
        kept = kept.replace(date, "", 1)
    return kept.strip("，,；;、 \u3000"), dates[0]


def _stated(text: str, start: int, inner_end: int, end: int, bare: bool) -> Note | None:
    """甲牵头，乙、丙配合 in brackets, or a bare list or deadline at the paragraph's end; ``None`` for anything else."""
    inside = without_rule(text[start + 1 : inner_end])
    last = not text[end:].strip("。；;.， \u3000")
    behind = text[:start].rstrip()[-1:] in ("。", "；", ";", "”", "！")
    if last and (behind or bare):
        if _DATE.fullmatch(inside.strip()):
            return Note(start, end, (), inside.strip())
        written, deadline = _dates_apart(inside.partition("。")[0])
        bodies = split_bodies(written)
        if bodies and all(is_body(body) for body in bodies):
            return Note(start, end, (Role(_PLAIN, bodies),), deadline)
    listed, before = _dates_apart(inside)
    roles, place = _clauses(listed)
    if not roles:
        return None
    rest = listed[place:].strip()
    until = _UNTIL.match(rest)
    deadline = before or (until.group() if until else None)
    return Note(start, end, tuple(roles), deadline, rest[until.end() :] if until else rest)


def _clauses(inside: str) -> tuple[list[Role], int]:
    """Roles of 甲牵头，乙、丙配合, and where what was read ends; none when some name is no body's."""
    roles: list[Role] = []
    place = 0
    while predicate := _predicate(inside, place):
        who = _THIS.sub("", inside[place : predicate.start()].strip(" \t\u3000，,；;、由"))
        bodies = split_bodies(who)
        if not bodies or not all(map(is_name if roles else is_body, bodies)):
            break
        name = predicate.group()
        first, comma, _ = who.replace(",", "，").partition("，")
        if comma and not roles and _SUPPORTS.match(name):  # 甲、乙，丙配合
            firsts = split_bodies(first)
            roles.append(Role(_PLAIN, firsts))
            bodies = bodies[len(firsts) :]
        roles.append(Role(name, bodies, bool(_LEADS.search(name))))
        gap = _END.match(inside, predicate.end())
        place = gap.end() if gap else predicate.end()
        if "。" in inside[predicate.end() : place]:
            break
    return roles, place


def _predicate(inside: str, place: int) -> re.Match[str] | None:
    """The next 负责, 牵头 … that ends what a clause says; one followed by more words is not it."""
    for found in _PREDICATE.finditer(inside, place):
        after = found.end()
        if after == len(inside) or inside[after] in _AFTER_PREDICATE or _LABEL.match(inside, after):
            return found
    return None
