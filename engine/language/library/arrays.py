"""Arrays: made, shaped, multiplied, under the names of NumPy and PyTorch."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import wraps
from itertools import chain
from typing import Any

from engine.errors import LimitExceeded, TypeProblem
from engine.language.array import DEEPEST, Array, depth, uneven
from engine.language.comparisons import truth
from engine.language.library.lists import pairs, too_long, total
from engine.language.library.operate import flat, operate
from engine.language.recording import INFIX, METHODS
from engine.language.run import Run, describe, is_number, items_of, plain, whole


def _array(run: Run, items: Any, **ignored: Any) -> Any:
    made = nested(run, items)
    kinds = {type(number) for number in flat(run, made)} if isinstance(made, Array) else set()
    return _as_floats(made) if float in kinds and len(kinds) > 1 else made


def nested(run: Run, items: Any) -> Any:
    """Return lists within lists as an array; a number as it is."""
    if not isinstance(items, (list, tuple)):
        return items
    run.recording.charge(len(items))
    return Array(nested(run, item) for item in items)


def _as_floats(made: Any) -> Any:
    """Return an array whose whole numbers are floats, since all numbers of one are of a kind."""
    if isinstance(made, Array):
        return Array(map(_as_floats, made))
    return float(made) if is_number(made) else made


def _arange(run: Run, *bounds: Any, **ignored: Any) -> Array:
    if not 1 <= len(bounds) <= 3:
        raise TypeProblem("`arange` takes one to three numbers.")
    numbers = [plain(bound) for bound in bounds]
    start, stop, step = (0.0, *numbers, 1.0) if len(numbers) == 1 else (*numbers, 1.0)[:3]
    count = max((stop - start) / step if step else math.nan, 0.0)
    if not count <= run.recording.limits.work:  # nan, too, is refused
        raise too_long(run)
    run.recording.charge(math.ceil(count))
    return Array(start + index * step for index in range(math.ceil(count)))


def _linspace(run: Run, start: Any, stop: Any, num: Any = 50, **ignored: Any) -> Array:
    count, low, high = whole(num), plain(start), plain(stop)
    run.recording.charge(max(count, 0))
    gap = (high - low) / (count - 1) if count > 1 else 0.0
    return Array(low + index * gap for index in range(count))


def _full(number: float) -> Callable[..., Any]:
    return lambda run, *shape, size=(), **ignored: filled(
        run, shape_of(shape or size), lambda: number
    )


def _like(number: float) -> Callable[..., Any]:
    return lambda run, items, **ignored: filled(run, shape_of(sizes(items)), lambda: number)


def sizes(items: Any) -> tuple[int, ...]:
    """Return the lengths of an array, outermost first; none of a number."""
    return Array(items).shape if isinstance(items, (list, tuple)) else ()


def watched(run: Run, made: Any) -> Any:
    """Return an array whose numbers have become inputs, so that gradients are kept for them."""
    for index, item in enumerate(made if isinstance(made, Array) else ()):
        if isinstance(item, Array):
            watched(run, item)
        elif is_number(item):
            made[index] = run.recording.input("", float(item), run.recording.place)
    return made


def watch(run: Run, value: Any, on: Any = True) -> Any:
    """Do what `requires_grad_` does: an array's numbers become inputs, named after the array."""
    if isinstance(value, Array) and truth(on):
        watched(run, value)
        for name, held in list(run.globals.names.items()):
            if held is value:
                run.baptise(name, value)
    return value


