"""Places of China down to prefectures, and how one place is called and which lies in which.

Source: the administrative divisions of the Ministry of Civil Affairs (provincial and prefectural level). Smaller places
are known by their endings, behind a place of the table or before an office (余杭区人民政府).
"""

from __future__ import annotations

import re
from functools import cache

# Provincial level: full name, the name without its kind, the sign of document numbers, and prefectures. A name without
# an ending is a city.
_TABLE = (
    ("北京市", "北京", "京", ""),
    ("天津市", "天津", "津", ""),
    ("上海市", "上海", "沪", ""),
    ("重庆市", "重庆", "渝", ""),
    ("河北省", "河北", "冀", "石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水"),
    ("山西省", "山西", "晋", "太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁"),
    (
        "内蒙古自治区",
        "内蒙古",
        "内",
        "呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布 兴安盟 锡林郭勒盟 阿拉善盟",
    ),
    ("辽宁省", "辽宁", "辽", "沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 朝阳 葫芦岛"),
    ("吉林省", "吉林", "吉", "长春 吉林 四平 辽源 通化 白山 松原 白城 延边朝鲜族自治州"),
    (
        "黑龙江省",
        "黑龙江",
        "黑",
        "哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 黑河 绥化 大兴安岭地区",
    ),
    ("江苏省", "江苏", "苏", "南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁"),
    ("浙江省", "浙江", "浙", "杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水"),
    ("安徽省", "安徽", "皖", "合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州 宣城"),
    ("福建省", "福建", "闽", "福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德"),
    ("江西省", "江西", "赣", "南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶"),
    ("山东省", "山东", "鲁", "济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 滨州 菏泽"),
    (
        "河南省",
        "河南",
        "豫",
        "郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店 济源",
    ),
    (
        "湖北省",
        "湖北",
        "鄂",
        "武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 仙桃 潜江 天门 恩施土家族苗族自治州",
    ),
    (
        "湖南省",
        "湖南",
        "湘",
        "长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底 湘西土家族苗族自治州",
    ),
    (
        "广东省",
        "广东",
        "粤",
        "广州 韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远 东莞 中山 潮州 揭阳 云浮",
    ),
    ("广西壮族自治区", "广西", "桂", "南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾 崇左"),
    ("海南省", "海南", "琼", "海口 三亚 三沙 儋州"),
    (
        "四川省",
        "四川",
        "川",
        "成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳 "
        "阿坝藏族羌族自治州 甘孜藏族自治州 凉山彝族自治州",
    ),
    (
        "贵州省",
        "贵州",
        "黔",
        "贵阳 六盘水 遵义 安顺 毕节 铜仁 黔西南布依族苗族自治州 黔东南苗族侗族自治州 黔南布依族苗族自治州",
    ),
    (
        "云南省",
        "云南",
        "云",
        "昆明 曲靖 玉溪 保山 昭通 丽江 普洱 临沧 楚雄彝族自治州 红河哈尼族彝族自治州 文山壮族苗族自治州 "
        "西双版纳傣族自治州 大理白族自治州 德宏傣族景颇族自治州 怒江傈僳族自治州 迪庆藏族自治州",
    ),
    ("西藏自治区", "西藏", "藏", "拉萨 日喀则 昌都 林芝 山南 那曲 阿里地区"),
    ("陕西省", "陕西", "陕", "西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛"),
    (
        "甘肃省",
        "甘肃",
        "甘",
        "兰州 嘉峪关 金昌 白银 天水 武威 张掖 平凉 酒泉 庆阳 定西 陇南 临夏回族自治州 甘南藏族自治州",
    ),
    (
        "青海省",
        "青海",
        "青",
        "西宁 海东 海北藏族自治州 黄南藏族自治州 海南藏族自治州 果洛藏族自治州 玉树藏族自治州 海西蒙古族藏族自治州",
    ),
    ("宁夏回族自治区", "宁夏", "宁", "银川 石嘴山 吴忠 固原 中卫"),
    (
        "新疆维吾尔自治区",
        "新疆",
        "新",
        "乌鲁木齐 克拉玛依 吐鲁番 哈密 昌吉回族自治州 博尔塔拉蒙古自治州 巴音郭楞蒙古自治州 阿克苏地区 "
        "克孜勒苏柯尔克孜自治州 喀什地区 和田地区 伊犁哈萨克自治州 塔城地区 阿勒泰地区",
    ),
    ("香港特别行政区", "香港", "", ""),
    ("澳门特别行政区", "澳门", "", ""),
    ("台湾省", "台湾", "", ""),
)
_KIND = re.compile("(?:[\u4e00-\u9fff]{1,8}族自治州|地区|盟|市|省)$")
_SMALLER = re.compile("[\u4e00-\u9fff]{2,7}?(?:自治县|自治旗|新区|市|县|区|旗)")
_TWO = re.compile("[一-鿿]{2}(?:市|县|区|州|旗)(?![场民值政级域内外情容])")
_NO_TOWN = re.compile(
    "开发|高新|保税|示范|试验|自贸|经开|合作|功能|有关|相关|[各全我本城跨老新小山社园地片景林矿牧农灾]"
)
_NO_PLACE = re.compile(
    "(?:[经高开发]|保税|自贸|示范|试验|实验|园|产业|经济|技术|片|综合|合作|景|名胜|辖|社|地|小|校|灾|山|专)区$|(?:都|城|股|超|上|门|夜|楼|集|全|本|我)市$"
)


