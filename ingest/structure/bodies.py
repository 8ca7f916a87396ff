"""The names of bodies in a list as offices print it: 甲局、乙委，各县（市、区）人民政府等有关部门."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

OPEN, CLOSE = "（([〔【［", "）)]〕】］"
_SEPARATOR = re.compile("[、，,；;\n]")
_MOST = 30  # characters of a body's name

# What a body's name ends with; a name outside these is a body only where a label says so.
_ENDS = (
    "局|委|委员会|部|厅|办|办公室|室|院|所|处|署|行|会|中心|政府|海关|公司|集团|管委会|开发区|高新区|示范区|新区|区|县|市|州|街道|镇|乡|"
    "部门|单位|分行|支行|分局|支局|营管部|营业部|总队|支队|大队|银行|法院|检察院|协会|商会|联盟|学校|大学|医院|站|台|社|党组|机关|机构|企业|"
    "组|盟|旗|园区|景区|名胜区|试验区|保税区|功能区|联席会议|馆|库|网|联|协|团|中央|地区|地方|镇街|基地|运营商|各地|党校|工会|公安"
)
_IN_BRACKETS = "(?:[（(〔\\[][^）)〕\\]]*[）)〕\\]])?"
_BODY = re.compile(rf"(?:{_ENDS}){_IN_BRACKETS}$")
_PREFIXED = re.compile("^(?:全国|中国|国家|中央|共青团|团|国网|各|省|市|县|区|自治区|自治州)[一-鿿]{2,9}$")
_PROSE = re.compile(
    "的|了|谁|应当|必须|不得|可以|以下|以上(?!市)|包括|例如|简称|下同|排在|排名|列为|同志|专人|按|抓|做好|要求|负责|牵头|(?:配合|参与|参加|协助|落实|实施)$|[0-9]|[%：:。]"
)
_GENERIC = re.compile(
    "^(?:各|其他|其它|国务院|中央|(?:省|市|县|区|州|自治区)(?:级|直|属)?)*(?:有关|相关|责任|各有关|各相关)"
    "(?:部门|单位|部门和单位|单位和部门|责任单位|职能部门)$"
)
_NOTHING = re.compile("(?:无|[/／—－-]*|(?:各)?(?:部门|单位)(?:和单位|、单位|单位)?|等)")

_OTHERS = re.compile(
    "等(?=(?:有关|相关|各|市直|省直|部门|单位|进驻)?.{0,12}(?:部门|单位|机构)(?:(?:和|及|以及|与)[^、，]+)?$)"
)
_OTHERS_AND = re.compile("(?P<these>.*?(?:部门|单位|机构)(?:和单位|和部门)?)(?:和|以及|及|与)(?P<those>各?.+)")
_AND = re.compile("(?<=[局委厅部办院府会司团区关行])(?:以及|及|和|与)(?=[^、，]{2,}$)")
# 市工信局市财政局: two in a cell, a line each, the line end lost
_RUN_ON = re.compile(
    "(?<=[一-鿿]{3}[局委厅部办院会府])(?=(?P<level>[省市县区])[一-鿿]{2,12}[局委厅部办院会府](?:、|，|\n|$))"
)
_WITH = re.compile("会同")
# 各市、县（区）人民政府 is one body, whose levels stand between the same marks as bodies do.
_LEVEL = "(?:自治)?[县区市州盟旗镇乡]"
_LEVELS = re.compile(rf"各(?:辖|设区的?|地级|县级)?{_LEVEL}{_IN_BRACKETS}(?:行政公署)?(?:、{_LEVEL}{_IN_BRACKETS})*")
_LEVELS_END = re.compile(rf"{_LEVEL}{_IN_BRACKETS}(?:人民政府|政府|（?管委会|党委|$).*")


def split_bodies(written: str) -> tuple[str, ...]:
    """Bodies at 、 ， ； outside brackets, and at 等, 和 and 会同 where both sides are bodies, as printed."""
    found: list[str] = []
    written = _RUN_ON.sub("、", re.sub(r"\s*\n\s*(?=[（(〔])", "", written))
    for name in _levels_joined(split_outside(written)):
        for part in _OTHERS.split(name.strip(" \t\u3000。.").removesuffix("等")):
            found.extend(_joined(part.strip()))
    return tuple(name for name in found if not _NOTHING.fullmatch(name))


def split_outside(written: str) -> list[str]:
    """The pieces between 、 ， ； and line ends that stand outside brackets, as printed."""
    pieces, depth = [""], 0
    for character in written:
        depth = max(depth + (character in OPEN) - (character in CLOSE), 0)
        if depth == 0 and _SEPARATOR.fullmatch(character):
            pieces.append("")
        else:
            pieces[-1] += character
    return pieces


def is_body(name: str) -> bool:
    """True for words that name a body by themselves, without a label that says so."""
    if not 3 <= len(name) <= _MOST or _PROSE.search(re.sub(_IN_BRACKETS, "", name)):
        return name in ("各地", "海关")
    return bool(_BODY.search(name) or _PREFIXED.match(name))


def ends_as_body(name: str) -> bool:
    """True for words whose last ones say that they name a body: 甲局, not 甲局王明."""
    return len(name) >= 3 and bool(_BODY.search(name))


def is_name(name: str) -> bool:
    """True for words that may name a body beside one that does: 保山 before 临沧等市."""
    return 2 <= len(name) <= _MOST and not _PROSE.search(re.sub(_IN_BRACKETS, "", name))


def is_generic(name: str) -> bool:
    """True for 各有关部门和单位 and the like, which no rule makes a lead."""
    return bool(_GENERIC.match(name))


def _levels_joined(pieces: Sequence[str]) -> Iterator[str]:
    held = ""
    for piece in pieces:
        if held and _LEVELS_END.fullmatch(piece.strip()):
            held = f"{held}、{piece}"
            continue
        if held:
            yield held
        held = ""
        if _LEVELS.fullmatch(piece.strip()):
            held = piece
        else:
            yield piece
    if held:
        yield held


def _joined(name: str) -> Sequence[str]:
    """甲局和乙局 are two bodies, 相关部门和各区政府 too; 各有关部门和单位 and 发展和改革委员会 are one."""
    name = re.sub("^(?:以及|及|和|由)(?=..)", "", name)
    if _WITH.search(name):
        return tuple(part for piece in _WITH.split(name) for part in _joined(piece))
    general = _OTHERS_AND.fullmatch(name)
    if general and is_body(general["those"]) and (is_generic(general["these"]) or _NOTHING.fullmatch(general["these"])):
        return (general["these"], general["those"])
    parts = _AND.split(name)
    bodies = [_BODY.search(part) and not is_generic(part) and len(part) > 2 for part in parts]
    if len(parts) > 1 and all(bodies[:-1]) and (bodies[-1] or is_generic(parts[-1])):
        return parts
    return (name,)
