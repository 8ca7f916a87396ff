"""Pairs of units under one question: figures and a shape that tell whether an answer rests on both.

The figures are counts a reader can redo. The shape is the question's words in order, with those that say what it is
about replaced by which of the two units holds them (``A 归谁 , B 归谁``): it names no subject, and so holds for any.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from answering.understanding.lexis import function_words
from answering.words import UnitWords
from index.records import Cue, Hit, Intent, PartMatch, Query
from index.text import is_word

_NEXT, _TOPS = 5, 2  # candidates: the next best of all, and the best of each part and of each document
_MOST_DOCUMENTS = 8  # whose best units are candidates: those of the best hits
_SEVERAL = frozenset({Cue.BOTH_DOCUMENTS, Cue.EARLIER_AND_LATER})
_ASKED_CUES = {"who": Cue.WHO, "difference": Cue.DIFFERENCE, "list": Cue.LIST, "joined": Cue.JOINED}
_FIRST, _SECOND, _BOTH, _ELSEWHERE, _UNKNOWN = "A", "B", "◆", "◇", "?"
_COLLAPSED = frozenset({_FIRST, _SECOND, _BOTH, _ELSEWHERE})
_LONG = 80  # tokens that a long question is taken for
_EVEN = 0.25  # share of a token by which one unit must hold more of it than the other
_MOST_MASS = 12.0
_TO_SCALE = 10.0  # scores are about this large


@dataclass(frozen=True, slots=True)
class Pair:
    """What is seen of the best unit and another: figures by name, and tokens of the question's shape."""

    figures: Mapping[str, float]
    tokens: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Token:
    """A token of the question; one with ``words`` is content, ``mass`` is their rarity together."""

    text: str
    words: tuple[tuple[str, float], ...] = ()
    mass: float = 0.0
    known: bool = False


