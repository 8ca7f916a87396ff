"""The responsibility list: tasks of the bodies chosen."""

from __future__ import annotations

import gradio as gr

from web.loading import Loading


def duties(loading: Loading, place: gr.Textbox) -> None:
    """Lay out the tab in the block that is open."""
    gr.HTML("<h2>责任清单</h2>")
