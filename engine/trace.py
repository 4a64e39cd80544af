"""Trace: graph, values, gradients and every step of both passes, in one place.

Whoever has a trace can draw and step it without asking anybody. The numbers are columns, one entry
a node or an edge; `nodes`, `edges` and `steps` read them as records.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property

from engine.errors import UnknownName, quoted
from engine.graph import Graph
from engine.operation import JUMP, Sides
from engine.records import (
    Accumulate,
    Edge,
    Forward,
    GroupRecord,
    Guard,
    Input,
    Kind,
    Node,
    Seed,
    Span,
    Step,
)
from engine.value import Value


@dataclass(frozen=True)
class Annotations:
    """What a program says of its graph: names, places and groups of nodes, and what it printed."""

    versions: Mapping[Value, int] = field(default_factory=dict)
    spans: Sequence[Span | None] = ()
    """Where each node was written."""
    node_groups: Sequence[int | None] = ()
    """The group that each node was made in, as a position in `groups`."""
    groups: Sequence[GroupRecord] = ()
    initial: Mapping[str, float] = field(default_factory=dict)
    """The numbers that inputs begin with."""
    defaulted: Mapping[str, str | None] = field(default_factory=dict)
    """Inputs that nothing gave a number, with the names that may be meant by theirs."""
    replaced: Mapping[str, float] = field(default_factory=dict)
    """What the program assigns to inputs that the request sets."""
    carried: Mapping[Value, float] = field(default_factory=dict)
    """Gradients that inputs held before the backward pass."""
    inner: Set[Value] = frozenset()
    """Inputs that were named within a function."""
    names: Mapping[str, Value] = field(default_factory=dict)
    console: Sequence[str] = ()
    history: Sequence[float] = ()
    warnings: Sequence[str] = ()
    settable: Mapping[str, Sequence[Value]] = field(default_factory=dict)
    """The inputs that take the number set for a name."""
    guards: Sequence[Guard] = ()
    is_opaque: bool = False
    """Whether the program computed on with gradients: no graph of one pass shows how."""


@dataclass(frozen=True)
class Trace:
    """The record of a program, or of a Value made in Python."""

    source: str
    graph: Graph
    output: int
    annotations: Annotations
    grads: Sequence[float]
    """∂output/∂node, one a node."""
    partials: Mapping[int, tuple[float | None, ...]]
    """Partials at each result that reaches the output, one an operand."""

    @property
    def value(self) -> float:
        """The number that the output holds."""
        return self.graph.values[self.output].data

    def __getitem__(self, name: str) -> Node:
        """Return the newest node of a name. Raises `UnknownName`."""
        return self.nodes[self.find(name)]

    def find(self, name: str) -> int:
        """Return the position of the newest node of a name. Raises `UnknownName`."""
        bound = self.annotations.names.get(name)
        for index in range(len(self.graph.values) - 1, -1, -1):
            value = self.graph.values[index]
            if value is bound or (bound is None and value.label == name):
                return index
        raise UnknownName(f"No value is called {quoted(name)}.")

    def settable(self, name: str) -> Sequence[int]:
        """Return the nodes that take the number set for a name: none if it is no input here."""
        return self._takers.get(name, ())

    @cached_property
    def _takers(self) -> dict[str, list[int]]:
        declared = {
            value: name for name, values in self.annotations.settable.items() for value in values
        }
        takers: dict[str, list[int]] = {}
        for index, value in enumerate(self.graph.values):
            if value.operation is None and value.label:
                name = declared.get(value) if self.annotations.settable else value.label
                if name is not None:
                    takers.setdefault(name, []).append(index)
        return takers

    def unknown(self, name: str) -> UnknownName:
        """Return the refusal of a name that is no input."""
        known = sorted({entry.name for entry in self.inputs})
        return UnknownName(
            f"The program has no input {quoted(name)}.",
            hint=f"it has {', '.join(known[:8])}" if known else None,
        )

    @cached_property
    def nodes(self) -> list[Node]:
        """Every node, operands before results."""
        annotations, values = self.annotations, self.graph.values
        nothing = [None] * len(values)
        return [
            Node(
                index,
                kind_of(value),
                value.label or None,
                annotations.versions.get(value, 1) if value.label else None,
                value.operation,
                operands,
                value.data,
                grad,
                span,
                group,
                self._warnings(index, value, operands) if suspect(value, grad) else [],
            )
            for index, (value, operands, grad, span, group) in enumerate(
                zip(
                    values,
                    self.graph.operands,
                    self.grads,
                    annotations.spans or nothing,
                    annotations.node_groups or nothing,
                    strict=True,
                )
            )
        ]

    def _warnings(self, index: int, value: Value, operands: tuple[int, ...]) -> list[str]:
        numbers = [self.graph.values[operand].data for operand in operands]
        warnings = value.operation.warnings(*numbers) if value.operation is not None else []
        if not math.isfinite(value.data) and not warnings:
            if not operands and value.label:
                warnings.append("the number itself is infinite or undefined")
            elif operands and all(map(math.isfinite, numbers)):
                what = "not a number" if math.isnan(value.data) else "too large for a double"
                warnings.append(f"the result is {what}")
        names = value.operation is not None or value.label  # nothing flows on from a constant
        if names and not math.isfinite(self.grads[index]) and math.isfinite(value.data):
            warnings.append("the gradient is not finite: look at what follows this value")
        return warnings

    @cached_property
    def edges(self) -> list[Edge]:
        """Every use of a value, by target and operand position."""
        edges = []
        for target, operands in enumerate(self.graph.operands):
            partials = self.partials.get(target) or (None,) * len(operands)
            grad = self.grads[target]
            sides = self._sides(target, operands)
            for operand, (source, local) in enumerate(zip(operands, partials, strict=True)):
                contribution = None if local is None else grad * local
                beside = sides and (sides[0][operand], sides[1][operand])
                if beside and abs(beside[1] - beside[0]) <= JUMP:
                    beside = None
                edges.append(Edge(source, target, operand, local, contribution, beside))
        return edges

    def _sides(self, target: int, operands: tuple[int, ...]) -> Sides | None:
        operation = self.graph.values[target].operation
        if operation is None or not operation.has_pieces or target not in self.partials:
            return None
        return operation.sides(*(self.graph.values[operand].data for operand in operands))

    @cached_property
    def steps(self) -> list[Step]:
        """The forward pass in order, the seed, and the contributions in reverse order."""
        steps: list[Step] = list(map(Forward, range(len(self.graph.values))))
        edges, first_edge = self.edges, []
        count = 0
        for operands in self.graph.operands:
            first_edge.append(count)
            count += len(operands)
        carried = self.annotations.carried
        held = [carried.get(value, 0.0) for value in self.graph.values]
        # A result's gradient starts afresh; an output that is itself an input adds to what it has.
        held[self.output] += 1.0
        steps.append(Seed(self.output, held[self.output]))
        for target in sorted(self.partials, reverse=True):
            upstream = self.grads[target]
            for index in range(first_edge[target], first_edge[target] + len(self.partials[target])):
                source, _, _, local, contribution, _ = edges[index]
                if local is not None and contribution is not None:
                    before = held[source]
                    after = held[source] = before + contribution
                    steps.append(
                        Accumulate(index, source, upstream, local, contribution, before, after)
                    )
        return steps

    @cached_property
    def inputs(self) -> list[Input]:
        """The named inputs, each once, in the order of their first node."""
        inputs = [
            (value.label, index)
            for index, value in enumerate(self.graph.values)
            if value.operation is None and value.label
        ]
        values, inner = self.graph.values, self.annotations.inner
        outer = {name for name, index in inputs if values[index] not in inner}
        newest: dict[str, int] = {}
        for name, index in inputs:
            if name in outer and values[index] in inner:
                continue  # a local of the same name is another input
            if name not in newest or self.reaches[index] or not self.reaches[newest[name]]:
                newest[name] = index
        return [
            Input(
                name,
                index,
                self.graph.values[index].data,
                self.grads[index],
                self.annotations.initial.get(name, self.graph.values[index].data),
                name in self.annotations.defaulted,
                self.annotations.defaulted.get(name),
                self.annotations.replaced.get(name),
            )
            for name, index in newest.items()
        ]

    @cached_property
    def reaches(self) -> list[bool]:
        """Whether the output was made from each node."""
        return self.graph.leading_to([self.output])


def kind_of(value: Value) -> Kind:
    """Return which of the three kinds of node a value is."""
    if value.operation is not None:
        return "operation"
    return "constant" if value.label is None else "input"


def suspect(value: Value, grad: float) -> bool:
    """Tell quickly whether there may be something to warn of at a node."""
    operation = value.operation
    return not (math.isfinite(value.data) and math.isfinite(grad)) or (
        operation is not None and bool(operation.pitfalls)
    )


def record(
    output: Value,
    *,
    graph: Graph | None = None,
    source: str = "",
    annotations: Annotations | None = None,
) -> Trace:
    """Return the trace of a Value: every node that it was made from, and both passes.

    `graph`, where given, may hold more than that; what the output was not made from gets gradient
    0. Gradients are computed from the recorded data, and the Values' own `grad` stays untouched.
    """
    graph = graph or Graph.of(output)
    annotations = annotations or Annotations()
    values, operands = graph.values, graph.operands
    position = next(i for i in range(len(values) - 1, -1, -1) if values[i] is output)
    carried = annotations.carried
    grads = [carried.get(value, 0.0) for value in values] if carried else [0.0] * len(values)
    grads[position] += 1.0
    reached = bytearray(len(values))
    reached[position] = 1
    partials: dict[int, tuple[float | None, ...]] = {}
    data = [value.data for value in values]
    for index in range(position, -1, -1):
        made_of = operands[index]
        if reached[index] and made_of:
            spread = values[index].operation.spread  # type: ignore[union-attr]
            partials[index] = spread(grads[index], index, made_of, data, grads, reached)
    return Trace(source, graph, position, annotations, grads, partials)
