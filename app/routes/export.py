"""`POST /api/export/{format}`: a trace as the text of another tool."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response

from app import schemas
from app.errors import REFUSALS, RequestProblem
from app.evaluate import evaluate
from app.exports import FORMATS, export, file_name
from app.messages import Language
from app.reply import Packed, pack, reply
from app.settings import Settings
from engine import trace

router = APIRouter(prefix="/api/export", tags=["API"])

EXAMPLE = trace("y = x * x", {"x": 3})


def _contents() -> dict[str, Any]:
    """Return for each media type what is in an answer of it, with an example of each format."""
    contents: dict[str, Any] = {
        "application/json": {"schema": {"$ref": "#/components/schemas/TraceResponse"}}
    }
    for name, (write, media_type, _) in FORMATS.items():
        if media_type == "application/json":
            continue
        content = contents.setdefault(media_type, {"schema": {"type": "string"}})
        if media_type != "text/html":  # a whole page is no example
            examples = content.setdefault("examples", {})
            examples[name] = {"summary": name, "value": write(EXAMPLE)}
    return contents


Name = Annotated[
    str,
    Path(
        description="What to write. `steps` and `explain` of the body concern `json` alone.",
        json_schema_extra={"enum": list(FORMATS)},
        examples=["pytorch"],
    ),
]


def answer(
    request: Request, name: str, body: schemas.TraceRequest, settings: Settings, language: str
) -> Packed:
    """Trace a program and return it in a format, packed. Raises a `ChainruleError`."""
    traced = evaluate(body, settings)
    text = export(traced, name, steps=body.steps, explain=body.explain, language=language)
    packed = pack(request, text)
    disposition = f'inline; filename="{file_name(name)}"'
    return Packed(packed.body, packed.headers | {"Content-Disposition": disposition})


@router.post(
    "/{format}",
    response_class=Response,
    responses={**REFUSALS, 200: {"description": "The text.", "content": _contents()}},
)
async def post_export(
    request: Request, format: Name, body: schemas.TraceRequest, lang: Language = "en"
) -> Response:
    """Run a program; return its graph, equations, straight-line code or a page of its own."""
    state = request.app.state
    if format not in FORMATS:
        raise RequestProblem(
            422,
            "invalid_request",
            f"`format`: {format[:40]!r} is not one of {', '.join(FORMATS)}.",
        )
    work = state.workers.run(lambda: answer(request, format, body, state.settings, lang))
    return reply(await work, f"{FORMATS[format].media_type}; charset=utf-8")
