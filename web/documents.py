"""The documents as published: to read, to search, and to check that nothing of them was lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from web.documents_html import contents, document
from web.documents_search import Marker, Wanted, wanted
from web.escape import escaped
from web.links import Place, Tab
from web.loading import Loading
from web.sources import Sources

if TYPE_CHECKING:
    from answering.service import Service

_SCRIPT = Path(__file__).with_name("documents.js").read_text(encoding="utf-8")
_HIDDEN: dict[str, Any] = {"show_progress": "hidden", "concurrency_limit": None, "api_visibility": "private"}


def documents(loading: Loading, place: gr.Textbox, tab: gr.Tab) -> None:
    """Lay out the tab in the block that is open; it is filled when somebody first comes to it."""
    filled = gr.State(False)
    with gr.Row(elem_id="documents-search"):
        box = gr.Textbox(
            elem_id="documents-words",
            label="在文件里查找",
            show_label=False,
            placeholder="在文件里查找，如：海外仓、外管局",
            submit_btn="查找",
            max_lines=1,
            scale=1,
            container=False,
            html_attributes=gr.InputHTMLAttributes(enterkeyhint="search"),
        )
        with gr.Row(elem_id="documents-steps", visible=False) as steps:
            found = gr.HTML(elem_id="documents-found")
            back = gr.Button("上一处", size="md", min_width=72)
            on = gr.Button("下一处", size="md", min_width=72)
    shown = gr.HTML('<p class="waiting" role="status">正在打开文件…</p>', elem_id="documents-text")

    def fill(already: bool) -> Iterator[tuple[object, object]]:
        if already:
            yield gr.skip(), gr.skip()
            return
        yield from ((html, done) for html, done in _opened(loading))

    def follow(address: str, already: bool) -> Iterator[tuple[object, object]]:
        yield from fill(already or Place.read(address).tab is not Tab.DOCUMENTS)

    tab.select(fill, filled, [shown, filled], **_HIDDEN)
    place.change(follow, [place, filled], [shown, filled], **_HIDDEN).then(
        None, place, None, js=_call("show", "address"), api_visibility="private"
    )
    box.submit(_finding(loading), box, [shown, found, steps], **_HIDDEN).then(
        None, None, None, js=_call("step", "1"), api_visibility="private"
    )
    for button, by in ((back, "-1"), (on, "1")):
        button.click(None, None, None, js=_call("step", by), api_visibility="private")


def _call(name: str, argument: str) -> str:
    """JavaScript for an event: a function of ``documents.js``."""
    return f"(address) => {{ const {{show, step}} = {_SCRIPT}; {name}({argument}); }}"


def _opened(loading: Loading) -> Iterator[tuple[str, bool]]:
    """The tab's HTML as it becomes ready, and whether it is that."""
    for state in loading.states():
        if not state.settled:
            yield f'<p class="waiting" role="status">{escaped(state.words)}</p>', False
    if state.service is None:
        yield f'<p class="waiting" role="alert">{escaped(state.words)}</p>', False
        return
    yield _page(state.service, Wanted())[0], True


def _finding(loading: Loading) -> Callable[[str], tuple[object, object, object]]:
    """The handler of a search: the documents with the hits marked, how many there are, and the buttons if any."""

    def find(typed: str) -> tuple[object, object, object]:
        service = loading.settled().service
        if service is None:
            return gr.skip(), gr.skip(), gr.skip()
        looked_for = wanted(typed, service.registry)
        html, counts = _page(service, looked_for)
        return html, found_html(looked_for, counts), gr.update(visible=bool(looked_for.spellings))

    return find


def _page(service: Service, looked_for: Wanted) -> tuple[str, dict[str, int]]:
    """Contents and documents as HTML, and the number of hits by short title."""
    sources = Sources.of(service.units, service.documents)
    texts: list[str] = []
    counts: dict[str, int] = {}
    for published in service.library:
        marker = Marker(looked_for)
        texts.append(document(published, sources, marker))
        counts[published.document.short_title] = marker.hits
    listed = contents(service.library, sources)
    return (
        '<div class="library">'
        f'<nav class="beside" aria-label="目录">{listed}</nav>'
        f'<details class="above"><summary>目录</summary><nav aria-label="目录">{listed}</nav></details>'
        f'<div class="texts">{"".join(texts)}</div></div>'
    ), counts


def found_html(looked_for: Wanted, counts: dict[str, int]) -> str:
    """How many hits there are, in all and by document, and which of them is shown."""
    total = sum(counts.values())
    if not total:
        return f'<p role="status">没有找到“{escaped(looked_for.typed)}”，换个说法试试</p>'
    each = "，".join(f"{escaped(title)} {count} 处" for title, count in counts.items())
    return f'<p role="status"><b><span class="at">1</span> / {total} 处</b><span class="each">{each}</span></p>'
