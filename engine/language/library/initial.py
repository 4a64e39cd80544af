"""Initial weights: `torch.nn.init`, whose functions write the numbers of a tensor."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from engine.errors import TypeProblem
from engine.language.library.arrays import filled, sizes
from engine.language.runtime.run import Run, describe, plain
from engine.language.values.array import Array
from engine.language.values.indexing import write
from engine.language.values.views import data_of

GAINS = {"relu": math.sqrt(2), "tanh": 5 / 3, "selu": 3 / 4}
"""How much wider than for a line weights are drawn before an activation, in PyTorch."""


def _written(run: Run, tensor: Any, make: Callable[[], float]) -> Any:
    """Write numbers one after the other, into data alone; return the tensor."""
    if not isinstance(tensor, Array):
        raise TypeProblem(f"A tensor is needed here, not {describe(tensor)}.")
    write(run, data_of(run, tensor), slice(None), filled(run, list(sizes(tensor)), make))
    return tensor


def _constant(run: Run, tensor: Any, val: Any) -> Any:
    return _written(run, tensor, lambda: plain(val))


def _uniform(run: Run, tensor: Any, a: Any = 0.0, b: Any = 1.0) -> Any:
    low, high = plain(a), plain(b)
    return _written(run, tensor, lambda: run.maker.random.uniform(low, high))


def _normal(run: Run, tensor: Any, mean: Any = 0.0, std: Any = 1.0) -> Any:
    middle, width = plain(mean), plain(std)
    return _written(run, tensor, lambda: run.maker.random.gauss(middle, width))


def _fans(tensor: Any) -> tuple[int, int]:
    """Return how many numbers each one of a layer reads, and how many read it."""
    shape = sizes(tensor)
    if len(shape) < 2:
        raise TypeProblem("Weights have two axes here: rows and columns.")
    inner = math.prod(shape[2:])
    return shape[1] * inner, shape[0] * inner


def _drawn(run: Run, tensor: Any, width: float, *, flat: bool) -> Any:
    """Draw from a normal of a standard deviation, or from the interval that has the same."""
    bound = width * math.sqrt(3.0)
    return _uniform(run, tensor, -bound, bound) if flat else _normal(run, tensor, 0.0, width)


def _xavier(*, flat: bool) -> Callable[..., Any]:
    def action(run: Run, tensor: Any, gain: Any = 1.0) -> Any:
        width = plain(gain) * math.sqrt(2.0 / max(sum(_fans(tensor)), 1))
        return _drawn(run, tensor, width, flat=flat)

    return action


def _kaiming(*, flat: bool) -> Callable[..., Any]:
    def action(
        run: Run,
        tensor: Any,
        a: Any = 0,
        mode: Any = "fan_in",
        nonlinearity: Any = "leaky_relu",
    ) -> Any:
        fan = _fans(tensor)[mode == "fan_out"]
        return _drawn(run, tensor, _gain(run, nonlinearity, a) / math.sqrt(max(fan, 1)), flat=flat)

    return action


def _gain(run: Run, nonlinearity: Any, param: Any = None) -> float:
    if nonlinearity == "leaky_relu":
        slope = 0.01 if param is None else plain(param)
        return math.sqrt(2.0 / (1 + slope**2))
    return GAINS.get(nonlinearity, 1.0)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "init.constant_": _constant,
    "init.zeros_": lambda run, tensor: _constant(run, tensor, 0.0),
    "init.ones_": lambda run, tensor: _constant(run, tensor, 1.0),
    "init.uniform_": _uniform,
    "init.normal_": _normal,
    "init.xavier_uniform_": _xavier(flat=True),
    "init.xavier_normal_": _xavier(flat=False),
    "init.kaiming_uniform_": _kaiming(flat=True),
    "init.kaiming_normal_": _kaiming(flat=False),
    "init.calculate_gain": _gain,
}
