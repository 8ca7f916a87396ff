"""What clauses claim: how they mean it (aim, leave, duty, promise, fact), and whether they deny it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from answering.writing.subject import telling_pairs

_STATEMENT = re.compile(r"[^。;；!！?？\n]+")
_CLAUSE = re.compile(r"(?:(?!、力争)[^,，:：])+")

# Words of aiming by what they leave open: trying (E) leaves more open than backing (S), backing more than a plan.
_TRYING = re.compile(r"探索|争取|力争|研究(?!分析|院|所|生|机构)|尝试|试行")
_BACKING = re.compile(r"鼓励|支持(?!力度|作用|政策|体系)|引导|推动|倡导")
_ZEAL = re.compile(r"^积极(?!扩大)")
_PLANNED = re.compile(
    "提出|明确|要求|措施|举措|任务|包括|旨在|目标|目的|意在|方向|计划|拟|重点|工作|安排|部署|推进|加快|大力|努力|积极|内容|以便|从而|"
    "进而|促进|要"
)

_WORDS: dict[str, re.Pattern[str]] = {
    "may": re.compile(
        "可以(?!参考|查看|看到|看出|参见|理解|了解|对照|说)|(?<![许认不尽])可(?![以能控靠信行视比观编见知口追及谓否]|持续|操作|借鉴|再生|提供|替代)|能够|"
        "(?<![可功职不性技才产智动赋节潜效])能(?![力源效量级耗手否])|允许|准许|得以|有资格|均可|都可|皆可|即可|便可|许可|放开"
    ),
    "right": re.compile("有权|享受|享有|获得|得到|拿到|领取|获批|入选|免于|免除|无需|无须|不必|不用|免办|免予"),
    "done": re.compile(
        "已(?!知)|业已|曾|正式|(?<!提出)(?<!明确)(?<!规定)(?<!列出)(?<!要求)(?<!包括)(?<!涵盖)(?<!强调)(?<!指出)(?<!提到)(?<!安排)(?<!部署)"
        "(?<!写明)(?<!给出)(?<!作出)(?<!说明)(?<!围绕)(?<!确定)(?<!为)(?<!除)了(?!解|然)|完成|建成|投用|投入使用|上线|落地|获批|启用|竣工|如期|"
        "正在(?!积极|争取|探索|研究)|开始"
    ),
    "will": re.compile(
        "将(?=会|给|为|对|获|享|得|由|发|可|能|必|全|实现|建|按|被)|即将|必将|"
        "(?<![协商大展机社峰委员])会(?=给|为|对|获|享|得|提|在|予|按|被|逐|有|让|使|把)"
    ),
    "must": re.compile(
        "必须|必需|须|务必|应当|应该|应(?![用对急收链答变聘征届运])|强制|强行|不得|严禁|禁止|只能|只得|硬性|非.{1,6}不可|"
        "(?<![急供必所])需(?![求紧])|有义务|一律"
    ),
    "all": re.compile(
        "一律|全部|所有|任何|全都|(?<!首)都(?!资源)|均(?!衡|由|属|涉|提|明)|凡|无条件|每[一家个项]|各类企业|全体|普遍|完全|彻底|不论|无论|"
        "不限|人人|统统|皆"
    ),
    "promise": re.compile(
        "保证|确保|承诺|肯定|必然|必定|必将|势必|自动|立即|立刻|马上|随时|直接(?=[获享领得给]|予以)|无条件|一定(?=[能会要可])|绝对|毫无"
    ),
    "only": re.compile("仅(?!仅是)|只(?!要)|唯一|独家|单独|独自|专门(?=面|为|针)|不外乎|限于"),
}
_LICENSED = {
    "may": re.compile("可[以通享免凭按]|允许|(?<![可功职技才产智赋])能(?![力源效量级])|免于|有权|实行"),
    "must": re.compile("必须|须|应当|不得|一律|务必|(?:^|[,，])要|单位要"),
    "all": re.compile("全部|所有|全覆盖|全面|各类|各个|均|每|任何|一律|都"),
    "will": re.compile("将(?=给|为|对|获|享|得|由|发|实现|建|按|被)|会(?=给|为|对|获|享|得)"),
}
_NOT_DENYING = re.compile(
    "不断|不仅|不但|不同|不少于|不低于|不超过|不高于|不小于|不多于|不大于|不含|不足|不到|无纸|无接触|无人机|无缝|非银行|中非|非常|不正当|"
    "无形|无论|不论|未来|稍微|防范|免费|免税|免抵|退\\(免\\)税|出口退免税|免税店|没收"
)
_DENYING = re.compile(
    "不|无|未|没|非|免于|免除|无需|无须|禁止|严禁|除外|除非|拒绝|勿|暂缓|取消|停止|排除|毋|别(?=再|去|用)|并非|而非|否(?!则|认)|难以|免(?=去|予|交|办)"
)
_TURNED = re.compile(
    "限制|缩小|缩减|降低|减少|取消|停止|暂停|暂缓|关闭|撤销|收紧|反对|削弱|放弃|退出|拒绝|推迟|延迟|清退|淘汰|打击|禁止|严禁|弱化|压减|下调|遏制|"
    "关停|停业|停办|叫停|下架|取缔|整顿|收回|没收|冻结|阻止|劝阻|抑制|终止|废止|剔除|移出"
)
_CONDITION = re.compile("条件|前提|符合(?=环保|要求)")
_CONDITION_BEFORE = re.compile("(?:^|,)[^,]*(?:低于|不超过|条件|前提|符合)[^,]*(?:企业|的|下),")
_CONDITION_KEPT = re.compile("低于|不超过|以下|不到|条件|前提|符合|满足|具备|达到.{0,6}要求")
_TOPIC = re.compile("^(?:对于?|在|就|关于|针对|围绕|为了?|按照|依据|根据|通过|依托|借助|从|涉及|其中|同时|此外|到)")
_AIM_FOLLOWS = re.compile(
    "^[,，](?:这?[是均都也还仍将已]|目前|文件|政策|可|属于|处于|列为)*(?:积极|鼓励|支持|引导|推动|倡导|探索|争取|力争|研究)"
)
_MENTION = re.compile("涉及|关于|由.{2,}(?:负责|牵头|承担|落实)|负责|牵头|责任单位|是指|方面$")
_SHARED = 4
_TELLING = 2
_NEAREST = 0.8


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause and what governs it.

    Attributes:
        words: folded.
        pairs: telling pairs of its characters.
        statement: the statement it is part of.
        before: the words of the statement up to its end; ``trying`` and ``backing`` tell whether the clause says so
            itself, ``inherited`` whether a clause before it does and governs it.
    """

    words: str
    pairs: frozenset[str]
    statement: str
    before: str
    trying: bool
    backing: bool
    inherited: bool


