"""Arrays: made, under the names of NumPy and PyTorch."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import wraps
from typing import Any

from engine.errors import LimitExceeded, TypeProblem
from engine.language.library.lists import too_long
from engine.language.library.numbers import to_float, to_int
from engine.language.library.operate import flat, is_whole
from engine.language.runtime.run import Run, is_number, plain, whole
from engine.language.runtime.variable import Variable
from engine.language.values.array import DEEPEST, Array
from engine.language.values.comparisons import truth
from engine.language.values.views import released


def _array(run: Run, items: Any) -> Any:
    made = nested(run, items)
    kinds = kinds_of(run, made)
    return _as_floats(made) if float in kinds and len(kinds) > 1 else made


def kinds_of(run: Run, made: Any) -> set[type]:
    """Return the kinds of what an array holds; none of a number."""
    return {type(number) for number in flat(run, made)} if isinstance(made, Array) else set()


def _as_array(run: Run, items: Any) -> Any:
    return items if isinstance(items, Array) else _array(run, items)


def nested(run: Run, items: Any) -> Any:
    """Return lists within lists as an array; a number as it is. Raises `TypeProblem` if uneven."""
    if not isinstance(items, (list, tuple)):
        return items
    run.recording.charge(len(items))
    made = Array(nested(run, item) for item in items)
    if len({sizes(item) for item in made}) > 1:
        raise TypeProblem("The rows of an array are as long as one another: these are not.")
    return made


def _as_floats(made: Any) -> Any:
    """Return an array whose whole numbers are floats, since all numbers of one are of a kind."""
    if isinstance(made, Array):
        return Array(map(_as_floats, made))
    return float(made) if is_number(made) else made


def _arange(run: Run, *bounds: Any) -> Array:
    if not 1 <= len(bounds) <= 3:
        raise TypeProblem("`arange` takes one to three numbers.")
    numbers = [plain(bound) for bound in bounds]
    start, stop, step = (0.0, *numbers, 1.0) if len(numbers) == 1 else (*numbers, 1.0)[:3]
    count = max((stop - start) / step if step else math.nan, 0.0)
    if not count <= run.recording.limits.work:  # nan, too, is refused
        raise too_long(run)
    run.recording.charge(math.ceil(count))
    made = Array(start + index * step for index in range(math.ceil(count)))
    return Array(map(int, made)) if all(is_whole(run, bound) for bound in bounds) else made


def _linspace(run: Run, start: Any, stop: Any, num: Any = 50, *, endpoint: Any = True) -> Array:
    count, low, high = whole(num), plain(start), plain(stop)
    run.recording.charge(max(count, 0))
    gaps = count - 1 if truth(endpoint) else count
    gap = (high - low) / gaps if gaps > 0 else 0.0
    return Array(low + index * gap for index in range(count))


def _linspace_of_torch(run: Run, start: Any, end: Any, steps: Any) -> Array:
    return _linspace(run, start, end, steps)


def _full(number: float) -> Callable[..., Any]:
    return lambda run, *shape, size=(): filled(run, shape_of(shape or size), lambda: number)


def _all_of(run: Run, shape: Any, fill_value: Any) -> Any:
    """Return an array of a shape that holds one number everywhere."""
    return filled(run, shape_of(shape), lambda: fill_value)


def _like(number: float) -> Callable[..., Any]:
    return lambda run, items: filled(run, shape_of(sizes(items)), lambda: number)


def sizes(items: Any) -> tuple[int, ...]:
    """Return the lengths of an array, outermost first; none of a number."""
    return Array(items).shape if isinstance(items, (list, tuple)) else ()


def watched(run: Run, made: Any) -> Any:
    """Return an array whose numbers have become inputs, so that gradients are kept for them."""
    if isinstance(made, Array):
        released(run, made)
        made[:] = [watched(run, item) for item in made]
    if is_number(made):
        made = run.recording.input("", float(made), run.recording.place)
    if isinstance(made, Variable):
        run.recording.tracking.watched.add(made)
    return made


def watch(run: Run, value: Any, on: Any = True) -> Any:
    """Do what `requires_grad_` does: an array's numbers become inputs, named after the array."""
    if not truth(on):
        run.recording.tracking.watched.difference_update(numbers_of(run, value))
    elif isinstance(value, (Array, Variable)):
        watched(run, value)
        for name, held in list(run.globals.names.items()):
            if held is value:
                run.baptise(name, value)
    return value


def numbers_of(run: Run, value: Any) -> Any:
    """Return all numbers of an array; a number as the only one of its own."""
    return flat(run, value) if isinstance(value, Array) else [value]


def cloned(run: Run, value: Any) -> Any:
    """Return the same Values, held apart: what is written to one is not written to the other."""
    if isinstance(value, Array):
        run.recording.charge(len(value))
        return Array(cloned(run, item) for item in value)
    return (
        Variable(value.node, value.index, run.recording) if isinstance(value, Variable) else value
    )


def detached(run: Run, value: Any) -> Any:
    """Return the same numbers as constants: later operations use them, no gradient flows back."""
    if isinstance(value, Array):
        run.recording.charge(len(value))
        return Array(detached(run, item) for item in value)
    if not isinstance(value, Variable):
        return value
    return run.recording.constant(run.recording.read(value), run.recording.place)


CASTS: dict[str, Callable[..., Any]] = {"int": to_int, "bool": lambda run, item: truth(item)}
"""What makes another kind of number than doubles."""


def of_kind(run: Run, value: Any, kind: Any = None, copy: Any = True) -> Any:
    """Return a copy of an array as whole numbers, truths or doubles: what `astype` does."""
    name = kind if isinstance(kind, str) else getattr(kind, "name", "float")
    if isinstance(value, Array):
        run.recording.charge(len(value))
        return Array(of_kind(run, item, name) for item in value)
    if isinstance(value, Variable):
        return value
    cast: Callable[..., Any] = CASTS.get(name, to_float)
    return cast(run, value)


def differentiable(action: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that makes arrays and understands PyTorch's options."""

    @wraps(action)  # a call that does not fit is told by the signature of what it meant
    def making(
        run: Run,
        *operands: Any,
        requires_grad: Any = False,
        dtype: Any = None,
        device: Any = None,
        generator: Any = None,
        **options: Any,
    ) -> Any:
        made = action(run, *operands, **options)
        made = made if dtype is None else of_kind(run, made, dtype)
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


def _eye(run: Run, count: Any, columns: Any = None) -> Array:
    rows = whole(count, "a length")
    width = rows if columns is None else whole(columns, "a length")
    run.recording.charge(max(rows, 0) * max(width, 0))
    return Array(Array(float(row == column) for column in range(width)) for row in range(rows))


FILLED: dict[str, Callable[..., Any]] = {
    "full": differentiable(_all_of),
    "full_like": differentiable(lambda run, items, number: _all_of(run, sizes(items), number)),
}

FUNCTIONS: dict[str, Callable[..., Any]] = {
    **{f"{module}.{name}": make for module in ("numpy", "torch") for name, make in FILLED.items()},
    "array": differentiable(_array),
    "asarray": differentiable(_as_array),
    "torch.device": lambda run, name: name,
    "arange": differentiable(_arange),
    "linspace": differentiable(_linspace),
    "torch.linspace": differentiable(_linspace_of_torch),
    **dict.fromkeys(("zeros", "empty"), differentiable(_full(0.0))),
    "ones": differentiable(_full(1.0)),
    **dict.fromkeys(("zeros_like", "empty_like"), differentiable(_like(0.0))),
    "ones_like": differentiable(_like(1.0)),
    "eye": differentiable(_eye),
    "identity": differentiable(_eye),
}
