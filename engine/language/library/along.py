"""Along: functions that go over the rows, the columns or the places of an array."""

from __future__ import annotations

import math
from collections.abc import Callable
from collections.abc import Generator as Steps
from itertools import product
from typing import Any

import numpy as np

from engine.errors import TypeProblem
from engine.language.library.arrays import nested, shape_of, sizes
from engine.language.library.operate import flat
from engine.language.library.shapes import axis_of, transposed
from engine.language.runtime.run import Run, items_of, plain, whole
from engine.language.values.array import Array, depth
from engine.language.values.functions import apply
from engine.language.values.generator import Generator

STEEPEST = 20
"""The highest power that numbers are fitted by."""


def _along(run: Run, function: Any, axis: Any, rows: Any, /, *operands: Any) -> Any:
    """Return what a function makes of each row of a matrix, or of each column."""
    made = nested(run, rows)
    if depth(made) > 2:
        raise TypeProblem(f"A matrix has 2 axes; this array has {depth(made)}.")
    if depth(made) == 1:
        return apply(run, function, made, *operands)
    of_columns = axis_of(axis, 2) == 0
    parts = transposed(run, made) if of_columns else made
    results = nested(run, [apply(run, function, part, *operands) for part in parts])
    return transposed(run, results) if of_columns else results


def _places(run: Run, *shape: Any) -> Generator:
    """Yield the indices of all numbers of an array of a shape."""
    ranges = [range(length) for length in shape_of(shape)]
    return Generator(run, "ndindex", (place for place in product(*ranges)))


def _enumerated(run: Run, items: Any) -> Generator:
    """Yield each number of an array with its indices."""

    def entries() -> Steps[Any, None, None]:
        numbers = flat(run, made) if isinstance(made, Array) else [made]
        yield from zip(np.ndindex(sizes(made)), numbers, strict=True)

    made = nested(run, items)
    return Generator(run, "ndenumerate", entries())


def _fitted(run: Run, xs: Any, ys: Any, deg: Any) -> Array:
    """Return the polynomial that is nearest to points, its highest power first."""
    degree = whole(deg, "a degree")
    across, up = ([plain(number) for number in items_of(side)] for side in (xs, ys))
    if len(across) != len(up) or not 0 <= degree <= min(STEEPEST, len(across) - 1):
        raise TypeProblem("A polynomial is fitted to more points than its degree.")
    run.recording.charge(len(across) * (degree + 1) ** 2)
    powers = np.vander(np.array(across), degree + 1)
    if not (np.isfinite(powers).all() and np.isfinite(up).all()):
        return Array([math.nan] * (degree + 1))
    return Array(np.linalg.lstsq(powers, np.array(up), rcond=None)[0].tolist())


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "numpy.apply_along_axis": _along,
    "numpy.ndindex": _places,
    "numpy.ndenumerate": _enumerated,
    "numpy.polyfit": _fitted,
}
