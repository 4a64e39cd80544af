"""Array: a list whose arithmetic goes element by element, as in NumPy and PyTorch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from engine.errors import TypeProblem
from engine.language.runtime.run import Run
from engine.language.runtime.variable import Variable
from engine.language.runtime.viewers import Viewer

DEEPEST = 50
"""More indices than any array has."""


class Array(list[Any]):
    """What `np.array`, `np.arange` and their like make."""

    noun = "an array"

    cells: Sequence[Any] = ()
    """Where a row that is a view keeps its numbers: see `views`."""
    viewers: dict[int, list[Viewer]] | None = None
    """The views that show a number of this row, by its position."""

    @property
    def shape(self) -> tuple[int, ...]:
        """Lengths, outermost first."""
        inner = self[0].shape if self and isinstance(self[0], Array) else ()
        return (len(self), *inner)


def depth(items: Any) -> int:
    """Return how many indices an array has; 0 for a number. A list that holds itself has no end."""
    count = 0
    while isinstance(items, (list, tuple)) and count <= DEEPEST:
        count += 1
        items = items[0] if items else None
    return count


def copied(run: Run, value: Any) -> Any:
    """Return an array of its own that holds the same numbers, and Values held apart."""
    if isinstance(value, Variable):
        return Variable(value.node, value.index, run.recording)
    if not isinstance(value, Array):
        return value
    run.recording.charge(len(value))
    return Array(copied(run, item) for item in value)


def uneven(lengths: Iterable[int]) -> TypeProblem:
    """Return the refusal of arrays that do not fit together."""
    some = sorted(set(lengths))[:2]
    return TypeProblem(
        f"The arrays have {' and '.join(map(str, some))} elements.",
        hint="use arrays of the same length",
    )


def elementwise(run: Run, rule: Callable[..., Any], *operands: Any) -> Array:
    """Return the rule applied to each element, as NumPy broadcasts.

    What has fewer indices than another operand serves for each of its elements, and so does the
    only element of an array of one.
    """
    depths = [depth(operand) for operand in operands]
    deepest = max(depths)
    lengths = {len(one) for one, at in zip(operands, depths, strict=True) if at == deepest} - {1}
    if len(lengths) > 1:
        raise uneven(lengths)
    length = lengths.pop() if lengths else 1
    run.recording.charge(length)
    columns = [
        (operand if len(operand) == length else operand * length)
        if at == deepest
        else [operand] * length
        for operand, at in zip(operands, depths, strict=True)
    ]
    return Array(rule(*row) for row in zip(*columns, strict=True))
