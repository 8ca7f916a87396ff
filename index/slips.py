"""Slips of hand and eye: a character of a term dropped, doubled, swapped with its neighbour, or another one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from index.pinyin import is_han

_SHORTEST = 4  # characters of a term that the other ones still tell: 海X仓 could be too many things
_LONGEST = 14
# Prices, −ln of how likely a slip is, amid a plateau: with 9 for one dropped 1 % fewer slips are put right, with 6 two
# more right texts are changed (see spelling.py); 9 or 13 for another character does neither.
_DOUBLED, _SWAPPED, _SHAPED, _DROPPED, _OTHER = 4.0, 5.0, 7.0, 7.5, 11.0
# Characters mixed up by their looks: each with the others of its group.
_SHAPES = (
    "己已巳 未末 土士 千干于 货贷 税锐说 侯候 折拆析 券卷 晴睛清 竟竞 境镜 字学宇 市巾 汇江 收牧 追迫 免兔 单草 "
    "理埋 船般 边达 直真 提堤 抵低 港巷 律津 电申由甲 企仝 业亚 园圆 区巨 展屉 示禾 范苑 治冶 班斑 权杈 硫流 量童 "
    "站贴 例列 高亮 铁铣 快块 远运 标际 邮油 互亘 换唤 局句居 场扬 采彩 购构沟 定宁 报服 平干 台合 工土 险验检捡 "
    "辽疗 器嚣 械戒 拭试 占点 再冉 刷制 陪培 训川 科料 枝技 材村 管菅 悔海诲 忧优犹 患惠 浆奖桨 朴补 助肋 资咨 "
    "算篡 账帐 赔陪 跟根 维唯 准淮 保堡 漓离 徽微 拔拨 幕募慕 辨辩 栽裁 籍藉 径经 密蜜 详祥 型形 持特 待侍 遣遗 "
    "戍戌 肓盲 赢羸 竣峻俊 缓援 暧暖 推堆 住往 阵陈 历厉 具其 农衣 处外 见贝 问间 间简 今令 冷泠 各名 因困 乌鸟 "
    "刀力 人入 大太 主王 反友 升开 井并 元无 冲仲 们门 代伐 优伏"
)
_ALIKE: defaultdict[str, str] = defaultdict(str)
for _group in _SHAPES.split():
    for _character in _group:
        _ALIKE[_character] += _group


class Slips:
    """Finds terms that a text has with one slip in them.

    Args:
        terms: what may be meant; those of fewer than four characters are left out.
        names: those of ``terms`` that are bodies' names: another character in them may make another body (市体育局),
            so only looks and neighbours are put right.
    """

    def __init__(self, terms: Iterable[str], names: Iterable[str]) -> None:
        self._terms = frozenset(term for term in terms if _SHORTEST <= len(term) <= _LONGEST)
        self._names = frozenset(names)
        lacking: defaultdict[str, list[str]] = defaultdict(list)
        for term in self._terms:
            for shorter in {term[:place] + term[place + 1 :] for place in range(len(term))}:
                lacking[shorter].append(term)
        self._lacking = {shorter: tuple(terms) for shorter, terms in lacking.items()}
        self._begun = {word[:end] for words in (lacking, self._terms) for word in words for end in range(len(word) + 1)}

    def at(self, text: str, start: int, loose: Sequence[int]) -> Iterator[tuple[int, str, float]]:
        """Terms that may be meant from ``start`` on: where what is written ends, the term, the price of the slip.

        Args:
            text: normalised.
            start: place in ``text``.
            loose: for each character of ``text``, 0 when it can't be wrong.
        """
        for wrong in range(start, len(text)):
            if loose[wrong] or (wrong > start and text[wrong] == text[wrong - 1]):
                yield from self._without(text, start, wrong, loose)
            written = text[start : wrong + 1]
            if written not in self._begun:
                return
            for term in self._lacking.get(written, ()):
                if self._dropped(text, start, wrong + 1, term, loose):
                    yield wrong + 1, term, _DROPPED

    def _without(self, text: str, start: int, wrong: int, loose: Sequence[int]) -> Iterator[tuple[int, str, float]]:
        """Terms that are written from ``start`` on when the character at ``wrong`` is left out of account."""
        for end in range(wrong + 1, len(text) + 1):
            rest = text[start:wrong] + text[wrong + 1 : end]
            if rest not in self._begun:
                return
            # The first or the last character twice is a neighbour's (有|有关区), or does no harm.
            if rest in self._terms and start + 1 < wrong < end - 1 and text[wrong] == text[wrong - 1]:
                yield end, rest, _DOUBLED
            for term in self._lacking.get(rest, ()):
                price = self._changed(text, start, term, loose)
                if price is not None:
                    yield end, term, price

    def _changed(self, text: str, start: int, term: str, loose: Sequence[int]) -> float | None:
        """Price of what is written at ``start`` for ``term``, as long; ``None`` when that is no slip, or the term."""
        places = [place for place, meant in enumerate(term, start) if text[place] != meant]
        if not places or not all(loose[place] for place in places):
            return None
        first, last = places[0], places[-1]
        if last - first == 1 and text[first] + text[last] == term[last - start] + term[first - start]:
            return _SWAPPED
        if len(places) > 1:
            return None
        if text[first] in _ALIKE.get(term[first - start], ""):
            return _SHAPED
        if len(term) == _SHORTEST or term in self._names:
            return None
        # At an end of five characters another one is likely the next word's: 特色产业|跟 is no 特色产业带.
        end = start + len(term)
        open_left = first == start and start > 0 and is_han(text[start - 1])
        open_right = first == end - 1 and end < len(text) and is_han(text[end])
        return None if (open_left or open_right) and len(term) == _SHORTEST + 1 else _OTHER

    def _dropped(self, text: str, start: int, end: int, term: str, loose: Sequence[int]) -> bool:
        """True when ``term`` less one character stands there, and is neither a shorter name nor an abbreviation."""
        written = text[start:end]
        gap = next(
            (place for place, pair in enumerate(zip(written, term, strict=False)) if pair[0] != pair[1]), len(written)
        )
        if gap == len(written):  # its end: only where nothing follows (船边直、) and a name is not merely shorter
            return term not in self._names and loose[end - 1] > 0 and not (end < len(text) and is_han(text[end]))
        # 千兆网, 高铁运, 综服业: a word and a last character are how a term of four is shortened on purpose.
        inside = gap == 1 if len(term) == _SHORTEST else gap > 0
        return inside and any(loose[start + gap - 1 : start + gap + 1])
