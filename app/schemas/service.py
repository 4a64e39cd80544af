"""The state of the server, and the one shape of every error."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from app.schemas.base import Schema, Text


class HealthResponse(Schema):
    """The server answers."""

    status: Literal["ok"] = "ok"
    version: str


class ErrorDetail(Schema):
    """What is wrong, where, and the way out."""

    code: str = Field(
        description="Stable: syntax_error, not_allowed, unknown_name, type_error, limit_exceeded, "
        "no_output, invalid_request, too_large, unsupported_media_type, busy, not_found, "
        "method_not_allowed or internal.",
        examples=["syntax_error"],
    )
    message: Text = Field(
        description="A sentence for people.", examples=["`2x` is not a name and not a number."]
    )
    line: int | None = Field(None, description="From 1.")
    column: int | None = Field(None, description="From 1, in code points.")
    start: int | None = Field(None, description="Where it begins in the source, in code points.")
    end: int | None = Field(None, description="Where it ends, exclusive.")
    hint: Text | None = Field(None, description="The way out.", examples=["write 2*x"])


class ErrorResponse(Schema):
    """The one shape of every error."""

    error: ErrorDetail
