"""Running a test set and reading its report."""

from __future__ import annotations

import gradio as gr

from web.loading import Loading


def evaluation(loading: Loading) -> None:
    """Lay out the tab in the block that is open."""
    gr.HTML("<h2>评测</h2>")