class PairReader:
    """Reads pairs (best unit, further unit).

    Args:
        words: of the index's units.
    """

    def __init__(self, words: UnitWords) -> None:
        self._words = words
        self._functions = function_words()

    def pairs(self, query: Query, hits: Sequence[Hit]) -> Iterator[tuple[Hit, Pair]]:
        """Every candidate beside ``hits[0]``, and what is seen of the two; ``hits`` are best first."""
        if len(hits) < 2:
            return
        best = hits[0]
        by_part = [
            sorted(hits, key=lambda hit, part=part: -hit.parts[part].score)[:_TOPS]  # type: ignore[misc]
            for part in range(len(best.parts))
        ]
        by_document: dict[str, list[Hit]] = {}
        for hit in hits:
            by_document.setdefault(hit.unit.document, []).append(hit)
        documents = islice(by_document.values(), _MOST_DOCUMENTS)
        groups = [hits[1 : 1 + _NEXT], *by_part, *(found[:_TOPS] for found in documents)]
        places = {hit.row: place for place, hit in enumerate(hits)}
        tops = [found[0].row for found in by_part]
        tokens = list(self._tokens(query.text))
        masses = [_held(token, self._words.held[best.row]) for token in tokens]
        asked = self._words.of_runs(query.topic)
        shared = _of_question(query, best)
        for hit in {hit.row: hit for group in groups for hit in group if hit is not best}.values():
            figures = shared | self._of_rank(best, hit, hits, places[hit.row])
            figures |= self._of_both(query, best, hit, asked)
            figures |= _of_parts(query, best, hit, tops)
            other_first = hit.unit.document != best.unit.document and by_document[hit.unit.document][0] is hit
            figures |= {"other_first": float(other_first), "across_first": shared["across"] * other_first}
            held = [_held(token, self._words.held[hit.row]) for token in tokens]
            figures |= _of_order(tokens, masses, held)
            yield hit, Pair(figures, _shape(tokens, masses, held))

    def _tokens(self, text: str) -> Iterator[_Token]:
        """Tokens of a normalised question."""
        for token, words in self._words.tokens(text):
            if token in self._functions or not is_word(token) or not words:
                yield _Token(token)
                continue
            weighted = tuple((word, self._words.rarity(word)) for word in words)
            known = any(map(self._words.known, words))
            yield _Token(token, weighted, sum(rarity for _, rarity in weighted), known)

    def _of_rank(self, best: Hit, hit: Hit, hits: Sequence[Hit], place: int) -> dict[str, float]:
        """How near the further unit comes to the best, and how far ahead it is of those after it."""
        after = hits[place + 1].score if place + 1 < len(hits) else 0.0
        third = next((other.score for other in hits[1:] if other is not hit), 0.0)
        return {
            "score_ratio": max(hit.score, 0.0) / best.score if best.score > 0 else 0.0,
            "score_gap": best.score - hit.score,
            "rank": 1 / place,
            "second": float(place == 1),
            "third": float(place == 2),
            "gap_after": (hit.score - after) / _TO_SCALE,
            "third_gap": (hit.score - third) / _TO_SCALE,
            "score": hit.score / _TO_SCALE,
            "coverage": hit.coverage,
            "question_similarity": hit.similarity,
            "figure": hit.figure,
        }

    def _of_both(self, query: Query, best: Hit, hit: Hit, asked: Sequence[str]) -> dict[str, float]:
        """What the two have in common, and how much more of the question they hold together."""
        first, second, words = best.row, hit.row, self._words
        held = words.coverage(asked, words.held[first] | words.held[second])
        one, other, printed = words.coverages(
            asked, (words.printed[first], words.printed[second], words.printed[first] | words.printed[second])
        )
        named, bodies = set(query.agencies.ids), set(best.unit.agency_ids)
        same_document = hit.unit.document == best.unit.document
        return {
            "similarity": words.similarity(first, second),
            "same_section": float(best.unit.section == hit.unit.section),
            "same_measure": float(same_document and hit.unit.measure == best.unit.measure),
            "other_document": float(not same_document),
            "neighbours": float(abs(first - second) == 1),
            "shared_bodies": len(bodies & set(hit.unit.agency_ids)) / max(1, len(bodies)),
            "named_bodies": float(len(named & set(hit.unit.agency_ids))),
            "best_named_bodies": float(len(named & bodies)),
            "held_together": held,
            "held_gain": held - best.coverage,
            "held_gain_of_best": held - hit.coverage,
            "printed_gain": printed - one,
            "printed_gain_of_best": printed - other,
        }


def _of_question(query: Query, best: Hit) -> dict[str, float]:
    """What is the same for all pairs of a question."""
    return {
        "words": math.log1p(best.asked),
        "parts": float(len(best.parts)),
        "across": float(bool(query.cues & _SEVERAL) or len(query.documents) > 1),
        "comparison": float(query.intent is Intent.COMPARISON),
        "document_named": float(len(query.documents) == 1),
        "best_score": best.score / _TO_SCALE,
        "best_coverage": best.coverage,
        "best_question_similarity": best.similarity,
        **{name: float(cue in query.cues) for name, cue in _ASKED_CUES.items()},
    }


def _of_parts(query: Query, best: Hit, hit: Hit, tops: Sequence[int]) -> dict[str, float]:
    """Who leads in which part of the question; ``tops`` are the rows that lead, by part."""
    pairs = list(zip(hit.parts, best.parts, strict=True))
    ahead = max((own.score - other.score for own, other in pairs), default=0.0)
    behind = max((other.score - own.score for own, other in pairs), default=0.0)
    leads = [part for part, row in enumerate(tops) if row == hit.row]
    left_out = any(_left_out(*pairs[part]) for part in leads)
    asked = [part for part in leads if query.asking[part]]
    both_asked = bool(asked) and any(query.asking[part] for part, row in enumerate(tops) if row == best.row)
    gaps = [pairs[part][0].coverage - pairs[part][1].coverage for part in asked]
    return {
        "each_ahead": min(ahead, behind, 8.0),
        "ahead": min(ahead, 8.0),
        "both_asked": float(both_asked),
        "both_asked_left_out": max(gaps) if both_asked else 0.0,
        "each_first": float(bool(leads) and best.row in tops),
        "left_out": float(left_out),
        "left_out_joined": float(Cue.JOINED in query.cues) * left_out,
        "printed_ahead": max((own.printed - other.printed for own, other in pairs), default=0.0),
    }


