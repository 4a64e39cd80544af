"""Backwards: the backward passes that a program runs, and what inputs held before each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.language.runtime.variable import Variable
from engine.value import Value


@dataclass(slots=True)
class Backward:
    """One `.backward()`: its receiver, and the gradients that inputs held before it."""

    output: Value
    carried: dict[Value, float]


def backward(output: Value, inputs: Mapping[Value, Variable]) -> Backward:
    """Run the backward pass from a node, adding to what inputs hold, and return its record.

    What reaches a past version of an input belongs to the variable that held it.
    """
    before = {node: node.grad for node in inputs}
    output.backward()
    for node, holder in inputs.items():
        if holder.node is not node:
            holder.node.grad += node.grad - before[node]
            node.grad = before[node]
    return Backward(output, {node: grad for node, grad in before.items() if grad})
