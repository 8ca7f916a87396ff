"""Bodies in a sentence, held against the units it cites: who is named, and who is said to be responsible."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto

from answering.generation.source import Source
from answering.understanding.bodies import unknown_bodies
from answering.understanding.lexis import blank
from answering.understanding.places import namesake
from index.agencies import AgencyMention, AgencyRegistry
from index.text import bigrams

_CLAUSE = re.compile(r"[^,，。;；!！?？]+")
_DUTY = re.compile(
    r"负责|牵头|主管|主抓|主责|主办|主导|承担|承办|配合|会同|协同|协助|协办|参与|落实|分管|管辖|归口|责任单位|责任部门|领衔|组织实施|执行"
)
_BY = re.compile(r"(?:由|归|交|责成|委托|授权)(?:[^由归]{0,3})$")
_LEADS = re.compile("牵头|主责|主抓|主办|主导|领衔|总负责|第一责任|首要责任|主要责任|归口")
_ALONE = re.compile("独家|单独|独自|唯一|仅由|只由|一家|全权|仅有|只有|只归|仅为|只是")
_WHOLE = re.compile("责任(?:单位|部门|主体)(?:分别|依次|共同)?(?:是|为|有|:|：|即|包括)|负责单位(?:是|为|:|：)")
_PARTLY = re.compile("等|之一|其中|包括")
_BOUNDARY = frozenset(
    "，。、；：“”‘’（）()《》,.;:\"'·和与及跟或以由归向对让将把被的等各在是为会同据请经动励持导助家有该本"
)
_SHAPE = re.compile(
    r"(?:(?<![布格结大全开时])局(?![限面部势中])|委员会|(?<![会])办公室|厅(?!堂)|署(?!名)|法院|检察院|(?<!客)银行|公司|集团|协会|学会|联合会|商会|基金会|"
    r"研究院|研究所|大学|学院|总队|支队|管委会|领导小组|指挥部|事务所|联盟|专班|工作组|党委|政府|总社|供销社|仲裁委|交易所|使馆|领事馆|部委|办事处|分行|支行)"
)
_OTHER_BEFORE = re.compile("(?:[省县州镇乡区国部]|国家|全国|中央|外省|外地)$")
_OTHER_AFTER = re.compile("^(?:学会|协会|公司|下属|所属|集团|研究|处|科|大学|学院|中心|党组|系统)")


class BodyFault(Enum):
    """What is wrong with a body in a sentence."""

    NAMED = auto()
    RESPONSIBLE = auto()
    LEADING = auto()


def body_faults(folded: str, sources: Sequence[Source], registry: AgencyRegistry) -> Iterator[BodyFault]:
    """Faults of the bodies in a folded sentence that cites ``sources``."""
    mentions = registry.find(folded)
    if any(not _known(mention, folded, sources) for mention in mentions) or _strangers(folded, mentions, sources):
        yield BodyFault.NAMED
    roles = [match.group() for mention in mentions if (match := _ROLE.match(folded, mention.end))]
    if any(not any(role in source.text for source in sources) for role in roles):
        yield BodyFault.RESPONSIBLE
    yield from _duties(folded, mentions, sources)


def _known(mention: AgencyMention, folded: str, sources: Sequence[Source]) -> bool:
    """True when a body is responsible for a cited unit or named there; 北京海关 is not 天津海关."""
    before, after = folded[: mention.start], folded[mention.end :]
    first, last = namesake(before[-8:], after[:8])
    if first or last:
        return any(first + mention.phrase + last in source.text for source in sources)
    other = _OTHER_BEFORE.search(before[-4:]), _OTHER_AFTER.search(after[:4])
    if any(other):
        whole = (other[0].group() if other[0] else "") + mention.phrase + (other[1].group() if other[1] else "")
        return any(whole in source.text for source in sources)
    return any(
        set(mention.agency_ids) & {*source.unit.agency_ids, *(() if mention.weak else source.named)}
        or mention.phrase in source.text
        for source in sources
    )


def _strangers(folded: str, mentions: Sequence[AgencyMention], sources: Sequence[Source]) -> bool:
    """True when something shaped like a body is neither one of the registry nor printed in a cited unit."""
    masked = blank(folded, ((mention.start, mention.end) for mention in mentions))
    texts = [source.text for source in sources]
    if any(not any(name[-3:] in text for text in texts) for _, _, name in unknown_bodies(masked)):
        return True
    for match in _SHAPE.finditer(masked):
        before = masked[match.start() - 1] if match.start() else "，"
        name = match.group() if before in _BOUNDARY or before == " " else before + match.group()
        if before != " " and not any(name in text for text in texts):
            return True
    return False


def _duties(folded: str, mentions: Sequence[AgencyMention], sources: Sequence[Source]) -> Iterator[BodyFault]:
    """Faults of what clauses say about who is responsible; they speak of the cited unit that they share most with."""
    about = 0  # where the words begin that say what the next duty is about
    groups = {body for source in sources for body in source.unit.agency_ids}
    for clause in _CLAUSE.finditer(folded):
        duty = _DUTY.search(clause.group())
        inside = [m for m in mentions if clause.start() <= m.start < clause.end() and (not m.weak or _acts(m, folded))]
        by = any(_BY.search(folded[max(clause.start(), mention.start - 6) : mention.start]) for mention in inside)
        if not (duty or by):
            continue
        if not inside:
            if duty and not any(duty.group() in source.text for source in sources) and duty.group() not in _PLAIN:
                yield BodyFault.RESPONSIBLE
            continue
        meant = _spoken_of(folded[about : clause.end()], sources)
        about = clause.end()
        held = [source for source in meant if all(set(m.agency_ids) & set(source.unit.agency_ids) for m in inside)]
        printed = [source for source in meant if clause.group() in source.text]
        if not held and not printed:
            yield BodyFault.RESPONSIBLE
            continue
        whole = _WHOLE.search(folded[: inside[0].start][-12:]) and not _PARTLY.search(clause.group())
        if whole and held and not any(_complete(clause.start(), mentions, source) for source in held):
            yield BodyFault.RESPONSIBLE
        if _LEADS.search(clause.group()) and not any("牵头" in source.text for source in meant):
            yield BodyFault.LEADING
        if _ALONE.search(clause.group()) and not any(len(source.unit.agencies) == 1 for source in held):
            yield BodyFault.RESPONSIBLE
    if not groups and _WHOLE.search(folded):
        yield BodyFault.RESPONSIBLE


def _acts(mention: AgencyMention, folded: str) -> bool:
    """True when a weak name stands for a body: 由天津港负责, but not the 商务 of 电子商务."""
    return bool(_BY.search(folded[: mention.start][-6:]) or _DUTY.match(folded, mention.end))


_ROLE = re.compile("监督|监管|督导|督促|考核|审批|批准|审核|指导|验收|执法|拨款|出资")
_PLAIN = frozenset({"落实", "参与", "承担", "协助", "配合", "协同", "执行", "主办", "主导"})


def _complete(start: int, mentions: Sequence[AgencyMention], source: Source) -> bool:
    """True when the bodies named from ``start`` on are all of a unit's."""
    named = {body for mention in mentions if mention.start >= start for body in mention.agency_ids}
    return set(source.unit.agency_ids) <= named


def _spoken_of(words: str, sources: Sequence[Source]) -> list[Source]:
    """The sources that share most pairs of characters with ``words``; all when none shares any."""
    pairs = frozenset(bigrams(words))
    scores = [len(pairs & frozenset(bigrams(source.text))) for source in sources]
    return [source for source, score in zip(sources, scores, strict=True) if score == max(scores)]
