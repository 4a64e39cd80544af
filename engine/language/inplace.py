"""In place: PyTorch's methods that change numbers, not the graph; their names end in an `_`."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Any

from engine.errors import TypeProblem
from engine.language.array import Array
from engine.language.attributes import attribute, set_attribute
from engine.language.functions import Builtin
from engine.language.indexing import write
from engine.language.library.arrays import filled, sizes
from engine.language.library.operate import operate
from engine.language.run import Run, Scope, describe, plain
from engine.language.variable import INFIX, METHODS, Variable
from engine.operation import Operation


def _scaled(operation: Operation) -> Callable[..., Any]:
    def rule(run: Run, old: Any, other: Any, *, alpha: Any = 1) -> Any:
        return operate(run, operation, old, operate(run, INFIX["*"], alpha, other))

    return rule


def _joined(operation: Operation) -> Callable[..., Any]:
    return lambda run, old, other: operate(run, operation, old, other)


def _clamped(run: Run, old: Any, min: Any = None, max: Any = None) -> Any:
    low, high = (
        at if at is not None else sign * float("inf") for at, sign in ((min, -1), (max, 1))
    )
    return operate(run, METHODS["clip"], old, low, high)


def _drawn(law: str) -> Callable[..., Any]:
    """Return the rule of numbers that are drawn anew, from `random.gauss` or `random.uniform`."""

    def rule(run: Run, old: Any, first: Any = 0.0, second: Any = 1.0) -> Any:
        draw, one, other = getattr(run.maker.random, law), plain(first), plain(second)
        return filled(run, list(sizes(old)), lambda: draw(one, other))

    return rule


IN_PLACE: Mapping[str, Callable[..., Any]] = {
    "zero_": lambda run, old: 0.0,
    "fill_": lambda run, old, value: plain(value),
    "copy_": lambda run, old, source: source,
    "add_": _scaled(INFIX["+"]),
    "sub_": _scaled(INFIX["-"]),
    "mul_": _joined(INFIX["*"]),
    "div_": _joined(INFIX["/"]),
    "clamp_": _clamped,
    "normal_": _drawn("gauss"),
    "uniform_": _drawn("uniform"),
}
"""What each makes of the numbers that there are."""


def changed(
    run: Run, called: ast.Attribute, operands: list[Any], named: dict[str, Any], scope: Scope
) -> Any:
    """Change numbers in place. `w.grad` reads numbers: what `w.grad.zero_()` zeroes is at `w`."""
    owner, name = called.value, "data"
    while isinstance(owner, ast.Attribute) and owner.attr in ("data", "grad"):
        name, owner = owner.attr, owner.value
    value = run.evaluate(run, owner, scope)
    run.recording.place = called
    if not isinstance(value, (Variable, Array)):
        raise TypeProblem(f"`{called.attr}` changes a tensor, and {describe(value)} is no tensor.")
    is_plain = isinstance(value, Array) and not attribute(run, value, "requires_grad")
    old = value if is_plain else attribute(run, value, name)
    new = Builtin(called.attr, IN_PLACE[called.attr], (old,))(run, *operands, **named)
    if is_plain:
        write(run, value, slice(None), new)
    else:
        set_attribute(run, value, name, new)
    return value
