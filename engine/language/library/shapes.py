"""Shapes: the same numbers in other rows, columns and axes, under NumPy's and PyTorch's names."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import chain
from typing import Any

import numpy as np

from engine.errors import TypeProblem
from engine.language.library.arrays import filled, nested, shape_of, sizes
from engine.language.library.operate import flat, nonempty
from engine.language.runtime.run import Run, items_of, whole
from engine.language.values.array import Array, copied, depth, uneven
from engine.language.values.views import viewing


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
        written = " × ".join(map(str, shape_of(shape)[:4]))
        raise TypeProblem(f"{len(numbers)} numbers do not fill the shape {written}.")
    supply = iter(numbers)
    return filled(run, lengths, lambda: next(supply))


def turned(run: Run, rows: Any, *axes: Any) -> Any:
    """Return an array with the order of its axes reversed, under the name `transpose`."""
    count = depth(rows)
    order = [axis_of(axis, count) for axis in shape_of(axes)] if axes else []
    if not order or order == list(range(count))[::-1]:
        return transposed(run, rows)
    if len(order) == 2 and (run.program.dialect == "torch" or count != 2):
        first, second = order  # PyTorch names the two axes that change places
        order = list(range(count))
        order[first], order[second] = second, first
    elif run.program.dialect is None:
        raise TypeProblem("NumPy and PyTorch mean different things by these axes.", hint="write .T")
    return permuted(run, rows, *order)


def permuted(run: Run, items: Any, *axes: Any) -> Any:
    """Return an array with its axes in another order."""
    numbers, lengths = flat(run, items), sizes(items)
    order = [axis_of(axis, len(lengths)) for axis in shape_of(axes)]
    if sorted(order) != list(range(len(lengths))):
        raise TypeProblem(f"The array has {len(lengths)} axes: each is named once.")
    places = np.arange(len(numbers)).reshape(lengths).transpose(order)
    supply = iter(places.ravel().tolist())
    return filled(run, list(places.shape), lambda: numbers[next(supply)])


def flattened(run: Run, items: Any, start_dim: Any = 0, end_dim: Any = -1) -> Any:
    """Return an array some of whose axes, all unless named, have become one."""
    lengths = sizes(items)
    first, last = axis_of(start_dim, len(lengths)), axis_of(end_dim, len(lengths))
    return reshape(run, items, (*lengths[:first], -1, *lengths[last + 1 :]))


def transposed(run: Run, rows: Any) -> Array:
    """Return an array with the order of its axes reversed; a single row stays as it is."""
    if depth(rows) > 2:
        rows = [transposed(run, items_of(row)) for row in rows]
    return sunk(run, items_of(rows))


def sunk(run: Run, rows: Any) -> Array:
    """Return an array whose first axis has become its last."""
    if depth(rows) < 2:
        return Array(rows)
    run.recording.charge(sum(len(items_of(row)) for row in rows))
    if len({len(row) for row in rows}) > 1:
        raise uneven(map(len, rows))
    return Array(sunk(run, column) for column in zip(*rows, strict=True))


def columns(run: Run, *arrays: Any) -> Array:
    """Return arrays side by side as columns, as `np.c_[x, y]` does."""
    parts = [
        [row if isinstance(row, (list, tuple)) else [row] for row in array]
        if isinstance(array, (list, tuple))
        else [[array]]
        for array in arrays
    ]
    run.recording.charge(sum(map(len, parts)))
    if len({len(part) for part in parts}) > 1:
        raise uneven(map(len, parts))
    return Array(Array(chain.from_iterable(rows)) for rows in zip(*parts, strict=True))


def squeezed(run: Run, items: Any) -> Any:
    """Return an array without its axes of length 1."""
    if not isinstance(items, Array):
        return items
    parts = Array(squeezed(run, item) for item in items)
    run.recording.charge(len(parts))
    return parts[0] if len(parts) == 1 else parts


def _meshgrid(run: Run, xs: Any, ys: Any) -> tuple[Array, Array]:
    across, down = items_of(xs), items_of(ys)
    run.recording.charge(2 * len(across) * len(down))
    return Array(Array(across) for _ in down), Array(Array([y] * len(across)) for y in down)


def axis_of(axis: Any, count: int) -> int:
    """Return which axis a number means, counted from 0. Raises `TypeProblem` if there is none."""
    place = whole(axis, "an axis")
    if not -count <= place < count:
        raise TypeProblem(f"There is no axis {place}: the array has {count}.")
    return place % count


def size(run: Run, items: Any, dim: Any = None) -> Any:
    """Return the lengths of an array, or one of them."""
    lengths = sizes(items)
    return lengths if dim is None else lengths[axis_of(dim, len(lengths))]


def expanded(run: Run, items: Any, axis: Any) -> Array:
    """Return an array with one more axis, of length 1."""
    place = axis_of(axis, depth(items) + 1)
    if place == 0:
        return Array([items])
    run.recording.charge(len(items))
    return Array(expanded(run, item, place - 1) for item in items)


def joined(run: Run, arrays: Any, axis: Any = 0, *, dim: Any = None) -> Array:
    """Return arrays one after the other, along one of their axes."""
    parts = [nested(run, part) for part in nonempty(arrays, "concatenate")]
    depths = {depth(part) for part in parts}
    if len(depths) > 1 or 0 in depths:
        raise TypeProblem("Arrays that are joined have the same number of axes, at least one.")
    return _joined(run, parts, axis_of(axis if dim is None else dim, depths.pop()))


def _joined(run: Run, parts: list[Any], axis: int) -> Array:
    run.recording.charge(sum(map(len, parts)))
    if axis == 0:
        if len({sizes(row) for part in parts for row in part}) > 1:
            raise uneven(len(items_of(row)) for part in parts for row in part)
        return Array(copied(run, row) for part in parts for row in part)
    if len({len(part) for part in parts}) > 1:
        raise uneven(map(len, parts))
    return Array(_joined(run, list(rows), axis - 1) for rows in zip(*parts, strict=True))


def _stacked(run: Run, arrays: Any, axis: Any = 0, *, dim: Any = None) -> Array:
    """Return arrays side by side, along an axis of their own."""
    chosen = axis if dim is None else dim
    return joined(run, [expanded(run, part, chosen) for part in items_of(arrays)], chosen)


def _in_rows(run: Run, arrays: Any) -> Array:
    rows = [part if depth(part) else [part] for part in items_of(arrays)]
    return joined(run, [row if depth(row) > 1 else [row] for row in rows])


def _in_a_row(run: Run, arrays: Any) -> Array:
    parts = [part if depth(part) else [part] for part in items_of(arrays)]
    return joined(run, parts, 0 if depth(parts) < 3 else 1)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "ravel": viewing(ravel),
    "reshape": viewing(reshape),
    "numpy.transpose": viewing(turned),
    "torch.transpose": viewing(turned),
    "torch.permute": viewing(permuted),
    "torch.flatten": viewing(flattened),
    "torch.t": viewing(transposed),
    "numpy.shape": lambda run, items: size(run, nested(run, items)),
    "squeeze": viewing(squeezed),
    "expand_dims": viewing(expanded),
    "unsqueeze": viewing(expanded),
    "column_stack": lambda run, arrays: columns(run, *items_of(arrays)),
    "concatenate": joined,
    "torch.cat": joined,
    "stack": _stacked,
    "vstack": _in_rows,
    "hstack": _in_a_row,
    "meshgrid": _meshgrid,
}
