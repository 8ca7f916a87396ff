"""The least that a Gradio chat can be: ``python bench/empty_chat.py PORT``."""

from __future__ import annotations

import sys


def main(port: int) -> None:
    """Serve a chat that says what it was told, until interrupted."""
    import gradio as gr

    gr.ChatInterface(lambda message, history: message, api_name="chat").launch(server_port=port, quiet=True)  # noqa: ARG005


if __name__ == "__main__":
    main(int(sys.argv[1]))
