"""Losses and what leads to them: softmax, cross entropy, squared error."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from engine.errors import TypeProblem
from engine.language.library.arrays import nested, sizes
from engine.language.library.lists import mean, total
from engine.language.library.operate import flat, nonempty, operate
from engine.language.library.ordering import by_rows
from engine.language.library.reductions import along_an_axis
from engine.language.runtime.run import Run, describe, items_of, plain, whole
from engine.language.runtime.variable import INFIX, METHODS, NEGATE, Variable
from engine.language.values.array import Array, depth, elementwise
from engine.language.values.comparisons import holds

LEAST = math.exp(-100.0)
"""The probability that stands for 0 where a logarithm is taken."""
SAFE = 700.0
"""How far a logit may be from what is taken from it: e to that power is a double still."""


def _averaged(loss: Callable[[Run, Any, Any], Any]) -> Callable[..., Any]:
    """Return a loss of arrays: the mean, or the sum, of what each prediction costs."""

    def averaged(run: Run, predictions: Any, targets: Any, *, reduction: Any = "mean") -> Any:
        xs, ys = nested(run, predictions), nested(run, targets)
        if sizes(xs) != sizes(ys):
            raise TypeProblem(
                f"Predictions are {describe(predictions)}, targets are {describe(targets)}.",
                hint="give one target for each prediction",
            )
        if not depth(xs):
            return loss(run, xs, ys)
        if reduction == "none":
            return elementwise(run, lambda x, y: loss(run, x, y), xs, ys)
        rows = zip(flat(run, xs), flat(run, ys), strict=True)
        return together(run, [loss(run, x, y) for x, y in rows], reduction)

    return averaged


def together(run: Run, costs: list[Any], reduction: Any) -> Any:
    """Return the mean or the sum of what rows cost, or all of it."""
    if reduction == "none":
        return Array(costs)
    if reduction not in ("mean", "sum"):
        raise TypeProblem("A loss is the `mean`, the `sum` or `none` of what each row costs.")
    return (mean if reduction == "mean" else total)(run, costs)


def _squared_error(run: Run, prediction: Any, target: Any) -> Any:
    return operate(run, METHODS["pow"], operate(run, INFIX["-"], prediction, target), 2)


def _absolute_error(run: Run, prediction: Any, target: Any) -> Any:
    return operate(run, METHODS["abs"], operate(run, INFIX["-"], prediction, target))


def _huber(run: Run, prediction: Any, target: Any, delta: float) -> Any:
    """Return half the square of a small error; of a large one what grows along a line."""
    error = _absolute_error(run, prediction, target)
    if holds(run, ast.LtE(), error, delta):
        return operate(run, INFIX["*"], 0.5, operate(run, METHODS["pow"], error, 2))
    return operate(run, INFIX["*"], delta, operate(run, INFIX["-"], error, 0.5 * delta))


def _huber_loss(
    run: Run, predictions: Any, targets: Any, *, reduction: Any = "mean", delta: Any = 1.0
) -> Any:
    width = plain(delta)
    if not width >= 0:
        raise TypeProblem("`delta` is a number that is at least 0.")
    loss = _averaged(partial(_huber, delta=width))
    return loss(run, predictions, targets, reduction=reduction)


def _smooth_l1_loss(
    run: Run, predictions: Any, targets: Any, *, reduction: Any = "mean", beta: Any = 1.0
) -> Any:
    loss = _huber_loss(run, predictions, targets, reduction=reduction, delta=beta)
    return operate(run, INFIX["/"], loss, beta)


def _binary_cross_entropy(run: Run, probability: Any, target: Any) -> Any:
    """Return -(y log p + (1 - y) log(1 - p)), a term left out where it weighs nothing."""
    terms = []
    for p, y in (
        (probability, target),
        (operate(run, INFIX["-"], 1, probability), operate(run, INFIX["-"], 1, target)),
    ):
        if isinstance(y, Variable) or y:
            kept = operate(run, METHODS["log"], _above_zero(run, p))
            terms.append(operate(run, INFIX["*"], y, kept))
    return operate(run, NEGATE, total(run, terms))


def _above_zero(run: Run, probability: Any) -> Any:
    """Return a probability whose logarithm is -100 at the least, as in PyTorch: 0 log 0 is 0."""
    if isinstance(probability, Variable):
        is_zero = probability.node.data == 0.0
        run.recording.compare("==", probability, 0.0, is_zero)
        if is_zero:
            return operate(run, METHODS["clip"], probability, LEAST, 1.0)
        return probability
    return probability or LEAST


def _binary_cross_entropy_of_logit(run: Run, logit: Any, target: Any) -> Any:
    """Return softplus(z) - y z: the same of sigmoid(z), where nothing overflows."""
    return operate(
        run,
        INFIX["-"],
        operate(run, METHODS["softplus"], logit),
        operate(run, INFIX["*"], target, logit),
    )


def _shift(run: Run, logits: Any, least: float) -> float:
    """Return the largest logit, if that is more than `least`: 0 otherwise."""
    run.recording.charge(len(items_of(logits)))
    # Whatever the shift, the result is the same, as long as nothing overflows and not all vanish.
    with run.recording.guards.looking():
        numbers = [plain(logit) for logit in nonempty(logits, "softmax")]
    largest = max(numbers)
    shift = largest if abs(largest) > least else 0.0
    for logit, number in zip(logits, numbers, strict=True):
        if isinstance(logit, Variable):
            run.recording.compare("<", logit, shift + SAFE, number < shift + SAFE)
            if number == largest:
                run.recording.compare(">", logit, shift - SAFE, number > shift - SAFE)
    return shift


def shifted(run: Run, logits: Any, least: float) -> list[Any]:
    """Return logits less the largest of them, if that is more than `least`: nothing overflows."""
    shift = _shift(run, logits, least)
    if not shift:
        return list(logits)
    return [operate(run, INFIX["-"], logit, shift) for logit in logits]


def _of_a_list(method: Callable[..., Any]) -> Callable[..., Any]:
    """Return a softmax that refuses numbers one by one, which many try first."""

    @wraps(method)
    def checked(run: Run, logits: Any, *options: Any, **named: Any) -> Any:
        if not depth(logits):
            raise TypeProblem("A softmax is taken of a list.", hint="write softmax([1.0, 2.0])")
        return method(run, logits, *options, **named)

    return checked


def _weights(run: Run, logits: Any) -> Array:
    """Return weights that add up to 1."""
    counts = [operate(run, METHODS["exp"], logit) for logit in shifted(run, logits, 500.0)]
    denominator = total(run, counts)
    return Array(operate(run, INFIX["/"], count, denominator) for count in counts)


def log_weights(run: Run, logits: Any) -> Array:
    """Return the logarithms of such weights: each logit less that of the sum of their powers."""
    # Shifted always: the logarithm is then near the logit that it is taken from.
    apart = shifted(run, logits, 0.0)
    counts = [operate(run, METHODS["exp"], logit) for logit in apart]
    logarithm = operate(run, METHODS["log"], total(run, counts))
    return Array(operate(run, INFIX["-"], logit, logarithm) for logit in apart)


def _log_sum(run: Run, logits: Any) -> Any:
    """Return the logarithm of the sum of the logits' powers."""
    numbers = flat(run, logits)
    shift = _shift(run, numbers, 500.0)
    apart = [operate(run, INFIX["-"], one, shift) if shift else one for one in numbers]
    counts = [operate(run, METHODS["exp"], logit) for logit in apart]
    logarithm = operate(run, METHODS["log"], total(run, counts))
    return operate(run, INFIX["+"], logarithm, shift) if shift else logarithm


def _one_hot(run: Run, classes: Any, num_classes: Any = None) -> Any:
    """Return rows of zeros with a 1 at the class that each is of."""
    if isinstance(classes, (list, tuple)):
        most = num_classes or 1 + max(whole(one) for one in nonempty(classes, "one_hot"))
        return Array(_one_hot(run, one, most) for one in classes)
    count, index = whole(num_classes or 0, "a count"), whole(classes, "a class")
    if not 0 <= index < count:
        raise TypeProblem(f"There is no class {index}: there are {count} classes.")
    run.recording.charge(count)
    return Array(int(place == index) for place in range(count))


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "mse": _averaged(_squared_error),
    "mse_loss": _averaged(_squared_error),
    "l1_loss": _averaged(_absolute_error),
    "huber_loss": _huber_loss,
    "smooth_l1_loss": _smooth_l1_loss,
    "binary_cross_entropy": _averaged(_binary_cross_entropy),
    "binary_cross_entropy_with_logits": _averaged(_binary_cross_entropy_of_logit),
    "softmax": _of_a_list(by_rows(_weights)),
    "logsumexp": along_an_axis(_log_sum),
    "log_softmax": _of_a_list(by_rows(log_weights)),
    "one_hot": _one_hot,
}
