"""What a rewriting may say: no name and no number that was not said; it comes from outside, and the asker sees it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from answering.generation.source import fold
from answering.generation.values import find_values
from answering.understanding.bodies import is_office, unknown_bodies
from answering.understanding.lexis import blank
from answering.understanding.places import countries_in, places_in
from index.agencies import AgencyRegistry
from index.records import SEARCHED, PolicyUnit, Query
from index.text import normalise

_LEAST_HAN = 4
_HAN = re.compile(r"[\u4e00-\u9fff]")
_WRITTEN = re.compile(r"[\u4e00-\u9fff〇A-Za-z0-9 ，。？！、；：,?!“”‘’「」《》〈〉（）()%％+＋\-—～·.]+")
_ADDRESS = re.compile(r"[A-Za-z0-9-]\.[A-Za-z]")
_TITLE = re.compile("[《〈]([^》〉]*)[》〉]?")
_INTEGER = re.compile(r"\d+")
_SMALL = 2  # 一项, 两份: numbers that count as words


class Said:
    """What a conversation has said by the time of a question.

    Args:
        texts: the question and those before it.
        queries: the same, understood, as far as there are any.
        units: those the last answer rests on, for a question that leans on it; else none.
        registry: the bodies.
    """

    def __init__(
        self, texts: Sequence[str], queries: Sequence[Query], units: Sequence[PolicyUnit], registry: AgencyRegistry
    ) -> None:
        self._registry = registry
        self._text = normalise("\n".join(texts))
        self._numbers = {
            *(number for text in texts for number in _numbers(text)),
            *(float(number) for unit in units for number in (*unit.ordinal, unit.serial) if number is not None),
        }
        self._bodies = {
            *(body for mention in registry.find(self._text) for body in mention.agency_ids),
            *(body for query in queries for body in query.agencies.ids),
            *(body for unit in units for body in unit.agency_ids),
        }
        self._documents = {
            *(slug for query in queries for slug in query.documents),
            *(unit.document for unit in units),
        }

    def admits(self, rewriting: str, query: Query) -> bool:
        """True for a plain question of search that names no number, body, place, document or title besides those said.

        Args:
            rewriting: as the model wrote it.
            query: the rewriting as the rules understand it, by itself.
        """
        return (
            query.intent in SEARCHED  # what is looked up the rules read in the question itself
            and not query.region
            and _is_plain(rewriting)
            and set(_numbers(rewriting)) <= self._numbers
            and {*query.documents} <= self._documents
            and self._names_bodies_said(rewriting)
            and self._says_all(_TITLE.findall(normalise(rewriting)))
            and self._says_all((*places_in(normalise(rewriting)), *countries_in(normalise(rewriting))))
        )

    def _names_bodies_said(self, rewriting: str) -> bool:
        text = normalise(rewriting)
        mentions = [mention for mention in self._registry.find(text) if not mention.weak]
        others = unknown_bodies(blank(text, ((mention.start, mention.end) for mention in mentions)))
        return all(self._bodies & set(mention.agency_ids) for mention in mentions) and self._says_all(
            name for _, _, name in others if is_office(name)
        )

    def _says_all(self, names: Iterable[str]) -> bool:
        return all(name in self._text for name in names)


def _is_plain(text: str) -> bool:
    """True for a sentence of Chinese without markup, addresses, or anything else that isn't written in questions."""
    readable = _WRITTEN.fullmatch(text) and not _ADDRESS.search(text)
    return bool(readable) and len(_HAN.findall(text)) >= _LEAST_HAN


def _numbers(text: str) -> list[float]:
    """Numbers of a text in digits and in Chinese numerals, without units; 10万 is 100000, and 10 as well."""
    folded = fold(text)
    whole = [number for value in find_values(folded) for number in (value.low, value.high)]
    return [number for number in (*whole, *map(float, _INTEGER.findall(folded))) if number > _SMALL]
