"""Arrays: made, shaped, multiplied, under the names of NumPy and PyTorch."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from engine.errors import TypeProblem
from engine.language.array import Array
from engine.language.library.lists import pairs, too_long, total
from engine.language.library.operate import flat
from engine.language.recording import INFIX
from engine.language.run import Run, describe, items_of, plain, whole


def _array(run: Run, items: Any, **ignored: Any) -> Any:
    if not isinstance(items, (list, tuple)):
        return items
    run.recording.charge(len(items))
    return Array(_array(run, item) for item in items)


def _arange(run: Run, *bounds: Any) -> Array:
    if not 1 <= len(bounds) <= 3:
        raise TypeProblem("`arange` takes one to three numbers.")
    numbers = [plain(bound) for bound in bounds]
    start, stop, step = (0.0, *numbers, 1.0) if len(numbers) == 1 else (*numbers, 1.0)[:3]
    count = max((stop - start) / step if step else math.nan, 0.0)
    if not count <= run.recording.limits.work:  # nan, too, is refused
        raise too_long(run)
    run.recording.charge(math.ceil(count))
    return Array(start + index * step for index in range(math.ceil(count)))


def _linspace(run: Run, start: Any, stop: Any, num: Any = 50) -> Array:
    count, low, high = whole(num), plain(start), plain(stop)
    run.recording.charge(max(count, 0))
    gap = (high - low) / (count - 1) if count > 1 else 0.0
    return Array(low + index * gap for index in range(count))


def _full(number: float) -> Callable[..., Any]:
    return lambda run, *shape, **ignored: filled(run, shape_of(shape), lambda: number)


def shape_of(shape: tuple[Any, ...]) -> list[int]:
    """Return lengths, given one by one or as one tuple."""
    if len(shape) == 1 and isinstance(shape[0], (list, tuple)):
        shape = tuple(shape[0])
    return [whole(length, "a length") for length in shape]


def filled(run: Run, shape: list[int], make: Callable[[], float]) -> Any:
    """Return an array of a shape, each number made anew."""
    if not shape:
        return make()
    run.recording.charge(max(shape[0], 0))
    return Array(filled(run, shape[1:], make) for _ in range(shape[0]))


def ravel(run: Run, items: Any) -> Array:
    """Return the numbers of an array in one row."""
    return Array(flat(run, items_of(items)))


def reshape(run: Run, items: Any, *shape: Any) -> Any:
    """Return the numbers of an array in rows of other lengths; a length of -1 is worked out."""
    numbers, lengths = ravel(run, items), shape_of(shape)
    known = math.prod(length for length in lengths if length != -1)
    if lengths.count(-1) == 1 and known > 0:
        lengths[lengths.index(-1)] = len(numbers) // known
    if min(lengths, default=1) < 0 or math.prod(lengths) != len(numbers):
        raise TypeProblem(
            f"{len(numbers)} numbers do not fill the shape {' × '.join(map(str, shape_of(shape)))}."
        )
    supply = iter(numbers)
    return filled(run, lengths, lambda: next(supply))


def transposed(run: Run, rows: Any) -> Array:
    """Return columns as rows; a single row stays as it is."""
    if not any(isinstance(row, (list, tuple)) for row in items_of(rows)):
        return Array(rows)
    run.recording.charge(sum(len(items_of(row)) for row in rows))
    return Array(map(Array, zip(*rows, strict=False)))


def columns(run: Run, *arrays: Any) -> Array:
    """Return arrays as the columns of one, as `np.c_[x, y]` does."""
    return transposed(run, arrays)


def _meshgrid(run: Run, xs: Any, ys: Any) -> tuple[Array, Array]:
    across, down = items_of(xs), items_of(ys)
    run.recording.charge(2 * len(across) * len(down))
    return Array(Array(across) for _ in down), Array(Array([y] * len(across)) for y in down)


def _vector_product(run: Run, xs: Any, ys: Any) -> Any:
    return total(run, pairs(run, INFIX["*"], xs, ys))


def _is_matrix(items: Any) -> bool:
    return bool(items) and isinstance(items[0], (list, tuple))


def matrix_product(run: Run, left: Any, right: Any) -> Any:
    """Return `left @ right` of vectors and matrices, built of products and sums of scalars."""
    for side in (left, right):
        if not isinstance(side, (list, tuple)):
            raise TypeProblem(f"A matrix product needs two arrays, not {describe(side)}.")
    if _is_matrix(left):
        return Array(matrix_product(run, row, right) for row in left)
    if _is_matrix(right):
        return Array(_vector_product(run, left, column) for column in transposed(run, right))
    return _vector_product(run, left, right)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "array": _array,
    "arange": _arange,
    "linspace": _linspace,
    "zeros": _full(0.0),
    "ones": _full(1.0),
    "ravel": ravel,
    "reshape": reshape,
    "transpose": transposed,
    "column_stack": lambda run, arrays: columns(run, *items_of(arrays)),
    "meshgrid": _meshgrid,
    "dot": matrix_product,
    "matmul": matrix_product,
}
