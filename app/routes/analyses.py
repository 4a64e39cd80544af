"""What one asks of a program at other numbers: checks, sweeps, descents."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response

from app import present, schemas
from app.errors import REFUSALS
from app.evaluate import limit_names
from app.reply import LINES, Packed, pack, reply, streamed
from app.settings import Settings
from engine import gradcheck
from engine.datasets import DATASETS, dataset
from engine.descent import Descent
from engine.errors import LimitExceeded
from engine.nn import SEED
from engine.sweep import Axis, sweep

router = APIRouter(prefix="/api", tags=["API"])

STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The history; with `Accept: application/x-ndjson`, an entry a line as it is "
        "computed, then the status.",
        "content": {LINES: {"schema": {"type": "string"}}},
    }
}


def checked(request: Request, body: schemas.CheckRequest, settings: Settings) -> Packed:
    """Check a program's gradients and return the JSON, packed. Raises a `ChainruleError`."""
    limit_names(body.inputs, settings)
    found = gradcheck(
        body.source,
        body.inputs,
        body.output,
        h=body.h,
        tolerance=body.tolerance,
        nodes=body.nodes,
        series=body.series,
        limits=settings.engine_limits(),
    )
    return pack(request, present.check(found))


def swept(request: Request, body: schemas.SweepRequest, settings: Settings) -> Packed:
    """Sweep over a program's inputs and return the JSON, packed. Raises a `ChainruleError`."""
    limit_names(body.inputs, settings)
    axes = [Axis(axis.name, axis.low, axis.high, axis.points) for axis in body.over]
    limits = settings.engine_limits()
    found = sweep(body.source, axes, body.inputs, body.output, body.data, limits)
    return pack(request, present.sweep(found))


def prepared(body: schemas.DescendRequest, settings: Settings, *, streams: bool) -> Descent:
    """Return a descent that is ready to run. Raises a `ChainruleError`."""
    limit_names(body.inputs, settings)
    limits = settings.engine_limits()
    options = body.model_dump(exclude={"source", "inputs"})
    deadline = limits.deadline("stream" if streams else "seconds")
    descent = Descent(body.source, body.inputs, **options, limits=limits, deadline=deadline)
    count = (body.steps + 1) * len(descent.names) * (2 + len(descent.optimizer.buffers))
    if not streams and count > limits.history:
        raise LimitExceeded(
            f"The history would hold {count} numbers; the limit `history` is {limits.history}.",
            hint="ask for fewer steps, or for application/x-ndjson, which is streamed",
        )
    return descent


@router.get("/datasets/{name}", response_model=schemas.DatasetResponse, responses=REFUSALS)
async def get_dataset(
    request: Request,
    name: Annotated[str, Path(description="One of " + ", ".join(DATASETS) + ".")],
    rows: Annotated[int, Query(ge=1, le=1_000, description="How many points.")] = 100,
    noise: Annotated[float, Query(ge=0, le=10, description="How far they are scattered.")] = 0.1,
    seed: Annotated[int, Query(description="Where chance begins.")] = SEED,
) -> Response:
    """Return a small set of points in the plane, in two classes, or on a line."""
    made = dataset(name, rows, noise, seed)
    return reply(pack(request, present.dataset(made)))


@router.post("/check", response_model=schemas.CheckResponse, responses=REFUSALS)
async def post_check(request: Request, body: schemas.CheckRequest) -> Response:
    """Measure each gradient by moving its input a little, and compare."""
    state = request.app.state
    return reply(await state.workers.run(lambda: checked(request, body, state.settings)))


@router.post("/sweep", response_model=schemas.SweepResponse, responses=REFUSALS)
async def post_sweep(request: Request, body: schemas.SweepRequest) -> Response:
    """Evaluate the output and its gradients along one input, or over a grid of two."""
    state = request.app.state
    return reply(await state.workers.run(lambda: swept(request, body, state.settings)))


@router.post("/descend", response_model=schemas.DescendResponse, responses=REFUSALS | STREAM)
async def post_descend(request: Request, body: schemas.DescendRequest) -> Response:
    """Lower the output by gradient descent; answer every step, at once or as a stream."""
    state, streams = request.app.state, LINES in request.headers.get("accept", "")
    make = partial(prepared, body, state.settings, streams=streams)
    if streams:
        descent = await state.workers.run(make)
        return streamed(state.workers, present.lines(descent), descent.deadline.cancel)
    return reply(await state.workers.run(lambda: pack(request, present.descent(make()))))
