"""The page, and the documentation of the API."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse

from app import examples, present
from app.messages import catalogue

router = APIRouter(include_in_schema=False)


@router.get("/")
async def get_page(request: Request) -> Response:
    """Return the page; what it needs to begin with travels inside it."""
    context = {
        "messages": catalogue("en"),
        "operations": present.operations().model_dump()["operations"],
        "examples": [example.model_dump() for example in examples.gallery()],
        "limits": request.app.state.settings.limits.model_dump(),
    }
    response: Response = request.app.state.templates.TemplateResponse(request, "page.html", context)
    return response


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
