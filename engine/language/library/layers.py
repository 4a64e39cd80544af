"""Layers: the classes of `torch.nn` whose objects are called: `nn.ReLU()`, `nn.Linear(2, 1)`."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from engine.errors import TypeProblem
from engine.language.library import classes, losses
from engine.language.library.arrays import filled, nested, watch, watched
from engine.language.library.models import check_sizes
from engine.language.library.operate import builtin, flat, operate
from engine.language.library.products import matrix_product
from engine.language.library.shapes import flattened, transposed
from engine.language.runtime.run import Run, describe, whole
from engine.language.runtime.variable import INFIX, METHODS, Variable
from engine.language.values.array import Array
from engine.language.values.comparisons import truth
from engine.language.values.functions import Builtin, Function, apply
from engine.language.values.views import viewing
from engine.nn import Module, Stack

ACTIVATIONS = ("ReLU", "LeakyReLU", "ELU", "GELU", "Tanh", "Sigmoid", "Softplus")

OTHERS = {
    "MSELoss": "mse_loss",
    "L1Loss": "l1_loss",
    "HuberLoss": "huber_loss",
    "SmoothL1Loss": "smooth_l1_loss",
    "BCELoss": "binary_cross_entropy",
    "BCEWithLogitsLoss": "binary_cross_entropy_with_logits",
    "CrossEntropyLoss": "cross_entropy",
    "NLLLoss": "nll_loss",
    "Softmax": "softmax",
    "LogSoftmax": "log_softmax",
}
"""Classes that are called otherwise than the functions that they make."""


def _class(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Return what makes a function that has its options already."""

    def made(run: Run, /, *options: Any, inplace: Any = False, **named: Any) -> Builtin:
        def action(run: Run, /, *operands: Any) -> Any:
            return Builtin(name, function)(run, *operands, *options, **named)

        return Builtin(name, action)

    return made


class Linear(Module):
    """x W^T + b for one row or for many, with PyTorch's names and its range of weights."""

    def __init__(self, run: Run, fan_in: int, fan_out: int, bias: bool) -> None:
        self.run = run
        bound = 1 / math.sqrt(fan_in)

        def drawn(*shape: int) -> Any:
            draw = run.maker.random.uniform
            return watched(run, filled(run, [*shape], lambda: draw(-bound, bound)))

        self.weight: Array = drawn(fan_out, fan_in)
        self.bias: Array | None = drawn(fan_out) if bias else None

    def __call__(self, x: Any) -> Any:
        """Return one number for each row of the weights."""
        run = self.run
        out = matrix_product(run, nested(run, x), transposed(run, self.weight))
        return out if self.bias is None else operate(run, INFIX["+"], out, self.bias)

    def parts(self) -> dict[str, Any]:
        """Return the weights and the bias by their names."""
        return {".weight": self.weight, ".bias": self.bias}

    def parameters(self) -> list[Any]:
        """Return the arrays of weights and, if there is one, of the bias."""
        return [array for array in (self.weight, self.bias) if array is not None]

    def zero_grad(self) -> None:
        """Forget the gradients of all numbers."""
        for number in flat(self.run, Array(self.parameters())):
            number.grad = 0.0

    def __repr__(self) -> str:
        rows, columns = self.weight.shape
        held = self.bias is not None
        return f"Linear(in_features={columns}, out_features={rows}, bias={held})"


class Sequential(Stack):
    """Layers and functions, each called with what the one before returns."""

    def __init__(self, run: Run, layers: Sequence[Any]) -> None:
        self.run = run
        self.layers = list(layers)
        # A Sequential of two of the same holds twice as many: whoever goes over them pays.
        self.count: int = sum(getattr(layer, "count", 1) for layer in layers)
        run.recording.charge(self.count)

    def __call__(self, x: Any) -> Any:
        """Return what the last layer makes of a list of inputs."""
        for layer in self.layers:
            x = apply(self.run, layer, x)
        return x

    def parameters(self) -> list[Any]:
        """Return the parameters of each layer in turn."""
        self.run.recording.charge(self.count)
        return super().parameters()

    def zero_grad(self) -> None:
        """Forget the gradients of all layers."""
        self.run.recording.charge(self.count)
        for layer in self.layers:
            if isinstance(layer, Module):
                layer.zero_grad()

    def __repr__(self) -> str:
        self.run.recording.charge(8 * self.count)
        lines = ["Sequential("]
        for index, layer in enumerate(self.layers):
            shown = str(layer) if isinstance(layer, Module) else f"{layer.name}()"
            lines.append(f"  ({index}): " + shown.replace("\n", "\n  "))
        return "\n".join([*lines, ")"])


def _flattened(run: Run, items: Any, start_dim: Any = 1, end_dim: Any = -1) -> Any:
    return viewing(flattened)(run, items, start_dim, end_dim)


def named_parameters(run: Run, module: Module, prefix: str = "") -> list[tuple[str, Any]]:
    """Return the parameters of a network, each with the path that leads to it."""
    run.recording.charge()
    named: list[tuple[str, Any]] = []
    for after, part in module.parts().items():
        path = f"{prefix}{after.strip('.')}"
        if isinstance(part, (Array, Variable)):
            named.append((path, part))
        elif isinstance(part, list):
            for index, inner in enumerate(part):
                if isinstance(inner, Module):
                    named += named_parameters(run, inner, f"{path}{'.' if after else ''}{index}.")
    return named


def _linear(run: Run, in_features: Any, out_features: Any, bias: Any = True) -> Linear:
    counts = whole(in_features), whole(out_features)
    check_sizes(run, *counts)
    return Linear(run, *counts, truth(bias))


def _sequential(run: Run, *layers: Any) -> Sequential:
    for layer in layers:
        if not isinstance(layer, (Module, Builtin, Function)):
            raise TypeProblem(f"A layer is needed here, not {describe(layer)}.")
    return Sequential(run, layers)


_ROWS = {name.replace("_", ""): row for name, row in METHODS.items()}

FUNCTIONS: dict[str, Callable[..., Any]] = {
    **{name: _class(name, builtin(_ROWS[name.lower()]).action) for name in ACTIVATIONS},
    "Linear": _linear,
    "Flatten": _class("Flatten", _flattened),
    "Parameter": lambda run, data, requires_grad=True: watch(run, data, requires_grad),
    "Sequential": _sequential,
    **{
        name: _class(name, (losses.FUNCTIONS | classes.FUNCTIONS)[function])
        for name, function in OTHERS.items()
    },
}
