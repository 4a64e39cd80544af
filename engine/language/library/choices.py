"""Choices: which elements of an array are taken, by conditions or by where they stand."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

from engine.errors import TypeProblem
from engine.language.library.arrays import nested, sizes
from engine.language.library.operate import flat
from engine.language.runtime.run import MISSING, Run, items_of, whole
from engine.language.values.array import Array, depth, elementwise
from engine.language.values.comparisons import truth


def _places(run: Run, condition: Any) -> tuple[Array, ...]:
    """Return the indices of the elements for which a condition holds, axis by axis."""
    made = nested(run, items_of(condition))
    run.recording.charge(len(flat(run, made)))
    found = [at for at in product(*map(range, sizes(made))) if _holds(made, at)]
    return tuple(Array(at[axis] for at in found) for axis in range(depth(condition)))


def _holds(condition: Any, at: tuple[int, ...]) -> bool:
    for index in at:
        condition = condition[index]
    return truth(condition)


def _chosen(run: Run, condition: Any, chosen: Any = MISSING, otherwise: Any = MISSING) -> Any:
    """Do what `where` does: choose, or, where there is nothing to choose from, find."""
    if chosen is MISSING and otherwise is MISSING:
        return _places(run, condition)
    if otherwise is MISSING:
        raise TypeProblem("`where` takes one operand, or three.", hint=WHERE)
    return _where(run, condition, chosen, otherwise)


WHERE = "write where(condition, chosen, otherwise)"


def _where(run: Run, condition: Any, chosen: Any, otherwise: Any) -> Any:
    """Return one of two for each element, as a condition holds for it or not."""
    if any(isinstance(part, (list, tuple)) for part in (condition, chosen, otherwise)):
        return elementwise(run, lambda *row: _where(run, *row), condition, chosen, otherwise)
    return chosen if truth(condition) else otherwise


def _triangle(keeps: Callable[[int, int], bool]) -> Callable[..., Array]:
    """Return what keeps the numbers of a matrix above or below a diagonal; the rest are 0."""

    def kept(run: Run, rows: Any, k: Any = 0, *, diagonal: Any = None) -> Array:
        matrix, shift = nested(run, items_of(rows)), whole(k if diagonal is None else diagonal)
        return Array(
            Array(
                item if keeps(column - row, shift) else (0 if type(item) is int else 0.0)
                for column, item in enumerate(items_of(numbers))
            )
            for row, numbers in enumerate(matrix)
        )

    return kept


def _masked(run: Run, items: Any, mask: Any, value: Any) -> Any:
    """Return an array with one number where a condition holds: what `masked_fill` does."""
    return _where(run, mask, value, items)


METHODS: dict[str, Callable[..., Any]] = {"masked_fill": _masked}

FUNCTIONS: dict[str, Callable[..., Any]] = {
    "where": _chosen,
    "numpy.nonzero": _places,
    "triu": _triangle(lambda place, shift: place >= shift),
    "tril": _triangle(lambda place, shift: place <= shift),
}
