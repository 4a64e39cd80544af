"""Reductions: what becomes of all numbers of an array, or of those along one of its axes."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

from engine.language.array import Array, depth
from engine.language.comparisons import truth
from engine.language.library.lists import mean, pairs, total
from engine.language.library.operate import flat, nonempty, operate
from engine.language.library.shapes import axis_of, ravel, transposed
from engine.language.run import Run, plain
from engine.language.variable import INFIX, METHODS


def along(
    run: Run, rule: Callable[[Run, Any], Any], items: Any, axis: Any = None, *, keep: bool = False
) -> Any:
    """Return the rule of all numbers of an array, or of those along one of its indices."""
    if axis is None:
        return rule(run, items)
    indices = depth(items)
    place = axis_of(axis, indices)
    if place:
        return Array(along(run, rule, row, place - 1, keep=keep) for row in items)
    if indices == 1:
        return Array([rule(run, items)]) if keep else rule(run, items)
    across = Array(along(run, rule, column, 0) for column in transposed(run, items))
    return Array([across]) if keep else across


def along_an_axis(rule: Callable[[Run, Any], Any]) -> Callable[..., Any]:
    """Return a function of arrays that takes an axis, under NumPy's and PyTorch's names for it."""

    def method(
        run: Run,
        items: Any,
        axis: Any = None,
        keepdims: Any = False,
        *,
        dim: Any = None,
        keepdim: Any = False,
    ) -> Any:
        keep = truth(keepdims) or truth(keepdim)
        return along(run, rule, items, dim if axis is None else axis, keep=keep)

    return method


def reduced(name: str) -> Callable[..., Any]:
    """Return a function of the library as one that takes an axis."""
    return along_an_axis(lambda run, items: run.library[name].action(run, items))


def norm(run: Run, items: Any, **ignored: Any) -> Any:
    """Return the length of a vector: the root of the sum of its squares."""
    if not isinstance(items, (list, tuple)):
        return operate(run, METHODS["abs"], items)
    numbers = flat(run, items)
    squares = total(run, pairs(run, INFIX["*"], numbers, numbers))
    # At 0 the root is infinitely steep; the norm has a kink there, whose slope is taken to be 0.
    return operate(run, METHODS["sqrt"], squares) if truth(squares) else squares


def _spread(*, correction: int, root: bool) -> Callable[[Run, Any], Any]:
    """Return the rule of a variance, or of its root: NumPy divides by n, PyTorch by n - 1."""

    def rule(run: Run, items: Any) -> Any:
        numbers = nonempty(flat(run, items), "var")
        middle = mean(run, numbers)
        apart = [operate(run, INFIX["-"], number, middle) for number in numbers]
        squares = total(run, pairs(run, INFIX["*"], apart, apart))
        variance = operate(run, INFIX["/"], squares, len(numbers) - correction)
        return operate(run, METHODS["sqrt"], variance) if root else variance

    return rule


def _product(run: Run, items: Any) -> Any:
    """Return the product of all numbers of an array."""
    numbers = nonempty(flat(run, items), "prod")
    run.recording.charge(len(numbers))
    return reduce(lambda x, y: operate(run, INFIX["*"], x, y), numbers)


def _running(run: Run, items: Any, axis: Any = None, *, dim: Any = None) -> Array:
    """Return the sums of all numbers up to each."""
    chosen = axis if dim is None else dim
    if chosen is not None and depth(items) > 1:
        if axis_of(chosen, depth(items)) == depth(items) - 1:
            return Array(_running(run, row, -1) for row in items)
        return transposed(run, _running(run, transposed(run, items), -1))
    sums = Array()
    for number in ravel(run, items):
        sums.append(operate(run, INFIX["+"], sums[-1], number) if sums else number)
    return sums


def _first_largest(run: Run, items: Any) -> int:
    """Return the index of the largest number; the first, if there are several."""
    numbers = [plain(item) for item in nonempty(flat(run, items), "argmax")]
    return numbers.index(max(numbers))


REDUCED = ("sum", "mean", "max", "min", "prod", "argmax")
"""Functions of the library that take an axis, too."""

FUNCTIONS: dict[str, Callable[..., Any]] = {
    "norm": norm,
    "prod": _product,
    "argmax": _first_largest,
    "cumsum": _running,
    **{f"numpy.{name}": reduced(name) for name in REDUCED},
    **{f"torch.{name}": reduced(name) for name in REDUCED if name not in ("max", "min")},
    "numpy.var": along_an_axis(_spread(correction=0, root=False)),
    "numpy.std": along_an_axis(_spread(correction=0, root=True)),
    "torch.var": along_an_axis(_spread(correction=1, root=False)),
    "torch.std": along_an_axis(_spread(correction=1, root=True)),
}
