"""A conversation as Gradio hands it over, and what the service wants of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from web.escape import typed

Message = Mapping[str, Any]


def user_turns(messages: Sequence[Message]) -> tuple[str, ...]:
    """The asker's own words in ``messages``, oldest first.

    Args:
        messages: Gradio's messages: ``content`` is a string, or a list of blocks of which those of type ``text`` count.
    """
    return tuple(typed(_text(message["content"])) for message in messages if message["role"] == "user")


def _text(content: object) -> str:
    if isinstance(content, str):
        return content
    if not isinstance(content, Sequence):
        return ""
    return "".join(block["text"] for block in content if isinstance(block, Mapping) and block.get("type") == "text")
