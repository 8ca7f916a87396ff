"""Pinyin typed for characters: which Latin words of a question may be pinyin, and which words they spell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from index.pinyin import Sounds, alike, is_han, readings
from index.usage import Usage

_COMMON = 100  # jieba's count from which a word is looked for: 36,000 of them
_LONGEST_COMMON = 4  # their characters
_LETTER = 2.6  # price of a letter of a word that may be pinyin and is left as it is: −ln of about 1/13
_ALIKE = 3.0  # price of a syllable that only sounds alike (see pinyin.alike), for terms
_ALONE = 3.0  # more, for a character that makes no word with its neighbours; grammar (的, 和) does without
_ASKED = 8.0  # price of an asking word, at most
_LATIN = re.compile("[a-z]+")
# English that reads as pinyin, too (da-ta), and brands; pinyin only in a question that has nothing but pinyin.
_ENGLISH_WORDS = (
    "a ai an are bang ban bane base bike can came case chance change china dance danger data date deli den die "
    "ease fan fen fun gate gen gene guide gun hang he hen here huawei haier alibaba ali lazada taobao temu sushi "
    "ken lane lease like line long made make man manage mange me men more name nike nine no one page pan pen pin "
    "pie range run sale same sang she song sun take tan tang ten tie time tune wage women you"
)
_ASKING_WORDS = (
    "怎么 怎么办 怎么样 谁管 归谁管 归谁 谁负责 由谁负责 谁来 哪个部门 哪些部门 哪个单位 哪些单位 哪家 多少 什么 "
    "有什么 有哪些 哪些 哪个 任务 支持 政策 是什么 怎么支持 负责 哪里 几家 几个 多少钱 有没有 能不能 是不是 可以 "
    "需要 责任单位 申请 办理 条件 补贴 一起负责 一起"
)

_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_ASKING = frozenset(_ASKING_WORDS.split())


class TypedPinyin:
    """Finds the words that are typed in pinyin, wholly or in part (haiwaicang, 离岸maoyi).

    Args:
        usage: prices of words, the documents' own among them.
        sounds: the documents' own words by their sound.
        counts: jieba's counts.
        texts: what may hold Latin words that are meant as they are (ft, tianjin customs), normalised.
    """

    def __init__(self, usage: Usage, sounds: Sounds, counts: Mapping[str, int], texts: Iterable[str]) -> None:
        self._usage = usage
        self._own = sounds
        self._counts = counts
        self._meant = frozenset(word for text in texts for word in _LATIN.findall(text)) | _ENGLISH

    @cached_property
    def _common(self) -> Sounds:
        """Usual words by their sound: read when pinyin is first typed, in a quarter of a second, 10 MB."""
        usual = (
            word
            for word, count in self._counts.items()
            if count >= _COMMON and len(word) <= _LONGEST_COMMON and all(map(is_han, word))
        )
        return Sounds(dict.fromkeys((*usual, *_ASKING, *self._usage.since, *self._usage.own)), exact=True)

    def runs(self, text: str) -> dict[int, int]:
        """Latin words that may be pinyin, start → end; none when others outnumber them, as in an English question.

        A word that is English, or the documents' own, may be pinyin where it touches a Chinese character (人she局).
        """
        words = [(*match.span(), match.group()) for match in _LATIN.finditer(text) if len(match.group()) > 1]
        unknown = [span for span in words if span[2] not in self._meant]
        touching = [span for span in words if _touches_han(text, span[0], span[1])]
        if not unknown and not touching:
            return {}
        spelled = {start: end for start, end, word in words if self._common.spells(word)}
        likely = [span for span in unknown if span[0] in spelled]
        if len(unknown) > 2 * len(likely) or (len(unknown) == 2 * len(likely) and unknown):
            return {}
        if len(likely) > 1 and len(likely) == len(unknown):
            return spelled
        return {start: spelled[start] for start, *_ in (*likely, *touching) if start in spelled}

    def left(self, text: str, start: int, end: int) -> float:
        """Price of the Latin word from ``start`` to ``end`` as it is."""
        meant = text[start:end] in self._meant and _touches_han(text, start, end)
        return 0.0 if meant else _LETTER * (end - start)

    def speaks_of(self, word: str) -> bool:
        """True for a word that tells that pinyin was typed: of the documents or of asking. A brand makes no such."""
        return len(word) > 1 and (word in self._usage.own or word in _ASKING)

    def at(self, text: str, start: int, runs: Mapping[int, int]) -> Iterator[tuple[int, str, float]]:
        """Words written from ``start`` on with at least one syllable typed: where they end, the word, its price."""
        typed = {place for begin, end in runs.items() for place in range(begin, end)}
        for sounds in (self._own, self._common):
            ways: list[tuple[int, str, tuple[str, ...]]] = [(start, "", ())]
            while ways:
                place, key, written = ways.pop()
                found = sounds.words(key) if written else ()
                if found is None:
                    continue
                for word in found:
                    price = self._price(word, written)
                    if price is not None:
                        yield place, word, price
                ways.extend(self._further(text, place, key, written, sounds, typed))

    def _further(
        self, text: str, place: int, key: str, written: tuple[str, ...], sounds: Sounds, typed: set[int]
    ) -> Iterator[tuple[int, str, tuple[str, ...]]]:
        """The way on by a character, or by each syllable typed; a blank or an apostrophe may part two of them."""
        if written and text[place : place + 1] in (" ", "'"):
            place += 1
            if place not in typed and not (written[-1].isascii() and is_han(text[place : place + 1])):
                return
        if place in typed:
            for syllable in self._common.typed(text, place):
                heard = syllable if sounds.exact else alike(syllable)
                yield place + len(syllable), f"{key}{heard} ", (*written, syllable)
        elif place < len(text) and is_han(text[place]):
            for heard in sounds.heard(text[place]):
                yield place + 1, f"{key}{heard} ", (*written, text[place])

    def _price(self, word: str, written: Sequence[str]) -> float | None:
        """Price of ``word``; ``None`` when none of what is written is a syllable, or a character is another."""
        if not any(piece.isascii() for piece in written):
            return None
        price = min(_ASKED, self._usage.price(word)) if word in _ASKING else self._usage.price(word)
        if len(word) == 1 and not self._usage.is_grammar(word):
            price += _ALONE
        for meant, piece in zip(word, written, strict=True):
            if piece.isascii():
                price += 0.0 if piece in readings(meant) else _ALIKE
            elif piece != meant:
                return None
        return price


def _touches_han(text: str, start: int, end: int) -> bool:
    return (start > 0 and is_han(text[start - 1])) or (end < len(text) and is_han(text[end]))
