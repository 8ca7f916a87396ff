"""Grading: one case and what came back for it become one record of all metrics."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from eval.cases import Case
from eval.facts import states
from eval.grounding import GroundingCheck
from eval.metrics import agreement, completeness, hit_at, is_exact, ndcg_at, recall_at, reciprocal_rank, share
from eval.system import Attempt
from index.agencies import AgencyRegistry
from index.records import Answer, Document, PolicyUnit
from index.text import normalise, sentences

# Scores of a case by metric name: 0 to 1, higher is better, except for those of LOWER_IS_BETTER.
METRICS: dict[str, str] = {
    "right": "all at once: answered or refused as expected, every gold unit cited and nothing else, facts, bodies",
    "citation_precision": "units cited that may be cited / units cited",
    "citation_recall": "gold units cited / gold units",
    "citation_f1": "harmonic mean of the two",
    "citation_exact": "every gold unit cited and nothing outside gold and also_ok",
    "measure_exact": "the same by measure number: rows of one measure count as one",
    "labels_exact": "every citation's document, number and bodies are those of its record",
    "list_completeness": "gold units cited and written out / gold units, where gold is a list",
    "agency_precision": "bodies named that are the gold units' / bodies named",
    "agency_recall": "bodies wanted that are named / bodies wanted",
    "agency_f1": "harmonic mean of the two",
    "bodies_complete": "bodies of cited units that the text names / bodies of cited units",
    "facts": "facts stated / facts wanted",
    "refusal_kind": "refused with the right kind / cases to refuse",
    "false_refusal": "refused / answerable cases",
    "false_answer": "answered / unanswerable cases",
    "grounded": "statements that the citations bear out / statements of the answer",
    "hit@1": "first in the ranking is gold",
    "recall@3": "gold units among the first 3 / gold units",
    "recall@5": "the same, first 5",
    "recall@10": "the same, first 10",
    "mrr": "1 / rank of the first gold unit",
    "ndcg@10": "discounted gain of the first 10 / that of the ideal ranking",
    "error": "an exception instead of an answer",
}
LOWER_IS_BETTER = frozenset({"false_refusal", "false_answer", "error"})


@dataclass(frozen=True, slots=True)
class Grade:
    """What one case scored.

    Attributes:
        scores: by name of :data:`METRICS`; a metric that doesn't apply to the case is absent.
        problem: what is wrong first of all, one of :data:`PROBLEMS`; empty when right.
        missing_units, stray_units: gold not cited; cited outside gold and also_ok.
        missing_agencies, missing_facts: wanted and not found in the text.
        unsupported: statements that no citation bears out, with the reason.
    """

    id: str
    split: str
    kind: str
    asker: str
    documents: tuple[str, ...]
    right: bool
    problem: str
    scores: Mapping[str, float]
    cited: tuple[str, ...] = ()
    missing_units: tuple[str, ...] = ()
    stray_units: tuple[str, ...] = ()
    missing_agencies: tuple[str, ...] = ()
    missing_facts: tuple[str, ...] = ()
    unsupported: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The grade as plain JSON values."""
        return asdict(self)


PROBLEMS = (
    "error",
    "false_refusal",
    "false_answer",
    "wrong_refusal",
    "missing_unit",
    "stray_unit",
    "missing_agency",
    "missing_fact",
)

_NEGATION = re.compile(r"(?:不是|并非|而非|不由|没有|不包括|不含|不归|除了?)[^,。;:!?\n]*$")
_TURN = re.compile(r"[,。;:!?\n]|而是|而由|但")


