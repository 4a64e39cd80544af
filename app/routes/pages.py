"""The page, the page in a frame, and the documentation of the API."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse, RedirectResponse

from app import examples, lessons, present
from app.exports import FORMATS
from app.messages import LANGUAGES, catalogue, language_of, localised, phrases
from app.parts import hidden_parts, named

router = APIRouter(include_in_schema=False)
FIRST = "chain-rule"
"""The example that the page begins with: everybody knows it."""


@router.get("/")
async def get_page(request: Request) -> Response:
    """Return the page; what it needs to begin with travels inside it."""
    return page(request, embedded=False)


@router.get("/embed")
async def get_embed(request: Request) -> Response:
    """Return the page as others frame it: it steps, and leads to the whole page."""
    return page(request, embedded=True)


def page(request: Request, embedded: bool) -> Response:
    """Return the page in the reader's language, without the parts that its address hides."""
    if lesson := lessons.numbered(request.query_params.get("lesson", "")):
        return RedirectResponse(f"?{request.url.include_query_params(lesson=lesson).query}")
    response: Response = request.app.state.templates.TemplateResponse(
        request, "page.html", context(request, embedded)
    )
    response.headers["Vary"] = "Accept-Language, Cookie"
    return response


def context(request: Request, embedded: bool) -> dict[str, Any]:
    """Return what the template fills in."""
    language = language_of(request)
    hide, show = (named(request.query_params.get(name, "")) for name in ("hide", "show"))
    gallery = examples.gallery(language)
    course = lessons.course(language)
    opened = [lesson for lesson in course if lesson.id == request.query_params.get("lesson")]
    begun = [lesson.begin for lesson in opened]
    asked = [request.query_params.get("example"), FIRST]
    known = [example for name in asked for example in gallery if example.id == name]
    return {
        "language": language,
        "languages": LANGUAGES,
        "embedded": embedded,
        "hidden": hidden_parts(hide, show, embedded),
        "messages": catalogue(language),
        "phrases": phrases(language),
        "operations": localised(present.operations().operations, language),
        "program": (begun + known)[0].source,
        "examples": [example.model_dump() for example in gallery],
        "lessons": [lesson.model_dump() for lesson in (opened if embedded else course)],
        "formats": list(FORMATS),
    }


@router.get("/docs")
async def get_docs() -> HTMLResponse:
    """Return the interactive documentation, from files of our own."""
    return get_swagger_ui_html(
        openapi_url="/openapi.json",
        title="Chainrule API",
        swagger_js_url="/static/vendor/swagger-ui/swagger-ui-bundle.js",
        swagger_css_url="/static/vendor/swagger-ui/swagger-ui.css",
        swagger_favicon_url="/static/favicon.svg",
    )
