"""From the engine's records to the public JSON: the only translator."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

import numpy as np
import pydantic_core
from numpy.typing import NDArray

from app import errors, schemas
from app.explain import Explainer
from engine.datasets import Dataset
from engine.descent import Descent, Entry
from engine.errors import ChainruleError
from engine.gradcheck import SERIES, Check
from engine.operations import OPERATIONS, formulas
from engine.records import Accumulate, Edge, Forward, Input, Seed, Step
from engine.sweep import Sweep
from engine.trace import Trace


def present(trace: Trace, *, steps: bool = True, explain: bool = False) -> schemas.TraceResponse:
    """Return a trace as the public JSON, nothing rounded."""
    return schemas.TraceResponse(
        schema="chainrule.trace/1",
        source=trace.source,
        output=node_id(trace.output),
        value=trace.value,
        nodes=_nodes(trace),
        edges=[_edge(edge) for edge in trace.edges],
        steps=_steps(trace, explain) if steps else [],
        inputs=[_input(entry) for entry in trace.inputs],
        groups=[
            schemas.Group(id=f"g{index}", name=group.name, parent=group_id(group.parent))
            for index, group in enumerate(trace.annotations.groups)
        ],
        console=list(trace.annotations.console),
        history=[schemas.Backward(value=value) for value in trace.annotations.history],
        warnings=list(trace.annotations.warnings),
    )


def to_json(trace: Trace, *, steps: bool = True, explain: bool = False) -> bytes:
    """Return a trace as the bytes that the API answers."""
    return pydantic_core.to_json(
        present(trace, steps=steps, explain=explain), inf_nan_mode="strings"
    )


def node_id(index: int) -> str:
    """Return the public name of a node."""
    return f"n{index}"


def group_id(index: int | None) -> str | None:
    """Return the public name of a group."""
    return None if index is None else f"g{index}"


def _nodes(trace: Trace) -> list[schemas.Node]:
    return [
        schemas.Node(
            id=node_id(node.position),
            kind=node.kind,
            name=node.name,
            version=node.version,
            operation=None if node.operation is None else node.operation.name,
            operands=[node_id(operand) for operand in node.operands],
            value=node.value,
            grad=node.grad,
            span=node.span,
            group=group_id(node.group),
            warnings=node.warnings,
        )
        for node in trace.nodes
    ]


def _input(entry: Input) -> schemas.Input:
    public = schemas.Input(
        name=entry.name,
        node=node_id(entry.node),
        value=entry.value,
        grad=entry.grad,
        initial=entry.initial,
        defaulted=entry.defaulted,
    )
    if entry.meant is not None:
        public["meant"] = entry.meant
    if entry.replaced is not None:
        public["replaced"] = entry.replaced
    return public


def _edge(edge: Edge) -> schemas.Edge:
    public = schemas.Edge(
        source=node_id(edge.source),
        target=node_id(edge.target),
        operand=edge.operand,
        local=edge.local,
        contribution=edge.contribution,
    )
    if edge.sides is not None:
        public["sides"] = edge.sides
    return public


PublicStep = schemas.ForwardStep | schemas.SeedStep | schemas.AccumulateStep


def _steps(trace: Trace, explain: bool) -> list[PublicStep]:
    if not explain:
        return [_step(step) for step in trace.steps]
    explainer = Explainer(trace)
    steps = []
    for step in trace.steps:
        public = _step(step)
        public["sentence"], public["latex"], public["latex_numbers"] = explainer.explain(step)
        steps.append(public)
    return steps


def _step(step: Step) -> PublicStep:
    if isinstance(step, Forward):
        return schemas.ForwardStep(phase="forward", node=node_id(step.node))
    if isinstance(step, Seed):
        return schemas.SeedStep(
            phase="backward", kind="seed", node=node_id(step.node), after=step.after
        )
    assert isinstance(step, Accumulate)
    return schemas.AccumulateStep(
        phase="backward",
        kind="accumulate",
        edge=step.edge,
        node=node_id(step.node),
        upstream=step.upstream,
        local=step.local,
        contribution=step.contribution,
        before=step.before,
        after=step.after,
    )


def operations() -> schemas.OperationsResponse:
    """Return the table of rules as the public JSON."""
    return schemas.OperationsResponse(
        operations=[
            schemas.Operation(
                name=operation.name,
                symbol=operation.symbol,
                glyph=operation.glyph or operation.symbol,
                operands=list(operation.operands),
                infix=operation.is_infix,
                latex=formulas(operation).forward,
                partials=list(formulas(operation).partials),
                python=schemas.Rules(
                    forward=operation.python.forward, partials=list(operation.python.partials)
                ),
                note=operation.note,
            )
            for operation in OPERATIONS.values()
        ]
    )


def check(found: Check) -> bytes:
    """Return a gradient check as the bytes that the API answers."""
    series = [
        schemas.ErrorSeries(name=name, h=list(SERIES), **errors)
        for name, errors in found.series.items()
    ]
    response = schemas.CheckResponse(
        inputs=[schemas.Difference(**asdict(one)) for one in found.inputs],
        h=found.h,
        tolerance=found.tolerance,
        nodes=[
            schemas.NodeDifference(node=node_id(index), **asdict(one))
            for index, one in found.nodes.items()
        ]
        or None,
        series=series or None,
    )
    left_out = {name for name in ("nodes", "series") if getattr(response, name) is None}
    return response.model_dump_json(exclude=left_out).encode()


def sweep(swept: Sweep) -> bytes:
    """Return a sweep as the bytes that the API answers."""
    # Tens of thousands of numbers that are doubles already: nothing to validate.
    response = schemas.SweepResponse.model_construct(
        axes=[
            schemas.AxisPoints(name=axis.name, points=axis.numbers().tolist())
            for axis in swept.axes
        ],
        value=swept.values.tolist(),
        grad={name: grid.tolist() for name, grid in swept.grads.items()},
    )
    return response.model_dump_json().encode()


def dataset(made: Dataset) -> bytes:
    """Return a dataset as the bytes that the API answers."""
    columns = {name: list(column) for name, column in made.columns.items()}
    return schemas.DatasetResponse(name=made.name, columns=columns).model_dump_json().encode()


def entry(descent: Descent, at: Entry) -> schemas.DescentEntry:
    """Return one entry of a descent as the public JSON."""

    def named(numbers: NDArray[np.float64]) -> dict[str, float]:
        return dict(zip(descent.names, numbers.tolist(), strict=True))

    return schemas.DescentEntry.model_construct(
        step=at.step,
        value=at.value,
        inputs=named(at.numbers),
        grads=named(at.grads),
        state={name: named(numbers) for name, numbers in at.state.items()},
    )


def descent(whole: Descent) -> bytes:
    """Run a descent to its end; return the bytes that the API answers."""
    history = [entry(whole, at) for at in whole]
    response = schemas.DescendResponse.model_construct(history=history, status=whole.status)
    return response.model_dump_json().encode()


def lines(whole: Descent) -> Iterator[bytes]:
    """Run a descent; return it line by line, the last line saying how it ended."""
    try:
        for at in whole:
            yield entry(whole, at).model_dump_json().encode() + b"\n"
        yield schemas.DescentEnd(status=whole.status).model_dump_json().encode() + b"\n"
    except ChainruleError as error:
        yield errors.detail_of(error).encode() + b"\n"
    except Exception as error:  # the answer has begun: our fault, too, is told in its last line
        yield errors.detail_of_bug(error).encode() + b"\n"
