"""When a chat model is asked how a question reads: only where the rules are unsure of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum

from answering.found import Found
from index.records import SEARCHED, Hit, Query, Refusal

NEAREST = 10  # units of a question out of scope that a model might lead to
TURNED = 0.8  # probability, in the asker's own words, from which a question refused may be answered after all
_VAGUE = 0.4  # coverage of the best unit below which a question is in other words than the documents'
_LEANS = 0.6  # the same for a question that leans on the conversation
_COVERED = 0.5  # coverage from which a unit speaks of one part of a question

Probability = Callable[[Query, Sequence[Hit]], float]


class Doubt(StrEnum):
    """What the rules are unsure of."""

    LEANING = "leaning"  # on what was said before
    VAGUE = "vague"  # in words that the documents don't use
    SEVERAL = "several"  # a thing asked of which no evidence speaks


def doubt(found: Found, probability: Probability) -> Doubt | None:
    """What the rules are unsure of in a question, ``None`` where they are sure.

    They are sure of what is looked up (numbers, bodies, lists), of another city's policy, and of a kind of fact that is
    not stated. A question out of scope is put to the model only if it would clearly count as answered, in the asker's
    own words, by some unit near it: what no evidence answers, no rewriting makes answerable.

    Args:
        found: by the rules alone.
        probability: that the documents answer a query by the first of its hits.
    """
    query, hits, findings = found.query, found.hits, found.findings
    if query.intent not in SEARCHED or query.region or not hits:
        return None
    if query.context_topic:
        return Doubt.LEANING if findings.refusal or found.best.coverage < _LEANS else None
    if findings.refusal is Refusal.OUT_OF_SCOPE:
        turns = any(probability(query, leading(hits, hit)) >= TURNED for hit in hits[:NEAREST])
        return Doubt.VAGUE if turns else None
    if findings.refusal:
        return None
    if any(speaks_of_more(found, hit) for hit in hits):
        return Doubt.SEVERAL
    return Doubt.VAGUE if found.best.coverage < _VAGUE else None


def leading(hits: Sequence[Hit], first: Hit) -> tuple[Hit, ...]:
    """``hits`` as if ``first`` were the best of them."""
    return (first, *(hit for hit in hits if hit.row != first.row))


def speaks_of_more(found: Found, hit: Hit) -> bool:
    """True when a unit speaks of a part of the question that asks something and of which no evidence speaks."""
    cited = [other for other in found.hits if other.unit.unit_id in found.unit_ids]
    return any(
        asks
        and hit.parts[part].coverage >= _COVERED
        and max((other.parts[part].coverage for other in cited), default=0.0) < _COVERED
        for part, asks in enumerate(found.query.asking[: len(hit.parts)])
    )
