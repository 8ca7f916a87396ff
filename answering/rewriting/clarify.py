"""A second reading of a question that the rules are unsure of: a chat model proposes it, the evidence decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from answering.evidence import Thresholds, Weigher
from answering.found import Found
from answering.rewrite import Request, Rewriter, Rewriting
from answering.rewriting.admission import Said
from answering.rewriting.doubt import NEAREST, TURNED, Doubt, doubt, leading
from answering.understanding.turn import Turn
from answering.words import UnitWords
from index.agencies import AgencyRegistry
from index.chat_stream import Tokens
from index.records import Cue, Evidence, Findings, Generated, PolicyUnit

_KEPT = 0.25  # share of the question's words, by rarity, that a rewriting keeps
_KNOWN = 0.4  # share of a rewriting's words that were said before, for a question that leans on them
_SURE = 0.8  # probability that the documents answer a rewriting
_COVERED = 0.5  # coverage of a rewriting by its best unit
_BETTER = 0.2  # coverage more than the evidence that the rules found has
_LEAST_WORDS = 3  # of a rewriting; fewer say too little by themselves
_POINTS = frozenset({Cue.BACKWARD, Cue.OTHER_DOCUMENT, Cue.WITHIN})  # to what stands elsewhere: no question by itself


@dataclass(frozen=True, slots=True)
class Clarified:
    """A question after a second reading, or as the rules read it.

    Attributes:
        found: what to answer from.
        rewriting: what the model said.
        dropped: its questions that are not used: inadmissible, or no better.
    """

    found: Found
    rewriting: Rewriting
    dropped: int

    @property
    def rewritten(self) -> bool:
        """True when the answer rests on the model's reading."""
        return self.dropped < self.rewriting.dropped + len(self.rewriting.questions)

    def recorded(self, generation: Generated | None) -> Generated:
        """What the model had to do with the answer: its reading, and its text where ``generation`` tells of one."""
        made = generation or Generated(
            model=self.rewriting.model,
            verified=0,
            dropped=0,
            repaired=0,
            tokens=Tokens(),
            first_verified_ms=None,
            failure=self.rewriting.failure,
        )
        tokens = made.tokens + self.rewriting.tokens
        return replace(made, tokens=tokens, rewritten=self.rewritten, rewritings_dropped=self.dropped)


