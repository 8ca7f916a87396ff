"""How usual words are: a spelling mistake breaks a term into unusual pieces."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from index.pinyin import is_han
from index.text import Segmenter

BESIDE, LOOSE = 1, 2  # how likely a character is a slip, see Usage.loose
_GRAMMAR = 6.5  # characters cheaper than this (的 5.2, 是 4.3, 只 6.4) stand alone by nature, not broken off
_UNKNOWN = 18.0  # price of a character that no dictionary has; jieba's rarest words cost ln(60 million) = 17.9
_RARE = 14.0  # words dearer than this stand less than 50 times in jieba's 60 million: 退水 may be an accident
_OWN_SHARE = 0.5  # weight of the documents' words against jieba's
_TERM_COUNT = 2  # how often a term counts as printed, besides where it is
# Words of today that jieba's dictionary of 2012 lacks, from government reports of 2026 and from questions. Without them
# 数智 reads as a slip for 数字, 综保 for 承保, and twice as many right texts are changed.
_SINCE = (
    "数智 智造 智汇 文旅 自研 订舱 低碳 零碳 双碳 降碳 算力 智算 提质 赋能 普惠 小微 规上 限上 科创 康养 托育 扩围 "
    "扩面 提档 焕新 非遗 冷链 强链 补链 延链 链主 引育 网购 清关 付汇 贴牌 仓租 海淘 带货 社媒 私域 品控 运维 首店 "
    "专班 信用险 住建委 卫健委 文旅局 规自局 医保局 应急局 城管委 网约车 人社 高企 惠企 安商 津商 综保 综试 综保区 "
    "综试区 综服平台 进博会 服贸会 东博会 小红书 抖音 快手 微博 天猫 拼多多 广交会"
)
_SINCE_PRICE = 12.0  # as if printed 370 times in jieba's 60 million


class Usage:
    """Prices of words, −ln of their share of running text: the documents' words and jieba's counts, half and half.

    Args:
        terms: words of the documents' field.
        words: of the documents' texts, and how often each is printed; those inside longer ones are counted, too.
        segmenter: knows how often words are used.
    """

    def __init__(self, terms: Iterable[str], words: Mapping[str, int], segmenter: Segmenter) -> None:
        printed = _alone(Counter(words))
        size = printed.total() or 1
        printed.update(dict.fromkeys(terms, _TERM_COUNT))
        self._counts = segmenter.counts
        total = sum(self._counts.values())
        self._total = math.log(total)
        self.own = {
            word: -math.log(_OWN_SHARE * count / size + (1 - _OWN_SHARE) * self._counts.get(word, 0) / total)
            for word, count in printed.items()
            if all(map(is_han, word))
        }
        self.since = frozenset(_SINCE.split()) - self.own.keys()
        self._begun = {word[:end] for words in (self.own, self.since) for word in words for end in range(1, len(word))}

    def price(self, word: str) -> float:
        """−ln of the share of ``word``, 4 (的) to 18 (a word that nothing knows)."""
        price = self.own.get(word)
        if price is not None:
            return price
        count = self._counts.get(word)
        if count:
            return self._total - math.log(count)
        return _SINCE_PRICE if word in self.since else _UNKNOWN

    def words_at(self, text: str, start: int) -> Iterator[tuple[int, float]]:
        """Ends and prices of the words that begin at ``start``, a Chinese character; it is itself the first of them."""
        yield start + 1, self.price(text[start])
        own, counts = self.own, self._counts  # the loop runs a hundred times a question
        for end in range(start + 2, len(text) + 1):
            word = text[start:end]
            price, count = own.get(word), counts.get(word)
            if price is not None:
                yield end, price
            elif count:
                yield end, self._total - math.log(count)
            elif word in self.since:
                yield end, _SINCE_PRICE
            elif count is None and word not in self._begun:
                return

    def cut(self, text: str) -> list[tuple[int, int, float]]:
        """The cheapest words that ``text`` is made of: start, end, price; a character that is not Chinese costs 0."""
        best = [0.0] + [math.inf] * len(text)
        last = [(0, 0.0)] * (len(text) + 1)
        for start, character in enumerate(text):
            here = best[start]
            if not is_han(character):
                if here < best[start + 1]:
                    best[start + 1], last[start + 1] = here, (start, 0.0)
                continue
            for end, price in self.words_at(text, start):
                if here + price < best[end]:
                    best[end], last[end] = here + price, (start, price)
        cut: list[tuple[int, int, float]] = []
        end = len(text)
        while end:
            start, price = last[end]
            cut.append((start, end, price))
            end = start
        return cut[::-1]

    def loose(self, text: str) -> Sequence[int]:
        """For each character, how likely it is a slip.

        :data:`LOOSE` when it stands alone or in a rare word of two, :data:`BESIDE` when it is grammar beside one alone,
        0 when it stands in a usual word.
        """
        cut = self.cut(text)
        single = [end - start == 1 and price > _GRAMMAR for start, end, price in cut]
        loose = [0] * len(text)
        for place, (start, end, price) in enumerate(cut):
            if single[place] or (price > _RARE and end - start == 2):
                loose[start:end] = [LOOSE] * (end - start)
            elif price > 0 and end - start == 1 and True in single[max(place - 1, 0) : place + 2]:
                loose[start] = BESIDE
        return loose

    def is_grammar(self, character: str) -> bool:
        """True for a character that stands alone by nature (的, 是)."""
        return self.price(character) <= _GRAMMAR


def _alone(printed: Counter[str]) -> Counter[str]:
    """Counts of words without those inside longer ones, which search mode counts, too (津市 in 天津市)."""
    inside: Counter[str] = Counter()
    for word, count in printed.items():
        parts = {word[start:end] for start in range(len(word)) for end in range(start + 2, len(word) + 1)} - {word}
        inside.update({part: count for part in parts if part in printed})
    return printed - inside
