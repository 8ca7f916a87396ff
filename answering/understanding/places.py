"""Places in questions: those that the documents are of, and others. Tianjin's policy says nothing about Hangzhou."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from index.names import Names
from index.places import names_of_place, prefectures_of, province_of, short_name
from index.text import normalise

PROVINCES_AND_CITIES = (
    "北京|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门|"
    "深圳|广州|杭州|宁波|南京|苏州|青岛|大连|厦门|武汉|成都|西安|郑州|沈阳|长沙|济南|合肥|福州|义乌|临沂|东莞|佛山|无锡|南通|烟台|石家庄|唐山|廊坊|雄安|昆明|贵阳|兰州|太原|"
    "哈尔滨|长春|南昌|温州|金华|绍兴|泉州|珠海"
)
_OTHER = f"(?:{PROVINCES_AND_CITIES})"
_PLACE = re.compile(_OTHER)
_COUNTRY = re.compile(
    "美国|日本|德国|韩国|朝鲜|欧盟|英国|法国|俄罗斯|越南|泰国|印度|印尼|巴西|澳大利亚|澳洲|新西兰|加拿大|新加坡|马来西亚|菲律宾|墨西哥|意大利|西班牙|荷兰|波兰|土耳其|沙特|迪拜|阿联酋|埃及|南非|美区"
)
_ABOUT = r"(?<![从到往去在发])({other})[市省]?(?!银行|铁路局|局)[^，。？]{{0,12}}(?:政策|补贴|扶持|自贸|新片区|海关|规定|出台|奖励|怎么(?:办|搞|申请|做|规定))"
_OF_A_PLACE = r"(?:^|[，。？ ])(?:请问|那么?|听说)?({other})[市省]?(?:[的在港呢]|第[0-9一二三四五六七八九十]|推动|支持|鼓励|加快|出台|今年|有没有|现在|这边|那边)"
_NATIONAL_BEFORE = re.compile("(?:国家|全国|国务院|中央)$")
_NATIONAL_AFTER = re.compile("^(?:部(?!门)|总局|总署|总行|总公司)")
_HERE = "本市|我市|咱市"
_NICKNAMES = {"天津市": ("津(?!贴)", "滨海", "东疆")}  # patterns of other words for a place
_NATIONAL = re.compile("国务院|国家(?:层面|文件|的(?:文件|政策|意见|规定))|中央(?:文件|层面|的文件)|全国性")


class Places:
    """The places that the documents are of, and how questions speak of these and of others.

    Args:
        regions: of the documents, see :attr:`index.records.Document.region`.
    """

    def __init__(self, regions: Collection[str | None]) -> None:
        self.regions = frozenset(regions)
        own = sorted(filter(None, self.regions))
        self._own: dict[str, tuple[str, ...]] = {}
        for region in own:
            for name in map(normalise, names_of_place(region)):
                self._own[name] = (*self._own.get(name, ()), region)
        for region in own:  # the province's cities answer for a province that has no document itself
            province = province_of(region)
            if province and province not in self.regions:
                for name in map(normalise, names_of_place(province)):
                    self._own[name] = (*self._own.get(name, ()), region)
        self._names = Names(self._own)
        towns = [short_name(town) for region in own for town in prefectures_of(region)]
        others = dict.fromkeys((*PROVINCES_AND_CITIES.split("|"), "天津", *towns))
        other = f"(?:{'|'.join(name for name in others if name not in self._own)})"
        self._before = re.compile(rf"{other}[市省]?$")
        self._asked = [re.compile(pattern.format(other=other)) for pattern in (_ABOUT, _OF_A_PLACE)]
        nicknames = (word for region in own for word in _NICKNAMES.get(region, ()))
        self._here = re.compile("|".join((*map(re.escape, self._own), *nicknames, _HERE)))

    def before(self, text: str) -> tuple[str, tuple[str, ...]]:
        """The place named at the very end of a normalised text and the regions of documents that it means."""
        own = next((name for size in range(12, 1, -1) if (name := text[-size:]) in self._own), "")
        if own:
            return own, self._own[own]
        match = self._before.search(text)
        return (match.group() if match else ""), ()

    def namesake(self, before: str, after: str) -> tuple[str, str]:
        """The words right before and after a body's name that make it another body, both empty when they don't.

        Another city's (杭州海关) or the national one (国家税务总局, 海关总署, 商务部).
        """
        place, regions = self.before(before)
        return _namesake("" if regions else place, before, after)

    def asked(self, text: str) -> str:
        """The other place that a normalised question is about, when it does not name a document's own as well."""
        match = next(filter(None, (pattern.search(text) for pattern in self._asked)), None)
        return match.group(1) if match and not self._here.search(text) else ""

    def named(self, text: str) -> list[tuple[int, int, tuple[str | None, ...]]]:
        """Where a normalised text names places that only some documents are of, and their regions, in order."""
        if len(self.regions) < 2:
            return []
        found: list[tuple[int, int, tuple[str | None, ...]]] = [
            (start, end, self._own[text[start:end]]) for start, end in self._names.leftmost(text)
        ]
        if None in self.regions:
            found += [(*match.span(), (None,)) for match in _NATIONAL.finditer(text)]
        return sorted(found, key=lambda item: item[0])

    def above(self, places: Sequence[str | None]) -> list[tuple[str | None, ...]]:
        """Regions that stand in, in turn, where the documents of ``places`` say nothing: their province, the country."""
        provinces = tuple(dict.fromkeys(province_of(place) for place in places if place))
        steps: list[tuple[str | None, ...]] = [provinces, (None,)]
        return [step for step in steps if set(step) & (self.regions - set(places)) and step != tuple(places)]


def _namesake(place: str, before: str, after: str) -> tuple[str, str]:
    national = _NATIONAL_BEFORE.search(before), _NATIONAL_AFTER.search(after)
    first, last = (match.group() if match else "" for match in national)
    return place or first, last


def namesake(before: str, after: str) -> tuple[str, str]:
    """:meth:`Places.namesake` where no other place than Tianjin is known to be a document's own."""
    match = re.search(rf"{_OTHER}[市省]?$", before)
    return _namesake(match.group() if match else "", before, after)


def places_in(text: str) -> list[str]:
    """Other provinces and cities that a normalised text names."""
    return _PLACE.findall(text)


def countries_in(text: str) -> list[str]:
    """Foreign countries that a normalised text names."""
    return _COUNTRY.findall(text)
