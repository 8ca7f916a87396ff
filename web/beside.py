"""What opens beside the conversation: a source, or the list of earlier conversations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gradio as gr

from web.history import listed
from web.links import Place
from web.loading import Loading
from web.source import source
from web.sources import Sources
from web.turn import Turns

if TYPE_CHECKING:
    from answering.service import Service

Side = tuple[object, object]  # updates of the column and of what it holds


class Beside:
    """The handlers of the column at the side."""

    def __init__(self, loading: Loading) -> None:
        self._loading = loading

    def opened(self, address: str, turns: Turns) -> Side:
        """The document of the unit that an address names, with the sentence that the conversation last quoted of it."""
        unit_id = Place.read(address).unit
        if not unit_id:
            return gr.skip(), gr.skip()
        with self._loading.lent() as state:
            return self._opened(unit_id, state.service, turns)

    def _opened(self, unit_id: str, service: Service | None, turns: Turns) -> Side:
        sources = Sources.of(service.units, service.documents) if service else None
        if service is None or sources is None or unit_id not in sources.units:
            return gr.skip(), gr.skip()
        document = sources.documents[sources.units[unit_id].document]
        units = sources.of_document(document.slug)
        return _open(source(document, units, service.published(document.slug), unit_id, _quoted(unit_id, turns)))

    def history(self, kept: object) -> Side:
        """The list of conversations."""
        return _open(listed(kept))

    def closed(self) -> dict[str, Any]:
        """The column, gone."""
        return gr.update(visible=False)


def _open(html: str) -> Side:
    return gr.update(visible=True), html


def _quoted(unit_id: str, turns: Turns) -> str:
    """What the latest answer that names the unit quotes of it."""
    for turn in reversed(turns):
        answer = turn.reply.answer
        for citation in (*answer.citations, *answer.related) if answer else ():
            if citation.unit_id == unit_id:
                return citation.quote
    return ""
