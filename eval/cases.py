"""Test cases: a question, what a right answer rests on, and the facts and bodies that it must name."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from index.records import Refusal

CASES_DIR = Path(__file__).resolve().parent / "cases"
SPLITS = ("dev", "test")  # the two halves that are reported
TRAIN = "train"  # more cases for development: thresholds are set on them and on dev, never on test
ASKERS = ("enterprise", "official", "evaluator")
KINDS = (
    "fact",
    "colloquial",
    "numeric",
    "agency",
    "agency_reverse",
    "joint",
    "number_lookup",
    "list",
    "cross_doc",
    "followup",
    "multi_hop",
    "fine_grained",
    "false_premise",
    "out_of_scope",
    "not_stated",
    "nonexistent",
    "typo",
    "traditional",
    "english",
    "injection",
)
OWN = "own"  # split and kind of a case from a reader's own test set


class CaseError(ValueError):
    """A test case can't be used; the message names the file, the line and the remedy."""


class FactType(StrEnum):
    """What a fact is, and so how it is compared."""

    QUANTITY = "quantity"
    PERCENT = "percent"
    DATE = "date"
    NAME = "name"
    TERM = "term"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something an answer must state.

    Attributes:
        type: how it is compared, see :mod:`eval.facts`.
        value: a number for quantity, percent and count; ISO 8601, perhaps only the year, for a date; else the words.
        unit: of a quantity, scale included: ``万平方米``.
    """

    type: FactType
    value: float | str
    unit: str = ""

    def __str__(self) -> str:
        number = f"{self.value:g}" if isinstance(self.value, float) and abs(self.value) < 1e6 else str(self.value)
        return {
            FactType.QUANTITY: f"{number}{self.unit}",
            FactType.PERCENT: f"{number}%",
            FactType.COUNT: f"共{number}项",
        }.get(self.type, str(self.value))


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition on units from which the gold of an aggregate case is computed; bodies by printed name."""

    all_of: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    document: str | None = None
    measure: str | None = None
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One test case.

    Attributes:
        id: unique over all splits.
        split: ``dev``, ``test`` or :data:`OWN`.
        kind: one of :data:`KINDS` (free in a reader's own set).
        asker: one of :data:`ASKERS`.
        history: earlier questions of the asker, oldest first.
        gold: exactly the units that a right answer rests on.
        also_ok: units that a right answer may cite besides.
        agencies: bodies that a right answer must name, as printed.
        facts: what a right answer must state.
        answerable, refusal: whether there is an answer, else the kind of refusal (``None``: any kind).
        rule: what ``gold`` follows from, in aggregate cases.
        note: why this gold.
        reference: an answer in words, from a reader's own set.
        gold_known: false for a reader's case that gives a reference answer but no units: citations are not scored then.
    """

    id: str
    split: str
    kind: str
    asker: str
    history: tuple[str, ...]
    question: str
    gold: tuple[str, ...]
    also_ok: tuple[str, ...]
    agencies: tuple[str, ...]
    facts: tuple[Fact, ...]
    answerable: bool
    refusal: Refusal | None
    rule: Rule | None = None
    note: str = ""
    reference: str = ""
    gold_known: bool = True

    def as_json(self) -> dict[str, Any]:
        """The case as plain JSON values."""
        return asdict(self)


def read_cases(folder: Path = CASES_DIR, splits: Sequence[str] = SPLITS) -> tuple[Case, ...]:
    """Cases of ``splits``, by split, file name and line.

    Raises:
        CaseError: there are none, or a line is not a case.
    """
    cases: list[Case] = []
    for split in splits:
        files = sorted((folder / split).glob("*.jsonl"))
        if not files:
            raise CaseError(f"{folder / split}: no case files; splits are {', '.join(SPLITS)}")
        for file in files:
            cases += (replace(case, split=split) for case in read_case_file(file))
    return tuple(cases)


def read_case_file(path: Path) -> tuple[Case, ...]:
    """Cases of one file of JSON lines.

    Raises:
        CaseError: a line is not a case; all bad lines are named.
    """
    cases: list[Case] = []
    problems: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        if not line.strip():
            continue
        try:
            cases.append(case_from_json(json.loads(line)))
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            problems.append(f"{path}:{number}: {_reason(error)}")
    if problems:
        raise CaseError("\n".join(problems))
    return tuple(cases)


def _reason(error: Exception) -> str:
    return f"field {error} is missing" if isinstance(error, KeyError) else str(error)


def case_from_json(record: Mapping[str, Any]) -> Case:
    """A case from its JSON record.

    Raises:
        KeyError, ValueError, TypeError: a field is missing or has a value that can't be used.
    """
    rule = record.get("rule")
    refusal = record.get("refusal")
    return Case(
        id=_text(record["id"], "id"),
        split=record.get("split") or OWN,
        kind=record["kind"],
        asker=record["asker"],
        history=_texts(record.get("history") or (), "history"),
        question=_text(record["question"], "question"),
        gold=_texts(record["gold"], "gold"),
        also_ok=_texts(record.get("also_ok") or (), "also_ok"),
        agencies=_texts(record.get("agencies") or (), "agencies"),
        facts=tuple(_fact(fact) for fact in record.get("facts") or ()),
        answerable=bool(record["answerable"]),
        refusal=Refusal(refusal) if refusal else None,
        rule=_rule(rule) if rule else None,
        note=record.get("note") or "",
        reference=record.get("reference") or "",
        gold_known=bool(record.get("gold_known", True)),
    )


def _text(value: object, field: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{field} must be text that is not empty, not {value!r}")
    return value


def _texts(values: object, field: str) -> tuple[str, ...]:
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise TypeError(f"{field} must be a list of texts, not {values!r}")
    return tuple(_text(value, field) for value in values)


def _fact(record: Mapping[str, Any]) -> Fact:
    type_ = FactType(record["type"])
    value = record["value"]
    if type_ in (FactType.QUANTITY, FactType.PERCENT, FactType.COUNT):
        return Fact(type_, float(value), str(record.get("unit") or ""))
    return Fact(type_, _text(str(value), "facts"))


def _rule(record: Mapping[str, Any]) -> Rule:
    unknown = set(record) - {*_RULE_BODIES, *_RULE_PLACES}
    if unknown:
        raise ValueError(f"rule has unknown fields {sorted(unknown)}")
    all_of, any_of, none_of = (_texts(record.get(name) or (), f"rule.{name}") for name in _RULE_BODIES)
    document, measure, section = (record.get(name) or None for name in _RULE_PLACES)
    return Rule(all_of, any_of, none_of, document, measure, section)


_RULE_BODIES = ("all_of", "any_of", "none_of")
_RULE_PLACES = ("document", "measure", "section")
