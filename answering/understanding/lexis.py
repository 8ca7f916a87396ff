"""The words of questions: which of them say what a question is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from index.text import Segmenter, is_word, normalise

FUNCTION_WORDS = Path(__file__).with_name("function_words.txt")
_CLAUSE = re.compile("[^，,。；;？?！!：:\\n ]+[？?]?")
_JOINT = re.compile("[、？?]|另外|还有|以及|同时|并且|而且|又想|还想|既|又|和|(?<!参)与|跟|(?<![涉普触])及(?!时)")
_ASKS = re.compile("谁|哪|怎|咋|啥|什么|多少|几|吗|么|能不能|有没有|是不是|[？?]")


@cache
def function_words(path: Path = FUNCTION_WORDS) -> frozenset[str]:
    """Words without content from a file: blank-separated, ``#`` starts a comment line."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(normalise(word) for line in lines if not line.startswith("#") for word in line.split())


def content_runs(text: str, segmenter: Segmenter, functions: frozenset[str]) -> tuple[str, ...]:
    """Runs of neighbouring content words of a normalised text: what is left to search with."""
    runs: list[str] = []
    open_run = False
    for token in segmenter.tokens(text):
        if not is_word(token) or token in functions:
            open_run = False
            continue
        latin = token[0].isascii()
        if open_run and not latin:
            runs[-1] += token
        else:
            runs.append(token)
        open_run = not latin
    return tuple(runs)


def parts(text: str) -> Iterator[tuple[str, bool]]:
    """Clauses of a normalised text and the members of their enumerations, each with whether its clause asks."""
    for clause in _CLAUSE.findall(text):
        asks = bool(_ASKS.search(clause))
        yield from ((part, asks) for part in _JOINT.split(clause) if part)


def blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """``text`` with the characters of ``spans`` replaced by blanks, so that other positions keep."""
    characters = list(text)
    for start, end in spans:
        characters[start:end] = " " * (end - start)
    return "".join(characters)