@lru_cache(maxsize=512)
def clauses_of(folded: str) -> tuple[Clause, ...]:
    """Clauses of a folded text; an aim governs the clauses after it up to one with a rule in force."""
    return tuple(clause for match in _STATEMENT.finditer(folded) for clause in _of_statement(match.group()))


def _of_statement(statement: str) -> Iterator[Clause]:
    governed = False
    for match in _CLAUSE.finditer(statement):
        words = match.group()
        trying = bool(_TRYING.search(words))
        backing = bool(_BACKING.search(words) or _ZEAL.search(words))
        granted = bool(_LICENSED["may"].search(words)) and not trying and not backing
        governed = governed and not granted
        yield Clause(words, telling_pairs(words), statement, statement[: match.end()], trying, backing, governed)
        target = statement[: match.start()].endswith(
            "、"
        )  # 、力争突破1000亿元: a target beside others governs none of them
        governed = (governed or ((trying or backing) and not target)) and not granted


def nearest(clause: Clause, sources: Sequence[Clause]) -> list[Clause]:
    """The clauses of ``sources`` that share most with ``clause``, and those near to that; none when none shares any."""
    scores = [len(clause.pairs & source.pairs) for source in sources]
    best = max(scores, default=0)
    return [source for source, score in zip(sources, scores, strict=True) if best and score >= _NEAREST * best]


