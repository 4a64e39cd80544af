"""From the engine's records to the public JSON: the only translator."""

from __future__ import annotations

from app import schemas
from app.explain import Explainer
from engine.operations import OPERATIONS, formulas
from engine.trace import Accumulate, Forward, Seed, Step, Trace


def present(trace: Trace, *, steps: bool = True, explain: bool = False) -> schemas.TraceResponse:
    """Return a trace as the public JSON, nothing rounded."""
    return schemas.TraceResponse(
        source=trace.source,
        output=node_id(trace.output),
        value=trace.value,
        nodes=_nodes(trace),
        edges=[
            schemas.Edge(
                source=node_id(edge.source),
                target=node_id(edge.target),
                operand=edge.operand,
                local=edge.local,
                contribution=edge.contribution,
            )
            for edge in trace.edges
        ],
        steps=_steps(trace, explain) if steps else [],
        inputs=[
            schemas.Input(
                name=entry.name,
                node=node_id(entry.node),
                value=entry.value,
                grad=entry.grad,
                initial=entry.initial,
                defaulted=entry.defaulted,
            )
            for entry in trace.inputs
        ],
        groups=[
            schemas.Group(id=f"g{index}", name=group.name, parent=group_id(group.parent))
            for index, group in enumerate(trace.margin.groups)
        ],
        console=list(trace.margin.console),
        history=[schemas.Backward(value=value) for value in trace.margin.history],
        warnings=list(trace.margin.warnings),
    )


def to_json(trace: Trace, *, steps: bool = True, explain: bool = False) -> bytes:
    """Return a trace as the bytes that the API answers."""
    plain = {"steps": {"__all__": set(schemas.Explained.model_fields)}}
    public = present(trace, steps=steps, explain=explain)
    return public.model_dump_json(exclude=None if explain else plain).encode()


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


PublicStep = schemas.ForwardStep | schemas.SeedStep | schemas.AccumulateStep


def _steps(trace: Trace, explain: bool) -> list[PublicStep]:
    if not explain:
        return [_step(step) for step in trace.steps]
    explainer = Explainer(trace)
    steps = []
    for step in trace.steps:
        public, explanation = _step(step), explainer.explain(step)
        public.sentence, public.latex, public.latex_numbers = explanation
        steps.append(public)
    return steps


def _step(step: Step) -> PublicStep:
    if isinstance(step, Forward):
        return schemas.ForwardStep(node=node_id(step.node))
    if isinstance(step, Seed):
        return schemas.SeedStep(node=node_id(step.node), after=step.after)
    assert isinstance(step, Accumulate)
    return schemas.AccumulateStep(
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
                infix=not operation.symbol.isidentifier(),
                latex=formulas(operation).forward,
                partials=list(formulas(operation).partials),
                note=operation.note,
            )
            for operation in OPERATIONS.values()
        ]
    )
