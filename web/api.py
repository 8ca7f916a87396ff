"""The page's JSON API: ``POST /gradio_api/call/ask``."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import gradio as gr
from gradio.events import api as endpoint

from web.loading import Loading, State
from web.reply import BROKEN

_log = logging.getLogger(__name__)


def api(loading: Loading) -> None:
    """Add the endpoint to the block that is open."""
    endpoint(asking(loading), api_name="ask")


def asking(loading: Loading) -> Callable[[str, list[str]], dict[str, Any]]:
    """The function behind the endpoint; its docstring and types are the endpoint's published description."""

    def ask(question: str, history: list[str]) -> dict[str, Any]:
        """Answer a question from the policy documents.

        Args:
            question: the question, in Chinese, at most 1000 characters.
            history: earlier questions of the same conversation, oldest first; may be empty.

        Returns:
            The answer with its citations: id, question, answered, refusal, answer, citations, related, understood,
            latency_ms; and generation, only when a chat model was asked: model, verified, dropped and repaired
            (sentences), tokens (prompt, completion), first_verified_ms, failure (null, or why the documents' own words
            stand instead of the model's, or after them).
        """
        with loading.lent() as state:
            return _asked(state, question, history)

    return ask


def _asked(state: State, question: str, history: list[str]) -> dict[str, Any]:
    if state.service is None:
        raise gr.Error(state.words, print_exception=False)
    from answering.service import QuestionError  # loaded by now; at the top it would delay the page

    try:
        return state.service.ask(question, history).as_json()
    except QuestionError as error:
        raise gr.Error(str(error), print_exception=False) from error
    except Exception as error:
        _log.exception("no answer to %r", question[:200])
        raise gr.Error(BROKEN, print_exception=False) from error
