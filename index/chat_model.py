"""The chat model's client: any server that speaks OpenAI's chat completions."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from index.failure import Failure
from index.settings import ChatSettings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from langchain_core.language_models import BaseChatModel

_RETRIES = 2
_MOST_BYTES = 4_000_000  # of a streamed reply; 1,200 tokens come as some 400 kB of events
_IDLE = 2.0  # seconds that a connection is kept; many servers close theirs after 5, just when it is used again
_STATUS = {401: Failure.DENIED, 403: Failure.DENIED, 404: Failure.NOT_FOUND, 429: Failure.BUSY}


class ReplyError(RuntimeError):
    """A server's reply isn't the one that was asked for; ``failure`` says in what way."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.value)
        self.failure = failure


def open_chat_model(settings: ChatSettings) -> BaseChatModel:
    """A client of the configured model; nothing is sent before it is asked.

    Replies are as repeatable as the server allows (temperature 0). A server's name for its model never changes which
    of its interfaces is used, and the tokens used are asked for.
    """
    return _open(settings, max_retries=_RETRIES)


def open_streaming_model(settings: ChatSettings, http_client: Any) -> BaseChatModel:
    """A client that is asked by ``astream`` only, through ``http_client``; it never asks a second time by itself."""
    # A reply that is none is told as a failure; the client's remarks on its shape would fill the log besides.
    warnings.filterwarnings("ignore", message="Pydantic serializer warnings", category=UserWarning)
    return _open(settings, max_retries=0, http_async_client=http_client)


def _open(settings: ChatSettings, **options: Any) -> BaseChatModel:
    from langchain_openai import ChatOpenAI
    from pydantic import SecretStr

    return ChatOpenAI(
        base_url=settings.base_url,
        model=settings.model,
        api_key=SecretStr(settings.api_key),
        temperature=0,
        timeout=settings.timeout,
        use_responses_api=False,
        stream_usage=True,
        extra_body={"max_tokens": settings.max_tokens},  # the client would send max_completion_tokens: few know it
        **options,
    )


def open_http_client(settings: ChatSettings) -> Any:
    """An ``httpx2.AsyncClient`` that takes an event stream of limited size and nothing else.

    It follows no redirect (key and question go to the configured server only) and asks for no compression: a small
    compressed reply can be a huge one. What the model's client tells of this machine (``X-Stainless-…``: its system and
    Python) is not sent. It must be used on one event loop and closed there.

    A reply that is none raises :class:`ReplyError`, which the client of the model wraps in its own errors.
    """
    import httpx2

    class Limited(httpx2.AsyncByteStream):
        def __init__(self, stream: httpx2.AsyncByteStream) -> None:
            self._stream = stream

        async def __aiter__(self) -> AsyncIterator[bytes]:
            count = 0
            async for part in self._stream:
                count += len(part)
                if count > _MOST_BYTES:
                    raise ReplyError(Failure.TOO_LONG)
                yield part

        async def aclose(self) -> None:
            await self._stream.aclose()

    async def bare(request: httpx2.Request) -> None:
        for name in [name for name in request.headers if name.lower().startswith("x-stainless")]:
            del request.headers[name]

    async def check(response: httpx2.Response) -> None:
        if not isinstance(response.stream, httpx2.AsyncByteStream):
            raise ReplyError(Failure.UNREADABLE)
        response.stream = Limited(response.stream)
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        packed = response.headers.get("content-encoding", "identity").strip().lower() != "identity"
        if packed or (response.status_code == 200 and kind != "text/event-stream"):
            await response.aclose()
            raise ReplyError(Failure.UNREADABLE)

    return httpx2.AsyncClient(
        timeout=settings.timeout,
        follow_redirects=False,
        limits=httpx2.Limits(keepalive_expiry=_IDLE),
        headers={"Accept-Encoding": "identity"},
        event_hooks={"request": [bare], "response": [check]},
    )


def status_of(error: BaseException) -> tuple[int, str]:
    """HTTP status of an error of the client and its ``Retry-After``; 0 and empty when it has none."""
    import openai

    if isinstance(error, openai.APIStatusError):
        return error.status_code, error.response.headers.get("retry-after", "")
    return 0, ""


def failure_of(error: BaseException) -> Failure:
    """What an error of the client means. What a malformed reply makes it trip over is of any type."""
    import httpx2
    import openai

    chain: list[BaseException] = [error]
    while (cause := chain[-1].__cause__ or chain[-1].__context__) is not None and cause not in chain:
        chain.append(cause)
    for each in chain:
        if isinstance(each, ReplyError):
            return each.failure
    if isinstance(error, openai.APIStatusError):
        status = error.status_code
        return _STATUS.get(status) or (Failure.SERVER_ERROR if status >= 500 else Failure.REJECTED)
    if any(isinstance(each, httpx2.TimeoutException | openai.APITimeoutError) for each in chain):
        return Failure.TIMEOUT
    if isinstance(error, openai.APIConnectionError):
        refused = any(isinstance(each, httpx2.ConnectError | httpx2.InvalidURL) for each in chain)
        return Failure.UNREACHABLE if refused else Failure.BROKEN_OFF
    if isinstance(error, httpx2.TransportError):
        return Failure.BROKEN_OFF
    return Failure.SERVER_ERROR if isinstance(error, openai.APIError) else Failure.UNREADABLE
