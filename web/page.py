"""The page: what it is made of, and how it is served. A further tab is one more call in :func:`page`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from feedback.store import FeedbackStore
from index.settings import Settings, WebSettings
from web.api import api
from web.bilingual import both
from web.chat import chat
from web.documents import documents
from web.duties import duties
from web.escape import escaped
from web.evaluation import evaluation
from web.examples import are_our_own, examples_of
from web.intake import Intake
from web.limits import LARGEST_FILE
from web.links import Place, Tab
from web.loading import Loading, State
from web.login import WELCOME, Accounts
from web.server import believe, served, unnamed
from web.theme import theme
from web.welcome import welcome
from web.words import LOCALES, said

TITLE = "津策 · 天津外贸政策问答"  # of the documents that come with it
TITLE_ELSE = "津策 · 政策问答"
MOST_WAITING = 64  # questions in line, of each way to ask; one more is turned away
# Who is answered, who waits in line and who watches the page load each holds a thread, most of the time asleep.
_THREADS = 2 * MOST_WAITING

_NAMED = 4  # documents that the line of the state names

_STYLES = [Path(__file__).with_name(f"{name}.css") for name in ("style", "duties", "documents", "intake", "evaluation")]
_MOTTO = both(
    "只依据所收文件回答，每条都可核对原文", "Answers from the documents held here only, each one with its source"
)
_SCRIPT = Path(__file__).with_name("page.js")


def page(loading: Loading, settings: Settings, feedback: FeedbackStore, intake: Intake) -> gr.Blocks:
    """The page over a service that may still be loading.

    Args:
        loading: gives the service when it is there.
        settings: the service is made with.
        feedback: where what askers say of answers goes.
        intake: takes documents in and out, for who logged in.
    """
    blocks: gr.Blocks
    with gr.Blocks(title=TITLE, fill_height=True) as blocks:
        masthead = gr.HTML(_masthead(TITLE))
        state = gr.HTML(elem_id="state")
        place = gr.Textbox(elem_id="place", visible="hidden")
        unseen: dict[str, Any] = {"show_progress": "hidden", "concurrency_limit": None, "api_visibility": "private"}
        with gr.Tabs(elem_id="tabs") as tabs:
            # Of all that follows an address the first: coming late, it would take back the next choice of a tab.
            place.change(lambda address: gr.Tabs(selected=Place.read(address).tab), place, tabs, queue=False, **unseen)
            with gr.Tab(said("tab.chat"), id=Tab.CHAT, elem_id=Tab.CHAT):
                first_view = chat(loading, place, feedback, settings.web.answers_at_once)
            with gr.Tab(said("tab.duties"), id=Tab.DUTIES, elem_id=Tab.DUTIES) as tab:
                duties(loading, place, tab)
            with gr.Tab(said("tab.documents"), id=Tab.DOCUMENTS, elem_id=Tab.DOCUMENTS) as tab:
                desk = documents(loading, place, tab, intake, Accounts(settings.web.accounts))
            with gr.Tab(said("tab.evaluation"), id=Tab.EVALUATION, elem_id=Tab.EVALUATION) as tab:
                evaluation(loading, place, tab, settings)
        api(loading)

        def follow() -> Iterator[tuple[object, object, object]]:
            yield from map(_followed, loading.states())

        blocks.load(follow, None, [state, masthead, first_view], **unseen)
        for event in desk.done:
            event.then(lambda: _followed(loading.state), None, [state, masthead, first_view], queue=False, **unseen)
        blocks.load(desk.admitted, None, desk.parts, **unseen)
        blocks.load(_address, None, place, queue=False, **unseen)
    blocks.queue(default_concurrency_limit=settings.web.answers_at_once, max_size=MOST_WAITING)
    return blocks


def launch(blocks: gr.Blocks, loading: Loading, settings: WebSettings, *, host: str, port: int, share: bool) -> str:
    """Serve ``blocks`` and the APIs and return their address; ``blocks.block_thread()`` waits until it is stopped.

    Raises:
        OSError: the port is taken.
    """
    accounts = Accounts(settings.accounts)
    believe(settings)
    _, local, public = blocks.launch(
        server_name=host,
        server_port=port,
        share=share,
        theme=theme(),
        css_paths=_STYLES,
        head=f"<script>{_SCRIPT.read_text(encoding='utf-8')}</script>",
        i18n=gr.I18n(**LOCALES),
        footer_links=[],
        run_history=False,
        max_threads=_THREADS,
        enable_monitoring=False,
        quiet=True,
        prevent_thread_lock=True,
        auth=accounts.holds if accounts else None,
        auth_message=WELCOME,
        max_file_size=LARGEST_FILE,
        app_kwargs=served(loading, accounts, settings),
    )
    unnamed(blocks.server)
    return public or local


def _address(request: gr.Request) -> str:
    """The query string that the page was opened with; without one nothing changes, and no tab just chosen is left."""
    return f"?{request.query_params}" if request.query_params else ""


def _masthead(title: str) -> str:
    return f'<div class="masthead"><h1>{title}</h1><p>{_MOTTO}</p></div>'


def _followed(state: State) -> tuple[object, object, object]:
    """The line that tells the state, and what of the head and the first view follows from the documents."""
    if state.service is None:
        return _state(state), gr.skip(), gr.skip()
    if are_our_own(state.service.documents):
        return _state(state), _masthead(TITLE), welcome()
    return _state(state), _masthead(TITLE_ELSE), welcome(examples_of(state.service))


def _state(state: State) -> str:
    if state.service is None:
        return f'<p class="state{" failed" if state.failed else ""}" role="status">{escaped(state.words)}</p>'
    titles = [document.short_title for document in state.service.documents.values()]
    named = "、".join(titles[:_NAMED]) + (" 等" if len(titles) > _NAMED else "")
    held = f"{len(titles)} 份文件（{named}），{len(state.service.units)} 条可引用的内容"
    return f'<p class="state ready" role="status">{escaped(f"{state.words}：{held}")}</p>'
