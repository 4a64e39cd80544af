"""Layers: the classes of `torch.nn` whose objects are functions, such as `nn.ReLU()`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.language.functions import Builtin
from engine.language.library import losses
from engine.language.library.operate import builtin
from engine.language.run import Run
from engine.language.variable import METHODS

ACTIVATIONS = ("ReLU", "LeakyReLU", "ELU", "GELU", "Tanh", "Sigmoid", "Softplus")

OTHERS = {
    "MSELoss": "mse_loss",
    "L1Loss": "l1_loss",
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


_ROWS = {name.replace("_", ""): row for name, row in METHODS.items()}

FUNCTIONS: dict[str, Callable[..., Any]] = {
    **{name: _class(name, builtin(_ROWS[name.lower()]).action) for name in ACTIVATIONS},
    **{name: _class(name, losses.FUNCTIONS[function]) for name, function in OTHERS.items()},
}
