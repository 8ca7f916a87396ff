"""What the words of one question name: documents, numbers, sections, bodies, cues and content."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from answering.lexis import any_of, blank, content_runs, function_words
from index.agencies import AgencyMention, AgencyRegistry
from index.numbering import NumberMention, find_mentions
from index.records import AgencyFilter, Combination, Cue, Document, PolicyUnit
from index.text import Segmenter, normalise

_FUNCTION_WORDS = Path(__file__).with_name("function_words.txt")

_PARTNERS = any_of(
    "[跟和与同]谁(?:一起|合作|搭档|搭伙)?", "[跟和与同]哪(?:些|几)?[个家]?(?:部门|单位)(?:一起|合作)?", "搭伙", "合作单位", "一起的(?:还)?有谁",
    "配合单位", "还有谁", "哪些(?:部门|单位)(?:一起|合作|共同)",
)  # fmt: skip
_CUES: tuple[tuple[Cue, re.Pattern[str]], ...] = (
    (
        Cue.WHO,
        any_of(
            "谁", "哪(?:一|两|三|几|些)?[个家]?(?:政府|市级|职能|责任|牵头)?(?:部门|单位|机构|局|委|家|方|级)", "归[那哪]", "责任(?:单位|部门)",
            "(?:什么|啥|那些)(?:部门|单位|机构)", "找哪", "派给", "由哪", r"\bwho\b", "which (?:authorit|agenc|department|bod|bureau|office)",
            "in charge", "responsible",
        ),
    ),
    (
        Cue.LIST,
        any_of(
            "哪[些几](?![个家]?(?:部门|单位|机构|局|委|家|方|级))", "几[项条件个行]", "多少[项条件个行]", "所有", "全部", "清单", "列[出一明全]", "罗列", "逐[一项条]", "一共", "总共", "合计", "通通", "统统",
            "都有", "什么(?:事|任务|活|工作|措施)", "有什么", "有啥", "都拉", "拉出来", "找(?:出来|齐)", "汇总", "都(?:是|讲|写|说)", "分别", r"\ball\b", r"\blist\b", "how many",
        ),
    ),
    (
        Cue.TASKS,
        any_of(
            "任务", "事项", "条目", "职责", "分工", "工作", "活儿?", "负责", "承担", "参与", "参加", "牵头", "领了", "被点名", "管(?:什么|啥|哪|着|点)", "干(?:什么|啥|点)",
            "做(?:什么|啥|哪|点)", "(?:什么|啥|哪些|几件)事", "举措", "措施", "规定", "出现在?哪", "要?落实", "有份", "几[项条]", "哪[几]?[项条]", "措施", r"\btasks?\b",
        ),
    ),
    (Cue.PARTNERS, _PARTNERS),
    (Cue.LEAD, any_of("牵头", "主责", "第一责任")),
    (Cue.MENTION, any_of("提(?:到|了|及|过)", "写[到了]", "点到", "说到", "讲到", "出现", "相关", "有关", "关于", "涉及", "沾边", "包含", "带有", "带.{1,8}字", "三个字", "几个字")),
    (Cue.BOTH_DOCUMENTS, any_of("(?:两|2|二)[个份]?(?:政策)?文件", "(?:两|2)份", "两边文件", "前后两", "both (?:documents|policies|files)")),
    (Cue.OTHER_DOCUMENT, any_of("另[外一]+[个份]?(?:文件|政策|方案|份)", "第二[个份](?:文件|政策)?呢", "第二[个份]文件", "另一[个份]")),
    (Cue.BACKWARD, any_of("^那", "^这", "^它", "^其中", "^里面", "^里头", "^上[面述]", "^以上", "^刚才", "^还有", "^再", "^具体", "^光看", "^只看", "呢[?？。!！]*$", "上述", "这[几些]?[项条个]", "那[几些]?[项条个]", "前面[那说]", "刚[才刚]")),
    (Cue.DIFFERENCE, any_of("区别", "差异", "不同", "相比", "比较", "对比", "差在", "差了", "[^里]多了", "变化", "怎么变", "哪一?项", "又(?:由|放|该|是|归)", "分别", "各(?:是|由|讲|怎么)")),
    (Cue.WITHIN, any_of("其中", "里[面头](?:的)?[哪有]", "这[几些]?[项条]?里", "上[述面](?:这些|那些)?", "去掉", "剩", "光看", "只看", "哪[些几][项条]?(?:是|和|跟|与|有|由)")),
)  # fmt: skip

_JOINT = any_of("共同", "一起", "联合", "联手", "同时", "两边", "双方", "两家都", "三家", "协同", "会同", "一块", "都(?:有|要|管|参与|负责|出|在|涉及)", "而且", "既", "together", "both", "jointly")  # fmt: skip
_EITHER = any_of("或", "分别", "各自", "随便哪", "任[一何]", "都算", "either", r"\bor\b")
_EXCLUSIVE = any_of("单独", "独自", "单干", "独家", "一家(?:承担|负责|管)", "没有(?:任何)?(?:其他|别的)", "唯一", "只有.{0,12}(?:一家|自己)", "仅由", "只由", "alone")  # fmt: skip
_NEGATED_BEFORE = re.compile(
    r"(?:(?<!有)没有?|不(?:含|包括|包含|带|涉及)|去掉|排除|剔除|除(?!了)|而非|但无|without |not )(?:有|其中的)?[\s“\"]*$"
)
_NEGATED_AFTER = re.compile(
    r"^[”\"]?(?:参加|参与)?的?(?:不(?:沾|参|在|管|负|掺)|没(?:有)?(?:参|份|掺)|以外|之外|除外|(?:参加|参与)?的?(?:都)?(?:去掉|除外|排除|剔除|不算))"
)
_YEAR = re.compile(r"20\d\d")
_OTHER_REGION = (
    r"(?:北京|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|"
    r"内蒙古|广西|西藏|宁夏|新疆|香港|澳门|深圳|广州|杭州|宁波|南京|苏州|青岛|大连|厦门|武汉|成都|西安|郑州|沈阳|长沙|济南|合肥|福州|义乌|临沂|东莞|佛山|无锡|南通|烟台|"
    r"石家庄|唐山|廊坊|雄安|昆明|贵阳|兰州|太原|哈尔滨|长春|南昌|温州|金华|绍兴|泉州|珠海)"
)
_REGION_BEFORE = re.compile(_OTHER_REGION + r"(?:市|省)?$")
_ABOUT_REGION = re.compile(
    rf"(?<![从到往去在发])({_OTHER_REGION})(?:市|省)?(?!银行|铁路局|局)[^，。？]{{0,12}}(?:政策|补贴|扶持|综试区|自贸|新片区|海关|规定|出台|奖励|怎么(?:办|搞|申请|做|规定))"
)
_OWN_REGION = re.compile("天津|[津](?!贴)|本市|我市|咱市|滨海|东疆")


@dataclass(frozen=True, slots=True)
class Reading:
    """One question taken apart; see :class:`index.records.Query` for the meaning of the parts.

    ``subject`` is the part of ``topic`` that is left when bodies and section names are taken away too, as far as the
    documents know its words: what an agency's or a section's list would have to be narrowed to.
    """

    question: str
    text: str
    document_spans: tuple[tuple[int, int, str], ...]
    mentions: tuple[NumberMention, ...]
    sections: tuple[str, ...]
    agencies: AgencyFilter
    weak_agencies: AgencyFilter
    unknown_agencies: tuple[str, ...]
    cues: frozenset[Cue]
    topic: tuple[str, ...]
    subject: tuple[str, ...]
    quoted: tuple[str, ...]
    years: tuple[str, ...]
    region: str

    @property
    def documents(self) -> tuple[str, ...]:
        """Slugs of the documents named, each once."""
        return tuple(dict.fromkeys(slug for _, _, slug in self.document_spans))


class Reader:
    """Takes questions apart, knowing the names that the corpus uses.

    Args:
        documents, units: the corpus.
        registry: bodies and their names.
        segmenter: the index's own.
    """

    def __init__(
        self,
        documents: Sequence[Document],
        units: Sequence[PolicyUnit],
        registry: AgencyRegistry,
        segmenter: Segmenter,
    ) -> None:
        self._registry = registry
        self._segmenter = segmenter
        self._functions = function_words(_FUNCTION_WORDS)
        names = {
            normalise(name): document.slug
            for document in documents
            for name in (document.title, document.short_title, *document.aliases)
        }
        self._document_names = dict(sorted(names.items(), key=lambda item: -len(item[0])))
        self._sections = {
            normalise(re.sub(r"^[（(]?[一二三四五六七八九十]+[）)、]", "", heading)): heading
            for unit in units
            for heading in unit.section
        }
        self._vocabulary = {
            word
            for unit in units
            for text in (unit.text, *unit.section)
            for word in segmenter.words(text)
            if len(word) > 1
        }

    def read(self, question: str) -> Reading:
        """Take ``question`` apart."""
        text = normalise(question).strip()
        documents = _named(text, self._document_names)
        rest = blank(text, ((start, end) for start, end, _ in documents))
        sections = _named(rest, self._sections)
        mentions = find_mentions(rest)
        number_spans = [(mention.start, mention.end) for mention in mentions]
        rest = blank(rest, number_spans)
        found = self._registry.find(rest)
        own = [mention for mention in found if not _REGION_BEFORE.search(rest[: mention.start])]
        foreign = tuple(_with_region(rest, mention) for mention in found if mention not in own)
        strong = [mention for mention in own if not mention.weak]
        masked = blank(
            rest,
            [
                *((start, end) for start, end, _ in sections),
                *((mention.start, mention.end) for mention in found),
                *(match.span() for match in _PARTNERS.finditer(rest)),
            ],
        )
        cues = frozenset(cue for cue, pattern in _CUES if pattern.search(text))
        return Reading(
            question=question,
            text=text,
            document_spans=documents,
            mentions=mentions,
            sections=tuple(dict.fromkeys(heading for _, _, heading in sections)),
            agencies=_agency_filter(rest, strong),
            weak_agencies=_agency_filter(rest, own),
            unknown_agencies=foreign or tuple(_unknown_bodies(masked, cues)),
            cues=cues,
            topic=content_runs(rest, self._segmenter, self._functions),
            subject=tuple(run for run in content_runs(masked, self._segmenter, self._functions) if self._knows(run)),
            quoted=tuple(re.findall(r"[“\"「『]([^”\"」』]{2,20})[”\"」』]", text)),
            years=tuple(dict.fromkeys(_YEAR.findall(text))),
            region=_other_region(text),
        )

    def _knows(self, run: str) -> bool:
        """True when the documents use a word of ``run``."""
        return any(len(word) > 1 and word in self._vocabulary for word in self._segmenter.words(run))


def _named(text: str, names: dict[str, str]) -> tuple[tuple[int, int, str], ...]:
    """Where ``names`` stand in ``text`` and what they mean, longest name first at each place, left to right."""
    found: list[tuple[int, int, str]] = []
    for name, meaning in names.items():
        for match in re.finditer(re.escape(name), text):
            if not any(start < match.end() and match.start() < end for start, end, _ in found):
                found.append((match.start(), match.end(), meaning))
    return tuple(sorted(found))


def _other_region(text: str) -> str:
    """The place that a question is about when that is not the documents' own, else nothing."""
    match = _ABOUT_REGION.search(text)
    return match.group(1) if match and not _OWN_REGION.search(text) else ""


