"""The documents as published: to read, to search, to check that nothing of them was lost, and to take in and out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from web.documents_page import DocumentsPage, Shown
from web.escape import escaped
from web.intake import Intake
from web.intake_desk import IntakeDesk
from web.links import Place, Tab
from web.loading import Loading, State
from web.login import Accounts

if TYPE_CHECKING:
    from answering.service import Service

_SCRIPT = Path(__file__).with_name("documents.js").read_text(encoding="utf-8")
_HIDDEN: dict[str, Any] = {"show_progress": "hidden", "concurrency_limit": None, "api_visibility": "private"}

Updates = tuple[object, ...]  # of text, count, steps, filter, and what they are of: edition and slug
Seen = tuple[int, str]
_NOTHING: Updates = (gr.skip(),) * 5


def documents(loading: Loading, place: gr.Textbox, tab: gr.Tab, intake: Intake, accounts: Accounts) -> IntakeDesk:
    """Lay out the tab in the block that is open; it is filled when somebody comes to it and it is empty or stale.

    Args:
        loading: gives the service when it is there.
        place: the address to go to.
        tab: to lay out.
        intake: takes documents in and out, for those whom ``accounts`` let.

    Returns:
        Where documents are taken in and out.
    """
    seen = gr.State((0, ""))
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
    desk = IntakeDesk(loading, intake, accounts)
    narrow = gr.Textbox(
        elem_id="documents-filter",
        label="筛选文件",
        placeholder="标题、地区、文号或年份，如 武汉 2025",
        max_lines=1,
        max_length=60,
        visible=False,
    )
    text = gr.HTML('<p class="waiting" role="status">正在打开文件…</p>', elem_id="documents-text")

    reading = _Reading(loading)
    shown = [text, found, steps, narrow, seen]
    tab.select(reading.chosen, seen, shown, **_HIDDEN)
    tab.select(desk.admitted, None, desk.parts, **_HIDDEN)
    place.change(reading.followed, [place, seen], shown, **_HIDDEN).then(
        None, place, None, js=_call("show", "address"), api_visibility="private"
    )
    box.submit(reading.found, box, shown, **_HIDDEN).then(
        None, None, None, js=_call("step", "1"), api_visibility="private"
    )
    # Its change: of input a text box tells by keypress only, of which an input method makes none.
    narrow.change(reading.narrowed, narrow, shown, trigger_mode="always_last", **_HIDDEN)
    for event in desk.done:
        event.then(reading.chosen, seen, shown, **_HIDDEN)
    for button, by in ((back, "-1"), (on, "1")):
        button.click(None, None, None, js=_call("step", by), api_visibility="private")
    return desk


def _call(name: str, argument: str) -> str:
    """JavaScript for an event: a function of ``documents.js``."""
    return f"(address) => {{ const {{show, step}} = {_SCRIPT}; {name}({argument}); }}"


class _Reading:
    """The handlers of the tab's events."""

    def __init__(self, loading: Loading) -> None:
        self._loading = loading
        self._made = lru_cache(maxsize=1)(DocumentsPage)

    def chosen(self, seen: Seen) -> Iterator[Updates]:
        """Fill the tab where it is empty, or was filled of another edition of the index."""
        if seen[0] and seen[0] == self._loading.state.edition:
            yield _NOTHING
            return
        yield from self._opened(lambda page: page.document(seen[1]) if seen[1] else page.start())

    def followed(self, address: str, seen: Seen) -> Iterator[Updates]:
        """Show what an address of this tab names."""
        place = Place.read(address)
        if place.tab is not Tab.DOCUMENTS:
            yield _NOTHING
            return
        slug = place.document or place.unit.partition("/")[0]
        if seen[0] and self._is_one_page():
            yield from self.chosen(seen)
        else:
            yield from self._opened(lambda page: page.document(slug, place.words) if slug else page.start())

    def found(self, typed: str) -> Updates:
        """Look for words in all documents."""
        with self._loading.lent() as state:
            return _updates(self._page(state).search(typed)) if state.service else _NOTHING

    def narrowed(self, typed: str) -> Updates:
        """List the documents that a filter leaves."""
        with self._loading.lent() as state:
            return _updates(self._page(state).start(typed)) if state.service else _NOTHING

    def _is_one_page(self) -> bool:
        with self._loading.lent() as state:
            return state.service is not None and self._page(state).together

    def _opened(self, make: Callable[[DocumentsPage], Shown]) -> Iterator[Updates]:
        """What the page makes, when there is a service; until then what is waited for."""
        for state in self._loading.states():
            if not state.settled:
                yield f'<p class="waiting" role="status">{escaped(state.words)}</p>', *_NOTHING[1:]
        if state.service is None:
            yield f'<p class="waiting" role="alert">{escaped(state.words)}</p>', *_NOTHING[1:]
            return
        with self._loading.lent() as state:
            yield _updates(make(self._page(state)))

    def _page(self, state: State) -> DocumentsPage:
        service: Service | None = state.service
        assert service is not None  # the callers have seen it
        return self._made(service, state.edition)


def _updates(shown: Shown) -> Updates:
    return (
        shown.html,
        shown.found,
        gr.update(visible=bool(shown.found)),
        gr.update(visible=shown.many),
        (shown.edition, shown.slug),
    )
