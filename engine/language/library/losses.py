"""Losses and what leads to them: softmax, cross entropy, squared error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.errors import TypeProblem
from engine.language.array import Array
from engine.language.library.lists import mean, pairs, total
from engine.language.library.operate import nonempty, operate
from engine.language.recording import INFIX, METHODS
from engine.language.run import Run, items_of, plain, whole


def _squared_error(run: Run, predictions: Any, targets: Any) -> Any:
    if not isinstance(predictions, (list, tuple)):
        predictions, targets = [predictions], [targets]
    errors = pairs(run, INFIX["-"], predictions, targets)
    return mean(run, [operate(run, METHODS["pow"], error, 2) for error in errors])


def _shifted(run: Run, logits: Any, least: float) -> list[Any]:
    """Return logits less the largest of them, if that is more than `least`: nothing overflows."""
    run.recording.charge(len(items_of(logits)))
    # Whatever the shift, the result is the same: nothing depends on what is looked at here.
    with run.recording.looking():
        largest = max(plain(logit) for logit in nonempty(logits, "softmax"))
    if abs(largest) <= least:
        return list(logits)
    return [operate(run, INFIX["-"], logit, largest) for logit in logits]


def _softmax(run: Run, logits: Any, dim: Any = None) -> Array:
    counts = [operate(run, METHODS["exp"], logit) for logit in _shifted(run, logits, 500.0)]
    denominator = total(run, counts)
    return Array(operate(run, INFIX["/"], count, denominator) for count in counts)


def _cross_entropy(run: Run, logits: Any, target: Any) -> Any:
    index = whole(target, "the target, the index of the right class,")
    # Shifted always: the logarithm is then near the logit that is taken from it.
    shifted = _shifted(run, logits, 0.0)
    if not 0 <= index < len(shifted):
        raise TypeProblem(f"There is no class {index}: there are {len(shifted)} logits.")
    counts = [operate(run, METHODS["exp"], logit) for logit in shifted]
    logarithm = operate(run, METHODS["log"], total(run, counts))
    return operate(run, INFIX["-"], logarithm, shifted[index])


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "mse": _squared_error,
    "mse_loss": _squared_error,
    "softmax": _softmax,
    "cross_entropy": _cross_entropy,
}
