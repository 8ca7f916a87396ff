"""From word counts to a tokenizer that knows every word it meets."""

from __future__ import annotations

import string
from collections import Counter
from collections.abc import Iterable, Iterator

from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.pre_tokenizers import WhitespaceSplit

from train.sources import Source

UNKNOWN = "[UNK]"
MAX_WORD_CHARACTERS = 100  # longer runs are links or noise; longest match is quadratic in this


def count_words(sources: Iterable[Source]) -> Counter[str]:
    """How often each word occurs in all passages and queries."""
    counts: Counter[str] = Counter()
    for source in sources:
        for record in source.records:
            for clause in (*record.query, *record.passage):
                counts.update(clause.split())
    return counts


def choose_words(counts: Counter[str], size: int, always: Iterable[str] = ()) -> list[str]:
    """``[UNK]``, every character, the words of ``always``, then the most frequent words, up to ``size`` entries."""
    chosen = dict.fromkeys([UNKNOWN, *sorted(_characters(counts)), *(word for word in always if " " not in word)])
    for word, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if len(chosen) >= size:
            break
        if len(word) <= MAX_WORD_CHARACTERS:
            chosen.setdefault(word)
    return list(chosen)


def _characters(counts: Counter[str]) -> set[str]:
    """Every character seen, and the two levels of GB 2312, so that a rare character does not lose its word."""
    seen = {character for word in counts for character in word}
    return seen | set(_gb2312()) | set(string.ascii_lowercase + string.digits)


def _gb2312() -> Iterator[str]:
    """The 6,763 Chinese characters of GB 2312: rows 16 to 87, 94 cells each."""
    for row in range(0xB0, 0xF8):
        yield from bytes(b for cell in range(0xA1, 0xFF) for b in (row, cell)).decode("gb2312", "ignore")


def build_tokenizer(words: Iterable[str]) -> Tokenizer:
    """Greedy longest match inside each blank-separated word (WordPiece, Wu et al. 2016), pieces without a prefix."""
    ids = {word: number for number, word in enumerate(words)}
    model = WordPiece(
        ids, unk_token=UNKNOWN, continuing_subword_prefix="", max_input_chars_per_word=MAX_WORD_CHARACTERS
    )
    tokenizer = Tokenizer(model)
    tokenizer.pre_tokenizer = WhitespaceSplit()
    return tokenizer
