"""The JSON API, under `/api`, and `/healthz`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app import __version__, examples, lessons, present, schemas
from app.assignments import assignments
from app.errors import REFUSALS, RequestProblem
from app.evaluate import evaluate
from app.messages import Language
from app.reply import Packed, cached, pack, reply
from app.settings import Settings

router = APIRouter(prefix="/api", tags=["API"])
health = APIRouter(tags=["Operation"])


def answer(request: Request, body: schemas.TraceRequest, settings: Settings) -> Packed:
    """Trace a program and return the JSON, packed. Raises a `ChainruleError`."""
    traced = evaluate(body, settings)
    return pack(request, present.to_json(traced, steps=body.steps, explain=body.explain))


@router.post("/trace", response_model=schemas.TraceResponse, responses=REFUSALS)
async def post_trace(request: Request, body: schemas.TraceRequest) -> Response:
    """Run a program; return its graph, values, gradients and steps."""
    state = request.app.state
    return reply(await state.workers.run(lambda: answer(request, body, state.settings)))


@router.get("/trace", response_model=schemas.TraceResponse, responses=REFUSALS)
async def get_trace(
    request: Request,
    source: Annotated[str, Query(description="The program.", examples=[schemas.SOURCE])],
    set: Annotated[
        list[str], Query(description="An input, as `name=number`.", examples=["a=2"])
    ] = [],  # noqa: B006 - FastAPI copies it
    output: Annotated[str | None, Query(description="The name to differentiate.")] = None,
    steps: Annotated[bool, Query(description="Whether to list every step.")] = True,
    explain: Annotated[bool, Query(description="Whether to explain each step.")] = False,
) -> Response:
    """Do the same as the POST, so that the answer can be linked to and cached."""
    state = request.app.state
    body = schemas.TraceRequest(
        source=source, inputs=inputs_of(set), output=output, steps=steps, explain=explain
    )
    content = await state.workers.run(lambda: answer(request, body, state.settings))
    return cached(request, content, state.settings.max_age)


def inputs_of(texts: list[str]) -> dict[str, float]:
    """Read `name=number` pairs. Raises `RequestProblem` for what is none."""
    try:
        return assignments(texts)
    except ValueError as error:
        message = f"`set`: {str(error)[:40]!r} is not like a=2.5."
        raise RequestProblem(422, "invalid_request", message) from None


@router.get("/operations", response_model=schemas.OperationsResponse)
async def get_operations(request: Request) -> Response:
    """Return the table of rules, each with its partial derivatives in LaTeX."""
    return reply(pack(request, present.operations().model_dump_json().encode()))


@router.get("/examples", response_model=schemas.ExamplesResponse)
async def get_examples(request: Request, lang: Language = "en") -> Response:
    """Return the gallery of programs."""
    gallery = schemas.ExamplesResponse(examples=examples.gallery(lang))
    return reply(pack(request, gallery.model_dump_json().encode()))


@router.get("/lessons", response_model=schemas.LessonsResponse)
async def get_lessons(request: Request, lang: Language = "en") -> Response:
    """Return the course: texts, programs and tasks."""
    course = schemas.LessonsResponse(lessons=lessons.course(lang))
    return reply(pack(request, course.model_dump_json().encode()))


@health.get("/healthz", response_model=schemas.HealthResponse)
async def get_health() -> schemas.HealthResponse:
    """Tell that the server is alive."""
    return schemas.HealthResponse(version=__version__)
