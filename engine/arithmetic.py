"""The arithmetic of IEEE doubles as total functions: nothing raises, the answer is inf or nan.

A rule in `engine.operations` is written against an abstract arithmetic `m` that supplies what
Python's operators cannot: division and powers that never raise, elementary functions by name, and
choices. `FLOATS` is that arithmetic for plain numbers and `ARRAYS` for columns of them. Others are
`VALUES` (`engine.value`) and the writers of text (`engine.writer`).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np


def total(name: str) -> Callable[[float], float]:
    """Return `math.<name>`, answering as NumPy does where the math module raises."""
    exact = getattr(math, name)

    def function(x: float) -> float:
        try:
            return float(exact(x))
        except (ValueError, OverflowError):
            with np.errstate(all="ignore"):
                return float(getattr(np, name)(x))

    function.__name__ = name
    return function


def divide(x: float, y: float) -> float:
    """Return x / y, with 1/0 = inf and 0/0 = nan as IEEE 754 has it."""
    try:
        return x / y
    except ZeroDivisionError:
        with np.errstate(all="ignore"):
            return float(np.divide(x, y))


def power(x: float, y: float) -> float:
    """Return x to the y, inf on overflow and nan for a fractional power of a negative number."""
    try:
        return math.pow(x, y)
    except (ValueError, OverflowError):
        with np.errstate(all="ignore"):
            return float(np.power(x, y))


def maximum(x: float, y: float) -> float:
    """Return the larger of two; nan if either is nan."""
    return x if x > y or x != x else y


def minimum(x: float, y: float) -> float:
    """Return the smaller of two; nan if either is nan."""
    return x if x < y or x != x else y


class FloatArithmetic:
    """Plain numbers; every elementary function of the math module, by its name."""

    pi = math.pi
    nan = math.nan
    inf = math.inf
    divide = staticmethod(divide)
    power = staticmethod(power)
    maximum = staticmethod(maximum)
    minimum = staticmethod(minimum)
    abs = staticmethod(abs)

    @staticmethod
    def equal(x: float, y: float) -> bool:
        """Tell whether two numbers are the same."""
        return x == y

    @staticmethod
    def where(condition: bool, chosen: float, otherwise: float) -> float:
        """Return one of two numbers."""
        return chosen if condition else otherwise

    convention = where
    """`convention(at, value, formula)`: the formula, and `value` where the formula has no say."""

    def __getattr__(self, name: str) -> Any:
        if not hasattr(math, name):
            raise AttributeError(name)
        function = total(name)
        setattr(self, name, function)
        return function


FLOATS: Any = FloatArithmetic()


class QuickArithmetic(FloatArithmetic):
    """Plain numbers, without the care: what has no finite answer raises."""

    power: Any = staticmethod(math.pow)

    def __getattr__(self, name: str) -> Any:
        return getattr(math, name)


QUICK: Any = QuickArithmetic()
RAISED = (ArithmeticError, ValueError)
"""What `QUICK` raises where `FLOATS` answers inf or nan."""


class ArrayArithmetic:
    """Columns of numbers: NumPy's functions, and those it lacks number by number."""

    nan = math.nan
    inf = math.inf

    def __getattr__(self, name: str) -> Any:
        function = getattr(np, name, None)
        if function is None:
            function = np.vectorize(getattr(FLOATS, name), otypes=[float])
        setattr(self, name, function)
        return function


ARRAYS: Any = ArrayArithmetic()
