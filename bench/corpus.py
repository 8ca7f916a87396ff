"""Synthetic policy documents for measuring growth: cities × topics × templates, numbered, with bodies and figures."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from index.records import Document

SEED = 7
UNITS_A_DOCUMENT = 100
_SECTIONS = 5
_NUMERALS = "一二三四五"


def _words(written: str) -> tuple[str, ...]:
    return tuple(written.split())


_PROVINCES = _words(
    "云岭 海东 北原 南湾 江左 西川 中洲 岭北 河阳 东陵 平原 青山 白水 长岭 金沙 玉泉 临江 安远 宁川 丰台岭 石桥 沙洲"
)
_PLACES = _words("东 西 南 北 中 新 古 上 下 大")
_TOPICS = _words(
    "跨境电商 海外仓 保税维修 离岸贸易 冷链物流 数字贸易 服务外包 二手车出口 市场采购 绿色工厂 工业设计 "
    "氢能 储能 人工智能 集成电路 生物医药 新能源汽车 智能网联 低空经济 海洋经济 种业振兴 设施农业 "
    "乡村旅游 夜间经济 首发经济 养老服务 托育服务 社区食堂 职业教育 技能培训 青年就业 创业孵化 住房保障 "
    "老旧小区 城市更新 地下管网 污水处理 垃圾分类 河湖治理 大气治理 森林防火 应急避难 食品安全 药品监管 "
    "医保结算 家庭医生 中医药 体育公园 图书馆 博物馆"
)
_OBJECTS = _words(
    "示范园区 公共服务平台 龙头企业 中小企业 重点项目 专业人才 技术标准 供应链 产业基金 检测中心 "
    "服务站点 培训基地 信息系统 信用档案 创新联盟 实验室 展示中心 志愿队伍 应急物资 数据目录"
)
_ACTS = _words("培育 建设 引进 升级 认定 整合 扩建 推广 评选 改造")
_MEANS = _words(
    "对符合条件的给予一次性补助{money}万元 贷款贴息比例不超过百分之{share} 每年组织对接活动{times}场 "
    "设立专项资金{money}万元 办理时限压缩至{days}个工作日 覆盖率达到百分之{share} 开展专项检查{times}次"
)
_OFFICES = _words(
    "商务 发展改革 财政 税务 教育 科技 公安 民政 司法 交通运输 水务 农业农村 文化旅游 卫生健康 应急管理 "
    "审计 统计 医疗保障 市场监管 生态环境"
)


@dataclass(frozen=True, slots=True)
class Known:
    """A question made from a unit, and the unit's id."""

    question: str
    unit_id: str


def write_corpus(folder: Path, documents: int, seed: int = SEED) -> tuple[Known, ...]:
    """Write a corpus of ``documents`` documents of :data:`UNITS_A_DOCUMENT` units; the same ones every time.

    Returns:
        A question for each of some hundred units, from all over the corpus.
    """
    (folder / "documents").mkdir(parents=True)
    known: list[Known] = []
    with (folder / "sources.jsonl").open("w", encoding="utf-8") as sources:
        for number in range(documents):
            document, text, asked = _document(number, random.Random(f"{seed} {number}"))
            (folder / "documents" / document.path).write_text(text, encoding="utf-8")
            known.append(asked)
            sources.write(json.dumps(asdict(document), ensure_ascii=False) + "\n")
    (folder / "agencies.tsv").write_text("id\tname\tkind\tprinted\taliases\tweak\tregion\n", encoding="utf-8")
    (folder / "lexicon.txt").write_text("\n".join(_TOPICS) + "\n", encoding="utf-8")
    return tuple(known)


def city_of(number: int) -> str:
    """City of a document: 220 of them, each with a document on every topic before the topics begin anew."""
    place = number % (len(_PROVINCES) * len(_PLACES))
    return f"{_PROVINCES[place % len(_PROVINCES)]}{_PLACES[place // len(_PROVINCES)]}市"


def _document(number: int, chance: random.Random) -> tuple[Document, str, Known]:
    city, topic = city_of(number), _TOPICS[(number * 7) % len(_TOPICS)]
    slug, title = f"d{number:05}", f"{city}推动{topic}发展若干措施（第{number}号）"
    lines = [title, ""]
    chosen = chance.randrange(UNITS_A_DOCUMENT)
    asked = Known("", "")
    for place, (unit, question) in enumerate(_units(city, topic, chance)):
        if place % (UNITS_A_DOCUMENT // _SECTIONS) == 0:
            section = place // (UNITS_A_DOCUMENT // _SECTIONS)
            lines.append(f"{_NUMERALS[section]}、{_ACTS[section]}{topic}{_OBJECTS[(number + section) % len(_OBJECTS)]}")
        lines.append(f"{place + 1}．{unit}")
        if place == chosen:
            asked = Known(question, f"{slug}/{place + 1}")
    text = "\n".join(lines) + "\n"
    document = Document(
        slug=slug,
        title=title,
        short_title=f"{city}{topic}措施{number}",
        aliases=(),
        issuer=f"{city}人民政府",
        number=None,
        date="2024-01-01",
        path=f"{slug}.txt",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        region=city,
    )
    return document, text, asked


def _units(city: str, topic: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Units and a question for each; what they say is told apart by topics, objects, places and figures."""
    for _ in range(UNITS_A_DOCUMENT):
        act, thing, other = chance.choice(_ACTS), chance.choice(_OBJECTS), chance.choice(_TOPICS)
        count, year = chance.randint(2, 99), chance.randint(2025, 2030)
        district = f"{chance.choice(_PROVINCES)}{chance.choice('区县镇')}"
        figures = {"money": chance.randint(1, 200) * 5, "share": chance.randint(5, 95), "times": chance.randint(2, 40)}
        means = chance.choice(_MEANS).format(**figures, days=chance.randint(1, 20))
        bodies = "、".join(f"市{name}局" for name in chance.sample(_OFFICES, chance.randint(1, 3)))
        what = f"{other}{thing}"
        yield (
            f"{act}{what}。围绕{city}{topic}工作，在{district}{act}{what}{count}个，力争到{year}年全部建成；{means}，"
            f"建立与{topic}相衔接的{thing}管理办法。（责任单位：{bodies}）",
            f"{city}{topic}措施里，{district}{act}{what}有多少个？",
        )