def _with_region(text: str, mention: AgencyMention) -> str:
    region = _REGION_BEFORE.search(text[: mention.start])
    return (region.group() if region else "") + mention.phrase


def _agency_filter(text: str, mentions: Sequence[AgencyMention]) -> AgencyFilter:
    included: dict[tuple[str, ...], None] = {}
    excluded: dict[str, None] = {}
    for mention in mentions:
        if _NEGATED_BEFORE.search(text[: mention.start]) or _NEGATED_AFTER.search(text[mention.end :]):
            excluded.update(dict.fromkeys(mention.agency_ids))
        else:
            included[mention.agency_ids] = None
    joint = _JOINT.search(text) and not _EITHER.search(text)
    return AgencyFilter(
        included=tuple(included),
        combination=Combination.ALL if joint else Combination.ANY,
        excluded=tuple(excluded),
        exclusive=bool(_EXCLUSIVE.search(text)),
    )


_BODY = re.compile(
    r"(?:天津)?市?[\u4e00-\u9fff]{1,8}?(?:委员会|管理局|监督局|[局委办厅署院]|公司|银行|法院|总队|支队|集团|协会|学会|联合会|工商联|中心|公积金中心|管委会)"
    r"(?=(?:在|又|也|都|的|里|有|没|要|需|应|会|负责|承担|牵头|参与|参加|管|干|做|分到|领|名下|是不是|\s|$))"
)
_NOT_A_BODY = re.compile(
    r"(?:怎么|咋|如何|好|能|可|帮|要|来|去|谁|哪|什么|综合服务|中|退货|物流|分拨|结算|贸易|运营|选品|这|那|一起).{0,2}[办局委中心院]|怎么办|咋办"
)


def _unknown_bodies(masked: str, cues: frozenset[Cue]) -> Iterator[str]:
    """Names that look like a public body and that the registry doesn't know, in a question about tasks."""
    if not cues & {Cue.TASKS, Cue.PARTNERS, Cue.LEAD}:
        return
    for match in _BODY.finditer(masked):
        name = re.sub(r"^(?:我们|你们|咱们|我是|请问|那么|那|我|问下|在|由|是|归|查|看)+", "", match.group())
        if len(name) > 2 and not _NOT_A_BODY.search(name):
            yield name
