"""Mathematics: functions of Python's `math` that are made of operations, or know no gradient."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from typing import Any

from engine.errors import TypeProblem
from engine.language.library.lists import total
from engine.language.library.operate import operate
from engine.language.runtime.run import Run, is_number, plain, whole
from engine.language.runtime.variable import INFIX, METHODS
from engine.language.values.array import Array, elementwise


def _logarithm(base: float) -> Callable[..., Any]:
    def action(run: Run, value: Any) -> Any:
        natural = operate(run, METHODS["log"], value)
        return operate(run, INFIX["/"], natural, math.log(base))

    return action


def _exact(rule: Callable[[float], float], action: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that takes Python's own rule for a plain number, where that has a value."""

    def exact(run: Run, value: Any) -> Any:
        if isinstance(value, (list, tuple)):
            return elementwise(run, lambda one: exact(run, one), value)
        if is_number(value):
            try:
                return rule(value)
            except (ValueError, OverflowError):
                pass  # as everywhere, nothing raises
        return action(run, value)

    return exact


def _length(run: Run, *sides: Any) -> Any:
    """Return the length of a vector."""
    if all(map(is_number, sides)):
        return math.hypot(*sides)
    return operate(
        run, METHODS["sqrt"], total(run, [operate(run, METHODS["pow"], side, 2) for side in sides])
    )


MOST_COUNTED = 170
"""The largest number whose factorial is a double."""


def _counted(rule: Callable[..., int], *counts: Any) -> Any:
    numbers = [whole(count) for count in counts]
    if not all(0 <= number <= MOST_COUNTED for number in numbers):
        raise TypeProblem(f"Whole numbers from 0 to {MOST_COUNTED} are needed here.")
    counted = rule(*numbers)
    return counted if counted <= 2**53 else float(counted)


def _finite(run: Run, value: Any, nan: Any = 0.0) -> Any:
    """Return numbers, with others in the place of those that are none or without end."""
    if isinstance(value, (list, tuple)):
        run.recording.charge(len(value))
        return Array(_finite(run, one, nan) for one in value)
    number = plain(value)
    if math.isfinite(number):
        return value
    return nan if math.isnan(number) else math.copysign(sys.float_info.max, number)


def _log(run: Run, value: Any, base: Any = None) -> Any:
    natural = operate(run, METHODS["log"], value)
    return (
        natural
        if base is None
        else operate(run, INFIX["/"], natural, operate(run, METHODS["log"], base))
    )


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "log1p": _exact(
        math.log1p,
        lambda run, value: operate(run, METHODS["log"], operate(run, INFIX["+"], 1, value)),
    ),
    "expm1": _exact(
        math.expm1,
        lambda run, value: operate(run, INFIX["-"], operate(run, METHODS["exp"], value), 1),
    ),
    "log2": _exact(math.log2, _logarithm(2.0)),
    "log10": _exact(math.log10, _logarithm(10.0)),
    "math.hypot": _length,
    "math.factorial": lambda run, n: _counted(math.factorial, n),
    "math.comb": lambda run, n, k: _counted(math.comb, n, k),
    "nan_to_num": _finite,
    "log": _log,
}