class Grader:
    """Grades answers against cases over one corpus.

    Args:
        units: all units, in document order.
        documents: by slug.
        registry: names of bodies.
    """

    def __init__(
        self, units: Sequence[PolicyUnit], documents: Mapping[str, Document], registry: AgencyRegistry
    ) -> None:
        self._units = {unit.unit_id: unit for unit in units}
        self._titles = {slug: document.title for slug, document in documents.items()}
        self._registry = registry
        self._grounding = GroundingCheck(self._units, documents, registry)

    def grade(self, case: Case, attempt: Attempt) -> Grade:
        """Everything that is measured of ``attempt``; an exception scores 0 in all that applies to the case."""
        answer = attempt.answer
        if answer is None:
            return self._failed(case)
        cited = tuple(dict.fromkeys(citation.unit_id for citation in answer.citations))
        missing_facts = tuple(str(fact) for fact in case.facts if not states(answer.answer, fact))
        missing_agencies = self._missing_agencies(case, answer)
        allowed = {*case.gold, *case.also_ok}
        missing_units = tuple(unit for unit in case.gold if unit not in cited)
        stray_units = tuple(unit for unit in cited if unit not in allowed) if case.gold_known else ()
        lacks = {
            "missing_unit": missing_units,
            "stray_unit": stray_units,
            "missing_agency": missing_agencies,
            "missing_fact": missing_facts,
        }
        problem = _problem(case, answer, lacks)
        scores: dict[str, float] = {"right": float(not problem), "error": 0.0}
        if case.answerable:
            scores["false_refusal"] = float(not answer.answered)
        else:
            scores["false_answer"] = float(answer.answered)
            scores["refusal_kind"] = float(not answer.answered and case.refusal in (None, answer.refusal))
        if case.answerable and case.gold_known:
            scores |= self._citation_scores(case, answer, cited) | _ranking_scores(case, attempt.ranking)
        if case.agencies:
            scores |= self._agency_scores(case, answer)
        if case.facts:
            scores["facts"] = 1 - len(missing_facts) / len(case.facts)
        unsupported: tuple[str, ...] = ()
        if answer.answered:
            grounding = self._grounding.check(answer)
            scores["grounded"], unsupported = grounding.share, grounding.unsupported
            scores["labels_exact"] = share([self._label_is_exact(number, answer) for number in range(len(cited))])
            scores["bodies_complete"] = self._bodies_complete(answer, cited)
        elif case.answerable:
            scores |= {"grounded": 0.0, "bodies_complete": 0.0, "labels_exact": 0.0}
        return Grade(
            case.id, case.split, case.kind, case.asker, self._documents(case), not problem, problem, _ordered(scores),
            cited, missing_units, stray_units, missing_agencies, missing_facts, unsupported,
        )  # fmt: skip

    def _failed(self, case: Case) -> Grade:
        scores: dict[str, float] = {"right": 0.0, "error": 1.0}
        if case.answerable:
            scores["false_refusal"] = 0.0
            scores |= {"grounded": 0.0, "bodies_complete": 0.0, "labels_exact": 0.0}
        else:
            scores |= {"false_answer": 0.0, "refusal_kind": 0.0}
        if case.answerable and case.gold_known:
            scores |= dict.fromkeys(("citation_precision", "citation_recall", "citation_f1", "citation_exact"), 0.0)
            scores |= {"measure_exact": 0.0, **({"list_completeness": 0.0} if len(case.gold) > 1 else {})}
            scores |= _ranking_scores(case, ())
        if case.agencies:
            scores |= {"agency_precision": 0.0, "agency_recall": 0.0, "agency_f1": 0.0}
        if case.facts:
            scores["facts"] = 0.0
        return Grade(
            case.id, case.split, case.kind, case.asker, self._documents(case), False, "error", _ordered(scores),
            (), case.gold, (), case.agencies, tuple(map(str, case.facts)),
        )  # fmt: skip

    def _documents(self, case: Case) -> tuple[str, ...]:
        return tuple(dict.fromkeys(unit.partition("/")[0] for unit in case.gold))

    def _citation_scores(self, case: Case, answer: Answer, cited: Sequence[str]) -> dict[str, float]:
        found = agreement(cited, case.gold, case.also_ok)
        printed = {f"{citation.document} {citation.measure}" for citation in answer.citations}
        scores = {
            "citation_precision": found.precision,
            "citation_recall": found.recall,
            "citation_f1": found.f1,
            "citation_exact": float(is_exact(cited, case.gold, case.also_ok)),
            "measure_exact": float(is_exact(printed, self._measures(case.gold), self._measures(case.also_ok))),
        }
        if len(case.gold) > 1:
            shown = [unit_id for unit_id in cited if unit_id in self._units and self._is_shown(unit_id, answer.answer)]
            scores["list_completeness"] = completeness(shown, case.gold)
        return scores

    def _measures(self, unit_ids: Sequence[str]) -> set[str]:
        units = [self._units[unit_id] for unit_id in unit_ids]
        return {f"{self._titles[unit.document]} {unit.measure}" for unit in units}

    def _is_shown(self, unit_id: str, text: str) -> bool:
        """The unit's place (第3条（序号7）) or one of its sentences stands in the text."""
        unit = self._units[unit_id]
        place = unit.label.removeprefix(self._titles[unit.document])
        return place in text or any(sentence in text for sentence in sentences(unit.text))

    def _label_is_exact(self, number: int, answer: Answer) -> bool:
        citation = answer.citations[number]
        unit = self._units.get(citation.unit_id)
        return unit is not None and (
            (citation.document, citation.measure, citation.serial, citation.label, tuple(citation.agencies))
            == (self._titles[unit.document], unit.measure, unit.serial, unit.label, unit.agencies)
        )

    def _agency_scores(self, case: Case, answer: Answer) -> dict[str, float]:
        wanted = {ids[0] for name in case.agencies if (ids := self.body(name))}
        units = [self._units[unit_id] for unit_id in (*case.gold, *case.also_ok)]
        tolerated = {body for unit in units for body in unit.agency_ids} | self._bodies_in(case.question)
        named = self._named(answer, case.gold_known) if answer.answered else set()
        found = agreement(named, wanted, tolerated if case.gold_known else named)
        return {"agency_precision": found.precision, "agency_recall": found.recall, "agency_f1": found.f1}

    def _missing_agencies(self, case: Case, answer: Answer) -> tuple[str, ...]:
        named = self._named(answer, False)
        return tuple(name for name in case.agencies if not named & set(self.body(name)))

    def body(self, name: str) -> tuple[str, ...]:
        """Ids that the name of a body may stand for; empty when unknown."""
        printed = self._registry.printed_so(name)
        if printed:
            return printed
        mentions = self._registry.find(normalise(name))
        return mentions[0].agency_ids if mentions else ()

    def _bodies_in(self, text: str) -> set[str]:
        return {body for mention in self._registry.find(normalise(text)) for body in mention.agency_ids}

    def _named(self, answer: Answer, without_quotes: bool) -> set[str]:
        """Bodies that the text names as responsible: not in a negation, and outside quoted sentences when asked."""
        text = answer.answer.replace("*", "")
        if without_quotes:
            for citation in answer.citations:
                unit = self._units.get(citation.unit_id)
                for sentence in sentences(unit.text if unit else citation.quote):
                    text = text.replace(sentence, "\n")
        folded = normalise(text)
        return {
            body
            for mention in self._registry.find(folded)
            if not mention.weak and not _is_negated(folded[: mention.start])
            for body in mention.agency_ids
        }

    def _bodies_complete(self, answer: Answer, cited: Sequence[str]) -> float:
        wanted = {body for unit_id in cited if unit_id in self._units for body in self._units[unit_id].agency_ids}
        return completeness(self._named(answer, False), wanted) if wanted else 1.0


def _is_negated(before: str) -> bool:
    clause = _TURN.split(before)[-1]
    return _NEGATION.search(clause) is not None


def _ranking_scores(case: Case, ranking: Sequence[str]) -> dict[str, float]:
    gold = case.gold
    return {
        "hit@1": hit_at(ranking, gold, 1),
        **{f"recall@{k}": recall_at(ranking, gold, k) for k in (3, 5, 10)},
        "mrr": reciprocal_rank(ranking, gold),
        "ndcg@10": ndcg_at(ranking, gold, 10),
    }


def _problem(case: Case, answer: Answer, lacks: Mapping[str, Sequence[str]]) -> str:
    if not case.answerable:
        if answer.answered:
            return "false_answer"
        if case.refusal not in (None, answer.refusal):
            return "wrong_refusal"
    elif not answer.answered:
        return "false_refusal"
    return next((name for name, items in lacks.items() if items), "")


def _ordered(scores: Mapping[str, float]) -> dict[str, float]:
    return {name: round(scores[name], 6) for name in METRICS if name in scores}
