"""In place: PyTorch's methods that change what there is; their names end in an `_`."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Any

from engine.errors import TypeProblem
from engine.language.interpreter.attributes import attribute, set_attribute
from engine.language.library.arrays import cloned, detached, filled, numbers_of, sizes
from engine.language.library.numbers import scaled
from engine.language.library.operate import operate
from engine.language.runtime.run import Run, Scope, describe, is_number, plain
from engine.language.runtime.variable import INFIX, METHODS, Variable
from engine.language.values.array import Array
from engine.language.values.functions import Builtin
from engine.language.values.indexing import write
from engine.language.values.modules import LibraryModule
from engine.operation import Operation


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
    "fill_": lambda run, old, value: value if type(value) is Variable else plain(value),
    "copy_": lambda run, old, source: cloned(run, source),
    "add_": scaled("+"),
    "sub_": scaled("-"),
    "mul_": _joined(INFIX["*"]),
    "div_": _joined(INFIX["/"]),
    "clamp_": _clamped,
    "normal_": _drawn("gauss"),
    "uniform_": _drawn("uniform"),
}
"""What each makes of the numbers that there are."""


def is_moved(run: Run, value: Any) -> bool:
    """Tell whether only data changes in place: that of inputs where nothing is tracked."""
    return run.recording.tracking.blocks > 0 and all(
        type(one) is Variable and run.recording.tracking.is_leaf(one)
        for one in numbers_of(run, value)
    )


def changed(
    run: Run, called: ast.Attribute, operands: list[Any], named: dict[str, Any], scope: Scope
) -> Any:
    """Change numbers in place. `w.grad` reads numbers: what `w.grad.zero_()` zeroes is at `w`.

    What was computed becomes the result of the operation; of inputs only the data changes.
    """
    owner, name = called.value, ""
    while isinstance(owner, ast.Attribute) and owner.attr in ("data", "grad"):
        name, owner = owner.attr, owner.value
    value = run.evaluate(run, owner, scope)
    run.recording.place = called
    run.recording.guards.effects += 1
    if isinstance(value, LibraryModule):  # nn.init.normal_(w) changes what it is given
        return value.member(called.attr)(run, *operands, **named)
    if not isinstance(value, (Variable, Array)):
        raise TypeProblem(f"`{called.attr}` changes a tensor, and {describe(value)} is no tensor.")
    rule = IN_PLACE[called.attr]
    has_graph = any(type(one) is Variable for one in numbers_of(run, value))
    if has_graph and (name or is_moved(run, value)):
        name = name or "data"
        old = attribute(run, value, name)
        set_attribute(run, value, name, Builtin(called.attr, rule, (old,))(run, *operands, **named))
        return value
    if any(one in run.recording.tracking.watched for one in numbers_of(run, value)):
        raise TypeProblem(
            f"`{called.attr}` would change an input in place, and its gradient would be lost.",
            hint="do it within torch.no_grad(), or write x = x + 1",
        )
    new = Builtin(called.attr, rule, (value,))(run, *operands, **named)
    _become(run, value, detached(run, new) if run.recording.tracking.blocks else new)
    if isinstance(owner, ast.Name):
        run.baptise(owner.id, value)
    return value


def _become(run: Run, value: Variable | Array, new: Any) -> None:
    """Let an array or a number hold a result."""
    if isinstance(value, Array):
        write(run, value, slice(None), new)
        return
    if type(new) is not Variable:
        if not is_number(new):
            raise TypeProblem(f"One number is written here, not {describe(new)}.")
        new = run.recording.constant(new, run.recording.place)
    run.recording.replace(value, new)
