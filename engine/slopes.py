"""Slopes: what small steps measure of a function, and whether a gradient agrees with it.

The forward difference (f(x+h) - f(x))/h errs by about h·f''/2, the central difference
(f(x+h) - f(x-h))/2h by h²·f'''/6, and both by the rounding of f over h: the error against h is a
U, large on both sides. At a kink the slopes of the two sides differ, and any number between them is
a fair derivative: there both slopes are named.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from engine.columns import Floats

EPSILON = float(np.finfo(float).eps)
BENT = 1e-2
"""How much of a slope curvature or rounding may explain, before h is too large or too small."""
FINER = (0.5, 0.1, 0.01, 0.001)
"""Shares of h that are tried, too, where h itself may reach past a kink."""

ROOM = 1_000_000
"""Numbers in the points of one evaluation."""

Function = Callable[[Floats], Floats]
"""Points (n, d) → values (n,)."""

KEPT = 0.8
"""Share of the gap between two sides that a smaller h leaves at a kink: on a curve they meet."""
GROWN = 1.5
"""How much larger the gap becomes as h shrinks where the output jumps. At a kink it stays."""
NOISE = 16.0
"""Times what rounding may do: a gap below that is none."""


class Found(NamedTuple):
    """What was measured of one variable, and whether its gradient agrees."""

    gradient: float
    forward: float
    central: float
    error: float
    agrees: bool = False
    note: str | None = None

    def judged(self, agrees: bool, note: str | None = None) -> Found:
        """Return the same numbers with a verdict, and what there is to say of it."""
        return self._replace(agrees=agrees, note=note)


def measure(
    function: Function,
    start: Floats,
    gradients: Sequence[float],
    h: float,
    tolerance: float,
) -> list[Found]:
    """Return one finding a variable, at finer steps than h where those are not enough."""
    every = range(len(start))
    found = dict(_found(function, start, gradients, every, [h, h * FINER[0]], tolerance))
    odd = [index for index, one in found.items() if not one.agrees or one.note]
    steps = [h, *(h * share for share in FINER)]
    found |= dict(_found(function, start, gradients, odd, steps, tolerance))
    return [found[index] for index in every]


def _found(
    function: Function,
    start: Floats,
    gradients: Sequence[float],
    moved: Sequence[int],
    steps: Sequence[float],
    tolerance: float,
) -> Iterator[tuple[int, Found]]:
    """Yield the finding of each moved variable, by its index."""
    offsets = np.array([sign * step for step in steps for sign in (1.0, -1.0)])
    count = len(offsets)
    some = max(1, ROOM // (count * max(len(start), 1)))
    for first in range(0, len(moved), some):
        part = moved[first : first + some]
        points = np.repeat(start[None], 1 + len(part) * count, axis=0)
        sizes = [_enough(float(start[index])) for index in part]
        for turn, index in enumerate(part):
            points[1 + turn * count : 1 + (turn + 1) * count, index] += offsets * sizes[turn]
        y, *rest = function(points).tolist()
        for turn, index in enumerate(part):
            values = rest[turn * count : (turn + 1) * count]
            hs = [step * sizes[turn] for step in steps]
            around = list(zip(hs, values[::2], values[1::2], strict=True))
            yield index, _judge(gradients[index], float(start[index]), y, around, tolerance)


def _enough(x: float) -> float:
    """Return by how much to lengthen a step beside a number so large that it would be lost."""
    return max(1.0, abs(x) * 1e-6) if math.isfinite(x) else 1.0


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
    gradient: float,
    x: float,
    y: float,
    around: list[tuple[float, float, float]],
    tolerance: float,
) -> Found:
    """Judge a gradient by (h, f(x+h), f(x-h)) at several h, the second being half of the first."""
    every = [_slopes(x, y, *one) for one in around]
    first = every[0]
    found = Found(gradient, first.right, first.central, abs(gradient - first.central))
    if not math.isfinite(x):
        return found.judged(False, "the input is not finite: no step leads away from it")
    if math.isinf(first.blur) and math.isfinite(y):
        return found.judged(False, f"h = {first.h:g} is lost beside {x:g}: take a larger h")
    if not math.isfinite(y):
        return found.judged(False, "the output is not finite here: no slope can be measured")
    if not math.isfinite(first.central) or not math.isfinite(gradient):
        return _one_sided(found, every, tolerance)
    if _has_two_slopes(every):
        return _broken(found, every, tolerance)
    return _smooth(found, every, tolerance)


def _broken(found: Found, every: Sequence[Slopes], tolerance: float) -> Found:
    """Judge at a kink, where any number between the two slopes will do, or at a jump."""
    gradient, first, half = found.gradient, every[0], every[1]
    if every[-1].gap > GROWN * first.gap:
        return found.judged(False, "the output jumps here: there is no derivative")
    # Twice the slope of half the step less that of the whole: what curvature adds is gone.
    left, right = 2 * half.left - first.left, 2 * half.right - first.right
    low, high = sorted((left, right))
    slack = NOISE / 2 * first.blur + tolerance * max(1.0, abs(gradient))
    sides = f"the slope is {left:.6g} on the left and {right:.6g} on the right"
    if low - slack <= gradient <= high + slack:
        return found.judged(True, f"a kink: {sides}; {gradient:.6g} is the convention")
    return found.judged(False, f"a kink: {sides}; the conventions make it {gradient:.6g}")


def _smooth(found: Found, every: Sequence[Slopes], tolerance: float) -> Found:
    """Judge where the curve has one slope, which h may be too large or too small to measure."""
    gradient, first = found.gradient, every[0]
    scale = max(1.0, abs(gradient))
    # Halving h takes three quarters of what curvature adds: the change tells how much that is.
    bend = 2 * abs(first.central - every[1].central)
    if found.error <= tolerance * scale + first.blur + bend and bend <= BENT * scale:
        return found.judged(True)
    for slopes in every[1:]:
        error = abs(gradient - slopes.central)
        if slopes.blur <= BENT * scale and error <= tolerance * scale + slopes.blur:
            note = f"the curve bends or breaks within h; at h = {slopes.h:g} the two agree"
            return found.judged(True, note)
    return found.judged(False)


def _has_two_slopes(every: Sequence[Slopes]) -> bool:
    """Tell whether the sides keep different slopes as h shrinks: on a smooth curve they meet."""
    gap = KEPT * every[0].gap
    return all(slopes.gap > max(gap, NOISE * slopes.blur) for slopes in every)


def _one_sided(found: Found, every: Sequence[Slopes], tolerance: float) -> Found:
    """Judge where one side, or the gradient, is not finite."""
    gradient, first = found.gradient, every[0]
    side = first.right if math.isfinite(first.right) else first.left
    found = found._replace(error=abs(gradient - side))
    if math.isnan(gradient):
        return found.judged(
            False, "the gradient is not a number: look at the warnings of the nodes"
        )
    if not math.isfinite(side):
        return found.judged(False, "the output is not finite next to this point, on either side")
    of_side = [s.right if side == first.right else s.left for s in every]
    if math.isinf(gradient):
        grows = all(abs(b) > 1.2 * abs(a) for a, b in pairwise(of_side[1:]))
        steep = grows and math.copysign(1, gradient) == math.copysign(1, side)
        note = "infinitely steep: the measured slope grows without end as h shrinks"
        return found.judged(steep, note)
    agrees = abs(gradient - of_side[1]) <= max(10 * tolerance, 2 * abs(of_side[0] - of_side[1]))
    note = "the output exists on one side only: that side's slope is compared"
    return found.judged(agrees, note)