def _of_order(tokens: Sequence[_Token], best: Sequence[float], other: Sequence[float]) -> dict[str, float]:
    """How much of the question only one of the two holds, and how cleanly it falls into a part for each.

    ``best`` and ``other`` are what each unit holds of every token. ``block`` is the share of what only one holds that
    lies on its own side of the best cut through the question.
    """
    own = [max(first - second, 0.0) for first, second in zip(best, other, strict=True)]
    others = [max(second - first, 0.0) for first, second in zip(best, other, strict=True)]
    total = sum(token.mass for token in tokens) or 1.0
    best_only, other_only = sum(own), sum(others)
    cut, before, other_before = max(best_only, other_only), 0.0, 0.0
    for mass, other_mass in zip(own, others, strict=True):
        before, other_before = before + mass, other_before + other_mass
        cut = max(cut, before + other_only - other_before, other_before + best_only - before)
    block = cut / (best_only + other_only) if best_only + other_only else 0.0
    smaller = min(best_only, other_only)
    marks = [_mark(*held) for held in zip(tokens, best, other, strict=True) if held[0].words]
    neither = sum(
        token.mass for token, first, second in zip(tokens, best, other, strict=True) if not first and not second
    )
    return {
        "best_only": best_only / total,
        "other_only": other_only / total,
        "each_only": smaller / total,
        "block": block,
        "block_each": block * smaller / total,
        "best_tokens": float(marks.count(_FIRST)),
        "other_tokens": float(marks.count(_SECOND)),
        "best_is_first": float(next((mark for mark in marks if mark in (_FIRST, _SECOND)), _FIRST) == _FIRST),
        "other_mass": min(other_only, _MOST_MASS) / 4,
        "each_mass": min(smaller, _MOST_MASS) / 4,
        "neither": neither / total,
    }


def _shape(tokens: Sequence[_Token], best: Sequence[float], other: Sequence[float]) -> frozenset[str]:
    """Runs of one to three marks; the unit that is told of first is A, be it the best or not."""
    marks = [_mark(*held) for held in zip(tokens, best, other, strict=True)][:_LONG]
    if next((mark for mark in marks if mark in (_FIRST, _SECOND)), _FIRST) == _SECOND:
        swapped = {_FIRST: _SECOND, _SECOND: _FIRST}
        marks = [swapped.get(mark, mark) for mark in marks]
    shape = ["^"]
    for mark in marks:
        if mark.strip() and not (mark == shape[-1] and mark in _COLLAPSED):
            shape.append(mark)
    shape.append("$")
    return frozenset(
        " ".join(shape[start : start + length]) for length in (1, 2, 3) for start in range(len(shape) - length + 1)
    )


def _mark(token: _Token, best: float, other: float) -> str:
    """A function word as it is; content as the unit that holds it, or as held by neither."""
    if not token.words:
        return token.text
    if best and other and abs(best - other) < _EVEN * token.mass:
        return _BOTH
    if best != other:
        return _FIRST if best > other else _SECOND
    return _ELSEWHERE if token.known else _UNKNOWN + token.text


def _held(token: _Token, held: frozenset[str]) -> float:
    """Rarity of the token's words that a unit holds."""
    return sum(rarity for word, rarity in token.words if word in held)


def _left_out(own: PartMatch, best: PartMatch) -> bool:
    """True for a part that the unit covers and the best unit doesn't."""
    return own.coverage >= 0.5 and best.coverage < own.coverage - 0.3