class Clarifier:
    """Puts doubtful questions to a chat model and keeps the reading that the evidence bears out.

    The rules' result stays unless all of this holds. The rewriting is admitted (:class:`Said`) and keeps the content
    words of the question: another topic in their place is another question. The documents answer it with a higher
    probability than the threshold. The unit it leads to tells the kind of fact asked for and was near the question as
    asked; if that was refused, the verdict on the asker's own words takes the unit for an answer, too. And the unit
    covers the rewriting clearly better than the best one covered the question, or speaks of a further part of it.

    A question that leans on the conversation is no question by itself: instead of having been near it, the unit must
    then be that of a rewriting much of which was said before.

    Args:
        rewriter: asks the model.
        look: understands, searches and weighs a question by itself.
        weigher: knows what the documents answer.
        words: of the units.
        units: all units.
        registry: the bodies.
    """

    def __init__(
        self,
        rewriter: Rewriter,
        look: Callable[[str], Found],
        weigher: Weigher,
        words: UnitWords,
        units: Sequence[PolicyUnit],
        registry: AgencyRegistry,
    ) -> None:
        self._rewriter, self._look, self._weigher = rewriter, look, weigher
        self._words, self._units, self._registry = words, units, registry

    def close(self) -> None:
        """Stop what is being asked."""
        self._rewriter.close()

    def clarify(
        self, found: Found, history: Sequence[str], turn: Turn | None, begin: Callable[[Request], None]
    ) -> Clarified | None:
        """The reading to answer, ``None`` where the rules are sure and the model wasn't asked.

        Args:
            found: by the rules.
            history: the asker's earlier questions.
            turn: the conversation as the rules understand it.
            begin: told the request, so that it can be ended.
        """
        unsure_of = doubt(found, self._weigher.probability)
        if unsure_of is None:
            return None
        ids = turn.at_hand if turn and unsure_of is Doubt.LEANING else ()
        units = [unit for unit in self._units if unit.unit_id in ids]
        near = [_opening(hit.unit) for hit in found.hits[:NEAREST]]
        request = self._rewriter.ask(found.query.question, history, list(map(_opening, units)), near)
        begin(request)
        rewriting = request.rewriting()
        queries = (found.query, turn.query) if turn else (found.query,)
        said = Said((*history, found.query.question), queries, units, self._registry)
        looked = [(text, again) for text in rewriting.questions if said.admits(text, (again := self._look(text)).query)]
        before = (*history, found.query.question, *(unit.text for unit in units))
        looked = looked if self._keeps(found, [text for text, _ in looked], before, unsure_of) else []
        used = [(text, again) for text, again in looked if self._bears_out(found, again, unsure_of)]
        total = rewriting.dropped + len(rewriting.questions)
        taken = self._taken(found, used, several=len(rewriting.questions) > 1)
        return Clarified(taken or found, rewriting, total - len(used) if taken else total)

    def _keeps(self, found: Found, texts: Sequence[str], before: Sequence[str], unsure_of: Doubt) -> bool:
        """True when rewritings together hold the question's own words, and for one that leans little that is new."""
        own = self._words.of_runs(found.query.topic)
        kept = self._words.of_runs(texts)
        if self._words.coverage(own, frozenset(kept)) < _KEPT and own:
            return False
        known = [word for word in kept if self._words.known(word)]
        if unsure_of is not Doubt.LEANING or not known:
            return True
        return self._words.coverage(known, frozenset(self._words.of_runs(before))) >= _KNOWN

    def _bears_out(self, found: Found, again: Found, unsure_of: Doubt) -> bool:
        """True when the documents answer a rewriting by a unit that is one for the question as asked, too."""
        if again.findings.refusal or not again.hits or again.best.coverage < _COVERED:
            return False
        if again.best.asked < _LEAST_WORDS or again.query.cues & _POINTS:
            return False
        if self._weigher.probability(again.query, again.hits) < _SURE:
            return False
        if self._weigher.unsaid(found.query, [again.best.unit]):
            return False
        if unsure_of is Doubt.LEANING:
            return True
        hit = next((hit for hit in found.hits[:NEAREST] if hit.row == again.best.row), None)
        if found.findings.refusal is None:
            return hit is not None
        return hit is not None and self._weigher.probability(found.query, leading(found.hits, hit)) >= TURNED

    def _taken(self, found: Found, used: Sequence[tuple[str, Found]], *, several: bool) -> Found | None:
        """The reading with what rewritings found, ``None`` when that is no better."""
        if not used:
            return None
        if several:
            further = _further(found, [again for _, again in used if _adds(found, again)])
            standalone = "".join(text for text, _ in used)
            query = replace(found.query, standalone=standalone)
            return Found(query, found.hits, self._with(found.findings, further)) if further else None
        ((_, again),) = used
        if set(again.unit_ids) <= set(found.unit_ids) or not (found.findings.refusal or _adds(found, again)):
            return None
        return replace(again, query=replace(again.query, question=found.query.question))

    def _with(self, findings: Findings, further: Sequence[Evidence]) -> Findings:
        """Answered findings that rest on ``further`` evidence, too."""
        found = {item.unit.unit_id: item for item in (*findings.evidence, *further)}
        evidence = tuple(found[unit.unit_id] for unit in self._units if unit.unit_id in found)
        return Findings(evidence, tuple(item for item in findings.related if item.unit.unit_id not in found))


def _adds(found: Found, again: Found) -> bool:
    """True when the best unit of a rewriting covers it clearly better than the evidence that there is."""
    cited = [hit.coverage for hit in again.hits if hit.unit.unit_id in found.unit_ids]
    return again.best.coverage >= max(cited, default=0.0) + _BETTER


def _further(found: Found, parts: Sequence[Found]) -> tuple[Evidence, ...]:
    """The best evidence of each part, as far as it is not there already and there is room."""
    room = Thresholds().most - len(found.findings.evidence)
    best = {item.unit.unit_id: item for part in parts for item in part.findings.evidence if item.unit is part.best.unit}
    return tuple(item for unit_id, item in best.items() if unit_id not in found.unit_ids)[: max(room, 0)]


def _opening(unit: PolicyUnit) -> str:
    """The beginning of a unit, without numbers and bodies."""
    return unit.heading or unit.text
