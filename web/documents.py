"""The documents as published, readable."""

from __future__ import annotations

import gradio as gr

from web.loading import Loading


def documents(loading: Loading, place: gr.Textbox) -> None:
    """Lay out the tab in the block that is open."""
    gr.HTML("<h2>文件</h2>")
