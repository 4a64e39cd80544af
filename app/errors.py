"""From exceptions to answers: every error has the one shape, and none shows a stack trace."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from app import schemas
from app.messages import catalogue, language_of
from engine.errors import ChainruleError

log = logging.getLogger("chainrule")

REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": schemas.ErrorResponse, "description": description}
    for status, description in {
        413: "The body is too large.",
        415: "The body is not JSON.",
        422: "The program or the request is at fault.",
        503: "The server is busy; `Retry-After` says when to come back.",
    }.items()
}
"""What the documentation says of refusals, for every route that has a body."""


class RequestProblem(Exception):
    """A request that cannot be answered, whatever the program in it."""

    def __init__(
        self, status: int, code: str, message: str, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers


def error_response(
    status: int, detail: schemas.ErrorDetail, headers: dict[str, str] | None = None
) -> Response:
    """Return an error in the one shape; positions and hint only where they apply."""
    body = schemas.ErrorResponse(error=detail).model_dump_json(exclude_none=True)
    return Response(body, status, headers, "application/json")


def describe(error: ChainruleError) -> schemas.ErrorDetail:
    """Return a program's fault as the public JSON, with the place."""
    start, end = error.span or (None, None)
    return schemas.ErrorDetail(
        code=error.code,
        message=error.message,
        line=error.line,
        column=error.column,
        start=start,
        end=end,
        hint=error.hint,
    )


def detail_of(error: ChainruleError) -> str:
    """Return a program's fault as JSON text of the one shape."""
    return schemas.ErrorResponse(error=describe(error)).model_dump_json(exclude_none=True)


def of_program(request: Request, error: Exception) -> Response:
    """Answer a program's fault: 422, with the place."""
    assert isinstance(error, ChainruleError)
    return error_response(422, describe(error))


def of_request(request: Request, error: Exception) -> Response:
    """Answer a request that was refused before its program was read."""
    assert isinstance(error, RequestProblem)
    detail = schemas.ErrorDetail(code=error.code, message=error.message)
    return error_response(error.status, detail, error.headers)


def of_validation(request: Request, error: Exception) -> Response:
    """Answer a body or query that does not fit the schema, naming the first misfit."""
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    place = ".".join(str(part)[:40] for part in first["loc"][1:]) or "body"
    if first["type"] == "json_invalid":
        message = "The body is not JSON."
    else:
        message = f"`{place}`: {first['msg'][:200]}."
    return error_response(422, schemas.ErrorDetail(code="invalid_request", message=message))


NAMES = {404: "not_found", 405: "method_not_allowed", 413: "too_large"}


def of_http(request: Request, error: Exception) -> Response:
    """Answer what the framework refused: unknown paths, wrong methods, broken bodies."""
    assert isinstance(error, HTTPException)
    if error.status_code == 404 and _reads_pages(request):
        return _missing(request)
    status = 422 if error.status_code == 400 else error.status_code
    code = NAMES.get(status, "invalid_request" if status < 500 else "internal")
    message = "The body is not JSON." if status == 422 else f"{error.detail.rstrip('.')}."
    detail = schemas.ErrorDetail(code=code, message=message)
    return error_response(status, detail, dict(error.headers or {}))


def _reads_pages(request: Request) -> bool:
    """Tell whether a browser asks for a page: whoever asks the API is answered in JSON."""
    is_page = "text/html" in request.headers.get("accept", "")
    return is_page and not request.url.path.startswith(f"{request.base_url.path}api/")


def _missing(request: Request) -> Response:
    """Return the page that says that there is none, and where the tool is."""
    language = language_of(request)
    context = {"language": language, "messages": catalogue(language), "home": request.base_url.path}
    page: Response = request.app.state.templates.TemplateResponse(
        request, "missing.html", context, 404, {"Vary": "Accept, Accept-Language, Cookie"}
    )
    return page


BUG = schemas.ErrorDetail(
    code="internal", message="Something is wrong on our side; it has been logged."
)


def detail_of_bug(error: Exception) -> str:
    """Log our own fault in full; return it as JSON text of the one shape, in a sentence."""
    log.error("a stream failed", exc_info=error)
    return schemas.ErrorResponse(error=BUG).model_dump_json(exclude_none=True)


def of_bug(request: Request, error: Exception) -> Response:
    """Answer our own fault: logged in full, told in a sentence."""
    log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return error_response(500, BUG)


def install(app: FastAPI) -> None:
    """Make the application answer its errors so."""
    app.add_exception_handler(ChainruleError, of_program)
    app.add_exception_handler(RequestProblem, of_request)
    app.add_exception_handler(RequestValidationError, of_validation)
    app.add_exception_handler(HTTPException, of_http)
    app.add_exception_handler(Exception, of_bug)
