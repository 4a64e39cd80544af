"""Optimizers: how a gradient becomes a change of the numbers, as `torch.optim` defines each.

An update is a pure function of arrays: numbers, gradient and state in, new numbers and state out.
The state's parts bear the names that PyTorch gives them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from inspect import Parameter, signature
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np

from engine.columns import Floats
from engine.errors import UnknownName, quoted

State = Mapping[str, Floats]
Update = Callable[..., tuple[Floats, dict[str, Floats]]]


class Optimizer(NamedTuple):
    """A rule of descent: `update(numbers, grads, state, rate, count)`, count being 1 at first.

    Numbers that have been moved more often than others have counts of their own.

    The rest that an update takes, by name, are its options, as PyTorch calls them.
    """

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

    @property
    def options(self) -> dict[str, Any]:
        """What `given` takes, by name, each as it is where it is not given."""
        parameters = signature(self.update).parameters.values()
        return {one.name: one.default for one in parameters if one.kind is Parameter.KEYWORD_ONLY}

    def given(self, **options: Any) -> Optimizer:
        """Return this rule with other options than its own."""
        return self._replace(update=partial(self.update, **options))


# The numbers that PyTorch takes where none are given.
MOMENTUM = 0.9


def _decayed(g: Floats, w: Floats, weight_decay: float) -> Floats:
    """Return a gradient to which the squares of the numbers add, so that they stay small."""
    return g + weight_decay * w if weight_decay else g


def _sgd(
    w: Floats,
    g: Floats,
    state: State,
    rate: float,
    count: int | Floats,
    *,
    momentum: float = 0.0,
    dampening: float = 0.0,
    weight_decay: float = 0.0,
    nesterov: bool = False,
) -> tuple[Floats, dict[str, Floats]]:
    g = _decayed(g, w, weight_decay)
    if not momentum:
        return w - rate * g, {}
    rolling = momentum * state.get("momentum_buffer", np.zeros_like(w)) + (1 - dampening) * g
    velocity = np.where(np.equal(count, 1), g, rolling)
    step = g + momentum * velocity if nesterov else velocity
    return w - rate * step, {"momentum_buffer": velocity}


def _adagrad(
    w: Floats,
    g: Floats,
    state: State,
    rate: float,
    count: int | Floats,
    *,
    lr_decay: float = 0.0,
    weight_decay: float = 0.0,
    eps: float = 1e-10,
) -> tuple[Floats, dict[str, Floats]]:
    g = _decayed(g, w, weight_decay)
    total = state["sum"] + g * g
    slowed = rate / (1 + (count - 1) * lr_decay)
    return w - slowed * g / (np.sqrt(total) + eps), {"sum": total}


def _rmsprop(
    w: Floats,
    g: Floats,
    state: State,
    rate: float,
    count: int | Floats,
    *,
    alpha: float = 0.99,
    eps: float = 1e-8,
    weight_decay: float = 0.0,
    momentum: float = 0.0,
) -> tuple[Floats, dict[str, Floats]]:
    g = _decayed(g, w, weight_decay)
    average = alpha * state["square_avg"] + (1 - alpha) * g * g
    step, after = g / (np.sqrt(average) + eps), {"square_avg": average}
    if momentum:
        step = momentum * state.get("momentum_buffer", np.zeros_like(w)) + step
        after["momentum_buffer"] = step
    return w - rate * step, after


def _adam(
    w: Floats,
    g: Floats,
    state: State,
    rate: float,
    count: int | Floats,
    *,
    betas: tuple[float, float] = (0.9, 0.999),
    eps: float = 1e-8,
    weight_decay: float = 0.0,
    decoupled_weight_decay: bool = False,
) -> tuple[Floats, dict[str, Floats]]:
    first, second = betas
    if decoupled_weight_decay:
        w = w * (1 - rate * weight_decay)
    else:
        g = _decayed(g, w, weight_decay)
    mean = first * state["exp_avg"] + (1 - first) * g
    square = second * state["exp_avg_sq"] + (1 - second) * g * g
    # Both averages begin at zero; early on they are too small by these factors.
    step = rate / (1 - first**count)
    root = np.sqrt(square) / np.sqrt(1 - second**count) + eps
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
                partial(_sgd, momentum=MOMENTUM),
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
