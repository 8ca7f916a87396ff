"""The page: what it is made of, and how it is served. A further tab is one more call in :func:`page`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import gradio as gr

from web.api import api
from web.chat import AT_ONCE, chat
from web.escape import escaped
from web.loading import Loading, State
from web.theme import theme
from web.words import LOCALES, WORDS

TITLE = "津策 · 天津外贸政策问答"
MOST_WAITING = 64  # questions in line, of each way to ask; one more is turned away
# Each question that is being answered waits in a thread, most of the time for the chat model: AT_ONCE of each of the
# three ways to ask (typed, offered, as a program). Who opens the page while it loads waits in one too.
_THREADS = 4 * AT_ONCE

_STYLE = Path(__file__).with_name("style.css")
_MASTHEAD = f'<div class="masthead"><h1>{TITLE}</h1><p>只依据所收文件回答，每条都可核对原文</p></div>'
# Gradio's page says lang="en". It sends on Enter by keypress, which browsers hold back while an input method composes;
# Safari ends the composition first and then delivers the Enter, so that one is held back here.
_HEAD = """<script>
document.documentElement.lang = "zh-CN";
for (const kind of ["keydown", "keypress"])
  document.addEventListener(kind, event => {
    if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) event.stopImmediatePropagation();
  }, true);
</script>"""


def page(loading: Loading) -> gr.Blocks:
    """The page over a service that may still be loading."""
    blocks: gr.Blocks
    with gr.Blocks(title=TITLE, fill_height=True) as blocks:
        gr.HTML(_MASTHEAD)
        state = gr.HTML()
        chat(loading)
        api(loading)

        def follow() -> Iterator[str]:
            yield from map(_state, loading.states())

        blocks.load(follow, None, state, show_progress="hidden", concurrency_limit=None, api_visibility="private")
    blocks.queue(default_concurrency_limit=AT_ONCE, max_size=MOST_WAITING)
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
        css_paths=_STYLE,
        head=_HEAD,
        i18n=gr.I18n(**dict.fromkeys(LOCALES, WORDS)),
        footer_links=[],
        run_history=False,
        max_threads=_THREADS,
        enable_monitoring=False,
        quiet=True,
        prevent_thread_lock=True,
    )
    return public or local


def _state(state: State) -> str:
    if state.service is None:
        return f'<p class="state{" failed" if state.failed else ""}" role="status">{escaped(state.words)}</p>'
    titles = "、".join(document.short_title for document in state.service.documents.values())
    held = f"{len(state.service.documents)} 份文件（{titles}），{len(state.service.units)} 条可引用的内容"
    return f'<p class="state ready" role="status">{escaped(f"{state.words}：{held}")}</p>'
