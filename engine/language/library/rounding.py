"""Rounding: whole, shorter and signed numbers, which have no slope."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable
from functools import wraps
from typing import Any

import numpy as np

from engine.language.library.numbers import to_int
from engine.language.library.operate import is_whole
from engine.language.runtime.run import Run, plain, whole
from engine.language.values.array import elementwise
from engine.language.values.comparisons import holds


def _round(run: Run, value: Any, digits: Any = None) -> Any:
    number = plain(value)
    if not math.isfinite(number):
        return number
    if digits is None:
        return to_int(run, round(number, 0))
    return round(number, max(-300, min(300, whole(digits)))) if abs(number) < 1e300 else number


def _whole_part(rounding: Callable[[float], int]) -> Callable[..., Any]:
    def action(run: Run, value: Any) -> Any:
        number = plain(value)
        return rounding(number) if abs(number) <= 2**53 else number

    return action


def each(rule: Callable[..., Any]) -> Callable[..., Any]:
    """Return a rule of plain numbers that is applied to each element of an array."""

    @wraps(rule)  # a call that does not fit is told by the signature of what it meant
    def action(run: Run, value: Any, *options: Any, **named: Any) -> Any:
        if isinstance(value, (list, tuple)):
            return elementwise(run, lambda one: action(run, one, *options, **named), value)
        return rule(run, value, *options, **named)

    return action


def _rounded(run: Run, value: Any, decimals: Any = 0) -> float:
    """Return a number rounded as NumPy does: scaled, rounded, scaled back."""
    with np.errstate(all="ignore"):
        return float(np.round(plain(value), max(-300, min(300, whole(decimals)))))


def _sign(run: Run, value: Any) -> Any:
    """Return 1, 0 or -1. A step has no slope: only where it stands is remembered."""
    if holds(run, ast.NotEq(), value, value):
        return math.nan
    above, below = holds(run, ast.Gt(), value, 0), holds(run, ast.Lt(), value, 0)
    return (above - below) * (1 if type(value) is int else 1.0)


def _divmod(run: Run, x: Any, y: Any) -> tuple[Any, Any]:
    """Return how often a number goes into another, and what is left."""
    over, under = plain(x), plain(y)
    if not (under and math.isfinite(over)):
        return math.nan, math.nan
    of_ints = all(is_whole(run, one) for one in (x, y))
    times, left = divmod(over, under)
    return (int(times), int(left)) if of_ints else (times, left)


EACH: dict[str, Callable[..., Any]] = {
    "floor": lambda run, value: float(_whole_part(math.floor)(run, value)),
    "ceil": lambda run, value: float(_whole_part(math.ceil)(run, value)),
    "round": _rounded,
    "around": _rounded,
}
"""What makes doubles of doubles, number by number, and has no slope."""


ROUNDED: dict[str, Callable[..., Any]] = {"round": each(_rounded), "sign": each(_sign)}
"""What is a method of an array, too."""

FUNCTIONS: dict[str, Callable[..., Any]] = {
    **{f"{m}.{name}": each(rule) for m in ("numpy", "torch") for name, rule in EACH.items()},
    "round": _round,
    "floor": _whole_part(math.floor),
    "ceil": _whole_part(math.ceil),
    "sign": each(_sign),
    "divmod": _divmod,
}
