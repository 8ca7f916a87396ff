"""Pinyin: how Chinese characters are read, and words found by their sound.

This is the only module that imports pypinyin.
"""

from __future__ import annotations

import os
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

_READINGS = (
    2  # readings kept of a character, most usual first: 行 is xing and hang; a third is a surname or a dialect's
)
_LONGEST = 6  # letters of the longest syllable (zhuang)


@cache
def _table() -> dict[int, str]:
    """pypinyin's table of characters: code point → readings with tone marks, joined by commas.

    Its table of phrases, 40 MB and a third of a second, is left out: the readings of a word's characters are enough
    to find it by sound.
    """
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin.pinyin_dict import pinyin_dict

    return pinyin_dict


def is_han(character: str) -> bool:
    """True for a Chinese character of the usual block."""
    return "\u4e00" <= character <= "\u9fff"


@cache
def readings(character: str) -> tuple[str, ...]:
    """Syllables of a Chinese character, without tones, most usual first (``ü`` as ``v``); empty for any other."""
    marked = _table().get(ord(character), "")
    return tuple(dict.fromkeys(_toneless(reading) for reading in marked.split(",") if reading))[:_READINGS]


def _toneless(syllable: str) -> str:
    plain = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v")
    return "".join(letter for letter in plain if letter.isascii())


@cache
def alike(syllable: str) -> str:
    """What a syllable has in common with those that speakers and keyboards mix up with it.

    zh/z, ch/c, sh/s, -ng/-n and n-/l- are not told apart: ``shang`` and ``san`` are both ``san``.
    """
    same = syllable[0] + syllable[2:] if syllable[:2] in ("zh", "ch", "sh") else syllable
    same = same[:-1] if same.endswith("ng") else same
    return "l" + same[1:] if same.startswith("n") and len(same) > 1 else same


@cache
def sounds(character: str) -> tuple[str, ...]:
    """:func:`readings` as far as :func:`alike` tells them apart."""
    return tuple(dict.fromkeys(map(alike, readings(character))))


class Sounds:
    """Words by their sound, syllable by syllable.

    Args:
        words: Chinese words.
        exact: tell apart what :func:`alike` does not.
    """

    def __init__(self, words: Iterable[str], *, exact: bool = False) -> None:
        words = tuple(words)
        self.exact = exact
        self.heard = readings if exact else sounds
        self.syllables = {syllable for word in words for character in word for syllable in readings(character)[:1]}
        found: defaultdict[str, list[str]] = defaultdict(list)
        for word in words:
            keys = [""]
            for character in word:
                keys = [f"{key}{sound} " for key in keys for sound in self.heard(character)]
            for key in keys:
                found[key].append(word)
        self._words = {key: tuple(alternatives) for key, alternatives in found.items()}
        for key in found:
            end = key.rfind(" ", 0, -1) + 1
            while end and key[:end] not in self._words:
                self._words[key[:end]] = ()
                end = key.rfind(" ", 0, end - 1) + 1

    def words(self, key: str) -> tuple[str, ...] | None:
        """Words that sound like ``key``, syllables each followed by a blank; ``None`` when none even begins so."""
        return self._words.get(key)

    def typed(self, letters: str, start: int) -> Iterator[str]:
        """Syllables that ``letters`` has at ``start``, longest first (``fangan``: fang, fan, fa)."""
        for end in range(min(len(letters), start + _LONGEST), start, -1):
            if letters[start:end] in self.syllables:
                yield letters[start:end]

    def spells(self, letters: str) -> bool:
        """True when ``letters`` are syllables from end to end."""
        reached = [True] + [False] * len(letters)
        for start in range(len(letters)):
            if reached[start]:
                for syllable in self.typed(letters, start):
                    reached[start + len(syllable)] = True
        return reached[-1]
