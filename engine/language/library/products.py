"""Products of vectors and matrices, built of products and sums of scalars."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.errors import TypeProblem
from engine.language.library.arrays import sizes
from engine.language.library.lists import pairs, total
from engine.language.library.operate import operate
from engine.language.library.shapes import transposed
from engine.language.runtime.run import Run, describe, items_of
from engine.language.runtime.variable import INFIX
from engine.language.values.array import Array, depth


def _vector_product(run: Run, xs: Any, ys: Any) -> Any:
    return total(run, pairs(run, INFIX["*"], xs, ys))


def _is_matrix(items: Any) -> bool:
    return bool(items) and isinstance(items[0], (list, tuple))


def matrix_product(run: Run, left: Any, right: Any) -> Any:
    """Return `left @ right` of vectors and matrices, built of products and sums of scalars."""
    for side in (left, right):
        if not isinstance(side, (list, tuple)):
            raise TypeProblem(f"A matrix product needs two arrays, not {describe(side)}.")
        if depth(side) > 2:
            raise TypeProblem(f"A matrix has 2 axes; this array has {depth(side)}.")
    inner = len(left[0]) if _is_matrix(left) else len(left)
    if inner != len(right):
        raise TypeProblem(
            f"In the shapes {_shape(left)} and {_shape(right)}, {inner} and {len(right)} should "
            "be the same number.",
            hint="turn a matrix, as in W.T, or take the other one first",
        )
    if _is_matrix(left):
        return Array(matrix_product(run, row, right) for row in left)
    if _is_matrix(right):
        return Array(_vector_product(run, left, column) for column in transposed(run, right))
    return _vector_product(run, left, right)


def _shape(items: Any) -> str:
    return str(sizes(items))


def _outer(run: Run, xs: Any, ys: Any) -> Array:
    return Array(operate(run, INFIX["*"], x, Array(items_of(ys))) for x in items_of(xs))


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "dot": matrix_product,
    "matmul": matrix_product,
    "outer": _outer,
}
