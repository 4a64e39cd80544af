"""Reductions: what becomes of all numbers of an array, or of those along one of its axes."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

from engine.errors import TypeProblem
from engine.language.library.arrays import nested
from engine.language.library.lists import mean, pairs, total
from engine.language.library.operate import flat, nonempty, operate
from engine.language.library.shapes import axis_of, ravel, sunk
from engine.language.runtime.run import Run, items_of, plain
from engine.language.runtime.variable import INFIX, METHODS
from engine.language.values.array import Array, depth
from engine.language.values.comparisons import truth


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
    across = along(run, rule, sunk(run, items), -1)
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
        keep, chosen = truth(keepdims) or truth(keepdim), dim if axis is None else axis
        numbers = nested(run, items) if isinstance(items, (list, tuple)) else Array([items])
        return along(run, rule, numbers, chosen, keep=keep)

    return method


def _length(run: Run, items: Any) -> Any:
    """Return the length of a vector: the root of the sum of its squares."""
    numbers = flat(run, items)
    return root_of(run, total(run, pairs(run, INFIX["*"], numbers, numbers)))


def root_of(run: Run, squares: Any) -> Any:
    """Return the root of a sum of squares.

    At 0 the root is infinitely steep; what it is the root of has a kink, whose slope is taken to
    be 0, as in PyTorch.
    """
    return operate(run, METHODS["sqrt"], squares) if truth(squares) else squares


_lengths = along_an_axis(_length)


def norm(
    run: Run,
    items: Any,
    order: Any = None,
    axis: Any = None,
    keepdims: Any = False,
    *,
    ord: Any = None,
    p: Any = None,
    dim: Any = None,
    keepdim: Any = False,
) -> Any:
    """Return the length of a vector, or the lengths along an axis."""
    for one in (order, ord, p):
        if one not in (None, "fro") and plain(one) != 2.0:
            raise TypeProblem("The norm is the root of the sum of squares; others are not here.")
    if not isinstance(items, (list, tuple)):
        return operate(run, METHODS["abs"], items)
    return _lengths(run, items, axis, keepdims, dim=dim, keepdim=keepdim)


def _product(run: Run, items: Any) -> Any:
    """Return the product of all numbers of an array."""
    numbers = nonempty(flat(run, items), "prod")
    run.recording.charge(len(numbers))
    return reduce(lambda x, y: operate(run, INFIX["*"], x, y), numbers)


def _running(run: Run, items: Any, axis: Any = None, *, dim: Any = None) -> Array:
    """Return the sums of all numbers up to each."""
    chosen, rows = axis if dim is None else dim, nested(run, items_of(items))
    place = 0 if chosen is None else axis_of(chosen, depth(rows))
    if place:
        return Array(_running(run, row, place - 1) for row in rows)
    sums = Array()
    for row in ravel(run, rows) if chosen is None else rows:
        sums.append(operate(run, INFIX["+"], sums[-1], row) if sums else row)
    return sums


def _first(extreme: Callable[[list[float]], float]) -> Callable[[Run, Any], int]:
    """Return the rule of the index of the first nan, else of the first that is extreme."""

    def rule(run: Run, items: Any) -> int:
        numbers = [plain(item) for item in nonempty(flat(run, items), "argmax")]
        none = [number != number for number in numbers]
        return none.index(True) if True in none else numbers.index(extreme(numbers))

    return rule


def _extreme(name: str) -> Callable[[Run, Any], Any]:
    return lambda run, items: run.library[name].action(run, items)


REDUCED: dict[str, Callable[..., Any]] = {
    name: along_an_axis(rule)
    for name, rule in {
        "sum": total,
        "mean": mean,
        "max": _extreme("max"),
        "min": _extreme("min"),
        "prod": _product,
        "argmax": _first(max),
        "argmin": _first(min),
    }.items()
}
"""What NumPy and PyTorch do along an axis, or with all numbers."""


class Places(tuple[Any, ...]):
    """What PyTorch's `max` returns along an axis: the values, and where they are."""

    noun = "a tuple"


def _with_places(name: str) -> Callable[..., Any]:
    """Return PyTorch's `max` or `min`: along an axis the values, and where they are."""

    def extreme(run: Run, items: Any, dim: Any = None, keepdim: Any = False) -> Any:
        if dim is None or isinstance(dim, (list, tuple)):
            return run.library[name].action(run, items, *([] if dim is None else [dim]))
        values, places = (REDUCED[one](run, items, dim, keepdim) for one in (name, f"arg{name}"))
        return Places((values, places))

    return extreme


def _extreme_of(name: str) -> Callable[..., Any]:
    """Return `max` or `min` as a method: PyTorch's, where an option is called as it calls it."""
    of_torch = _with_places(name)

    def extreme(
        run: Run,
        items: Any,
        axis: Any = None,
        keepdims: Any = False,
        *,
        dim: Any = None,
        keepdim: Any = None,
    ) -> Any:
        of_numpy = run.program.dialect != "torch" and dim is None and keepdim is None
        if of_numpy or (axis is None and dim is None):
            return REDUCED[name](run, items, axis, keepdims)
        return of_torch(run, items, axis if dim is None else dim, truth(keepdim) or truth(keepdims))

    return extreme


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "norm": norm,
    "prod": REDUCED["prod"],
    "argmax": REDUCED["argmax"],
    "argmin": REDUCED["argmin"],
    "cumsum": _running,
    **{f"numpy.{name}": method for name, method in REDUCED.items()},
    **{f"torch.{name}": method for name, method in REDUCED.items() if name not in ("max", "min")},
    **{f"torch.{name}": _with_places(name) for name in ("max", "min")},
}

OF_ARRAYS: dict[str, Callable[..., Any]] = {
    **REDUCED,
    **{name: _extreme_of(name) for name in ("max", "min")},
}
"""Those that arrays have."""
