from __future__ import annotations

from typing import Any

import gradio as gr

from answering.service import Service
from web.beside import Beside
from web.loading import Loading
from web.reply import shown
from web.sources import Sources
from web.turn import Turn


def test_a_unit_opens_with_what_the_latest_answer_quoted_of_it(
    loaded: Loading, service: Service, sources: Sources
) -> None:
    answer = service.ask("综服企业能得到什么支持？")
    turns = (Turn(answer.question, shown(answer, sources)),)
    column, html = Beside(loaded).opened("?unit=task-table/11#1", turns)
    assert column == gr.update(visible=True)
    assert str(html).count("<mark>") == 1
    assert "<mark>" not in str(Beside(loaded).opened("?unit=task-table/11#1", ())[1])
    assert "<mark>" in str(Beside(loaded).opened(f"?unit={answer.related[0].unit_id}", turns)[1])


def test_other_addresses_open_nothing(loaded: Loading) -> None:
    for address in ("", "?", "?q=问", "?unit=plan/99", "?body=safe"):
        assert Beside(loaded).opened(address, ()) == (gr.skip(), gr.skip())


def test_it_lists_conversations_and_closes(loaded: Loading) -> None:
    html: Any = Beside(loaded).history([])[1]
    assert "历史对话" in html
    assert Beside(loaded).closed() == gr.update(visible=False)
