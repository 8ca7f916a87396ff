"""Bodies in questions: which are meant, how they belong together, which are ruled out, which nobody knows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from answering.understanding.cues import EITHER, EXCLUSIVE, JOINT, number_of_bodies
from index.agencies import AgencyMention
from index.records import AgencyFilter, Combination

_NEGATED_BEFORE = re.compile(
    r"(?:(?<!有)没有?(?:带上|列|写)?|未[带列]|不(?:含|包括|包含|带|涉及|列)|不归|不由|不算|去掉|刨掉|刨除|扣[掉除]|排除|剔除|除(?!了)|除了|而非|但?无|without |not )(?:有|其中的)?[\s“\"]*$"
)
_NEGATED_AFTER = re.compile(
    r"^[”\"]?(?:也|都|却|而|就)?(?:参加|参与|挂名|在内|在场|列名)?的?(?:不(?:沾|参|在|管|负|掺|算)|没(?:有|在|写|列|挂)?(?:参|份|掺|的|名|上|出现|[?？，,、—-]|$)|以外|之外|除外|去掉|刨掉|刨除|扣掉|排除|剔除)"
)
_LISTED = re.compile('[”"]?(?:[、和与及跟或加/+]|以及|还有)[“"]?|[”"]{1,2}[“"]?')
_BESIDES = re.compile(r"除(?:了)?[\s“\"]*$")
_NOBODY_ELSE = re.compile("除了?[^，。？]{2,24}再没(?:有)?(?:别|其)")
_ONLY = re.compile('(?:只有|只写了?|只列了?|仅有?|只剩下?)[“"]?$')
_STILL = re.compile(r"^[^。？]{0,8}[，,]?[^。？]{0,10}还")
_BODY = re.compile(
    r"(?:天津)?市?[\u4e00-\u9fff]{1,8}?(?:委员会|管理局|监督局|[局委办厅署院]|公司|银行|法院|总队|支队|集团|协会|学会|联合会|工商联|中心|管委会)"
    r"(?=(?:共同|一起|联合|在|又|也|都|的|里|有|没|要|需|应|会|负责|承担|牵头|参与|参加|管|干|做|分到|领|名下|是不是|[(（]|\s|$))"
)
_WELL_KNOWN = re.compile(  # abbreviations in use everywhere that do not end like a body, or end in 部
    "(?:天津)?市?(?:妇联|团市?委|共青团|总?工会|残联|文联|科协|侨联|台办|侨办|外办|港澳办|信访办|医保局|卫健委|卫计委|住建委|国资委|农委|编办|老干部局|档案馆|气象局|地震局|"
    "政法委|宣传部|组织部|统战部|(?:国家)?(?:教育|公安|民政|财政|商务|外交|司法|国防|人社|住建|水利|文旅|农业农村|生态环境|自然资源|科技|工信)部|公安局|检察院|法院|消防(?:救援)?(?:总队|支队|局|队)|烟草(?:专卖)?局|电力公司|供电公司)"
)
_OFFICE = re.compile(r"[局委办厅署院部联会]$|总队$|支队$")
_BEFORE_A_BODY = re.compile("^(?:我们|你们|咱们|我是|请问|那么|那|我|问下|在|由|是|归|查|看|和|与|跟|及)+")
_NOT_A_BODY = re.compile(
    r"^(?:[两三几各哪这那每]个?|有关|相关).?[局委办]|(?:怎么|咋|如何|好|能|可|帮|要|来|去|谁|哪|什么|综合服务|中|退货|物流|分拨|结算|贸易|运营|选品|这|那|一起).{0,2}[办局委中心院]"
)


def agency_filter(text: str, mentions: Sequence[AgencyMention]) -> AgencyFilter:
    """The set expression that a normalised question makes with the bodies it mentions."""
    included: dict[tuple[str, ...], None] = {}
    excluded: dict[str, None] = {}
    only = False
    for mention, first, last in _grouped(text, mentions):
        before, after = text[: first.start], text[last.end :]
        if _BESIDES.search(before) and _STILL.search(after):
            continue  # 除了商务局，发改委还跟谁: says what the asker knows, restricts nothing
        only = only or bool(_ONLY.search(before))
        if not _NOBODY_ELSE.search(text) and (_NEGATED_BEFORE.search(before) or _NEGATED_AFTER.search(after)):
            excluded.update(dict.fromkeys(mention.agency_ids))
        else:
            included[mention.agency_ids] = None
    exclusive = only or bool(EXCLUSIVE.search(text))
    joint = exclusive or (JOINT.search(text) and not EITHER.search(text))
    return AgencyFilter(
        included=tuple(included),
        combination=Combination.ALL if joint else Combination.ANY,
        excluded=tuple(excluded),
        exclusive=exclusive and bool(included),
        count=number_of_bodies(text) if not included else None,
    )


def _grouped(
    text: str, mentions: Sequence[AgencyMention]
) -> Iterator[tuple[AgencyMention, AgencyMention, AgencyMention]]:
    """Each mention with the first and the last of its list (海关、税务局和商务局), which share what is said of them."""
    starts = [0]
    for place in range(1, len(mentions)):
        if not _LISTED.fullmatch(text[mentions[place - 1].end : mentions[place].start]):
            starts.append(place)
    for start, end in zip(starts, [*starts[1:], len(mentions)], strict=True):
        for mention in mentions[start:end]:
            yield mention, mentions[start], mentions[end - 1]


def is_office(name: str) -> bool:
    """True for the name of an office rather than of some company, bank or society."""
    return bool(_OFFICE.search(name))


_OFFICE_END = re.compile("^(?![个这那哪某]).*(?:局|委|部|委员会|管委会|监管局|队|办)$")
_HOLDS = re.compile(
    "[^。？?！!；;由归让]{0,14}?(?:负责|承担|配合|牵头|名下|参与|分到|任务|分别做|要做|干什么|干啥|做什么)"
)
_WHICH = re.compile("哪|几|什么|啥|吗|列|多少|任务")


def asks_what_it_holds(question: str, body: str) -> bool:
    """True when ``question`` asks what an office has to do: 市统计局承担的是序号几, 市司法局在…上负责第几项."""
    after = question.partition(body)[2]
    return bool(_OFFICE_END.search(body) and _HOLDS.match(after) and _WHICH.search(after))


def unknown_bodies(masked: str) -> Iterator[tuple[int, int, str]]:
    """Span and name of what is or looks like a public body, in a text from which known names are blanked out."""
    end = 0
    for match in sorted((*_WELL_KNOWN.finditer(masked), *_BODY.finditer(masked)), key=re.Match.start):
        name = _BEFORE_A_BODY.sub("", match.group())
        if match.start() >= end and len(name) > 1 and not _NOT_A_BODY.search(name):
            end = match.end()
            yield end - len(name), end, name
