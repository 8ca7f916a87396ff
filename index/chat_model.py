"""The chat model's client: any server that speaks OpenAI's chat completions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.settings import ChatSettings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_RETRIES = 2


def open_chat_model(settings: ChatSettings) -> BaseChatModel:
    """A client of the configured model; nothing is sent before it is asked.

    Replies are as repeatable as the server allows (temperature 0). A server's name for its model never changes which
    of its interfaces is used, and the tokens used are asked for.
    """
    from langchain_openai import ChatOpenAI
    from pydantic import SecretStr

    return ChatOpenAI(
        base_url=settings.base_url,
        model=settings.model,
        api_key=SecretStr(settings.api_key),
        temperature=0,
        timeout=settings.timeout,
        max_retries=_RETRIES,
        use_responses_api=False,
        stream_usage=True,
        extra_body={"max_tokens": settings.max_tokens},  # the client would send max_completion_tokens: few know it
    )
