"""Premises: what a question takes for granted, held against the evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property, lru_cache

from answering.understanding.lexis import blank
from answering.writing.figures import Bound, Figure, find_figures
from answering.writing.subject import telling_pairs
from index.agencies import AgencyMention, AgencyRegistry
from index.catalogue import Catalogue
from index.numbering import NumberMention, find_mentions
from index.records import Document, Evidence, Intent, PolicyUnit, Query
from index.text import bigrams, normalise

_CLAUSE = re.compile(r"[^,，。？?！!；;]+")
_SENTENCE = re.compile(r"[^。；\n]+")
_CELL_END = re.compile(r"[，。；\n]|、(?=[^、，。；]{0,4}\d)")

_CHECKS = re.compile(
    r"对吧|对吗|对么|对不对|对不|是吗|是么|是不是|是否|没错吧|没记错|没看错|不是[^，。？]{2,}[吗么]|"
    r"吧[,，。？?！! ]|吧$|真的[吗么]|属实|核实|确认一下|靠谱|成立[吗么]|这样[吗么]|准[吗么]"
)
_TAKEN_FOR_GRANTED = re.compile(
    r"既然|为什么|为何|为啥|凭什么|听说|据说|听人说|都说|记得|印象|以为|说的|写的|文件|政策|规定|要求|提出|提到|明确|目标|指标|力争|"
    r"门槛|限额|额度|上限|标准|培育|打造|建成|要达到|要突破|这么[快多大高]|依据"
)
_ATTRIBUTED = re.compile(
    r"文件|方案|政策|规定|要求|提出|目标|指标|力争|门槛|限额|额度|上限|标准|听说|据说|记得|印象|以为|培育|打造|建成|不是"
)
_OWN = re.compile(r"我|咱|俺|本公司|本人|自己|手里|手头|朋友|老板|客户|同事|老公|老婆|亲戚|有家|有个|某")
_REPORTS = re.compile(
    r"我(?:们)?(?:这边)?(?:只|就|还|也|好像)?(?:听说|听人说|听到|记得|记着|看到?|读到|以为|印象|没记错|没看错|理解|想|查|问|核|要问|想问)"
)
_SUPPOSED = re.compile(
    r"如果|假如|假设|假使|要是|万一|倘若|若(?!干)|的话|多少|还是|或者?是?|几[家个万亿]|几成|打算|准备|想[建开做投租要]|计划|"
    r"已有|已经|目前|现有|现在|推荐|介绍|帮"
)
_KIND = re.compile(
    r"[税利费汇]率|关税|利息|贴息|补贴|补助|奖励|资金|预算|经费|罚款|租金|价格|费用|收费|贷款|注册资本|首付"
)  # what a share or a sum of money is of, when it is none of the targets
_THRESHOLD = re.compile(
    r"门槛|限额|额度|上限|标准|以内|以下|之内|之下|不到|不足|低于|不超过|少于|高于|超过|以上|界限|红线"
)
_NUMBER = re.compile(r"\d|[一二两三四五六七八九十百千万亿][家个座所名万亿元大百千十]|百分之")
_YEAR = re.compile(r"20\d\d(?!\d|[万亿家个元])(?:年底?)?")
_LEAST_SHARED = 2
_NEAR = 10  # characters beside a counter that hold the noun it counts
_LONGEST_NOUN = 16
_YEAR_SHARED = 4
_MARGIN = 1.5

_BY_BODY = (Intent.AGENCY_TASKS, Intent.OVERVIEW, Intent.MENTIONS)
_ALONE = re.compile(r"^[”\"]?(?:一家|单独|独家|独自|一个部门|自己)|^[”\"]?(?:负责|牵头|管)?的?(?:唯一|独一)")
_CLAIMED_AFTER = re.compile(
    r"^[”\"]?(?:那边|这边)?(?:一家|单独|独家|独自|来|在|去|都|也|一起|共同)*"
    r"(?:负责|牵头|主抓|主责|主管|主导|主办|承担|分管|管(?!理)|抓|办(?!理)|弄|搞|说了算|开通|组织|落实|参加|参与)"
)
_CLAIMED_BEFORE = re.compile(
    r"(?:由|归|交给了?|派给了?|分给了?|(?:单位|部门|负责的?|牵头的?|写的)(?:就)?是|写的)[“\"]?$"
)
_DENIED_BEFORE = re.compile(r"(?:(?<!是)不|没有?|非|除了?|还是|或者?)(?:归|由|是|找|给)?[“\"]?$")
_ASKED_AMONG = re.compile(r"谁|哪|还是|几家|什么(?:部门|单位)")
_LISTED = re.compile(r"[”\"]?(?:[、和与及跟]|以及|还有)[“\"]?")
_BODY_TAKEN_FOR_GRANTED = re.compile(r"既然|为什么|为何|为啥|凭什么|听说|据说|都说|记得|印象|以为|说的|写的|依据")


class About(Enum):
    """What a premise is about."""

    FIGURE = auto()
    YEAR = auto()
    BODIES = auto()
    NUMBER = auto()


@dataclass(frozen=True, slots=True)
class Premise:
    """Something a question asserts, and what the evidence says of it.

    Attributes:
        about: what it is about.
        asserted: the asker's words.
        stated: the evidence's words, verbatim; for bodies and numbers as the records print them, empty for bodies when
            several units name different ones or none does.
        holds: whether the evidence agrees.
        checked: the question asks whether it is so.
    """

    about: About
    asserted: str
    stated: str
    holds: bool
    checked: bool


@dataclass(frozen=True, slots=True)
class _Stated:
    """A figure that a unit states.

    Attributes:
        figure: the figure.
        words: it with the noun it counts, as printed (12家超亿美元的综服企业).
        cell, sentence: pairs of the characters around it, in its member of the enumeration and in the whole sentence.
        year: the year printed for it, empty when there is none.
    """

    figure: Figure
    words: str
    cell: frozenset[str]
    sentence: frozenset[str]
    year: str


class Premises:
    """Holds what questions take for granted against the units that answer them.

    Args:
        documents: by slug.
        units: all units, in document order.
        registry: names of bodies.
    """

    def __init__(
        self, documents: Mapping[str, Document], units: Sequence[PolicyUnit], registry: AgencyRegistry
    ) -> None:
        self._documents = documents
        self._units = units
        self._registry = registry

    @cached_property
    def _catalogue(self) -> Catalogue:
        return Catalogue(self._documents.values(), self._units)

    def check(self, query: Query, evidence: Sequence[Evidence]) -> tuple[Premise, ...]:
        """Premises of ``query`` that the evidence confirms or contradicts, in the order of :class:`About`."""
        units = [item.unit for item in evidence]
        if not units:
            return ()
        found = (*self._figures_and_years(query, units), *self._bodies(query, units), *self._number(query, units))
        return tuple(dict.fromkeys(found))

    def _figures_and_years(self, query: Query, units: Sequence[PolicyUnit]) -> Iterator[Premise]:
        checked = bool(_CHECKS.search(query.text))
        granted = checked or bool(_TAKEN_FOR_GRANTED.search(query.text))
        clauses = tuple(clause for clause in _asserting_clauses(query.text) if _NUMBER.search(clause))
        if not clauses:
            return
        stated = [figure for unit in units for figure in _stated(unit.text)]
        asked = telling_pairs(query.text)
        partners: list[_Stated] = []
        for clause in clauses:
            for figure in find_figures(clause):
                partner = _partner(figure, clause, asked, stated) if granted or figure.names else None
                if partner is not None:
                    partners.append(partner)
                    holds = figure.agrees(partner.figure)
                    yield Premise(About.FIGURE, _as_written(figure.phrase, query), partner.words, holds, checked)
        if granted:
            yield from _years(clauses, units, asked, partners, checked=checked)

    def _bodies(self, query: Query, units: Sequence[PolicyUnit]) -> Iterator[Premise]:
        """Bodies asserted to be responsible; of several units they must be missing in all, or be in all."""
        text = query.text
        if query.intent in _BY_BODY or not (query.agencies.ids or query.agencies.excluded):
            return
        mentions = [mention for mention in self._registry.find(text) if not mention.weak]
        subject = telling_pairs(blank(text, ((mention.start, mention.end) for mention in mentions)))
        if query.intent is not Intent.LOOKUP and not all(subject & telling_pairs(unit.text) for unit in units):
            return  # found by the body named, not by its subject: says nothing of who is responsible for that
        checked = bool(_CHECKS.search(text))
        granted = bool(_BODY_TAKEN_FOR_GRANTED.search(text))
        for first, last, group in _groups(text, mentions):
            clause = next(part.group() for part in _CLAUSE.finditer(text) if part.start() <= first.start < part.end())
            before, after = text[: first.start], text[last.end :]
            by, does = _CLAIMED_BEFORE.search(before), _CLAIMED_AFTER.search(after)
            if not (by or does) or _DENIED_BEFORE.search(before) or _ASKED_AMONG.search(clause):
                continue
            if not (checked or granted or (by and does)):
                continue
            asserted = "、".join(_as_written(mention.phrase, query) for mention in group)
            held = [all(set(mention.agency_ids) & set(unit.agency_ids) for mention in group) for unit in units]
            if len(units) > 1:
                if not any(set(mention.agency_ids) & set(unit.agency_ids) for mention in group for unit in units):
                    yield Premise(About.BODIES, asserted, "", holds=False, checked=checked)
                continue
            alone = held[0] and bool(_ALONE.search(after)) and len(units[0].agencies) > len(group)
            stated = "、".join(units[0].agencies)
            yield Premise(
                About.BODIES, f"{asserted}一家" if alone else asserted, stated, held[0] and not alone, checked
            )

    def _number(self, query: Query, units: Sequence[PolicyUnit]) -> Iterator[Premise]:
        """A number named for what another unit says: none of the numbers named can mean any unit cited."""
        cited = {unit.unit_id for unit in units}
        mentions = [mention for phrase in query.numbers for mention in find_mentions(normalise(phrase))]
        if not mentions or query.unknown_numbers or cited & set(query.unit_ids or ()):
            return
        if any(_may_mean(mention, unit) for mention in mentions for unit in units):
            return
        if not all(self._catalogue.resolve(mention, query.documents) for mention in mentions):
            return
        documents = ((self._documents[unit.document], unit) for unit in units)
        places = (f"{document.short_title}{document.place(unit)}" for document, unit in documents)
        asserted = "、".join(dict.fromkeys(mention.phrase for mention in mentions))
        yield Premise(About.NUMBER, asserted, "、".join(places), holds=False, checked=False)


def _asserting_clauses(text: str) -> Iterator[str]:
    """Clauses that say how something is, less those on the asker's own situation, suppositions and open questions."""
    own = False
    for match in _CLAUSE.finditer(text):
        clause = match.group()
        words = _REPORTS.sub("", clause)
        mine = bool(_OWN.search(words))
        own = mine or (own and not _ATTRIBUTED.search(clause))
        if not own and not _SUPPOSED.search(clause):
            yield clause


