"""Gradient check: every gradient beside the slope that a small change h measures.

The forward difference (f(x+h) - f(x))/h errs by about h·f''/2, the central difference
(f(x+h) - f(x-h))/2h by h²·f'''/6, and both by the rounding of f over h: the error against h is a
U, large on both sides. At a kink the slopes of the two sides differ, and any number between them is
a fair derivative: there the check names both slopes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from engine.columns import Floats
from engine.errors import TypeProblem
from engine.graph import Cut
from engine.limits import Limits
from engine.objective import Objective
from engine.replay import Replay
from engine.trace import Trace, record
from engine.value import FUNCTIONS, Value

H = 1e-5
TOLERANCE = 1e-6
EPSILON = float(np.finfo(float).eps)
SERIES = tuple(10.0 ** (-power / 2) for power in range(2, 25))
"""The h of an error series: 0.1 down to 1e-12, two a decade."""
BENT = 1e-2
"""How much of a slope curvature or rounding may explain, before h is too large or too small."""
FINER = (0.5, 0.1, 0.01, 0.001)
"""Shares of h that are tried, too, where h itself may reach past a kink."""

Function = Callable[[Floats], Floats]
"""Points (n, d) → values (n,)."""


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
    trace: Trace | None = None

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
    start = np.array(objective.start)
    gradients = {entry.name: entry.grad for entry in trace.inputs}

    def value(points: Floats) -> Floats:
        return objective.over(points)[0]

    found = measure(value, start, [gradients[name] for name in objective.names], h, tolerance)
    doubt = _doubt(trace)
    differences = [
        Difference(name, *one[:-1], one[-1] or (None if one[-2] else doubt))
        for name, one in zip(objective.names, found, strict=True)
    ]
    return Check(
        differences,
        h,
        tolerance,
        _check_nodes(trace, h, tolerance, objective) if nodes else {},
        _series(value, start, differences) if series else {},
        trace,
    )


def _doubt(trace: Trace) -> str | None:
    """Return why gradients of this program may well differ from its slopes."""
    if any(trace.margin.carried.values()):
        return "gradients of several backward passes have added up: nothing zeroed them"
    if trace.margin.is_opaque or len(trace.margin.history) > 1:
        return "the program changes its own numbers between passes; a gradient is of the last one"
    if any(guard.sign == "==" for guard in trace.margin.guards):
        return "the program computes with plain numbers (.data): no gradient flows through those"
    bent = [n for n in trace.nodes if any(w.startswith(("a kink", "a tie")) for w in n.warnings)]
    if bent:
        return "operations at their kinks: the conventions there do not add up to the slope"
    return None


# -- measuring ------------------------------------------------------------------------------------

Found = tuple[float, float, float, float, bool, str | None]
"""Gradient, forward, central, error, agrees, note."""


def measure(
    function: Function,
    start: Floats,
    gradients: Sequence[float],
    h: float,
    tolerance: float,
) -> list[Found]:
    """Return one finding a variable, from one evaluation of all the points that they need."""
    if not len(start):
        return []
    steps = [h, *(h * share for share in FINER)]
    offsets = np.array([sign * step for step in steps for sign in (1.0, -1.0)])
    points = np.repeat(start[None], 1 + len(start) * len(offsets), axis=0)
    for index in range(len(start)):
        points[1 + index * len(offsets) : 1 + (index + 1) * len(offsets), index] += offsets
    values = function(points)
    around = values[1:].reshape(len(start), len(steps), 2)
    return [
        _judge(gradient, float(x), float(values[0]), list(zip(steps, ys, strict=True)), tolerance)
        for gradient, x, ys in zip(gradients, start, around.tolist(), strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Slopes:
    """The slopes that one h measures."""

    h: float
    right: float
    left: float
    central: float
    blur: float
    """How far rounding alone may move the central difference."""

    @property
    def gap(self) -> float:
        """By how much the two sides differ."""
        return abs(self.right - self.left)


def _slopes(x: float, y: float, h: float, above: float, below: float) -> Slopes:
    # What is stepped is not quite h: x + h is rounded.
    up, down = (x + h) - x, x - (x - h)
    if not up or not down:
        return Slopes(h, math.nan, math.nan, math.nan, math.inf)
    blur = 4 * EPSILON * max(abs(y), abs(above), abs(below)) / h
    return Slopes(h, (above - y) / up, (y - below) / down, (above - below) / (up + down), blur)


def _judge(
    gradient: float, x: float, y: float, around: list[tuple[float, list[float]]], tolerance: float
) -> Found:
    every = [_slopes(x, y, h, above, below) for h, (above, below) in around]
    first = every[0]
    found = (gradient, first.right, first.central, abs(gradient - first.central))
    if math.isinf(first.blur) and math.isfinite(y):
        return (*found, False, f"h = {first.h:g} is lost beside {x:g}: take a larger h")
    if not math.isfinite(y):
        return (*found, False, "the output is not finite here: no slope can be measured")
    if not math.isfinite(first.central) or not math.isfinite(gradient):
        return _one_sided(gradient, every, tolerance)
    if _has_two_slopes(every):
        if every[-1].gap > 1.5 * first.gap:
            return (*found, False, "the output jumps here: there is no derivative")
        low, high = sorted((first.left, first.right))
        slack = first.blur + tolerance
        sides = f"the slope is {first.left:.6g} on the left and {first.right:.6g} on the right"
        note = f"a kink: {sides}; {gradient:.6g} is the convention"
        return (*found, low - slack <= gradient <= high + slack, note)
    scale = max(1.0, abs(gradient))
    # Halving h takes three quarters of what curvature adds: the change tells how much that is.
    bend = 2 * abs(first.central - every[1].central)
    if found[-1] <= tolerance * scale + first.blur + bend and bend <= BENT * scale:
        return (*found, True, None)
    for slopes in every[1:]:
        error = abs(gradient - slopes.central)
        if slopes.blur <= BENT * scale and error <= tolerance * scale + slopes.blur:
            note = f"the curve bends or breaks within h; at h = {slopes.h:g} the two agree"
            return (*found, True, note)
    return (*found, False, None)


def _has_two_slopes(every: Sequence[Slopes]) -> bool:
    """Tell whether the sides keep different slopes as h shrinks: on a smooth curve they meet."""
    gap = 0.8 * every[0].gap
    return all(slopes.gap > max(gap, 16 * slopes.blur) for slopes in every)


def _one_sided(gradient: float, every: Sequence[Slopes], tolerance: float) -> Found:
    """Judge where one side, or the gradient, is not finite."""
    first = every[0]
    side = first.right if math.isfinite(first.right) else first.left
    error = abs(gradient - side)
    found = (gradient, first.right, first.central, error)
    if math.isnan(gradient):
        return (*found, False, "the gradient is not a number: look at the warnings of the nodes")
    if not math.isfinite(side):
        return (*found, False, "the output is not finite next to this point, on either side")
    of_side = [s.right if side == first.right else s.left for s in every]
    if math.isinf(gradient):
        grows = all(abs(b) > 1.2 * abs(a) for a, b in pairwise(of_side[1:]))
        steep = grows and math.copysign(1, gradient) == math.copysign(1, side)
        return (
            *found,
            steep,
            "infinitely steep: the measured slope grows without end as h shrinks",
        )
    agrees = abs(gradient - of_side[1]) <= max(10 * tolerance, 2 * abs(of_side[0] - of_side[1]))
    return (*found, agrees, "the output exists on one side only: that side's slope is compared")


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
    trace: Trace, h: float, tolerance: float, objective: Objective
) -> dict[int, Difference]:
    """Check ∂output/∂node for every node that the output was made from and that is no constant.

    All nodes are moved by variables of their own: a copy of the graph adds one to each.
    """
    chosen = [
        index
        for index, value in enumerate(trace.graph.values)
        if trace.reaches[index] and (value.operation is not None or value.label)
    ]
    moved, shifts = _shifted(trace, set(chosen))
    copy = record(moved[trace.output])
    position = {value: index for index, value in enumerate(copy.graph.values)}
    cut = Cut(copy.graph, copy.output, [[position[shifts[index]]] for index in chosen])
    again = Replay(cut)

    def value(points: Floats) -> Floats:
        objective.deadline.check()
        return again.unguarded(points)[0]

    # The program's own gradients may hold what earlier passes left; these are of one pass.
    of_one_pass = record(trace.graph.values[trace.output], graph=trace.graph)
    gradients = [of_one_pass.grads[index] for index in chosen]
    found = measure(value, np.zeros(len(chosen)), gradients, h, tolerance)
    return {
        index: Difference(trace.nodes[index].name or f"n{index}", *one)
        for index, one in zip(chosen, found, strict=True)
    }


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
