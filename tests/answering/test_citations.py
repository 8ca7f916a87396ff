"""A citation is printed from the record, and its quote is in the unit word for word."""

from __future__ import annotations

import pytest

from answering.citations import CitationError, cite
from index.records import Citation, Evidence, PolicyUnit
from ingest.corpus import Corpus
from tests.answering.samples import by_slug

OPENING = "鼓励贴牌生产（OEM）、委托设计（ODM）企业注册自有品牌，提升国际竞争力。"


def test_every_field_is_the_records(corpus: Corpus, unit_of: dict[str, PolicyUnit]) -> None:
    assert cite(Evidence(unit_of["plan/6"], (OPENING,)), by_slug(corpus.documents)) == Citation(
        document="《天津市推动跨境电商高质量发展实施方案》",
        measure="6",
        serial=None,
        label="《天津市推动跨境电商高质量发展实施方案》第6项",
        agencies=("市商务局", "各区人民政府"),
        quote=OPENING,
        unit_id="plan/6",
    )


def test_a_row_carries_measure_and_serial(corpus: Corpus, unit_of: dict[str, PolicyUnit]) -> None:
    citation = cite(Evidence(unit_of["task-table/34"], ()), by_slug(corpus.documents))
    assert (citation.measure, citation.serial, citation.agencies) == ("第12条", 34, ("国家外汇管理局天津市分局",))
    assert citation.label == "《天津市加快发展外贸新业态新模式若干措施》任务分工表第12条（序号34）"


@pytest.mark.parametrize(
    "sentence",
    [
        OPENING.replace("企业", "公司"),  # a word changed
        OPENING.replace("（OEM）", "(OEM)"),  # a mark changed
        "探索开展国际保理业务。",  # another unit's
    ],
)
def test_a_sentence_that_the_unit_does_not_print_is_an_error(
    sentence: str, corpus: Corpus, unit_of: dict[str, PolicyUnit]
) -> None:
    with pytest.raises(CitationError, match="plan/6 does not contain"):
        cite(Evidence(unit_of["plan/6"], (OPENING, sentence)), by_slug(corpus.documents))


def test_sentences_are_quoted_in_order(corpus: Corpus, unit_of: dict[str, PolicyUnit]) -> None:
    first = "鼓励跨境电商自主品牌“出海”。"
    citation = cite(Evidence(unit_of["plan/6"], (first, OPENING)), by_slug(corpus.documents))
    assert citation.quote == first + OPENING