@lru_cache(maxsize=1024)
def _stated(text: str) -> tuple[_Stated, ...]:
    """Figures of a unit's text, as printed."""
    found = []
    for part in _SENTENCE.finditer(text):
        sentence = part.group()
        pairs = frozenset(bigrams(sentence))
        ends = [0, *(match.start() for match in _CELL_END.finditer(sentence)), len(sentence)]
        for figure in find_figures(sentence):
            start = max(end for end in ends if end <= figure.start)
            end = min(end for end in ends if end >= figure.end)
            years = _YEAR.findall(sentence[: figure.start])
            noun = sentence[figure.end : end]
            named = figure.counts and len(noun) <= _LONGEST_NOUN and "、" not in noun
            words = figure.phrase + (noun if named else "")
            cell = frozenset(bigrams(sentence[start:end]))
            found.append(_Stated(figure, words, cell, pairs, years[-1] if years else ""))
    return tuple(found)


def _as_written(phrase: str, query: Query) -> str:
    """A phrase of the normalised question in the asker's own letters (6G), where they differ in case only."""
    match = re.search(re.escape(phrase), query.question, re.IGNORECASE)
    return match.group() if match else phrase


def _partner(figure: Figure, clause: str, asked: frozenset[str], stated: Sequence[_Stated]) -> _Stated | None:
    """The stated figure that measures the same thing; ``None`` when none does or it can't be told which."""
    near = telling_pairs(clause)

    def score(other: _Stated) -> float:
        return 3 * len(near & other.cell) + len(asked & other.cell) + 0.3 * len(asked & other.sentence)

    alike = [
        other
        for other in stated
        if figure.measures_like(other.figure) and (other.figure.bound is not Bound.AT_MOST or _THRESHOLD.search(clause))
    ]
    if figure.counts:
        beside = _beside(figure, clause)
        alike = [other for other in alike if beside & other.cell and len(asked & other.cell) >= _LEAST_SHARED]
    else:
        kind = _KIND.search(clause)
        alike = [other for other in alike if not kind or set(bigrams(kind.group())) <= other.cell]
        if len({other.figure.phrase for other in alike}) > 1:
            alike = [other for other in alike if len(asked & other.sentence) >= _LEAST_SHARED]
    if not alike:
        return None
    best = max(alike, key=lambda other: (score(other), figure.agrees(other.figure)))
    equal = [other for other in alike if (other.figure.low, other.figure.high) == (figure.low, figure.high)]
    if equal and best not in equal and score(best) < _MARGIN * max(map(score, equal)):
        return None
    return best


