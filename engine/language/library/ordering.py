"""Order: arrays sorted, searched, compared and put together, under NumPy's names."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from engine.errors import TypeProblem
from engine.language.library.arrays import nested, sizes
from engine.language.library.lists import mean, pairs, total
from engine.language.library.operate import flat, nonempty, operate
from engine.language.library.products import matrix_product
from engine.language.library.reductions import along_an_axis
from engine.language.library.shapes import axis_of, joined, ravel, transposed
from engine.language.runtime.run import Run, items_of, plain, whole
from engine.language.runtime.variable import INFIX
from engine.language.values.array import Array, copied, depth
from engine.language.values.comparisons import holds


def by_rows(rule: Callable[[Run, Any], Array]) -> Callable[..., Any]:
    """Return a rule of rows for arrays: along one of their axes, the last if none is named."""

    def rows(run: Run, items: Any) -> Array:
        if depth(items) > 1:
            return Array(rows(run, row) for row in items)
        return rule(run, items_of(items))

    def method(run: Run, items: Any, axis: Any = None, *, dim: Any = None) -> Any:
        named, array = dim if axis is None else axis, nested(run, items_of(items))
        place, axes = axis_of(-1 if named is None else named, depth(array)), depth(array)
        if place == axes - 1:
            return rows(run, array)
        if axes == 2:
            return transposed(run, rows(run, transposed(run, array)))
        raise TypeProblem(f"This goes along the last axis of an array, not along axis {place}.")

    return method


def _order(run: Run, row: Any) -> Array:
    """Return the indices of a row's numbers from the smallest to the largest."""
    run.recording.charge(len(row))
    numbers = [plain(item) for item in row]
    keys = [(number != number, number) for number in numbers]  # nan stands at the end
    return Array(sorted(range(len(row)), key=keys.__getitem__))


def _sorted(run: Run, row: Any) -> Array:
    return Array(row[index] for index in _order(run, row))


def _differences(run: Run, row: Any) -> Array:
    return Array(pairs(run, INFIX["-"], row[1:], row[:-1]))


def _appended(run: Run, array: Any, values: Any, axis: Any = None) -> Array:
    """Return two arrays as one: in one row, unless an axis is named."""
    parts = [part if isinstance(part, (list, tuple)) else [part] for part in (array, values)]
    if axis is None:
        parts = [ravel(run, nested(run, part)) for part in parts]
    return joined(run, parts, 0 if axis is None else axis)


def _array_equal(run: Run, xs: Any, ys: Any) -> bool:
    """Tell whether two arrays have the same shape and the same numbers."""
    run.recording.charge()
    return sizes(xs) == sizes(ys) and holds(run, ast.Eq(), xs, ys)


def _inner(run: Run, xs: Any, ys: Any) -> Any:
    """Return the products of rows with rows, added up."""
    if not (depth(xs) and depth(ys)):
        return operate(run, INFIX["*"], xs, ys)
    return matrix_product(run, xs, transposed(run, ys))


def _trace(run: Run, rows: Any) -> Any:
    """Return the sum of what stands on the diagonal."""
    return total(run, _diagonal(run, rows))


def _diagonal(run: Run, rows: Any) -> Array:
    """Return the numbers on the diagonal; of one row, the square array that has it there."""
    array = nested(run, items_of(rows))
    count = len(array)
    if depth(array) == 1:
        run.recording.charge(count * count)
        return Array(
            Array(item if row == column else 0.0 for column in range(count))
            for row, item in enumerate(array)
        )
    return Array(row[index] for index, row in enumerate(array) if index < len(items_of(row)))


def _median(run: Run, items: Any) -> Any:
    """Return the number in the middle, or the mean of the two there."""
    row = _sorted(run, nonempty(flat(run, items), "median"))
    half = len(row) // 2
    return mean(run, row[half : half + 1] if len(row) % 2 else row[half - 1 : half + 1])


def _unique(run: Run, items: Any) -> Array:
    """Return the numbers of an array from the smallest to the largest, each once."""
    row = _sorted(run, ravel(run, nested(run, items_of(items))))
    return Array(
        item for index, item in enumerate(row) if not index or plain(item) != plain(row[index - 1])
    )


def _slopes(run: Run, items: Any, step: Any = 1.0) -> Array:
    """Return the slope at each number of a row: of the chord between its neighbours."""
    row = items_of(items)
    if depth(row) != 1 or len(row) < 2:
        raise TypeProblem("`gradient` takes a row of at least two numbers.")
    last, slopes = len(row) - 1, Array()
    for index in range(len(row)):
        low, high = max(index - 1, 0), min(index + 1, last)
        rise = operate(run, INFIX["-"], row[high], row[low])
        slopes.append(operate(run, INFIX["/"], rise, operate(run, INFIX["*"], high - low, step)))
    return slopes


def _repeated(run: Run, items: Any, times: Any, axis: Any = None) -> Array:
    """Return each number of an array several times; along an axis, each of its rows."""
    made, count = nested(run, items_of(items)), max(whole(times, "a count"), 0)
    numbers = flat(run, made) if axis is None else made
    place = 0 if axis is None else axis_of(axis, depth(made))
    if place:
        return Array(_repeated(run, row, count, place - 1) for row in made)
    run.recording.charge(len(numbers) * count)
    return Array(copied(run, number) for number in numbers for _ in range(count))


SORTED = {"argsort": by_rows(_order)}
"""What is the same as a method of an array."""

FUNCTIONS: dict[str, Callable[..., Any]] = {
    **SORTED,
    "numpy.sort": by_rows(_sorted),
    "numpy.median": along_an_axis(_median),
    "numpy.unique": _unique,
    "numpy.gradient": _slopes,
    "numpy.diff": by_rows(_differences),
    "numpy.append": _appended,
    "array_equal": _array_equal,
    "torch.equal": _array_equal,
    "numpy.inner": _inner,
    "numpy.trace": _trace,
    "numpy.diag": _diagonal,
    "numpy.diagflat": lambda run, items: _diagonal(run, ravel(run, nested(run, items_of(items)))),
    "numpy.repeat": _repeated,
}
