"""Sweep: a program's output and gradients along one input, or over a grid of two."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engine.columns import Floats
from engine.errors import LimitExceeded, TypeProblem, quoted
from engine.limits import Limits
from engine.objective import Objective


@dataclass(frozen=True, slots=True)
class Axis:
    """The numbers that one input takes: `points` of them from `low` to `high`, both included."""

    name: str
    low: float
    high: float
    points: int

    def numbers(self) -> Floats:
        """Return the points, evenly spaced."""
        if math.isfinite(self.high - self.low):
            return np.linspace(self.low, self.high, self.points)
        share = np.linspace(0.0, 1.0, self.points)
        return self.low * (1.0 - share) + self.high * share  # further apart than a double is large


@dataclass(frozen=True, slots=True)
class Sweep:
    """Values and gradients over a grid; a point at which the program fails is nan."""

    axes: Sequence[Axis]
    values: Floats
    """One dimension an axis."""
    grads: Mapping[str, Floats]
    """By the name of each axis."""


def sweep(
    source: str,
    over: Sequence[Axis],
    inputs: Mapping[str, float] | None = None,
    output: str | None = None,
    data: Mapping[str, Sequence[float]] | None = None,
    limits: Limits | None = None,
) -> Sweep:
    """Evaluate a program over one or two axes; with `data`, its mean over the rows.

    Raises a `ChainruleError`.
    """
    limits = limits or Limits()
    _check(over, limits)
    names = [axis.name for axis in over]
    objective = Objective(source, names, inputs, output, data, limits)
    grid = np.meshgrid(*(axis.numbers() for axis in over), indexing="ij")
    values, grads = objective.over(np.stack([numbers.ravel() for numbers in grid], axis=1))
    shape = grid[0].shape
    by_name = {name: grads[:, i].reshape(shape) for i, name in enumerate(names)}
    return Sweep(over, values.reshape(shape), by_name)


def _check(over: Sequence[Axis], limits: Limits) -> None:
    if len(over) not in (1, 2) or len({axis.name for axis in over}) != len(over):
        raise TypeProblem("A sweep goes over one input or two different ones.")
    for axis in over:
        if axis.points < 1 or not all(map(math.isfinite, (axis.low, axis.high))):
            raise TypeProblem(
                f"The axis {quoted(axis.name)} needs finite ends and at least one point."
            )
    if math.prod(axis.points for axis in over) > limits.sweep:
        raise LimitExceeded(f"A sweep of more than {limits.sweep} points, the limit `sweep`.")
