from __future__ import annotations

from dataclasses import replace
from typing import Any

from duties.ledger import Ledger
from index.agencies import AgencyRegistry
from index.records import PolicyUnit
from ingest.corpus import Corpus
from web.duties_choices import (
    MOST_CHOICES,
    MOST_DIVIDED,
    NATION,
    body_choices,
    document_choices,
    parts_of,
    places_of,
    region_choices,
)


def ledger(corpus: Corpus, units: tuple[PolicyUnit, ...], registry: AgencyRegistry, count: int) -> Ledger:
    """The repository's documents, and ``count`` more of 武汉市 without measures."""
    plan = corpus.documents[1]
    others = {f"d{number}": replace(plan, slug=f"d{number}", region="武汉市") for number in range(count)}
    return Ledger(units, {document.slug: document for document in corpus.documents} | others, registry)


def test_bodies_of_several_places_are_told_by_their_full_names(
    corpus: Corpus, units: tuple[PolicyUnit, ...], registry: AgencyRegistry
) -> None:
    assert body_choices(ledger(corpus, units, registry, 0), ["commerce", "commerce"]) == [
        ("市商务局（55）", "commerce")
    ]
    assert body_choices(ledger(corpus, units, registry, 1), ["commerce"]) == [("天津市商务局（55）", "commerce")]


def test_documents_are_as_many_as_fit_with_their_region(
    corpus: Corpus, units: tuple[PolicyUnit, ...], registry: AgencyRegistry
) -> None:
    few = ledger(corpus, units, registry, 0)
    assert document_choices(few, few.documents) == [("任务分工表", "task-table"), ("实施方案", "plan")]
    many = ledger(corpus, units, registry, MOST_CHOICES)
    shown = document_choices(many, many.documents)
    assert len(shown) == MOST_CHOICES
    assert shown[2] == ("武汉市：实施方案", "d0")


def test_regions_are_offered_and_read_back(
    corpus: Corpus, units: tuple[PolicyUnit, ...], registry: AgencyRegistry
) -> None:
    assert region_choices(ledger(corpus, units, registry, 1)) == [("天津市", "天津市"), ("武汉市", "武汉市")]
    assert places_of(["天津市", NATION]) == ("天津市", None)


def test_sections_and_measures_of_many_documents_wait_for_a_choice(
    corpus: Corpus, units: tuple[PolicyUnit, ...], registry: AgencyRegistry
) -> None:
    many = ledger(corpus, units, registry, MOST_DIVIDED)
    sections: Any
    measures: Any
    sections, measures = parts_of(many, many.documents)
    assert (sections["choices"], measures["choices"], sections["info"]) == ([], [], "先选文件")
    sections, measures = parts_of(many, ["plan"])
    assert sections["choices"][0] == "一、总体要求"
    assert ("实施方案 第14项", "plan/14") in measures["choices"]
    assert not any(key.startswith("task-table") for _, key in measures["choices"])
