"""A document in pieces: put together again they are what was published."""

from __future__ import annotations

import pytest

from index.published import UNIT, Published
from index.records import PolicyUnit
from index.settings import Settings
from ingest.corpus import read_corpus
from ingest.documents import read_documents
from ingest.units import strip_noise


@pytest.fixture(scope="module")
def library() -> dict[str, Published]:
    return {
        item.published.document.slug: item.published
        for item in read_documents(read_corpus(Settings().corpus_dir)).documents
    }


def test_the_characters_add_up(library: dict[str, Published]) -> None:
    for item in library.values():
        source = Settings().corpus_dir / "documents" / item.document.path
        assert item.characters == len(source.read_text(encoding="utf-8"))
        assert item.in_units + sum(count for _, count in item.parts) == item.characters
        assert item.problems == ()


def test_pieces_stand_in_the_order_of_the_source(library: dict[str, Published], units: tuple[PolicyUnit, ...]) -> None:
    texts = {unit.unit_id: unit.text for unit in units}
    for slug, item in library.items():
        source = strip_noise((Settings().corpus_dir / "documents" / item.document.path).read_text(encoding="utf-8"))
        whole = "".join(source.split())
        position = 0
        for passage in item.passages:
            piece = "".join((texts[passage.unit_id] if passage.kind == UNIT else passage.text).split())
            position = whole.index(piece, position) + len(piece)
        assert [passage.unit_id for passage in item.passages if passage.kind == UNIT] == [
            unit.unit_id for unit in units if unit.document == slug
        ]


def test_what_is_no_unit_is_named_and_lines_of_a_title_are_joined(library: dict[str, Published]) -> None:
    kinds = [passage.kind for passage in library["plan"].passages if passage.kind not in (UNIT, "heading")]
    assert kinds == [*("title", "salutation", "notice", "signature", "date", "publication mark", "title", "preamble")]
    assert library["plan"].passages[0].text == "天津市人民政府办公厅关于印发天津市推动跨境电商高质量发展实施方案的通知"
    assert [passage.text for passage in library["plan"].passages if passage.kind == "heading"] == [
        *("一、总体要求", "二、主要任务", "（一）培育壮大经营主体", "（二）创新发展模式"),
        *("（三）优化服务供给", "（四）构建良好产业生态", "三、保障措施"),
    ]