def _beside(figure: Figure, clause: str) -> frozenset[str]:
    """Telling pairs of the words beside a counter; of the whole clause before it where no noun follows (要培育10家)."""
    after = telling_pairs(clause[figure.end : figure.end + _NEAR])
    return after | telling_pairs(clause[max(0, figure.start - _NEAR) if after else 0 : figure.start])


def _years(
    clauses: Sequence[str],
    units: Sequence[PolicyUnit],
    asked: frozenset[str],
    partners: Sequence[_Stated],
    *,
    checked: bool,
) -> Iterator[Premise]:
    """Years asserted for a figure or a sentence that another year is printed for."""
    printed = {year[:4] for unit in units for year in _YEAR.findall(unit.text)}
    for year in dict.fromkeys(year for clause in clauses for year in _YEAR.findall(clause)):
        stated = next((partner.year for partner in partners if partner.year), "") or _only_year(units, asked)
        if not stated:
            continue
        if year[:4] == stated[:4]:
            yield Premise(About.YEAR, year, stated, holds=True, checked=checked)
        elif year[:4] not in printed:
            yield Premise(About.YEAR, year, stated, holds=False, checked=checked)


def _only_year(units: Sequence[PolicyUnit], asked: frozenset[str]) -> str:
    """The one year that the units print, when the question speaks of its sentence."""
    found = [
        (year, sentence)
        for unit in units
        for sentence in _SENTENCE.findall(unit.text)
        for year in _YEAR.findall(sentence)
    ]
    if len({year[:4] for year, _ in found}) != 1:
        return ""
    year, sentence = found[0]
    return year if len(asked & frozenset(bigrams(sentence))) >= _YEAR_SHARED else ""


def _groups(
    text: str, mentions: Sequence[AgencyMention]
) -> Iterator[tuple[AgencyMention, AgencyMention, Sequence[AgencyMention]]]:
    """Bodies named in one breath (税务局和人社局), with the first and the last of them."""
    start = 0
    for place in range(1, len(mentions) + 1):
        joined = place < len(mentions) and _LISTED.fullmatch(text[mentions[place - 1].end : mentions[place].start])
        if not joined:
            yield mentions[start], mentions[place - 1], mentions[start:place]
            start = place


def _may_mean(mention: NumberMention, unit: PolicyUnit) -> bool:
    """True when the number could be said of the unit in some way of counting."""
    own = {unit.serial, *unit.ordinal}
    return mention.end_relative or any(number[-1] in own for number in mention.numbers)
