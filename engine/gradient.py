"""Gradients as Values: the backward pass written as a graph that can be differentiated again."""

from __future__ import annotations

from collections.abc import Callable

from engine.graph import topological_order
from engine.value import VALUES, Value, constant


def grad(output: Value, wrt: Value, watch: Callable[[Value], None] = lambda value: None) -> Value:
    """Return ∂output/∂wrt as a Value made from the same inputs.

    The partial derivatives of the table run on Values, so that the result has a graph of its own:
    `grad(grad(y, x), x)` is the second derivative. What `output` does not depend on gives 0.
    `watch` is told of every result whose rule has pieces, of which one is taken: elsewhere the
    gradient may have another graph.
    """
    upstream: dict[Value, Value | float] = {output: 1.0}
    for value in reversed(topological_order([output])):
        operation = value.operation
        if operation is None or value is wrt or value not in upstream:
            continue
        gradient = upstream[value]
        if operation.has_pieces:
            watch(value)
        for operand, partial in zip(value.operands, operation.partials, strict=True):
            if partial is None or operand.label is None:
                continue
            contribution = _times(gradient, partial(VALUES, *map(_plain, value.operands), value))
            before = upstream.get(operand)
            upstream[operand] = contribution if before is None else before + contribution
    result = upstream.get(wrt, 0.0)
    return result if isinstance(result, Value) else constant(result)


def _plain(operand: Value) -> Value | float:
    """Return a constant as its number: what is computed from constants alone is no node."""
    return operand.data if operand.label is None and operand.operation is None else operand


def _times(x: Value | float, y: Value | float) -> Value | float:
    """Return the product, without a node for a factor of one."""
    if not isinstance(x, Value) and x == 1.0:
        return y
    if not isinstance(y, Value) and y == 1.0:
        return x
    return x * y
