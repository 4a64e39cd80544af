"""Optimizers: how a gradient becomes a change of the numbers, as `torch.optim` defines each.

An update is a pure function of arrays: numbers, gradient and state in, new numbers and state out.
The state's parts bear the names that PyTorch gives them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from engine.columns import Floats
from engine.errors import UnknownName, quoted

State = Mapping[str, Floats]
Update = Callable[[Floats, Floats, State, float, int], tuple[Floats, dict[str, Floats]]]


class Optimizer(NamedTuple):
    """A rule of descent: `update(numbers, grads, state, rate, count)`, count being 1 at first."""

    name: str
    rate: float
    """The learning rate where none is given."""
    buffers: tuple[str, ...]
    """The parts of its state, each one number a trained number, zero at first."""
    update: Update
    note: str

    def state(self, size: int) -> dict[str, Floats]:
        """Return the state before the first update."""
        return {name: np.zeros(size) for name in self.buffers}


# The numbers that PyTorch takes where none are given.
MOMENTUM = 0.9
DECAY = 0.99
BETAS = (0.9, 0.999)
TINY = 1e-8
TINY_OF_ADAGRAD = 1e-10


def _sgd(
    w: Floats, g: Floats, state: State, rate: float, count: int
) -> tuple[Floats, dict[str, Floats]]:
    return w - rate * g, {}


def _momentum(
    w: Floats, g: Floats, state: State, rate: float, count: int
) -> tuple[Floats, dict[str, Floats]]:
    velocity = MOMENTUM * state["momentum_buffer"] + g
    return w - rate * velocity, {"momentum_buffer": velocity}


def _adagrad(
    w: Floats, g: Floats, state: State, rate: float, count: int
) -> tuple[Floats, dict[str, Floats]]:
    total = state["sum"] + g * g
    return w - rate * g / (np.sqrt(total) + TINY_OF_ADAGRAD), {"sum": total}


def _rmsprop(
    w: Floats, g: Floats, state: State, rate: float, count: int
) -> tuple[Floats, dict[str, Floats]]:
    average = DECAY * state["square_avg"] + (1 - DECAY) * g * g
    return w - rate * g / (np.sqrt(average) + TINY), {"square_avg": average}


def _adam(
    w: Floats, g: Floats, state: State, rate: float, count: int
) -> tuple[Floats, dict[str, Floats]]:
    first, second = BETAS
    mean = first * state["exp_avg"] + (1 - first) * g
    square = second * state["exp_avg_sq"] + (1 - second) * g * g
    # Both averages begin at zero; early on they are too small by these factors.
    step = rate / (1 - first**count)
    root = np.sqrt(square) / np.sqrt(1 - second**count) + TINY
    return w - step * mean / root, {"exp_avg": mean, "exp_avg_sq": square}


OPTIMIZERS: Mapping[str, Optimizer] = MappingProxyType(
    {
        row.name: row
        for row in (
            Optimizer("sgd", 1e-3, (), _sgd, "w ← w − rate · gradient."),
            Optimizer(
                "momentum",
                1e-3,
                ("momentum_buffer",),
                _momentum,
                "A ball that rolls: each step keeps nine tenths of the last one.",
            ),
            Optimizer(
                "adagrad",
                1e-2,
                ("sum",),
                _adagrad,
                "Each number has its own rate, which shrinks with all its past gradients.",
            ),
            Optimizer(
                "rmsprop",
                1e-2,
                ("square_avg",),
                _rmsprop,
                "Each number has its own rate, by the recent size of its gradients.",
            ),
            Optimizer(
                "adam",
                1e-3,
                ("exp_avg", "exp_avg_sq"),
                _adam,
                "Momentum and rmsprop together, corrected for their start at zero.",
            ),
        )
    }
)
"""By name."""


def named(name: str) -> Optimizer:
    """Return an optimizer by name. Raises `UnknownName`."""
    if name not in OPTIMIZERS:
        known = ", ".join(OPTIMIZERS)
        raise UnknownName(f"No optimizer is called {quoted(name)}.", hint=f"one of {known}")
    return OPTIMIZERS[name]