def differentiable(action: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that makes arrays and understands `requires_grad`."""

    @wraps(action)  # a call that does not fit is told by the signature of what it meant
    def making(run: Run, *operands: Any, requires_grad: Any = False, **options: Any) -> Any:
        made = action(run, *operands, **options)
        return watched(run, made) if truth(requires_grad) else made

    return making


def shape_of(shape: Any) -> list[int]:
    """Return lengths, given one by one, as one tuple or as one number."""
    if not isinstance(shape, (list, tuple)):
        shape = (shape,)
    if len(shape) == 1 and isinstance(shape[0], (list, tuple)):
        shape = tuple(shape[0])
    if len(shape) > DEEPEST:
        raise LimitExceeded(f"An array has at most {DEEPEST} axes.")
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
        written = " × ".join(map(str, shape_of(shape)[:4]))
        raise TypeProblem(f"{len(numbers)} numbers do not fill the shape {written}.")
    supply = iter(numbers)
    return filled(run, lengths, lambda: next(supply))


def transposed(run: Run, rows: Any) -> Array:
    """Return an array with the order of its axes reversed; a single row stays as it is."""
    if depth(rows) > 2:
        rows = [transposed(run, items_of(row)) for row in rows]
    return _sunk(run, items_of(rows))


def _sunk(run: Run, rows: Any) -> Array:
    """Return an array whose first axis has become its last."""
    if depth(rows) < 2:
        return Array(rows)
    run.recording.charge(sum(len(items_of(row)) for row in rows))
    if len({len(row) for row in rows}) > 1:
        raise uneven(map(len, rows))
    return Array(_sunk(run, column) for column in zip(*rows, strict=True))


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


def _outer(run: Run, xs: Any, ys: Any) -> Array:
    return Array(operate(run, INFIX["*"], x, Array(items_of(ys))) for x in items_of(xs))


def _meshgrid(run: Run, xs: Any, ys: Any) -> tuple[Array, Array]:
    across, down = items_of(xs), items_of(ys)
    run.recording.charge(2 * len(across) * len(down))
    return Array(Array(across) for _ in down), Array(Array([y] * len(across)) for y in down)


def along(
    run: Run, rule: Callable[[Run, Any], Any], items: Any, axis: Any = None, *, keep: bool = False
) -> Any:
    """Return the rule of all numbers of an array, or of those along one of its indices."""
    if axis is None:
        return rule(run, items)
    indices = depth(items)
    place = whole(axis, "an axis")
    if not -indices <= place < indices:
        raise TypeProblem(f"There is no axis {place}: the array has {indices}.")
    place %= indices
    if place:
        return Array(along(run, rule, row, place - 1, keep=keep) for row in items)
    if indices == 1:
        return Array([rule(run, items)]) if keep else rule(run, items)
    across = Array(along(run, rule, column, 0) for column in transposed(run, items))
    return Array([across]) if keep else across


def reduced(name: str) -> Callable[..., Any]:
    """Return a function of the library, of arrays, which takes an axis as NumPy and PyTorch do."""

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
        return along(run, run.library[name].action, items, dim if axis is None else axis, keep=keep)

    return method


def size(run: Run, items: Any, dim: Any = None) -> Any:
    """Return the lengths of an array, or one of them."""
    lengths = sizes(items)
    if dim is None:
        return lengths
    place = whole(dim, "an axis")
    if not -len(lengths) <= place < len(lengths):
        raise TypeProblem(f"There is no axis {place}: the array has {len(lengths)}.")
    return lengths[place]


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


def norm(run: Run, items: Any, **ignored: Any) -> Any:
    """Return the length of a vector: the root of the sum of its squares."""
    if not isinstance(items, (list, tuple)):
        return operate(run, METHODS["abs"], items)
    numbers = flat(run, items)
    squares = total(run, pairs(run, INFIX["*"], numbers, numbers))
    # At 0 the root is infinitely steep; the norm has a kink there, whose slope is taken to be 0.
    return operate(run, METHODS["sqrt"], squares) if truth(squares) else squares


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "array": _array,
    "asarray": _array,
    "torch.device": lambda run, name: name,
    "arange": differentiable(_arange),
    "linspace": differentiable(_linspace),
    "zeros": differentiable(_full(0.0)),
    "ones": differentiable(_full(1.0)),
    "zeros_like": differentiable(_like(0.0)),
    "ones_like": differentiable(_like(1.0)),
    "norm": norm,
    "ravel": ravel,
    "reshape": reshape,
    "transpose": transposed,
    "column_stack": lambda run, arrays: columns(run, *items_of(arrays)),
    "meshgrid": _meshgrid,
    "outer": _outer,
    **{f"numpy.{name}": reduced(name) for name in ("sum", "mean", "max", "min")},
    **{f"torch.{name}": reduced(name) for name in ("sum", "mean")},
    "dot": matrix_product,
    "matmul": matrix_product,
}
