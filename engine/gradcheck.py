"""Gradient check: every gradient of a program beside the slope that a small change measures."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from engine.columns import Floats
from engine.errors import TypeProblem
from engine.graph import Cut
from engine.limits import Deadline, Limits
from engine.objective import Objective
from engine.replay import Replay
from engine.slopes import Found, Function, measure
from engine.trace import Trace, record
from engine.value import FUNCTIONS, Value

H = 1e-5
TOLERANCE = 1e-6
SERIES = tuple(10.0 ** (-power / 2) for power in range(2, 25))
"""The h of an error series: 0.1 down to 1e-12, two a decade."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One variable's gradient beside its measured slopes."""

    name: str
    gradient: float
    forward: float
    central: float
    error: float
    """|gradient - central|, or from the side that exists."""
    agrees: bool
    note: str | None


@dataclass(frozen=True, slots=True)
class Check:
    """What a gradient check found."""

    inputs: Sequence[Difference]
    h: float
    tolerance: float
    nodes: Mapping[int, Difference] = field(default_factory=dict)
    """By position in the trace, if asked for."""
    series: Mapping[str, Mapping[str, Sequence[float]]] = field(default_factory=dict)
    """For each input the errors of `forward` and `central` at each h of `SERIES`, if asked for."""

    @property
    def agrees(self) -> bool:
        """Whether every gradient agrees with what was measured."""
        return all(one.agrees for one in (*self.inputs, *self.nodes.values()))


def gradcheck(
    source: str,
    inputs: Mapping[str, float] | None = None,
    output: str | None = None,
    *,
    h: float = H,
    tolerance: float = TOLERANCE,
    nodes: bool = False,
    series: bool = False,
    limits: Limits | None = None,
) -> Check:
    """Measure every input's gradient, and on request that of every node. Raises a `ChainruleError`.

    `h` is the step; a gradient agrees if it is within `tolerance`, relative above 1 and absolute
    below, of the central difference, what rounding and curvature explain aside.
    """
    if not (math.isfinite(h) and h > 0):
        raise TypeProblem("The step h of a difference is a positive number.", hint="1e-5 is usual")
    objective = Objective(source, None, inputs, output, limits=limits)
    trace = objective.trace
    value, start = _moved(objective)
    gradients = {entry.name: entry.grad for entry in trace.inputs}
    found = measure(value, start, [gradients[name] for name in objective.names], h, tolerance)
    doubt, counts = _doubt(trace), _counts(trace)
    differences = [
        Difference(name, *_explained(one, doubt, name in counts))
        for name, one in zip(objective.names, found, strict=True)
    ]
    return Check(
        differences,
        h,
        tolerance,
        _check_nodes(trace, h, tolerance, objective.deadline) if nodes else {},
        _series(value, start, differences) if series else {},
    )


COUNT = "a count or an index: it has to be whole, and has no slope"


def _explained(found: Found, doubt: str | None, is_count: bool) -> Found:
    """Return a finding with a reason where it disagrees, and none where nothing can be measured."""
    if is_count and not math.isfinite(found.central):
        return found.judged(True, COUNT)
    return found if found.agrees or found.note else found.judged(False, doubt)


def _counts(trace: Trace) -> set[str | None]:
    """Return the names of inputs that the program looked at as plain numbers."""
    values = trace.graph.values
    looked_at = [n for g in trace.annotations.guards if g.sign == "==" for n in g.nodes]
    return {values[node].label for node in looked_at if values[node].operation is None}


def _moved(objective: Objective) -> tuple[Function, Floats]:
    """Return the output as a function of the program's inputs, and where they are."""
    trace = objective.trace
    if _has_own_numbers(trace):
        return _in_the_graph(trace, [entry.node for entry in trace.inputs], objective.deadline)

    def value(points: Floats) -> Floats:
        return objective.over(points, with_grads=False)[0]

    return value, np.array(objective.start)


