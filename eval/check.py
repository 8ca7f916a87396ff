"""The checker of test cases: what a case claims must follow from the units, and no half may copy the other."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from eval.cases import ASKERS, KINDS, SPLITS, Case, FactType, Rule
from eval.facts import states
from index.agencies import AgencyRegistry
from index.records import AgencyFilter, Combination, PolicyUnit
from index.text import bigrams, normalise

FEWEST_CASES = 400
# Jaccard similarity of the sets of character pairs from which two questions count as copies. Two questions of one form
# about different things (第九条讲什么 / 第十条讲什么) stay below it; a question with one word changed doesn't.
NEAR_COPY = 0.8


def check_cases(cases: Sequence[Case], units: Sequence[PolicyUnit], registry: AgencyRegistry) -> list[str]:
    """Everything that is wrong with single cases, one line each, beginning with the id of the case."""
    by_id = {unit.unit_id: unit for unit in units}
    problems: list[str] = []
    for case in cases:
        problems += (f"{case.id}: {problem}" for problem in _case_problems(case, by_id, registry))
    return problems


def check_set(cases: Sequence[Case], units: Sequence[PolicyUnit], known_questions: Iterable[str]) -> list[str]:
    """Everything that is wrong with the set as a whole: size, coverage, balance, duplicates, copies.

    Args:
        cases: both halves.
        units: all units; each must be gold in each half.
        known_questions: questions the index was built with, which a case must not repeat.
    """
    problems: list[str] = []
    halves = {split: [case for case in cases if case.split == split] for split in SPLITS}
    reported = sum(map(len, halves.values()))
    if reported < FEWEST_CASES:
        problems.append(f"{reported} cases; at least {FEWEST_CASES} are needed")
    for split, half in halves.items():
        gold = {unit_id for case in half for unit_id in case.gold}
        missing = [unit.unit_id for unit in units if unit.unit_id not in gold]
        if missing:
            problems.append(f"{split}: no case has as gold {', '.join(missing)}")
        kinds = set(KINDS) - {case.kind for case in half}
        if kinds:
            problems.append(f"{split}: no case of kind {', '.join(sorted(kinds))}")
        if 2 * abs(2 * len(half) - reported) > reported:
            problems.append(f"{split}: {len(half)} of {reported} cases; the halves must be of like size")
    problems += _duplicates(cases)
    seen = [case for case in cases if case.split != "test"]
    problems += (
        f"{case.id}: near copy of {other.id} ({similarity:.2f}, allowed below {NEAR_COPY})"
        for case, other, similarity in _copies(halves["test"], seen)
    )
    problems += _known(cases, known_questions)
    return problems


def read_known_questions(folder: Path) -> tuple[str, ...]:
    """Questions of ``corpus/questions``."""
    lines = (line for path in sorted(folder.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines())
    return tuple(json.loads(line)["question"] for line in lines if line.strip())


def gold_of_rule(rule: Rule, units: Sequence[PolicyUnit], registry: AgencyRegistry) -> tuple[str, ...]:
    """Units that ``rule`` holds for, in document order.

    Raises:
        ValueError: it names a body by a spelling that no document prints.
    """
    all_of, any_of, none_of = (_ids(names, registry) for names in (rule.all_of, rule.any_of, rule.none_of))
    every = AgencyFilter(tuple((body,) for body in all_of), Combination.ALL, excluded=none_of)
    either = AgencyFilter(tuple((body,) for body in any_of), Combination.ANY)
    return tuple(
        unit.unit_id
        for unit in units
        if every.matches(unit.agency_ids)
        and (not any_of or either.matches(unit.agency_ids))
        and rule.document in (None, unit.document)
        and rule.measure in (None, unit.measure)
        and (rule.section is None or any(heading.startswith(rule.section) for heading in unit.section))
    )


def _ids(names: Sequence[str], registry: AgencyRegistry) -> tuple[str, ...]:
    found = {name: registry.printed_so(name) for name in names}
    unclear = [name for name, bodies in found.items() if len(bodies) != 1]
    if unclear:
        raise ValueError(f"rule names {', '.join(unclear)}, which no document prints, or several; use a printed name")
    return tuple(body for bodies in found.values() for body in bodies)


def _case_problems(case: Case, units: Mapping[str, PolicyUnit], registry: AgencyRegistry) -> Iterator[str]:
    if case.kind not in KINDS:
        yield f"unknown kind {case.kind!r}; use one of {', '.join(KINDS)}"
    if case.asker not in ASKERS:
        yield f"unknown asker {case.asker!r}; use one of {', '.join(ASKERS)}"
    unknown = [unit_id for unit_id in (*case.gold, *case.also_ok) if unit_id not in units]
    if unknown:
        yield f"there are no units {', '.join(unknown)}"
        return
    if set(case.gold) & set(case.also_ok) or len(set(case.gold)) < len(case.gold):
        yield "a unit is named twice in gold and also_ok"
    if case.answerable == bool(case.refusal):
        yield "a case is either answerable or has a refusal"
    if case.answerable != bool(case.gold):
        yield "an answerable case has gold, one that is to be refused has none"
    if not case.answerable and (case.facts or case.agencies or case.also_ok):
        yield "a case that is to be refused has no facts, agencies or also_ok"
    gold = [units[unit_id] for unit_id in case.gold]
    printed = {name for unit in gold for name in unit.agencies}
    if strange := [name for name in case.agencies if name not in printed]:
        yield f"agencies not printed in a gold unit: {', '.join(strange)}"
    text = "\n".join(f"{unit.heading}\n{unit.text}" for unit in gold)
    for fact in case.facts:
        if fact.type is not FactType.COUNT and not states(text, fact):
            yield f"fact {fact} is not in the gold text"
    if case.rule:
        wanted = gold_of_rule(case.rule, list(units.values()), registry)
        if set(wanted) != set(case.gold):
            lacking, extra = set(wanted) - set(case.gold), set(case.gold) - set(wanted)
            yield f"rule gives other gold: lacking {sorted(lacking)}, too many {sorted(extra)}"


def _duplicates(cases: Sequence[Case]) -> Iterator[str]:
    ids = Counter(case.id for case in cases)
    yield from (f"{case_id}: id used {count} times" for case_id, count in ids.items() if count > 1)
    first: dict[str, str] = {}
    for case in cases:
        key = normalise("\n".join((*case.history, case.question)))
        if key in first:
            yield f"{case.id}: same question as {first[key]}"
        first.setdefault(key, case.id)


def _known(cases: Sequence[Case], known_questions: Iterable[str]) -> Iterator[str]:
    known = [(pairs(question), question) for question in known_questions]
    for case in cases:
        own = pairs(case.question)
        for other, question in known:
            if _of_like_size(own, other) and (similarity := jaccard(own, other)) >= NEAR_COPY:
                yield f"{case.id}: near copy of a question in corpus/questions ({similarity:.2f}): {question}"


def _copies(cases: Sequence[Case], others: Sequence[Case]) -> Iterator[tuple[Case, Case, float]]:
    known = [(pairs("\n".join((*other.history, other.question))), other) for other in others]
    for case in cases:
        own = pairs("\n".join((*case.history, case.question)))
        for theirs, other in known:
            if _of_like_size(own, theirs) and (similarity := jaccard(own, theirs)) >= NEAR_COPY:
                yield case, other, similarity


def pairs(text: str) -> frozenset[str]:
    """Character pairs of a text less its punctuation and blanks, in normalised form; Latin words whole."""
    folded = normalise(text)
    latin = "".join(c if c.isascii() and c.isalnum() else " " for c in folded).split()
    return frozenset((*bigrams("".join(c for c in folded if c.isalnum() and not c.isascii())), *latin))


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """|one ∩ other| / |one ∪ other| (Jaccard, 1901); 0 for two empty sets."""
    union = len(one | other)
    return len(one & other) / union if union else 0.0


def _of_like_size(one: frozenset[str], other: frozenset[str]) -> bool:
    """False where the sizes alone keep the similarity below :data:`NEAR_COPY`, which spares most comparisons."""
    return NEAR_COPY * max(len(one), len(other)) <= min(len(one), len(other))