def _prefecture(word: str) -> str:
    return word if word.endswith(("州", "盟", "地区")) and len(word) > 2 and _KIND.search(word) else f"{word}市"


@cache
def _provinces() -> dict[str, str]:
    """Province by the full name of each of its prefectures, and of itself."""
    found = {full: full for full, *_ in _TABLE}
    for full, _, _, prefectures in _TABLE:
        found.update({_prefecture(word): full for word in prefectures.split()})
    return found


@cache
def _short_provinces() -> dict[str, str]:
    return {full: short for full, short, *_ in _TABLE}


@cache
def _full_names() -> dict[str, str]:
    """Full name by every name of a place of the table; of two places with one name (吉林) the province."""
    found = {short_name(full): full for full in _provinces()}
    found.update({full: full for full in _provinces()})
    found.update({short: full for full, short, *_ in _TABLE})
    return found


def short_name(place: str) -> str:
    """A place without its kind: 武汉 for 武汉市, 广西 for 广西壮族自治区, 北京朝阳 for 北京市朝阳区."""
    if place in _short_provinces():
        return _short_provinces()[place]
    if place in _provinces():
        return _KIND.sub("", place)
    upper, lower = split(place)
    return (short_name(upper) if upper else "") + (lower[:-1] if len(lower) > 2 else lower)


def names_of_place(place: str) -> tuple[str, ...]:
    """What people call a place: 武汉市 and 武汉; 北京市朝阳区, 北京朝阳区, 朝阳区 and 北京朝阳."""
    upper, lower = split(place)
    if not upper:
        return tuple(dict.fromkeys((place, short_name(place))))
    return tuple(dict.fromkeys((place, short_name(upper) + lower, lower, short_name(place))))


def split(place: str) -> tuple[str, str]:
    """The prefecture or province at the start of a place and what lies in it; the first empty when there is none."""
    if place in _provinces():
        return "", place
    upper = next((place[:end] for end in range(len(place) - 2, 1, -1) if place[:end] in _provinces()), "")
    return upper, place.removeprefix(upper)


def province_of(place: str) -> str | None:
    """The province that a place lies in, itself for a province; ``None`` when unknown."""
    return _provinces().get(place) or _provinces().get(split(place)[0])


def prefectures_of(province: str) -> tuple[str, ...]:
    """Full names of the prefectures of a province."""
    return tuple(place for place, above in _provinces().items() if above == province and place != province)


def place_at_start(text: str, *, office: bool = False) -> tuple[str, int]:
    """The place that ``text`` begins with and where its name ends: 浙江省杭州市… is 杭州市; empty when there is none.

    Args:
        text: as printed.
        office: a place outside the table counts when an office follows (余杭区人民政府).
    """
    place, end = "", 0
    for _ in range(2):
        name = next(
            (
                text[end:stop]
                for stop in range(min(len(text), end + 12), end + 1, -1)
                if text[end:stop] in _full_names()
            ),
            "",
        )
        if not name or (place and province_of(_full_names()[name]) != place):
            break
        place, end = _full_names()[name], end + len(name)
        if text[end : end + 1] == "市" and not name.endswith("市"):
            break  # 吉林市 behind 吉林 is found by its full name
    smaller = _SMALLER.match(text, end)
    if smaller and not _NO_PLACE.search(smaller.group()) and (place or office):
        behind = text[smaller.end() :]
        offices = re.match("人民政府|政府|委|党委|办公|[\u4e00-\u9fff]{2,10}[局委办]", behind)
        if offices and not re.match("场|民", behind):
            upper = place if place and (place.endswith("市") or not smaller.group().endswith("市")) else ""
            return upper + smaller.group(), smaller.end()
    return place, end


def small_place_at_start(text: str) -> str:
    """A place of two characters and its kind that no table has and ``text`` begins with (昆山市促进…), or nothing."""
    small = _TWO.match(text)
    return small.group() if small and not _NO_TOWN.match(text) else ""


def place_of_sign(sign: str) -> str | None:
    """The province by the first character of its document numbers: 京 is 北京市; ``None`` when there is none."""
    return next((full for full, _, own, _ in _TABLE if own and own == sign), None)
