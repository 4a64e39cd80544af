"""Guard: refuses bodies that are too large or not JSON, before anything reads them."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import RequestProblem, of_request


class Guard:
    """Middleware around the application: counts a body's bytes as they arrive."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it with 413 or 415."""
        if scope["type"] != "http" or scope["method"] != "POST":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        problem = self._problem(request)
        if problem is not None:
            await of_request(request, problem)(scope, receive, send)
            return
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self.limit:
                # FastAPI, which asks for the body, makes a 400 of any other exception.
                raise HTTPException(413, self._too_large().message)
            return message

        await self.app(scope, counted, send)

    def _problem(self, request: Request) -> RequestProblem | None:
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/json":
            return RequestProblem(
                415,
                "unsupported_media_type",
                "The body must be JSON: send the header Content-Type: application/json.",
            )
        length = request.headers.get("content-length", "")
        return self._too_large() if length.isdigit() and int(length) > self.limit else None

    def _too_large(self) -> RequestProblem:
        return RequestProblem(413, "too_large", f"The body has more than {self.limit} bytes.")
