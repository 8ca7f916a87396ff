"""Each ablation switches off one part, and leaves the others as they are."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest

from answering.service import Service
from eval.ablations import ablations
from index.records import Refusal
from index.settings import Settings
from ingest.build import build
from tests.answering.samples import cited, plan, table

PARTS = {name.removeprefix("without "): make for name, make in ablations(build).items()}
Open = Callable[[str], Service]
QUESTIONS = (
    "卖到国外被退回来的货怎么处理",
    "海外仓要建多大面积",
    "小微企业多少钱以下可以免名录登记",
    "老字号怎么做跨境电商",
)


@pytest.fixture(scope="module")
def without(index_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    """Opens the product without the part named, once, with what it writes in a folder of the test run."""
    opened: dict[str, Service] = {}

    def system(part: str) -> Service:
        if part not in opened:
            opened[part] = cast(Service, PARTS[part](index_settings))
        return opened[part]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(tmp_path_factory.mktemp("ablations")))
        yield system
    for service in opened.values():
        service.close()


def rankings(service: Service) -> list[tuple[str, ...]]:
    return [service.ranking(question) for question in QUESTIONS]


@pytest.mark.parametrize("part", PARTS)
def test_what_is_looked_up_needs_no_part_that_is_switched_off(part: str, without: Open) -> None:
    service = without(part)
    assert cited(service.ask("任务分工表序号27归谁管？")) == table(27)
    assert cited(service.ask("证监局有哪些任务")) == table(33)


@pytest.mark.parametrize("part", ["doc2query", "dense", "lexical"])
def test_search_without_a_part_of_it_ranks_otherwise(part: str, without: Open, service: Service) -> None:
    assert rankings(without(part)) != rankings(service)


def test_search_without_weighing_is_the_product_s(without: Open, service: Service) -> None:
    assert rankings(without("weighing")) == rankings(service)


def test_without_weighing_nothing_searched_is_refused(without: Open, service: Service) -> None:
    for question, refusal in (("企业的公积金怎么提取", Refusal.OUT_OF_SCOPE), ("海外仓补贴多少钱", Refusal.NOT_STATED)):
        assert service.ask(question).refusal is refusal
        assert without("weighing").ask(question).answered


def test_without_questions_the_words_that_only_they_hold_are_unknown(
    without: Open, service: Service, index_settings: Settings
) -> None:
    """进项票 stands in questions about row 1 of the table, and in no document."""
    documents = (index_settings.corpus_dir / "documents").glob("*.txt")
    assert not any("进项票" in file.read_text(encoding="utf-8") for file in documents)
    question = "没有进项票怎么办"
    assert service.ranking(question)[0] == table(1)[0]
    assert without("doc2query").ranking(question)[0] != table(1)[0]
    assert cited(without("doc2query").ask("实施方案第14项")) == plan(14)


def test_the_corpus_stays_as_it_is(without: Open, index_settings: Settings) -> None:
    without("doc2query")
    assert list((index_settings.corpus_dir / "questions").glob("*.jsonl"))
    copies = list(Path(tempfile.gettempdir()).glob("jince-ablation-*"))
    assert [list(copy.glob("corpus/questions")) for copy in copies] == [[]]
