"""Spreads: variances and standard deviations, which NumPy and PyTorch define differently."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.errors import TypeProblem
from engine.language.library.lists import mean, pairs, total
from engine.language.library.operate import flat, nonempty, operate
from engine.language.library.reductions import along_an_axis, root_of
from engine.language.runtime.run import Run, whole
from engine.language.runtime.variable import INFIX
from engine.language.values.comparisons import truth


def _spread(*, correction: int, root: bool) -> Callable[[Run, Any], Any]:
    """Return the rule of a variance, or of its root: NumPy divides by n, PyTorch by n - 1."""

    def rule(run: Run, items: Any) -> Any:
        numbers = nonempty(flat(run, items), "var")
        middle = mean(run, numbers)
        apart = [operate(run, INFIX["-"], number, middle) for number in numbers]
        squares = total(run, pairs(run, INFIX["*"], apart, apart))
        variance = operate(run, INFIX["/"], squares, len(numbers) - correction)
        return root_of(run, variance) if root else variance

    return rule


def _spread_of(*, root: bool, less: int | None) -> Callable[..., Any]:
    """Return a variance or its root: of n numbers, n less so many divide the squares.

    NumPy takes 0 and PyTorch 1, unless an option says so: what is not known is None.
    """

    def spread(
        run: Run,
        items: Any,
        axis: Any = None,
        keepdims: Any = False,
        *,
        dim: Any = None,
        keepdim: Any = None,
        ddof: Any = None,
        unbiased: Any = None,
        correction: Any = None,
    ) -> Any:
        taken = correction if ddof is None else ddof
        if unbiased is not None:
            taken = int(truth(unbiased))
        if taken is None:
            of_torch = dim is not None or keepdim is not None
            taken = less if less is not None else _correction(run, of_torch=of_torch)
        rule = along_an_axis(_spread(correction=whole(taken), root=root))
        return rule(run, items, axis, keepdims, dim=dim, keepdim=keepdim)

    return spread


def _correction(run: Run, *, of_torch: bool) -> int:
    dialect = "torch" if of_torch else run.program.dialect
    if dialect is None:
        raise TypeProblem(
            "NumPy divides the squares by n, PyTorch by n - 1.",
            hint="write np.std(x) or torch.std(x)",
        )
    return int(dialect == "torch")


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "numpy.var": _spread_of(root=False, less=0),
    "numpy.std": _spread_of(root=True, less=0),
    "torch.var": _spread_of(root=False, less=1),
    "torch.std": _spread_of(root=True, less=1),
}

METHODS: dict[str, Callable[..., Any]] = {
    "var": _spread_of(root=False, less=None),
    "std": _spread_of(root=True, less=None),
}
"""Those of arrays, of which the program's own library has to be known."""