def _has_own_numbers(trace: Trace) -> bool:
    """Tell whether setting an input by name would move more than the node that has its gradient.

    A program that trains writes new numbers for its names; others use one name for several.
    """
    return trace.annotations.is_opaque or any(
        list(trace.settable(entry.name)) != [entry.node] for entry in trace.inputs
    )


def _doubt(trace: Trace) -> str | None:
    """Return why gradients of this program may well differ from its slopes."""
    if any(trace.annotations.carried.values()):
        return "gradients of several backward passes have added up: nothing zeroed them"
    if any(guard.sign == "==" for guard in trace.annotations.guards):
        return "the program computes with plain numbers (.data): no gradient flows through those"
    if any(edge.sides for edge in trace.edges):
        return "operations at their kinks: the conventions there do not add up to the slope"
    return None


def _series(
    function: Function, start: Floats, found: Sequence[Difference]
) -> dict[str, dict[str, list[float]]]:
    """Return the errors of both differences against h."""
    series = {}
    y = function(start[None])[0] if len(start) else 0.0
    for index, one in enumerate(found):
        points = np.repeat(start[None], 2 * len(SERIES), axis=0)
        points[: len(SERIES), index] += SERIES
        points[len(SERIES) :, index] -= SERIES
        above, below = function(points).reshape(2, -1)
        with np.errstate(all="ignore"):
            forward = np.abs((above - y) / SERIES - one.gradient)
            central = np.abs((above - below) / (2 * np.array(SERIES)) - one.gradient)
        series[one.name] = {"forward": forward.tolist(), "central": central.tolist()}
    return series


# -- every node -----------------------------------------------------------------------------------


def _check_nodes(
    trace: Trace, h: float, tolerance: float, deadline: Deadline
) -> dict[int, Difference]:
    """Check ∂output/∂node for every node that the output was made from and that is no constant."""
    chosen = [
        index
        for index, value in enumerate(trace.graph.values)
        if trace.reaches[index] and (value.operation is not None or value.label)
    ]
    value, start = _in_the_graph(trace, chosen, deadline)
    # The program's own gradients may hold what earlier passes left; these are of one pass.
    of_one_pass = record(trace.graph.values[trace.output], graph=trace.graph)
    gradients = [of_one_pass.grads[index] for index in chosen]
    found = measure(value, start, gradients, h, tolerance)
    return {
        index: Difference(trace.nodes[index].name or f"n{index}", *one)
        for index, one in zip(chosen, found, strict=True)
    }


def _in_the_graph(
    trace: Trace, chosen: Sequence[int], deadline: Deadline
) -> tuple[Function, Floats]:
    """Return the output as a function of the numbers at some nodes, and those numbers.

    Each is moved by a variable of its own, which a copy of the graph adds to it.
    """
    copies, shifts = _shifted(trace, set(chosen))
    copy = record(copies[trace.output])
    position = {value: index for index, value in enumerate(copy.graph.values)}
    slots = [[position[shifts[index]]] if shifts[index] in position else [] for index in chosen]
    again = Replay(Cut(copy.graph, copy.output, slots))
    numbers = np.array([trace.graph.values[index].data for index in chosen])
    start = np.where(np.isfinite(numbers), numbers, 0.0)

    def value(points: Floats) -> Floats:
        deadline.check()
        return again.unguarded(points - start, with_grads=False)[0]

    return value, start


def _shifted(trace: Trace, chosen: set[int]) -> tuple[list[Value], dict[int, Value]]:
    """Return a copy of the graph in which each chosen node has a variable of 0 added to it."""
    copies: list[Value] = []
    shifts: dict[int, Value] = {}
    for index, (value, operands) in enumerate(
        zip(trace.graph.values, trace.graph.operands, strict=True)
    ):
        if value.operation is None:
            copy = Value(value.data, value.label)
        else:
            copy = FUNCTIONS[value.operation.name](*(copies[operand] for operand in operands))
        if index in chosen:
            shifts[index] = Value(0.0, "shift")
            copy = copy + shifts[index]
        copies.append(copy)
    return copies, shifts
