"""An OpenAI-compatible API below ``/v1``: models and chat completions, with citations beside the text.

The model is the service itself: it reads the user's messages and nothing else of the request.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from web.api_problems import Problem, on_http_error, on_invalid_request, told
from web.api_service import Answers

if TYPE_CHECKING:
    from answering.answering import Answering
    from connect.conversation import Conversation
    from index.records import Answer

MODEL = "jince"
MOST_MESSAGES = 400
REPLACED = "\n\n（以上文字没有完整通过核对，请以下面的回答为准。）\n\n"

_DESCRIBED = {"id": MODEL, "object": "model", "created": 0, "owned_by": "jince"}


class StreamOptions(BaseModel):
    """What a stream tells beside the text."""

    include_usage: bool = False


class ChatRequest(BaseModel):
    """The fields of OpenAI's request that count here; others are let pass."""

    model: str
    messages: list[dict[str, Any]] = Field(min_length=1, max_length=MOST_MESSAGES)
    stream: bool = False
    stream_options: StreamOptions | None = None
    n: int | None = Field(default=None, ge=1, le=1)


def chat_api(answers: Answers) -> FastAPI:
    """The application to mount at ``/v1``."""
    app = FastAPI(
        openapi_url=None,
        exception_handlers={HTTPException: on_http_error, RequestValidationError: on_invalid_request},
    )

    @app.get("/models")
    async def models() -> JSONResponse:
        return JSONResponse({"object": "list", "data": [_DESCRIBED]})

    @app.get("/models/{model:path}")
    async def one_model(model: str) -> JSONResponse:
        _check_model(model)
        return JSONResponse(_DESCRIBED)

    @app.post("/chat/completions", response_model=None)
    async def completions(request: ChatRequest) -> JSONResponse | StreamingResponse:
        _check_model(request.model)
        conversation = _read(request)
        if not request.stream:
            return JSONResponse(_completion(await answers.ask(conversation.question, conversation.history)))
        with_usage = request.stream_options is not None and request.stream_options.include_usage
        return StreamingResponse(await _streamed(answers, conversation, with_usage), media_type="text/event-stream")

    return app


def _check_model(model: str) -> None:
    if model != MODEL:
        raise Problem(404, "model_not_found", f"没有叫“{model}”的模型，可用的是 {MODEL}。")


def _read(request: ChatRequest) -> Conversation:
    from connect.conversation import Conversation, ConversationError

    try:
        return Conversation.read(request.messages)
    except ConversationError as error:
        raise Problem(400, "invalid_messages", str(error)) from error


def _completion(answer: Answer) -> dict[str, Any]:
    from connect.conversation import markdown

    message = {"role": "assistant", "content": markdown(answer)}
    return {
        **_head(answer.id, "chat.completion"),
        "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}],
        "usage": _usage(answer),
        **_evidence(answer),
    }


async def _streamed(answers: Answers, conversation: Conversation, with_usage: bool) -> AsyncIterator[str]:
    """The events of a stream; its first step is taken before the response begins, so that errors have a status."""
    await answers.service()
    answer_id = uuid.uuid4().hex
    with ExitStack() as open_so_long:
        service = open_so_long.enter_context(answers.lent())
        steps = service.stream(conversation.question, conversation.history, answer_id=answer_id)
        open_so_long.callback(steps.close)
        first = await answers.within(lambda: next(steps), conversation.question)
        head = _head(answer_id, "chat.completion.chunk")
        return _events(answers, conversation.question, steps, first, head, with_usage, open_so_long.pop_all())


async def _events(
    answers: Answers,
    question: str,
    steps: Answering,
    first: str | Answer,
    head: dict[str, Any],
    with_usage: bool,
    open_so_long: ExitStack,
) -> AsyncIterator[str]:
    """Server-sent events: the text as it grows, the citations with its end; who leaves stops the chat model."""
    from connect.conversation import markdown

    sent, step = "", first
    yield _event({**head, "choices": [_choice({"role": "assistant", "content": ""})]})
    try:
        while True:
            text = step if isinstance(step, str) else markdown(step)
            added = text.removeprefix(sent) if text.startswith(sent) else f"{REPLACED}{text}"
            if added:
                yield _event({**head, "choices": [_choice({"content": added})]})
            sent = text
            if not isinstance(step, str):
                yield _event({**head, "choices": [_choice({}, "stop")], **_evidence(step)})
                if with_usage:
                    yield _event({**head, "choices": [], "usage": _usage(step)})
                yield "data: [DONE]\n\n"
                return
            step = await answers.within(lambda: next(steps), question)
    except Problem as problem:
        yield f"data: {bytes(told(problem, '/v1').body).decode()}\n\n"
    finally:
        open_so_long.close()


def _head(answer_id: str, kind: str) -> dict[str, Any]:
    return {"id": f"chatcmpl-{answer_id}", "object": kind, "created": int(time.time()), "model": MODEL}


def _choice(delta: dict[str, str], finish_reason: str | None = None) -> dict[str, Any]:
    return {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}


def _event(content: dict[str, Any]) -> str:
    return f"data: {json.dumps(content, ensure_ascii=False)}\n\n"


def _evidence(answer: Answer) -> dict[str, Any]:
    """What of the Answer contract has no place in OpenAI's reply."""
    fields = answer.as_json()
    return {name: fields[name] for name in ("answered", "refusal", "citations", "related")}


def _usage(answer: Answer) -> dict[str, int]:
    """Tokens of the chat model, as its server counts them; none where none was asked."""
    tokens = answer.generation.tokens if answer.generation else None
    prompt, written = (tokens.prompt, tokens.completion) if tokens else (0, 0)
    return {"prompt_tokens": prompt, "completion_tokens": written, "total_tokens": prompt + written}
