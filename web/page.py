"""The page: what it is made of, and how it is served. A further tab is one more call in :func:`page`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from web.api import api
from web.chat import chat
from web.documents import documents
from web.duties import duties
from web.escape import escaped
from web.evaluation import evaluation
from web.links import Place, Tab
from web.loading import Loading, State
from web.theme import theme
from web.words import LOCALES, WORDS

TITLE = "津策 · 天津外贸政策问答"

_STYLES = [Path(__file__).with_name(name) for name in ("style.css", "duties.css")]
_MASTHEAD = f'<div class="masthead"><h1>{TITLE}</h1><p>只依据所收文件回答，每条都可核对原文</p></div>'
_SCRIPT = Path(__file__).with_name("page.js")


def page(loading: Loading) -> gr.Blocks:
    """The page over a service that may still be loading."""
    blocks: gr.Blocks
    with gr.Blocks(title=TITLE, fill_height=True) as blocks:
        gr.HTML(_MASTHEAD)
        state = gr.HTML(elem_id="state")
        place = gr.Textbox(elem_id="place", visible="hidden")
        with gr.Tabs(elem_id="tabs") as tabs:
            with gr.Tab("问答", id=Tab.CHAT, elem_id=Tab.CHAT):
                chat(loading)
            with gr.Tab("责任清单", id=Tab.DUTIES, elem_id=Tab.DUTIES):
                duties(loading, place)
            with gr.Tab("文件", id=Tab.DOCUMENTS, elem_id=Tab.DOCUMENTS):
                documents(loading, place)
            with gr.Tab("评测", id=Tab.EVALUATION, elem_id=Tab.EVALUATION):
                evaluation(loading)
        api(loading)

        def follow() -> Iterator[str]:
            yield from map(_state, loading.states())

        unseen: dict[str, Any] = {"show_progress": "hidden", "concurrency_limit": None, "api_visibility": "private"}
        blocks.load(follow, None, state, **unseen)
        blocks.load(_address, None, place, queue=False, **unseen)
        place.change(_tab, place, tabs, queue=False, **unseen)
    blocks.queue(default_concurrency_limit=4, max_size=64)
    return blocks


def launch(blocks: gr.Blocks, *, host: str, port: int, share: bool) -> str:
    """Serve ``blocks`` and return its address; ``blocks.block_thread()`` then waits until it is stopped.

    Raises:
        OSError: the port is taken.
    """
    _, local, public = blocks.launch(
        server_name=host,
        server_port=port,
        share=share,
        theme=theme(),
        css_paths=_STYLES,
        head=f"<script>{_SCRIPT.read_text(encoding='utf-8')}</script>",
        i18n=gr.I18n(**dict.fromkeys(LOCALES, WORDS)),
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        quiet=True,
        prevent_thread_lock=True,
    )
    return public or local


def _address(request: gr.Request) -> str:
    """The query string that the page was opened with."""
    return f"?{request.query_params}"


def _tab(address: str) -> object:
    """The tab of an address; one that says nothing leaves the tab that was clicked meanwhile."""
    return gr.skip() if address == "?" else gr.Tabs(selected=Place.read(address).tab)


def _state(state: State) -> str:
    if state.service is None:
        return f'<p class="state{" failed" if state.failed else ""}" role="status">{escaped(state.words)}</p>'
    titles = "、".join(document.short_title for document in state.service.documents.values())
    held = f"{len(state.service.documents)} 份文件（{titles}），{len(state.service.units)} 条可引用的内容"
    return f'<p class="state ready" role="status">{escaped(f"{state.words}：{held}")}</p>'
