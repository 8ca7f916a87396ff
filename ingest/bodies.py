"""Registry entries for the bodies that a document names and ``agencies.tsv`` doesn't: made by rule, never typed in.

A body is its place and its office: 市商务局 of a document of 武汉市 is 武汉市商务局, whatever else is called 市商务局.
What is derived follows from the place and the printed name alone, so that further documents change no id.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from index.agencies import Agency, AgencyRegistry
from index.places import names_of_place, place_at_start, province_of, short_name, split
from index.text import normalise
from ingest.offices import CENTRAL_OFFICES, ENDINGS, FULL_NAMES, MINISTRIES, SPOKEN, SUBJECTS

_LEVEL = re.compile("^(?:自治区|自治州|省|市|区|县|州)(?!级|直|场监|政(?:公用|工程|设施)|容)(?=[\u4e00-\u9fff])")
_OWN_LEVEL = re.compile("^(?:我|本|全)?(?:省|市|区|县|州)(?:直|级|属)")
_GENERIC = re.compile("^(?:各|有关|相关|其他|其它|驻|所有|全体|[省市区县州](?:直|级|属))")
_GOVERNMENTS = re.compile("^(?:各|有关|相关)+(?P<what>.*?)(?:人民政府|政府|管委会)?$")
_LOWER = re.compile("区|县|街道|镇|乡|市|州|盟|旗")
_NATIONAL = re.compile("^(?:国家|全国|中国(?!\\()|中央|中华|国务院)|总局$|总署$|^国务院|海关总署")
_LOCAL_END = re.compile("(?:分局|分行|支行|中心支行|营管部|营业部|分公司|监管局|办事处|铁路局|供电公司|监管分局)$")
_OF_CENTRE = re.compile(
    "海关|税务|银保监|证监|外汇|人民银行|人行|邮政管理|通信管理|气象|海事|出入境边防|边检|铁路|民航|金融监管总局|金融监督管理总局|能源监管"
)
_AREA = re.compile(
    "(?:新区|开发区|高新区|示范区|保税区|经开区|名胜区|风景区|试验区|园区|功能区|景区|[一-鿿]{2,}区|[一-鿿]{2,}县)$"
)
_COMPANY = re.compile("(?:公司|集团|银行|企业|机场)$")
_OFFICE = re.compile("(?:局|委|委员会|厅|办|办公室|署|部|院|中心|海关|管委会|总队|支队|分行|中心支行|营管部)$")
_DIVISION = re.compile("^(?:人民)?政府|^委(?=[\u4e00-\u9fff]+(?:办|部|室)$)")
_TOO_GENERAL = frozenset(
    (
        *("办公厅", "办公室", "人民政府", "政府", "中心", "委员会", "部门", "单位", "公司", "集团", "银行", "部"),
        *("局", "委", "厅", "办", "有限公司", "分公司", "管委会", "支行", "分行", "中心支行", "分局"),
    )
)
_TWO_CHARACTERS = ("海关", "人行", "央行")
_OPTIONAL = re.compile("[（(〔\\[][^）)〕\\]]*[）)〕\\]]")
_TO_OTHERS = str.maketrans({"（": "", "）": "", "(": "", ")": "", "〔": "", "〕": "", "、": ""})


@dataclass(frozen=True, slots=True)
class _Made:
    """A derived entry before bodies with one name are put together."""

    name: str
    kind: str
    region: str | None
    aliases: tuple[str, ...]
    weak: tuple[str, ...] = ()


def with_bodies(agencies: Sequence[Agency], named: Iterable[tuple[str | None, str]]) -> tuple[Agency, ...]:
    """``agencies`` with an entry for every body in ``named`` that they don't have, and spellings that they lack.

    Args:
        agencies: the table's; what it says wins.
        named: the region of a document and a body's name as printed there, for every body of every unit.
    """
    registry = AgencyRegistry(agencies)
    known = {agency.agency_id: agency for agency in agencies}
    called: dict[tuple[str | None, str], list[str]] = {}
    for agency in agencies:
        for name in map(normalise, (agency.name, *agency.aliases)):
            called.setdefault((agency.region, name), []).append(agency.agency_id)
    ids: dict[tuple[str, str | None], str] = {}
    for document_region, printed in sorted(set(named), key=lambda pair: (pair[0] or "", pair[1])):
        if registry.of_printed(printed, document_region):
            continue
        made = _made(printed, document_region)
        own = called.get((made.region, normalise(printed)), ()) or called.get((made.region, normalise(made.name)), ())
        if len(own) == 1 and not _GENERIC.match(printed):
            known[own[0]] = _spelled(known[own[0]], printed)
            continue
        key = (made.name, made.region)
        if key not in ids:
            ids[key] = made.name if made.name not in known else f"{made.name}（{made.region or '全国'}）"
            known[ids[key]] = Agency(ids[key], made.name, made.kind, (), made.aliases, made.weak, made.region)
        entry = _spelled(known[ids[key]], printed)
        aliases = tuple(dict.fromkeys((*entry.aliases, *made.aliases)))
        known[ids[key]] = replace(entry, aliases=aliases, weak=tuple(dict.fromkeys((*entry.weak, *made.weak))))
    return tuple(known.values())


def _spelled(agency: Agency, printed: str) -> Agency:
    return agency if printed in agency.printed else replace(agency, printed=(*agency.printed, printed))


def _made(printed: str, document_region: str | None) -> _Made:
    """The entry for a body as a document of ``document_region`` prints it. Rules in order, the first that fits."""
    if _GENERIC.match(printed):
        return _group(printed, document_region)
    if printed in MINISTRIES or (document_region is None and _is_office(printed)) or _is_central(printed):
        return _central(printed)
    place, end = place_at_start(printed)
    if place and end < len(printed) and _subject_and_ending(printed[end:]) and not _OF_CENTRE.search(printed):
        return _office(printed[end:], place)
    level = _LEVEL.match(printed)
    if document_region and level and len(printed) > level.end() + 1:
        return _office(printed[level.end() :], _home(level.group(), document_region))
    if document_region and _subject_and_ending(printed) and not place and not _inside(printed, document_region):
        return _office(printed, document_region)
    return _other(printed, document_region)


def _is_office(printed: str) -> bool:
    return bool(_OFFICE.search(printed) or printed.endswith(("会", "总社")))


def _is_central(printed: str) -> bool:
    return bool(_NATIONAL.search(printed)) and not _LOCAL_END.search(printed) and not _COMPANY.search(printed)


def _home(level: str, region: str) -> str:
    """The place that 省, 市 or 区 means in a document of ``region``."""
    upper, _ = split(region)
    if level in ("省", "自治区"):
        return province_of(region) or region
    if level in ("市", "州", "自治州") and upper:
        return upper
    return region


def _group(printed: str, region: str | None) -> _Made:
    """各区人民政府, 有关部门, 市直有关单位: no one body, and another in each place."""
    level = _OWN_LEVEL.match(printed)
    rest = printed[1:] if level and printed[0] in "省市区县州" else printed
    rest = rest.removeprefix("驻市").removeprefix("驻省") if region and rest.startswith("驻") else rest
    name = (region or "") + ("驻" + rest if rest != printed and printed.startswith("驻") else rest)
    governments = _GOVERNMENTS.match(printed)
    if not (governments and _LOWER.search(governments["what"]) and not re.search("部门|单位|机构", printed)):
        return _Made(name, "其他", region, ())
    what = governments["what"]
    many = re.match("^(?:各|有关|相关)+", printed)
    start = many.group() if many else ""
    bare = {what, what.translate(_TO_OTHERS), _OPTIONAL.sub("", what)}
    aliases = [f"{start}{one}{end}" for one in sorted(bare) for end in ("", "人民政府", "政府")]
    aliases += [f"{one}{end}" for one in sorted(bare) if start == "各" for end in ("人民政府", "政府")]
    return _Made(name, "区级", region, tuple(dict.fromkeys(aliases)))


def _central(printed: str) -> _Made:
    """A ministry or another body of the whole country."""
    name = FULL_NAMES.get(printed, "")
    core, ending = _subject_and_ending(printed.removeprefix("国家")) or ("", "")
    if not name and printed.endswith(("部", "总局", "总署")):
        ending = next(end for end in ("总局", "总署", "部") if printed.endswith(end))
        core = printed.removeprefix("国家").removesuffix(ending)
    written = _same(core)
    if not name:
        full = (written[0] + ENDINGS.get(ending, (ending,))[0]) if core else printed
        state = (
            core
            and not printed.startswith(("国家", "全国", "中国", "国务院", "中央"))
            and not printed.endswith(("部", "总署"))
        )
        name = f"国家{full}" if state or (printed.startswith("国家") and core) else full
    forms = [one + end for one in (*written, *_spoken(core)) for end in ENDINGS.get(ending, (ending,))] if core else []
    aliases = [
        name.removeprefix("中华人民共和国"),
        printed,
        *(f for f in forms if _sayable(f)),
        *(f"国家{form}" for form in forms),
    ]
    return _Made(name, "中央部门", None, tuple(dict.fromkeys(alias for alias in aliases if len(alias) > 2)))


def _office(rest: str, region: str) -> _Made:
    """An office of ``region``, its name less 市 or the place: 商务局, 委编办, 政府金融办, 人社局."""
    inner = _DIVISION.sub("", rest)
    core, ending = _subject_and_ending(inner) or (inner, "")
    written, spoken = _same(core), _spoken(core)
    endings = ENDINGS.get(ending, (ending,))
    whole = inner if core == inner else written[0] + endings[0]
    name = region + (rest if inner != rest else whole)
    level = _level_of(region)
    bare = [one + end for one in dict.fromkeys((*written, *spoken)) for end in endings] if ending else [inner]
    if inner != rest:
        bare.append(rest)
    places = (*names_of_place(region), level)
    aliases = [form for form in bare if _sayable(form)]
    aliases += [f"{place}{form}" for form in bare for place in places]
    if ending in ("局", "委", "委员会", "厅"):
        departments = [f"{one}部门" for one in (*written, *spoken) if len(one) > 1]
        aliases += [f"{place}{form}" for form in departments for place in ("", short_name(region))]
        aliases += [f"{written[0]}主管部门"]
    return _Made(name, _kind(name, region), region, tuple(dict.fromkeys(aliases)))


def _other(printed: str, region: str | None) -> _Made:
    """A company, an area or an office with its place in its name: 武汉海关, 人行武汉分行营管部, 东湖高新区管委会."""
    inside = _inside(printed, region) if region else ""
    area = _AREA.search(printed) and not _COMPANY.search(printed)
    scoped = region and not inside and (printed.endswith("管委会") or area or not place_at_start(printed)[0])
    company = _COMPANY.search(printed)
    name = f"{region}{printed}" if scoped and not company else printed
    aliases: list[str] = [printed] if not area else []
    if inside:
        before, _, after = printed.partition(inside)
        aliases += [form for form in (before + after.removeprefix("市"), after) if len(form) > 1 and _sayable(form)]
    for starts, called in CENTRAL_OFFICES:
        if printed.startswith(starts):
            aliases += [*called, *(f"{short_name(region)}{one}" for one in called if region and len(one) > 1)]
    for full, *shorter in SUBJECTS:
        for written in (full, *shorter):
            if written in printed and len(written) > 1:
                aliases += [printed.replace(written, other) for other in (full, *shorter) if len(other) > 1]
                break
    if printed.endswith("管委会"):
        aliases += [f"{printed.removesuffix('管委会')}管理委员会"]
    if place_at_start(printed)[0] and not inside:
        aliases.append(printed[place_at_start(printed)[1] :])
    kind = "企业" if company else "区级" if area or printed.endswith("管委会") else _kind(printed, region)
    weak = (printed,) if area else ()
    kept = tuple(dict.fromkeys(alias for alias in aliases if _sayable(alias)))
    return _Made(name, kind, region, kept, weak)


def _inside(printed: str, region: str) -> str:
    """The name of ``region`` or of its province inside ``printed``; empty when neither is."""
    places = [region, *filter(None, (split(region)[0], province_of(region)))]
    return next((name for place in places for name in names_of_place(place) if len(name) > 1 and name in printed), "")


def _kind(name: str, region: str | None) -> str:
    if _OF_CENTRE.search(name):
        return "中央驻地方"
    if region is None:
        return "其他"
    if province_of(region) == region and not region.endswith("市"):
        return "省级部门"
    county = split(region)[0] or (region.endswith(("县", "区", "旗")) and "自治区" not in region)
    return "区级" if county else "市级部门"


def _level_of(region: str) -> str:
    """How documents of ``region`` call it: 省, 自治区, 市, 州, 区, 县."""
    return next((level for level in ("自治区", "州", "省", "市", "区", "县", "旗", "盟") if region.endswith(level)), "")


def _subject_and_ending(name: str) -> tuple[str, str] | None:
    """商务 and 局 of 商务局; ``None`` where the name is made otherwise."""
    ending = next((end for end in sorted(ENDINGS, key=len, reverse=True) if name.endswith(end)), "")
    core = name.removesuffix(ending)
    return (core, ending) if ending and core and not _COMPANY.search(name) else None


def _same(core: str) -> tuple[str, ...]:
    """``core`` in its official words, and every way to write it."""
    return next((words for words in SUBJECTS if core in words), (core,))


def _spoken(core: str) -> Iterator[str]:
    yield from (word for words in SPOKEN if core in words for word in words if word != core)


def _sayable(form: str) -> bool:
    """True for a name that says which office is meant without its place."""
    return form not in _TOO_GENERAL and (len(form) > 2 or form in _TWO_CHARACTERS or form[-1] in "委办")
