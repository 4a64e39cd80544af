"""Classes: losses of rows and the classes that they are of, or the shares of all classes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.errors import TypeProblem
from engine.language.library.lists import pairs, total
from engine.language.library.losses import log_weights, shifted, together
from engine.language.library.operate import operate
from engine.language.runtime.run import Run, items_of, plain, whole
from engine.language.runtime.variable import INFIX, METHODS, NEGATE
from engine.language.values.array import Array, depth, uneven


def _loss(
    run: Run,
    rows: Any,
    target: Any,
    cost: Callable[[Any, Any], Any],
    weight: Any,
    reduction: Any,
) -> Any:
    """Return the mean, the sum, or all of what rows cost; a mean weighs rows as their classes."""
    if depth(rows) < 2:  # one row: its cost, weighed by nothing else
        rows, target = [rows], [target]
        reduction = reduction if weight is not None and reduction == "mean" else "sum"
    if len(items_of(target)) != len(rows):
        raise uneven((len(rows), len(target)))
    if weight is not None and len(items_of(weight)) != len(items_of(rows[0])):
        raise uneven((len(weight), len(rows[0])))
    costs = [cost(row, one) for row, one in zip(rows, target, strict=True)]
    if weight is None or reduction != "mean" or depth(target) > 1:
        return together(run, costs, reduction)
    weights = [weight[whole(one)] for one in target]
    return operate(run, INFIX["/"], total(run, costs), total(run, weights))


def _index(row: Any, target: Any) -> int:
    index = whole(target, "the target, the index of the right class,")
    count = len(items_of(row))
    if not 0 <= index < count:
        raise TypeProblem(f"There is no class {index}: there are {count} logits.")
    return index


def _weighed(run: Run, number: Any, weight: Any, index: int) -> Any:
    return number if weight is None else operate(run, INFIX["*"], weight[index], number)


def _cross_entropy(
    run: Run,
    logits: Any,
    target: Any,
    *,
    weight: Any = None,
    reduction: Any = "mean",
    label_smoothing: Any = 0.0,
) -> Any:
    """Return the cross entropy of logits, with targets that are classes or shares of them."""
    smoothing = plain(label_smoothing)
    if not 0 <= smoothing <= 1:
        raise TypeProblem("`label_smoothing` is a number from 0 to 1.")

    def cost(row: Any, target: Any) -> Any:
        if depth(target) or smoothing:
            return _against_shares(run, row, _shares(run, row, target, smoothing), weight)
        index = _index(row, target)
        apart = shifted(run, row, 0.0)
        counts = [operate(run, METHODS["exp"], logit) for logit in apart]
        logarithm = operate(run, METHODS["log"], total(run, counts))
        return _weighed(run, operate(run, INFIX["-"], logarithm, apart[index]), weight, index)

    return _loss(run, logits, target, cost, weight, reduction)


def _shares(run: Run, row: Any, target: Any, smoothing: float) -> list[Any]:
    """Return how much of each class a row is to be of; smoothing gives some of it to all."""
    count = len(items_of(row))
    if depth(target):
        shares = list(items_of(target))
    else:
        index = _index(row, target)
        shares = [float(place == index) for place in range(count)]
    if not smoothing:
        return shares
    less = [operate(run, INFIX["*"], share, 1.0 - smoothing) for share in shares]
    return [operate(run, INFIX["+"], share, smoothing / count) for share in less]


def _against_shares(run: Run, row: Any, shares: list[Any], weight: Any) -> Any:
    logarithms = log_weights(run, row)
    if weight is not None:
        logarithms = Array(pairs(run, INFIX["*"], logarithms, weight))
    return operate(run, NEGATE, total(run, pairs(run, INFIX["*"], shares, logarithms)))


def _nll_loss(
    run: Run, rows: Any, target: Any, *, weight: Any = None, reduction: Any = "mean"
) -> Any:
    """Return the mean, or the sum, of what stands at the right class of each row, negated."""

    def cost(row: Any, target: Any) -> Any:
        index = _index(row, target)
        return _weighed(run, operate(run, NEGATE, row[index]), weight, index)

    return _loss(run, rows, target, cost, weight, reduction)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "cross_entropy": _cross_entropy,
    "nll_loss": _nll_loss,
}
