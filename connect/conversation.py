"""Conversations as chat programs send them, and an answer as they show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from index.records import Answer, Citation


class ConversationError(ValueError):
    """Messages that end in no question; the message says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A question and the asker's earlier ones, oldest first."""

    question: str
    history: tuple[str, ...]

    @classmethod
    def read(cls, messages: Sequence[Mapping[str, Any]]) -> Conversation:
        """Read messages of ``role`` and ``content``; only those of the role ``user`` count.

        Raises:
            ConversationError: the last message is not the user's, or one of theirs holds something else than text.
        """
        if not messages or messages[-1].get("role") != "user":
            raise ConversationError("messages 的最后一条应当是用户的问题（role 为 user）。")
        *history, question = (_text(message.get("content")) for message in messages if message.get("role") == "user")
        return cls(question, tuple(history))


def markdown(answer: Answer) -> str:
    """The answer's text, ending in a list of what it rests on, unless it has said so of each already."""
    return f"{answer.answer}{_basis(answer.answer, answer.citations)}"


def _basis(text: str, citations: Sequence[Citation]) -> str:
    rest = [citation.label for citation in citations]
    if not rest or all(f"**依据**：{label}" in text for label in rest):
        return ""
    rows = "\n".join(f"{number}. {label}" for number, label in enumerate(rest, 1))
    return f"\n\n**依据**：\n\n{rows}"


def _text(content: object) -> str:
    """The text of a message: a string, or parts of the type ``text``."""
    if isinstance(content, str):
        return content
    texts = [part.get("text") for part in content if isinstance(part, Mapping)] if isinstance(content, list) else [None]
    written = [text for text in texts if isinstance(text, str)]
    if len(written) < len(texts):
        raise ConversationError("只能读文字：content 应为文本，或由 type 为 text 的部分组成。")
    return "".join(written)
