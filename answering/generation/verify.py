"""Verification: whether a sentence that a chat model wrote says only what the evidence it cites says.

The rules are strict on purpose: a sentence wrongly refused costs a sentence, one wrongly passed costs trust. What
passes may still be a poor summary; it holds no number, body, title, quotation or Latin word that its evidence lacks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from answering.generation.claims import clauses_of, denied_otherwise, strengthened
from answering.generation.responsible import BodyFault, body_faults
from answering.generation.retold import retold
from answering.generation.source import LATIN, Source, fold, neutral_words, read_source, uncovered
from answering.generation.values import borne_out, find_values
from answering.generation.vocabulary import PLACES, STATED_ONLY
from answering.generation.written import read_sentence
from index.agencies import AgencyRegistry
from index.records import Evidence
from index.text import bigrams

LONGEST = 300  # characters of a sentence; longer ones are no sentence


class Reason(StrEnum):
    """Why a sentence failed, as logs and repair prompts say it."""

    EMPTY = "没有实质内容"
    TOO_LONG = "句子过长，请控制在三百字以内"
    MARKUP = "含有网页代码、链接、图片、代码块或多余的括号，只能写普通文字"
    SYMBOL = "含有中文和常用标点以外的文字或符号"
    CONTACT = "含有网址、邮箱或电话号码，一律不得写"
    UNKNOWN_HANDLE = "引用了不存在的材料编号"
    UNCITED = "没有标注所依据的材料编号"
    NUMBER = "含有所引材料中没有的数字、日期、比例或金额，或写法与原文的界限不一致"
    WORD = "含有所引材料中没有的外文词"
    TITLE = "书名号或文件名称不在所引材料中"
    QUOTE = "引号内的文字与原文不一致"
    BODY = "提到了与所引材料无关的单位"
    RESPONSIBILITY = "负责单位与所引材料的记录不符"
    LEAD = "原文没有写明由谁牵头"
    PLACE = "提到了所引材料中没有的地方"
    STRENGTHENED = "说得比原文更肯定，或漏掉了“探索、争取、鼓励、支持”等用语和适用条件"
    NEGATION = "肯定与否定和原文不一致"
    UNSUPPORTED = "含有所引材料没有说到的内容"


_BODY_REASONS = {
    BodyFault.NAMED: Reason.BODY,
    BodyFault.RESPONSIBLE: Reason.RESPONSIBILITY,
    BodyFault.LEADING: Reason.LEAD,
}


@dataclass(frozen=True, slots=True)
class Check:
    """A verified sentence.

    Attributes:
        sentence: as the model wrote it.
        handles: 1-based numbers of the evidence cited, each once, in order; numbers that no evidence has are left out.
        text: the sentence without handles, markup and invisible characters: what was verified, and alone may be shown.
        passed: whether it may be shown; true exactly when there are no reasons.
        reasons: why not, in the order of :class:`Reason`.
    """

    sentence: str
    handles: tuple[int, ...]
    text: str
    passed: bool
    reasons: tuple[Reason, ...]


_ALLOWED = re.compile(r"[\u3400-\u9fff〇A-Za-z0-9 ，。、；：？！“”‘’「」『』（）()《》〈〉—–…·•%＋+/,.:;?!\"'-]*")
_CONTACT = re.compile(
    r"https?|www\.|://|@|[a-z0-9]\.(?:com|cn|net|org|gov|edu|io|top|xyz|info|cc)\b|(?<![\d.])\d{7,}(?![\d.万亿元])|\d{3,4}-\d{7,8}|"
    r"\b[48]00-?\d{3}|微信号|qq号|邮箱|热线|拨打|致电",
)
_TITLED = re.compile(r"[《〈]([^《》〈〉]*)[》〉]")
_DOCUMENT = re.compile(
    "实施方案|工作方案|分工表|若干措施|行动计划|指导意见|实施意见|实施细则|管理办法|暂行办法|条例|规划|公告|白皮书|通知"
)
_QUOTED = re.compile('“([^“”]*)”|‘([^‘’]*)’|「([^「」]*)」|『([^『』]*)』|"([^"]*)"')
_MARKS = re.compile('[“”‘’「」『』"《》〈〉]')
_LEAD_IN = re.compile("如下|以下|下列|下面|下述|[:：]$|方面$")
_SPLIT_QUESTION = re.compile(
    "[^\u4e00-\u9fff]+|[有无没可能是会已不未要给吗呢的了么吧啊什哪谁怎多少几为由归将被得应该须必都均全所]|和|与|及|跟|对|在"
)
_STRANGE_RUN = 3  # uncovered characters in a row from which something new is said
_STRANGE_SHARE = 0.3  # of the characters that are not neutral
_LEAST_SHARE = 0.3  # of all pairs of a sentence that its evidence must hold


class Verifier:
    """Verifies sentences about one question.

    Args:
        evidence: what the model was given, in the order of its handles.
        registry: names of bodies.
        question: as asked; its Latin words may be repeated, its numbers and bodies are no support.
    """

    def __init__(self, evidence: Sequence[Evidence], registry: AgencyRegistry, question: str) -> None:
        self._sources = tuple(read_source(item.unit, registry) for item in evidence)
        self._registry = registry
        question = fold(question)
        self._asked_words = frozenset(word for word in LATIN.findall(question) if word.isalpha())
        self._asked = sorted((run for run in _SPLIT_QUESTION.split(question) if len(run) > 1), key=len, reverse=True)

    def check(self, sentence: str) -> Check:
        """Verify one sentence; linear in its length, never fails, remembers nothing."""
        written = read_sentence(sentence)
        known = tuple(handle for handle in written.handles if 1 <= handle <= len(self._sources))
        if len(written.text) > LONGEST:
            return Check(sentence, known, written.text, passed=False, reasons=(Reason.TOO_LONG,))
        found = set(self._form_faults(written.text))
        if written.marked_up:
            found.add(Reason.MARKUP)
        if len(known) < len(written.handles):
            found.add(Reason.UNKNOWN_HANDLE)
        folded = fold(written.text)
        if known:
            found.update(self._content_faults(folded, [self._sources[handle - 1] for handle in known]))
        elif not written.handles and not self._introduces(folded):
            found.add(Reason.UNCITED)
        reasons = tuple(reason for reason in Reason if reason in found)
        return Check(sentence, known, written.text, passed=not reasons, reasons=reasons)

    def retold(self, text: str, handle: int) -> tuple[str, ...]:
        """The sentences of a unit that a verified one citing it retells, see :mod:`answering.generation.retold`."""
        return retold(text, self._sources[handle - 1].unit.text)

    @staticmethod
    def _form_faults(text: str) -> Iterator[Reason]:
        if not any(map(str.isalnum, text)):
            yield Reason.EMPTY
        if not _ALLOWED.fullmatch(unicodedata.normalize("NFKC", text)):
            yield Reason.SYMBOL
        if _CONTACT.search(fold(text)):
            yield Reason.CONTACT

    def _introduces(self, folded: str) -> bool:
        """True for a sentence that only leads in or connects: nothing but, in a lead-in, the question's own words."""
        if find_values(folded) or self._registry.find(folded) or _MARKS.search(folded) or LATIN.search(folded):
            return False
        if strengthened(clauses_of(folded), ()) or denied_otherwise(clauses_of(folded), (), ""):
            return False
        rest = folded
        if _LEAD_IN.search(folded.rstrip("。")):
            for run in self._asked:
                rest = rest.replace(run, "，")
        return not any(map(str.isalnum, neutral_words().sub("", rest)))

    def _content_faults(self, folded: str, sources: Sequence[Source]) -> Iterator[Reason]:
        printed = "\n".join(source.printed for source in sources)
        clauses = clauses_of(folded)
        stated = [clause for source in sources for clause in source.clauses]
        if not borne_out(folded, [source.values for source in sources]):
            yield Reason.NUMBER
        if not {*LATIN.findall(folded)} <= self._asked_words.union(*(source.words for source in sources)):
            yield Reason.WORD
        yield from self._named_faults(folded, sources, printed)
        yield from (_BODY_REASONS[fault] for fault in body_faults(folded, sources, self._registry))
        if any(match.group() not in printed for match in STATED_ONLY.finditer(folded)) or _strange(folded, sources):
            yield Reason.UNSUPPORTED
        if strengthened(clauses, stated):
            yield Reason.STRENGTHENED
        if denied_otherwise(clauses, stated, printed):
            yield Reason.NEGATION

    @staticmethod
    def _named_faults(folded: str, sources: Sequence[Source], printed: str) -> Iterator[Reason]:
        """Titles, quotations and places that no cited unit prints."""
        labelled = [source.printed + source.label for source in sources]
        titles = [match.group(1) for match in _TITLED.finditer(folded)]
        names = [match.group() for match in _DOCUMENT.finditer(folded)]
        if any(f"《{title}》" not in printed for title in titles) or any(
            not any(name in text for text in labelled) for name in names
        ):
            yield Reason.TITLE
        quotes = [next(filter(None, match.groups()), "") for match in _QUOTED.finditer(folded)]
        left = _QUOTED.sub("", _TITLED.sub("", folded))
        texts = [_unquoted(source.text) for source in sources]
        exact = all(quote and any(_unquoted(quote) in text for text in texts) for quote in quotes)
        if _MARKS.search(left) or not exact:
            yield Reason.QUOTE
        placed = "\n".join((printed, *(name for source in sources for name in source.unit.agencies)))
        if any(match.group() not in placed for match in PLACES.finditer(folded)):
            yield Reason.PLACE


def _unquoted(text: str) -> str:
    return _MARKS.sub("", text)


def _strange(folded: str, sources: Sequence[Source]) -> bool:
    """True when too much of a sentence is neither in the cited units nor neutral, or too little is in them."""
    pairs = frozenset[str]().union(*(source.pairs for source in sources))
    flags = list(uncovered(folded, pairs))
    run = longest = 0
    for flag in flags:
        run = run + 1 if flag else 0
        longest = max(longest, run)
    told = [flag for flag in flags if flag is not None]
    own = list(bigrams(folded))
    shared = sum(pair in pairs for pair in own)
    return longest >= _STRANGE_RUN or sum(told) > _STRANGE_SHARE * len(told) or shared < _LEAST_SHARE * len(own)
