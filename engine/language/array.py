"""Array: a list whose arithmetic goes element by element, as in NumPy and PyTorch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.errors import TypeProblem
from engine.language.run import Run


class Array(list[Any]):
    """What `np.array`, `np.arange` and their like make."""

    @property
    def shape(self) -> tuple[int, ...]:
        """Lengths, outermost first."""
        inner = self[0].shape if self and isinstance(self[0], Array) else ()
        return (len(self), *inner)


class Set(list[Any]):
    """What `set()` makes: a list that is only asked what it holds."""


def elementwise(run: Run, rule: Callable[..., Any], *operands: Any) -> Array:
    """Return the rule applied to each element, a single number serving for every one."""
    lengths = {len(operand) for operand in operands if isinstance(operand, (list, tuple))}
    if len(lengths) > 1:
        raise TypeProblem(
            f"The arrays have {' and '.join(map(str, sorted(lengths)))} elements.",
            hint="use arrays of the same length",
        )
    length = lengths.pop()
    run.recording.charge(length)
    columns = [
        operand if isinstance(operand, (list, tuple)) else [operand] * length
        for operand in operands
    ]
    return Array(rule(*row) for row in zip(*columns, strict=True))
