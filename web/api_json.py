"""The JSON API below ``/api``: ask, units, agencies, tasks, documents, health; described in ``/api/openapi.json``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

from fastapi import FastAPI, Query
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from web.api_models import (
    AgenciesModel,
    AnswerModel,
    Ask,
    DocumentsModel,
    HealthModel,
    ProblemModel,
    TasksModel,
    UnitModel,
    UnitsModel,
)
from web.api_problems import Problem, on_http_error, on_invalid_request
from web.api_service import RETRY_AFTER, Answers

if TYPE_CHECKING:
    from connect.catalogue import Catalogue

VERSION = "1"
_PROBLEMS: dict[int | str, dict[str, Any]] = {
    "default": {"model": ProblemModel, "description": "错误：code 和中文说明"}
}

T = TypeVar("T")


def json_api(answers: Answers) -> FastAPI:
    """The application to mount at ``/api``."""
    app = FastAPI(
        title="津策 JSON API",
        version=VERSION,
        description="只依据所收文件回答；每个答案都引用条号、序号和责任单位。",
        docs_url=None,
        redoc_url=None,
        responses=_PROBLEMS,
        exception_handlers={HTTPException: on_http_error, RequestValidationError: on_invalid_request},
    )

    @app.post("/ask", response_model=AnswerModel, summary="提问")
    async def ask(asked: Ask) -> JSONResponse:
        return JSONResponse((await answers.ask(asked.question, asked.history)).as_json())

    @app.get("/units", response_model=UnitsModel, summary="查条目")
    async def units(document: str = "", measure: str = "", agency: str = "", q: str = "") -> JSONResponse:
        found = await _found(answers, lambda catalogue: catalogue.units(document, measure, agency, q))
        return JSONResponse({"count": len(found), "units": found})

    @app.get("/units/{unit_id:path}", response_model=UnitModel, summary="一个条目")
    async def unit(unit_id: str) -> JSONResponse:
        return JSONResponse(await _found(answers, lambda catalogue: catalogue.unit(unit_id)))

    @app.get("/agencies", response_model=AgenciesModel, summary="责任单位，可用任何叫法查")
    async def agencies(name: str = "") -> JSONResponse:
        found = await _found(answers, lambda catalogue: catalogue.agencies(name))
        return JSONResponse({"count": len(found), "agencies": found})

    @app.get("/tasks", response_model=TasksModel, summary="责任单位的任务")
    async def tasks(
        agency: Annotated[list[str], Query()] = [],  # noqa: B006 - FastAPI copies it
        match: Literal["all", "any"] = "any",
        excluded: Annotated[list[str], Query(alias="not")] = [],  # noqa: B006
    ) -> JSONResponse:
        return JSONResponse(await _found(answers, lambda catalogue: catalogue.tasks(agency, match, excluded)))

    @app.get("/documents", response_model=DocumentsModel, summary="文件")
    async def documents() -> JSONResponse:
        found = await _found(answers, lambda catalogue: catalogue.documents())
        return JSONResponse({"count": len(found), "documents": found})

    @app.get("/health", response_model=HealthModel, summary="能不能提问；不能时为 503")
    async def health() -> JSONResponse:
        ready = answers.status == "ready"
        return JSONResponse(
            {"status": answers.status}, 200 if ready else 503, None if ready else {"Retry-After": RETRY_AFTER}
        )

    return app


async def _found(answers: Answers, look_up: Callable[[Catalogue], T]) -> T:
    """What is looked up in the catalogue.

    Raises:
        Problem: 404, something named is not there.
    """
    service = await answers.service()
    from connect.catalogue import Catalogue, NoSuchError  # loaded by now; at the top it would delay the page

    try:
        return look_up(Catalogue(service))
    except NoSuchError as error:
        raise Problem(404, f"unknown_{error.kind}", error.message) from error
