"""Linear algebra: systems of equations, solved by elimination, so that solutions have gradients."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.errors import TypeProblem
from engine.language.library.arrays import nested
from engine.language.library.operate import operate
from engine.language.runtime.run import Run, items_of, plain
from engine.language.runtime.variable import INFIX, NEGATE
from engine.language.values.array import Array, depth, uneven

Rows = list[list[Any]]


def _square(run: Run, matrix: Any) -> Rows:
    """Return the rows of a square matrix, to be changed. Raises `TypeProblem` for others."""
    rows = [list(items_of(row)) for row in items_of(nested(run, matrix))]
    if not rows or any(len(row) != len(rows) for row in rows):
        raise TypeProblem("A square matrix is needed here: as many rows as columns.")
    run.recording.charge(len(rows) ** 2)
    return rows


def _eliminated(run: Run, rows: Rows) -> tuple[list[Any], int]:
    """Make rows triangular, zeros below the diagonal; return it, and how often there were swaps.

    What stands to the right of the square goes along. Columns are swapped only where one has
    nothing left, as in a singular matrix, whose diagonal then ends in zeros.
    """
    swaps, count = 0, len(rows)
    for at in range(count):
        best, column = _pivot(rows, at)
        swaps += (best != at) + (column != at)
        rows[at], rows[best] = rows[best], rows[at]
        for row in rows:
            row[at], row[column] = row[column], row[at]
        if plain(rows[at][at]) == 0:
            break  # all that is left is zeros
        for row in rows[at + 1 :]:
            run.recording.charge(len(row) - at)
            factor = operate(run, INFIX["/"], row[at], rows[at][at])
            for place in range(at + 1, len(row)):
                taken = operate(run, INFIX["*"], factor, rows[at][place])
                row[place] = operate(run, INFIX["-"], row[place], taken)
    return [rows[at][at] for at in range(count)], swaps


def _pivot(rows: Rows, at: int) -> tuple[int, int]:
    """Return row and column of the largest number in the first column with one that is not 0."""
    left = range(at, len(rows))
    for column in left:
        sizes = [abs(plain(rows[place][column])) for place in left]
        if any(sizes):
            return at + sizes.index(max(sizes)), column
    return at, at


def _solved(run: Run, rows: Rows) -> Rows:
    """Return what the square on the left of rows is multiplied with to give their right sides."""
    diagonal, _ = _eliminated(run, rows)
    if any(plain(number) == 0 for number in diagonal):
        raise TypeProblem("The matrix is singular: its rows depend on one another.")
    count = len(rows)
    found: Rows = [[] for _ in rows]
    for at in reversed(range(count)):
        for column in range(count, len(rows[at])):
            run.recording.charge(count - at)
            left = rows[at][column]
            for place in range(at + 1, count):
                known = operate(run, INFIX["*"], rows[at][place], found[place][column - count])
                left = operate(run, INFIX["-"], left, known)
            found[at].append(operate(run, INFIX["/"], left, diagonal[at]))
    return found


def solve(run: Run, a: Any, b: Any) -> Array:
    """Return x with a @ x = b."""
    rows, right = _square(run, a), nested(run, items_of(b))
    if len(rows) != len(right):
        raise uneven((len(rows), len(right)))
    is_vector = depth(right) == 1
    for row, known in zip(rows, right, strict=True):
        row.extend([known] if is_vector else known)
    found = _solved(run, rows)
    return Array(row[0] for row in found) if is_vector else Array(map(Array, found))


def _inverse(run: Run, a: Any) -> Array:
    places = range(len(_square(run, a)))
    return solve(run, a, [[float(row == column) for column in places] for row in places])


def _determinant(run: Run, a: Any) -> Any:
    diagonal, swaps = _eliminated(run, _square(run, a))
    product = diagonal[0]
    for number in diagonal[1:]:
        product = operate(run, INFIX["*"], product, number)
    return operate(run, NEGATE, product) if swaps % 2 else product


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "linalg.solve": solve,
    "linalg.inv": _inverse,
    "linalg.det": _determinant,
}
