"""The tutorial's retrieval, alone and with a scripted chat model behind it."""

from __future__ import annotations

import pytest

from eval.material import Material
from eval.tutorial import Tutorial, TutorialWithModel
from index.agencies import AgencyRegistry
from index.embedding import Embedder
from index.records import Document, PolicyUnit, Refusal
from index.settings import Settings
from index.text import Segmenter
from tests.chat_server import chat_server
from tests.samples import WordEmbedder


class SmallMaterial(Material):
    segmenter: Segmenter = Segmenter()
    embedder: Embedder = WordEmbedder()


@pytest.fixture(scope="module")
def material(units: tuple[PolicyUnit, ...], documents: dict[str, Document], registry: AgencyRegistry) -> SmallMaterial:
    return SmallMaterial(Settings(), units, documents, registry)


def test_every_unit_of_which_a_chunk_holds_half_is_cited(material: SmallMaterial) -> None:
    unit = material.units[16]
    answer = Tutorial(material).ask(unit.text)
    assert unit.unit_id in {citation.unit_id for citation in answer.citations}
    assert len(answer.citations) > 1
    assert answer.answer.count("\n\n") >= 3


def test_what_the_model_names_is_cited_and_what_it_invents_is_not(material: SmallMaterial) -> None:
    with chat_server(lambda _: "支持海外仓。\n依据：任务分工表序号7；实施方案第14项；任务分工表第99条") as server:
        answer = TutorialWithModel(material, server.settings).ask("海外仓有什么支持？")
    assert [citation.unit_id for citation in answer.citations] == ["task-table/7", "plan/14"]
    assert answer.answered
    prompt = server.asked[0]["messages"][-1]["content"]
    assert "海外仓有什么支持？" in prompt
    assert len(prompt) > 1500, "four chunks of 500 characters"


@pytest.mark.parametrize(("reply", "answered"), [("无法回答", False), ("有支持，但没有写依据。", True)])
def test_a_model_may_refuse_and_may_forget_to_cite(material: SmallMaterial, reply: str, answered: bool) -> None:
    with chat_server(lambda _: reply) as server:
        answer = TutorialWithModel(material, server.settings).ask("补贴多少钱？")
    assert (answer.answered, answer.citations) == (answered, ())
    assert answer.refusal is (None if answered else Refusal.NOT_STATED)
