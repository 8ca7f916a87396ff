"""Checks ``corpus/lexicon.txt`` against the documents: words that jieba would cut and that policy readers treat as one.

A word belongs there when a document prints it and jieba's dictionary lacks it. Candidates are derived: words that the
text sets in quotation marks or introduces as a short name (以下简称…), and sequences of jieba tokens that stick
together, that is frequent ones with a high normalised pointwise mutual information (Bouma 2009) and free on both sides
(branching entropy, Jin & Tanaka-Ishii 2006). Every candidate is in the file, taken up or refused.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from index.text import Segmenter, is_word, load_lexicon

_QUOTED = re.compile(r"[“《]([^”》，。；、+！]{2,12})[”》]")
_SHORT_NAME = re.compile(r"以下简称([^）]{2,12})）")
_FUNCTION = frozenset("的和与及或等在对以为将把被从向到于并其各有是按使由中上下内外新更最可所不应要能")

LEAST_COUNT = 3
LEAST_COHESION = 0.55
LEAST_FREEDOM = 0.9
LONGEST = 3


def check(path: Path, texts: Sequence[str]) -> Iterator[str]:
    """What is wrong with the lexicon file ``path``, a line each; nothing when every word is justified."""
    plain = Segmenter()
    words = load_lexicon(path)
    printed = "\n".join(texts)
    reviewed = {line.strip().removeprefix("-") for line in path.read_text(encoding="utf-8").splitlines()}
    yield from (f"{word}: in no document; remove it" for word in words if word not in printed)
    yield from (f"{word}: already in jieba's dictionary; remove it" for word in words if plain.knows(word))
    yield from (
        f"{word}: candidate not reviewed; add it, or refuse it with a leading -"
        for word in candidates(texts, plain)
        if word not in reviewed
    )


def candidates(texts: Sequence[str], segmenter: Segmenter) -> tuple[str, ...]:
    """Words that may belong into the lexicon, sorted, from texts and a segmenter that has no lexicon."""
    found = {word for text in texts for word in _named(text)} | set(_cohesive(texts, segmenter))
    return tuple(sorted(word for word in found if not segmenter.knows(word)))


def _named(text: str) -> Iterator[str]:
    for pattern in (_QUOTED, _SHORT_NAME):
        yield from (match.strip("“”") for match in pattern.findall(text))


def _cohesive(texts: Iterable[str], segmenter: Segmenter) -> Iterator[str]:
    """Token sequences of 2 to :data:`LONGEST` that are frequent, cohesive and free on both sides."""
    unigrams: Counter[str] = Counter()
    grams: Counter[tuple[str, ...]] = Counter()
    left: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    right: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for text in texts:
        tokens = segmenter.tokens(text)
        unigrams.update(tokens)
        for size in range(2, LONGEST + 1):
            for start in range(len(tokens) - size + 1):
                gram = tuple(tokens[start : start + size])
                if all(is_word(token) and token not in _FUNCTION for token in gram):
                    grams[gram] += 1
                    left[gram][tokens[start - 1] if start else ""] += 1
                    right[gram][tokens[start + size] if start + size < len(tokens) else ""] += 1
    total = sum(unigrams.values())
    for gram, count in grams.items():
        word = "".join(gram)
        if (
            count >= LEAST_COUNT
            and 3 <= len(word) <= 10
            and _cohesion(gram, count, unigrams, total) >= LEAST_COHESION
            and min(_entropy(left[gram]), _entropy(right[gram])) >= LEAST_FREEDOM
        ):
            yield word


def _cohesion(gram: tuple[str, ...], count: int, unigrams: Counter[str], total: int) -> float:
    """Normalised PMI of a sequence: log p(gram) / Π p(token), over (n - 1) · -log p(gram); 1 when always together."""
    joint = count / total
    independent = math.prod(unigrams[token] / total for token in gram)
    return math.log(joint / independent) / ((len(gram) - 1) * -math.log(joint))


def _entropy(neighbours: Counter[str]) -> float:
    """Shannon entropy of the neighbours, in bits."""
    total = sum(neighbours.values())
    return -sum(count / total * math.log2(count / total) for count in neighbours.values())