def strengthened(clauses: Sequence[Clause], sources: Sequence[Clause]) -> bool:
    """True when a clause says more than its nearest sources: leave for an aim, a fact for a plan, all for those fit."""
    return any(_too_strong(clause, sources) or _aim_lost(clause, sources) for clause in clauses)


def _too_strong(clause: Clause, sources: Sequence[Clause]) -> bool:
    for kind, pattern in _WORDS.items():
        licence = _LICENSED.get(kind)
        for match in pattern.finditer(clause.words):
            near = _nearest_to_rest(clause, match.start(), sources)
            said = clause.words[match.start() : match.end() + 1]  # 将符 in 将符合 is a printed 将, 将获 is not
            near = [s for s in near if said in s.words or (licence and licence.search(s.words))]
            if not near:
                return True
            if kind in ("may", "right") and all(_condition_lost(clause, source) for source in near):
                return True
    return False


def _condition_lost(clause: Clause, source: Clause) -> bool:
    """True when a source holds under a condition, its own or of a clause before it, that the statement leaves out."""
    bound = _CONDITION.search(source.words) or _CONDITION_BEFORE.search(source.before[: -len(source.words)])
    return bool(bound) and not _CONDITION_KEPT.search(clause.statement)


def _nearest_to_rest(clause: Clause, start: int, sources: Sequence[Clause]) -> list[Clause]:
    """The sources nearest to what follows in a clause, which its modal word is about; to the clause when that tells."""
    rest = replace(clause, pairs=telling_pairs(clause.words[start:]))
    near = nearest(rest, sources)
    if near and max(len(rest.pairs & source.pairs) for source in near) >= _TELLING:
        return near
    return [source for source in nearest(clause, sources) if rest.pairs & source.pairs]


def _aim_lost(clause: Clause, sources: Sequence[Clause]) -> bool:
    """True when the clause states as a fact, or as less open, what each of the sources nearest to it aims at."""
    shared = [len(clause.pairs & source.pairs) for source in sources]
    most = max(shared, default=0)
    best = [source for source, count in zip(sources, shared, strict=True) if count == most]
    return bool(best) and all(_less_open(clause, source, most) for source in best)


def _less_open(clause: Clause, best: Clause, shared: int) -> bool:
    """True when ``best`` is an aim and the clause, which shares enough pairs with it, leaves less open."""
    if shared < min(_SHARED, len(best.pairs)) or 2 * shared < len(clause.pairs):
        return False
    if _condition_lost(clause, best):
        return True
    if _MENTION.search(clause.words):
        return False
    after = clause.statement[len(clause.before) :]
    said = clause.statement if _TOPIC.search(clause.words) or _AIM_FOLLOWS.search(after) else clause.before
    if best.trying:
        return not _TRYING.search(said)
    if best.backing:
        return not (
            _TRYING.search(said) or _BACKING.search(said) or (_ZEAL.search(best.words) and _PLANNED.search(said))
        )
    return best.inherited and not any(pattern.search(said) for pattern in (_TRYING, _BACKING, _PLANNED))


def denied_otherwise(clauses: Sequence[Clause], sources: Sequence[Clause], printed: str) -> bool:
    """True when a clause denies what its nearest sources don't deny, or the reverse, or turns it into its opposite."""
    for clause in clauses:
        near = nearest(clause, sources)
        plain = _NOT_DENYING.sub(lambda match: "·" * len(match.group()), clause.words)
        denials = list(_DENYING.finditer(plain))
        about = [s for match in denials for s in _nearest_to_rest(clause, match.start(), sources)]
        if len(denials) > max((_denials(source.words) for source in about), default=0):
            return True
        if any(match.group() not in printed for match in _TURNED.finditer(clause.words)):
            return True
        close = [source for source in near if len(clause.pairs & source.pairs) >= _SHARED]
        if close and not _denials(clause.statement) and all(_denials(source.words) for source in close):
            return True
    return False


def _denials(words: str) -> int:
    """How many words of denial."""
    return len(_DENYING.findall(_NOT_DENYING.sub("·", words)))
