"""The tutorial's retrieval, alone and with a scripted chat model behind it."""

from __future__ import annotations

import pytest

from eval.material import Material
from eval.tutorial import Tutorial, TutorialWithModel
from index.records import Refusal
from tests.chat_server import chat_server


def test_every_unit_of_which_a_chunk_holds_half_is_cited(material: Material) -> None:
    unit = material.units[16]
    answer = Tutorial(material).ask(unit.text)
    assert unit.unit_id in {citation.unit_id for citation in answer.citations}
    assert len(answer.citations) > 1
    assert answer.answer.count("\n\n") >= 3


def test_what_the_model_names_is_cited_and_what_it_invents_is_not(material: Material) -> None:
    with chat_server(lambda _: "支持海外仓。\n依据：任务分工表序号7；实施方案第14项；任务分工表第99条") as server:
        answer = TutorialWithModel(material, server.settings).ask("海外仓有什么支持？")
    assert [citation.unit_id for citation in answer.citations] == ["task-table/7", "plan/14"]
    assert answer.answered
    prompt = server.asked[0]["messages"][-1]["content"]
    assert "海外仓有什么支持？" in prompt
    assert len(prompt) > 1500, "four chunks of 500 characters"


@pytest.mark.parametrize(("reply", "answered"), [("无法回答", False), ("有支持，但没有写依据。", True)])
def test_a_model_may_refuse_and_may_forget_to_cite(material: Material, reply: str, answered: bool) -> None:
    with chat_server(lambda _: reply) as server:
        answer = TutorialWithModel(material, server.settings).ask("补贴多少钱？")
    assert (answer.answered, answer.citations) == (answered, ())
    assert answer.refusal is (None if answered else Refusal.NOT_STATED)
