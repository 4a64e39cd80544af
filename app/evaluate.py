"""Evaluate: from a request's program to its trace, within the limits of the server."""

from __future__ import annotations

from collections.abc import Mapping

from app import schemas
from app.errors import RequestProblem
from app.settings import Settings
from engine import Trace, trace


def evaluate(body: schemas.TraceRequest, settings: Settings) -> Trace:
    """Return the trace of a program within the server's limits. Raises a `ChainruleError`."""
    limit_names(body.inputs, settings)
    return trace(body.source, body.inputs, body.output, settings.engine_limits())


def limit_names(inputs: Mapping[str, float], settings: Settings) -> None:
    """Raise `RequestProblem` if a request sets too many inputs."""
    if len(inputs) > settings.names:
        raise RequestProblem(
            422,
            "limit_exceeded",
            f"The request sets {len(inputs)} inputs; the limit `names` is {settings.names}.",
        )
