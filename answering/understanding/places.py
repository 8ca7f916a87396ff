"""Places that are not the documents' own: a question about Hangzhou is not answered from Tianjin's policy."""

from __future__ import annotations

import re

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
_BEFORE = re.compile(rf"{_OTHER}[市省]?$")
_ABOUT = re.compile(
    rf"(?<![从到往去在发])({_OTHER})[市省]?(?!银行|铁路局|局)[^，。？]{{0,12}}(?:政策|补贴|扶持|自贸|新片区|海关|规定|出台|奖励|怎么(?:办|搞|申请|做|规定))"
)
_OF_A_PLACE = re.compile(
    rf"(?:^|[，。？ ])(?:请问|那么?|听说)?({_OTHER})[市省]?(?:[的在港呢]|推动|支持|鼓励|加快|出台|今年|有没有|现在|这边|那边)"
)
_NATIONAL_BEFORE = re.compile("(?:国家|全国|国务院|中央)$")
_NATIONAL_AFTER = re.compile("^(?:部(?!门)|总局|总署|总行|总公司)")
_OWN = re.compile("天津|津(?!贴)|本市|我市|咱市|滨海|东疆")


def region_before(text: str) -> str:
    """The other place named at the very end of a normalised text (杭州 before 海关), else nothing."""
    match = _BEFORE.search(text)
    return match.group() if match else ""


def namesake(before: str, after: str) -> tuple[str, str]:
    """The words right before and after a body's name that make it another body, both empty when they don't.

    Another city's (杭州海关) or the national one (国家税务总局, 海关总署, 商务部).
    """
    national = _NATIONAL_BEFORE.search(before), _NATIONAL_AFTER.search(after)
    first, last = (match.group() if match else "" for match in national)
    return region_before(before) or first, last


def region_asked(text: str) -> str:
    """The other place that a normalised question is about, when it does not name the documents' own as well."""
    match = _ABOUT.search(text) or _OF_A_PLACE.search(text)
    return match.group(1) if match and not _OWN.search(text) else ""


def places_in(text: str) -> list[str]:
    """Other provinces and cities that a normalised text names."""
    return _PLACE.findall(text)


def countries_in(text: str) -> list[str]:
    """Foreign countries that a normalised text names."""
    return _COUNTRY.findall(text)
