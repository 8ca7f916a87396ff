"""Chinese text: one normalisation, one tokenizer and one sentence splitter for both sides.

The index and the question must be cut by the same code, or keyword search silently finds nothing.
This is the only module that imports jieba and OpenCC.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType

import jieba
import opencc

_REMEMBERED = 8192  # texts whose words are kept: a build cuts each twice, a question cuts the same units again
_TO_DIGITS = str.maketrans("零〇一二三四五六七八九", "00123456789")
_SPELLED_DIGITS = re.compile(r"[一二三四五六七八九][零〇一二三四五六七八九]{3}")
_OPTIONAL = re.compile(r"\([\u4e00-\u9fff]\)")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；]+[”’）〕」』]*|[^。！？；\n]+")


def normalise(text: str) -> str:
    """Return ``text`` for matching: traditional → simplified, full → half width, lower case, 二零二七 → 2027.

    Only ever compare normalised text with normalised text; what is shown to a reader stays as printed.
    """
    whole = text.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair, as JSON may carry, is no character
    folded = _to_simplified().convert(unicodedata.normalize("NFKC", whole).lower())
    return _SPELLED_DIGITS.sub(lambda match: match.group().translate(_TO_DIGITS), folded)


@cache
def _to_simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def plain(text: str) -> str:
    """Letters and digits of a text, normalised; a single bracketed character is optional and left out.

    自由贸易（FT）账户 and 自由贸易FT账户 become the same words, and so do 出口退（免）税 and 出口退税.
    """
    return "".join(character for character in _OPTIONAL.sub("", normalise(text)) if character.isalnum())


def sentences(text: str) -> tuple[str, ...]:
    """Split at 。！？； and line ends, keeping the mark; joining the result gives ``text`` less outer blanks."""
    return tuple(part.strip() for part in _SENTENCE.findall(text) if part.strip())


def is_word(token: str) -> bool:
    """True for a token that carries a letter, a digit or a Chinese character."""
    return any(character.isalnum() for character in token)


def bigrams(text: str) -> Iterator[str]:
    """Character bigrams of every run of Chinese characters: the safety net under word segmentation."""
    for run in _HAN.findall(text):
        for start in range(len(run) - 1):
            yield run[start : start + 2]


class Segmenter:
    """jieba with the project's own lexicon.

    A private jieba tokenizer is used, so that no other user of the library in this process is affected.

    Args:
        lexicon: words that must stay whole (海外仓, 保税维修 …), one or many.
        cache_dir: where jieba may keep its prefix dictionary; ``None`` for its default.
    """

    def __init__(self, lexicon: Iterable[str] = (), cache_dir: Path | None = None) -> None:
        self._lexicon = tuple(dict.fromkeys(normalise(word) for word in lexicon))
        self._cache_dir = cache_dir
        self._words = lru_cache(maxsize=_REMEMBERED)(self._cut)

    @cached_property
    def _jieba(self) -> jieba.Tokenizer:
        jieba.setLogLevel(logging.WARNING)
        tokenizer = jieba.Tokenizer()
        if self._cache_dir is not None:
            tokenizer.tmp_dir = str(self._cache_dir)
        tokenizer.initialize()
        for word in self._lexicon:
            tokenizer.add_word(word)
        return tokenizer

    def knows(self, word: str) -> bool:
        """True when ``word`` is in the dictionary, jieba's own or the lexicon."""
        return bool(self._jieba.FREQ.get(normalise(word)))

    @property
    def counts(self) -> Mapping[str, int]:
        """How often jieba's sources print each word; 0 for what only begins one. The lexicon's words are in it."""
        return MappingProxyType(self._jieba.FREQ)

    def words(self, text: str) -> list[str]:
        """Words of ``text`` in search mode: long words and the shorter words inside them, punctuation dropped."""
        return list(self._words(text))

    def _cut(self, text: str) -> tuple[str, ...]:
        return tuple(token for token in self._jieba.cut_for_search(normalise(text)) if is_word(token))

    def tokens(self, text: str) -> list[str]:
        """Non-overlapping words of ``text`` as printed; joining them gives ``text`` back."""
        return list(self._jieba.cut(text))

    def terms(self, text: str) -> list[str]:
        """Terms for the lexical index: :meth:`words` and character bigrams (a two-character word once)."""
        found = self.words(text)
        seen = set(found)
        return found + [pair for pair in bigrams(normalise(text)) if pair not in seen]

    def segmented(self, text: str) -> str:
        """``text`` as words joined by spaces: what the bundled embedding model reads."""
        return " ".join(self.words(text))


def load_lexicon(path: Path) -> tuple[str, ...]:
    """Words of a lexicon file: one a line; ``#`` starts a comment, ``-`` a candidate that was reviewed and refused."""
    lines = (line.split("#", 1)[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return tuple(line for line in lines if line and not line.startswith("-"))
